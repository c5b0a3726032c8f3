"""Views and events as lines of JSON, for the socket between the service and the glass.

Responsible for: turning frozen dataclasses into plain JSON values and back, by their annotations.
Not responsible for: sockets (`kiosk.glass`, `screens.link`).

A dataclass becomes an object whose member ``is`` names its class; only classes of the expected type are
accepted on the way back, so that a glass cannot send what it may not.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

_Reader = Callable[[Any], Any]
_Nothing: Final = type(None)
_AS_THEY_ARE: Final = frozenset({str, int, float, bool, _Nothing})


class FrameError(ValueError):
    """A line is not what the protocol allows."""


def to_line(value: object) -> bytes:
    """Write one value as one line of UTF-8 JSON, newline included."""
    text = json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def from_line(line: bytes, expected: Any) -> Any:
    """Read one line as the expected type (a dataclass, or a union of them).

    Raises:
        FrameError: the line is not JSON, or not of that type.
    """
    try:
        return _reader(expected)(json.loads(line))
    except FrameError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise FrameError(f"not a frame: {type(problem).__name__}") from problem


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if issubclass(kind, Enum):
        return value.value  # type: ignore[attr-defined]
    if is_dataclass(kind):
        members = {name: _plain(getattr(value, name)) for name in _names(kind)}
        return {"is": kind.__name__, **members}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


@cache
def _reader(expected: Any) -> _Reader:
    """Make what reads a type, once for each: a screen has hundreds of values, and a touch waits for them."""
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _of_union(get_args(expected))
    if origin is tuple:
        return _of_list(_reader(get_args(expected)[0]))
    if not isinstance(expected, type):
        raise FrameError(f"no way to read {expected!r}")
    return _of_dataclass(expected) if is_dataclass(expected) else _of_value(expected)


def _of_union(members: tuple[Any, ...]) -> _Reader:
    classes = [each for each in members if isinstance(each, type)]
    named = {each.__name__: _reader(each) for each in classes if is_dataclass(each)}
    values = [_reader(each) for each in classes if not is_dataclass(each) and each is not _Nothing]

    def read(plain: Any) -> Any:
        if plain is None and _Nothing in members:
            return None
        reader = named.get(plain.get("is", "")) if isinstance(plain, dict) else None
        if reader is not None:
            return reader(plain)
        if not values:
            raise FrameError("not one of the expected kinds")
        return values[0](plain)

    return read


def _of_list(item: _Reader) -> _Reader:
    def read(plain: Any) -> tuple[Any, ...]:
        if not isinstance(plain, list):
            raise FrameError("a list was expected")
        return tuple(map(item, plain))

    return read


def _of_value(expected: type) -> _Reader:
    if issubclass(expected, Enum):
        return expected
    if issubclass(expected, (datetime, date)):
        return expected.fromisoformat

    def read(plain: Any) -> Any:
        if type(plain) is expected:
            return plain
        if expected is float and type(plain) is int:
            return float(plain)
        raise FrameError(f"{expected.__name__} was expected")

    return read


def _of_dataclass(expected: type) -> _Reader:
    def read(plain: Any) -> Any:
        if not isinstance(plain, dict) or plain.get("is") != expected.__name__:
            raise FrameError(f"{expected.__name__} was expected")
        readers, members = _members(expected), {}
        for name, member in plain.items():
            reader = readers.get(name)
            if reader is not None:
                members[name] = reader(member)
            elif name != "is":
                raise FrameError(f"{expected.__name__} has no {name}")
        return expected(**members)

    return read


@cache
def _members(expected: type) -> dict[str, _Reader]:
    """Make the readers of what a dataclass holds, when one is read: it may hold others like itself."""
    return {name: _reader(hint) for name, hint in get_type_hints(expected).items()}
