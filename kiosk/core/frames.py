"""Views and events as lines of JSON, for the socket between the service and the glass.

Responsible for: turning frozen dataclasses into plain JSON values and back, by their annotations.
Not responsible for: sockets (`kiosk.glass`, `screens.link`).

A dataclass becomes an object whose member ``is`` names its class; only classes of the expected type are
accepted on the way back, so that a glass cannot send what it may not.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


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
        return _build(json.loads(line), expected)
    except FrameError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise FrameError(f"not a frame: {type(problem).__name__}") from problem


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        members = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"is": type(value).__name__, **members}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def _build(plain: Any, expected: Any) -> Any:
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _build_union(plain, get_args(expected))
    if origin is tuple:
        if not isinstance(plain, list):
            raise FrameError("a list was expected")
        return tuple(_build(item, get_args(expected)[0]) for item in plain)
    if isinstance(expected, type):
        return _build_class(plain, expected)
    raise FrameError(f"no way to read {expected!r}")


def _build_union(plain: Any, members: tuple[Any, ...]) -> Any:
    if plain is None and type(None) in members:
        return None
    if isinstance(plain, dict) and "is" in plain:
        for member in members:
            if getattr(member, "__name__", "") == plain["is"]:
                return _build_class(plain, member)
    for member in members:
        if isinstance(member, type) and not is_dataclass(member) and member is not type(None):
            return _build_class(plain, member)
    raise FrameError("not one of the expected kinds")


def _build_class(plain: Any, expected: type) -> Any:
    if is_dataclass(expected):
        return _build_dataclass(plain, expected)
    if issubclass(expected, Enum):
        return expected(plain)
    if issubclass(expected, (datetime, date)):
        return expected.fromisoformat(plain)
    if expected is float and isinstance(plain, int) and not isinstance(plain, bool):
        return float(plain)
    if type(plain) is not expected:
        raise FrameError(f"{expected.__name__} was expected")
    return plain


def _build_dataclass(plain: Any, expected: type) -> Any:
    if not isinstance(plain, dict) or plain.get("is") != expected.__name__:
        raise FrameError(f"{expected.__name__} was expected")
    hints = _hints(expected)
    unknown = plain.keys() - hints.keys() - {"is"}
    if unknown:
        raise FrameError(f"{expected.__name__} has no {sorted(unknown)[0]}")
    return expected(**{name: _build(plain[name], hints[name]) for name in hints if name in plain})


@cache
def _hints(expected: type) -> dict[str, Any]:
    return get_type_hints(expected)
