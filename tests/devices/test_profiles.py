"""Each row of the printers' table says on what ground every part of it is believed."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from devices.printers.profile import GROUNDS, profile_named, profiles

HARDWARE = Path(__file__).parents[2] / "docs/hardware.md"
NOT_OF_THE_DEVICE = {"name", "title", *GROUNDS}
IN_THE_GUIDE = {"verified": "verified", "documents": "from documents", "analogy": "by analogy"}
ASKED_FOR = (
    "epson-tm-t20iii", "epson-tm-t88v", "epson-tm-t88vi", "epson-tm-m30", "star-escpos", "citizen-ct-s310",
    "bixolon-srp-350", "generic-80mm", "generic-58mm",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(profiles()))
def test_every_part_of_a_row_stands_on_exactly_one_ground(name: str) -> None:
    profile = profile_named(name)
    told = [part for ground in GROUNDS for part in getattr(profile, ground)]
    assert sorted(told) == sorted({field.name for field in fields(profile)} - NOT_OF_THE_DEVICE)


def test_the_printers_that_receptions_have_are_there() -> None:
    assert set(ASKED_FOR) <= set(profiles())


@pytest.mark.parametrize("name", sorted(profiles()))
def test_the_guide_claims_no_more_than_the_row(name: str) -> None:
    [row] = [line for line in HARDWARE.read_text("utf-8").splitlines() if re.search(rf"\| `{name}` \|", line)]
    assert row.split("|")[3].strip() == IN_THE_GUIDE[profile_named(name).proven]
