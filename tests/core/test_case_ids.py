"""The identifiers of cases: of the standard's form, in the order of time, and never the same."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.core.case import case_id_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize("byte", range(0, 256, 5))
def test_an_identifier_is_a_uuid_of_version_seven(byte: int) -> None:
    made = uuid.UUID(case_id_of(NOON, bytes([byte] * 10)))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_later_ones_sort_after_earlier_ones() -> None:
    made = [case_id_of(NOON + timedelta(milliseconds=n), bytes([255 - n] * 10)) for n in range(200)]
    assert made == sorted(made)


def test_of_one_moment_no_two_are_the_same() -> None:
    assert len({case_id_of(NOON, n.to_bytes(10, "little")) for n in range(1000)}) == 1000


def test_a_clock_that_was_reset_makes_an_identifier_all_the_same() -> None:
    assert uuid.UUID(case_id_of(datetime(1969, 12, 31, tzinfo=UTC), b"0123456789")).version == 7
