"""Parameters of a request, from the address and a form: read, limited, and refused in plain words.

Responsible for: lists with commas, moments, coordinates, and attributes of one or several values.
Not responsible for: what the parameters ask for. Pure.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from kiosk.central.open311.faults import BAD, Fault

MOST_FIELDS = 500
LONGEST_DESCRIPTION = 4000
LONGEST_VALUE = 4000
LONGEST_LINE = 254
ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,100})\](\[\])?")
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")
YEARS = range(1970, 3000)
ALSO_CALLED = {"deviceid": "device_id"}
"""Names that peers in the field send, and the protocol's own for the same."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was sent; an empty value is an absent one, and the last of equal names counts."""

    values: Mapping[str, str]
    attributes: Mapping[str, tuple[str, ...]]

    def text(self, name: str, longest: int = LONGEST_LINE) -> str:
        """Return one value, or an empty text.

        Raises:
            Fault: it is longer than may be.
        """
        found = self.values.get(name, "")
        if len(found) > longest:
            raise Fault(BAD, f"{name} has {len(found)} characters, of at most {longest}.")
        return found

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the parts of a list with commas; none when it is absent."""
        parts = (part.strip() for part in self.text(name, LONGEST_VALUE).split(","))
        return tuple(part for part in parts if part)

    def moment(self, name: str) -> datetime | None:
        """Return a moment, UTC, or None when it is absent.

        Raises:
            Fault: it is no W3C date and time with its offset.
        """
        text = self.text(name)
        return None if not text else read_moment(name, text)

    def coordinate(self, name: str, farthest: float) -> float | None:
        """Return degrees, or None when absent.

        Raises:
            Fault: it is no number of degrees.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            degrees = math.nan
        if not abs(degrees) <= farthest or not text.isascii():
            raise Fault(
                BAD, f"{name} must be a number of degrees (WGS84) from -{farthest:g} to {farthest:g}."
            )
        return degrees

    def whole(self, name: str, default: int, most: int) -> int:
        """Return a whole number of at least 1.

        Raises:
            Fault: it is none, or more than `most`.
        """
        text = self.text(name)
        if not text:
            return default
        if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
            raise Fault(BAD, f"{name} must be a whole number from 1 to {most}.")
        return int(text)


def read_moment(name: str, text: str) -> datetime:
    """Read a W3C date and time; a plus sign that a form turned into a space is understood.

    Raises:
        Fault: it is none, or has no offset.
    """
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
        if "T" in text and found.tzinfo is not None and found.year in YEARS:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Fault(BAD, f"{name} must be a date and time with its offset, like 2026-11-24T09:30:00Z.")


def read_parameters(query: bytes, form: bytes = b"") -> Parameters:
    """Read an address's query and a form; what is in the form counts more.

    Raises:
        Fault: they are not UTF-8, or too many.
    """
    try:
        pairs = [pair for source in (query, form) for pair in _pairs(source)]
    except ValueError as error:
        raise Fault(BAD, f"Send at most {MOST_FIELDS} parameters, in UTF-8.") from error
    values = {ALSO_CALLED.get(name, name): value for name, value in pairs}
    return Parameters(values, _attributes(pairs))


def _pairs(source: bytes) -> list[tuple[str, str]]:
    found = parse_qsl(source.decode("utf-8"), errors="strict", max_num_fields=MOST_FIELDS)
    clean = ((name, value.replace("\r\n", "\n").translate(CONTROLS).strip()) for name, value in found)
    return [(name.strip(), value) for name, value in clean if value]


def _attributes(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect attributes: with `[]` every value counts, without it the last."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        read = ATTRIBUTE.fullmatch(name)
        if read is not None:
            before = found.get(read[1], ()) if read[2] else ()
            found[read[1]] = (*before, value[:LONGEST_VALUE])
    return found
