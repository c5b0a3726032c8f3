"""What facilities staff slip on most: each slip is told once, where it was made, in words that help."""

from pathlib import Path

import pytest

from kiosk.settings import fill_translations, load_facility
from tests.settings.facility_files import KIOSK, PO_HEAD, SERVICE, load_changed

POLISH = KIOSK.replace("[en]", "[en, pl]")
PL = "translations/pl.po"
BIN = "services/missed-bin.yaml"


@pytest.mark.parametrize(
    ("written", "code"),
    [("Polish", "pl"), ("polski", "pl"), ("Urdu", "ur"), ("pol", "pl"), ("PL", "pl"), ("pll", "pl")],
)
def test_a_language_written_by_its_name_or_a_longer_code_is_led_to_the_right_one(
    tmp_path: Path, written: str, code: str
) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": KIOSK.replace("[en]", f"[en, {written}]")})
    assert [(p.code, p.do) for p in loaded.problems] == [("SET-406", f"Did you mean '{code}'?")]


@pytest.mark.parametrize(
    ("catalogue", "code"),
    [
        (None, "SET-401"),
        ("Łódź".encode("cp1250"), "SET-102"),
        (PO_HEAD + 'msgid "Bins"\nmistake "Kosze"\n', "SET-402"),
    ],
)
def test_a_file_of_translations_that_is_missing_or_broken_is_one_problem(
    tmp_path: Path, catalogue: str | bytes | None, code: str
) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": POLISH, PL: catalogue})
    assert [problem.code for problem in loaded.problems] == [code]


def test_nothing_is_added_to_a_file_of_translations_that_cannot_be_read(tmp_path: Path) -> None:
    broken = "Łódź".encode("cp1250")
    loaded = load_changed(tmp_path, {"kiosk.yaml": POLISH, PL: broken})
    assert fill_translations(tmp_path, loaded) == {}
    assert (tmp_path / PL).read_bytes() == broken


def test_a_translation_that_was_just_filled_in_counts_as_read_by_nobody(tmp_path: Path) -> None:
    fill_translations(tmp_path, load_changed(tmp_path, {"kiosk.yaml": POLISH}))
    path = tmp_path / PL
    head, *entries = path.read_text("utf-8").split("\n\n")
    path.write_text(
        "\n\n".join([head, *(e.replace('msgstr ""', 'msgstr "Słowo"') for e in entries)]), "utf-8"
    )
    (share,) = [each.share_of_facility() for each in load_facility(tmp_path).tongues if each.language == "pl"]
    assert (share.reviewed, share.missing) == (0, 0)
    assert share.unreviewed > 0


@pytest.mark.parametrize(
    ("slip", "place"),
    [
        (("ask: Which bin?", 'ask: "Which bin?'), "6:10"),
        (("Green}", "Green"), "7:14"),
    ],
)
def test_what_was_opened_and_never_closed_is_told_where_it_was_opened(
    tmp_path: Path, slip: tuple[str, str], place: str
) -> None:
    loaded = load_changed(tmp_path, {BIN: SERVICE.replace(*slip)})
    assert [(f"{p.line}:{p.column}", p.code) for p in loaded.problems] == [(place, "SET-103")]


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ("5pm to 9am", "ends before it begins"),
        ("9am to 9am", "ends before it begins"),
        ("'9am to 5pm, 4pm to 6pm'", "begins before the first one ends"),
    ],
)
def test_hours_that_cannot_be_are_told_as_what_they_are(tmp_path: Path, hours: str, says: str) -> None:
    loaded = load_changed(tmp_path, {"kiosk.yaml": KIOSK + f"opening:\n  monday: {hours}\n"})
    assert [p.code for p in loaded.problems] == ["SET-209"]
    assert says in loaded.problems[0].what
