"""The file that `kiosk cases export` writes, as central reads it.

Responsible for: reading nothing of a file that is not whole, and not more of it at a time than one case.
Not responsible for: taking the cases in (`kiosk.central.import_command`).
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.central.wire.terminal import Item
from kiosk.errors import UsageError

FORMATS = frozenset({"council-kiosk cases 1", "council-kiosk cases 2"})
"""The first carried no attachments."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One case, and the bytes of what is attached to it by their SHA-256, as a terminal uploads them."""

    item: Item
    files: Mapping[str, bytes]


def terminal_of(path: Path) -> str:
    """Read a whole file of exported cases once, and return the terminal that wrote it.

    Raises:
        UsageError: it is not such a file, or not all of it.
    """
    try:
        lines = _lines(path)
        head = next(lines)
        terminal = head["terminal"]
        cases = sum("key" in line and bool(_carried(line, {})) for line in lines)
        if head["format"] not in FORMATS or cases != _last(path)["cases"]:
            raise _not_whole(path)
        if not isinstance(terminal, str) or not 0 < len(terminal) <= 63:  # noqa: PLR2004 - as wide as its column
            raise _not_whole(path)
    except OSError as error:
        raise UsageError(
            "CENTRAL-034", "The file cannot be read.", "Look at its name and rights.", str(path)
        ) from error
    except (ValueError, KeyError, TypeError, StopIteration, ValidationError) as error:
        raise _not_whole(path) from error
    return terminal


def carried(path: Path) -> Iterator[Carried]:
    """Go through the cases of a file that was found to be whole, each with what is attached to it."""
    files: dict[str, bytes] = {}
    for line in _lines(path):
        if "attachment" in line:
            files[line["attachment"]] = base64.b64decode(line["content"], validate=True)
        elif "key" in line:
            yield _carried(line, files)
            files = {}


def _carried(line: dict[str, Any], files: Mapping[str, bytes]) -> Carried:
    return Carried(Item.model_validate(line), files)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Go through all lines but the last, which says what they must come to.

    Raises:
        ValueError: they come to something else.
    """
    whole, before = hashlib.sha256(), b""
    with path.open("rb") as file:
        for place, line in enumerate(file):
            if place:
                whole.update(before if place == 1 else b"\n" + before)
                yield _object(before)
            before = line.removesuffix(b"\n")
    if _object(before)["sha256"] != whole.hexdigest():
        raise ValueError("not what was written")


def _last(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        *_, last = file
    return _object(last)


def _object(line: bytes) -> dict[str, Any]:
    told = json.loads(line)
    if not isinstance(told, dict):
        raise TypeError("not an object")
    return told


def _not_whole(path: Path) -> UsageError:
    return UsageError(
        "CENTRAL-035",
        "This is not a whole file of exported cases; nothing was taken in.",
        "Export again at the terminal: kiosk cases export --to DIR.",
        str(path),
    )
