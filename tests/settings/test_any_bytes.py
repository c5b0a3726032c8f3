"""Whatever stands in a file, and however large or deep it is: problems, quickly, never a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.settings import load_facility
from tests.settings.facility_files import KIOSK, PO_HEAD, SERVICE, TICKET, load_changed, write_facility

WELSH = KIOSK.replace("[en]", "[en, cy]")
SIGNS = st.sampled_from(
    [
        *":-[]{},&*!|>'\"%@`#?~\\\t\n \0\ud800",
        "\r\n",
        "\ufeff",
        "---",
        "...",
        "{x}",
        "\u2028",
        "yes",
        "9" * 400,
        "1e999",
    ]
)
FILES = {
    "kiosk.yaml": WELSH
    + "time-zone: Europe/London\nopening: {monday: 9am to 5pm}\n"
    + "devices:\n  printer: {address: 'tcp:10.0.0.5:9100'}\n",
    "services/missed-bin.yaml": SERVICE,
    "tickets/standard.yaml": TICKET,
    "translations/cy.po": PO_HEAD + '# note\nmsgid "Bins {x}"\nmsgstr "Biniau {x}"\n',
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file with a piece of it replaced by anything."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    put = draw(st.one_of(st.text(max_size=6), st.lists(SIGNS, max_size=4).map("".join)))
    return name, (text[:start] + put + text[end:]).encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None)
@given(damaged())
def test_a_file_with_anything_in_the_middle_of_it_never_raises(piece: tuple[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        load_facility(write_facility(Path(folder), {**FILES, piece[0]: piece[1]}))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200))
def test_a_file_of_any_bytes_never_raises(name: str, raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        load_facility(write_facility(Path(folder), {**FILES, name: raw}))


HUGE = {
    "one endless line": b"name: " + b"x" * 200_000,
    "a megabyte": b"x" * 1_000_000,
    "brackets": b"a: " + b"[" * 100_000,
    "braces": b"{" * 100_000,
    "dashes": b"- " * 100_000,
    "questions": b"? " * 100_000,
    "many keys": b"".join(b"k%d: v\n" % n for n in range(3_000)),
    "aliases": b"a: &a [x, x]\n" + b"".join(b"k%d: [*a, *a, *a]\n" % n for n in range(50)),
    "quotes": b'"' * 100_000,
    "colons": b": " * 100_000,
    "zeros": b"\0" * 10_000,
}


@pytest.mark.parametrize("raw", HUGE.values(), ids=HUGE.keys())
@pytest.mark.parametrize("name", sorted(FILES))
def test_a_huge_or_deep_file_is_a_problem(tmp_path: Path, name: str, raw: bytes) -> None:
    assert load_changed(tmp_path, {name: raw}).problems or name == "translations/cy.po"


def test_a_folder_instead_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "services/folder.yaml").mkdir(parents=True)
    assert "SET-101" in {p.code for p in load_changed(tmp_path, {}).problems}
    assert "SET-101" in {p.code for p in load_facility(tmp_path / "nothing").problems}


def test_an_option_called_no_stays_an_option_and_optional_yes_is_true(tmp_path: Path) -> None:
    text = SERVICE.replace("{brown: Brown, green: Green}", "{no: No, yes: 'Yes', on: On}").replace(
        "when: {which-bin: brown}", "optional: yes\n    when: {which-bin: no}"
    )
    journey = (
        load_changed(tmp_path, {"services/missed-bin.yaml": text}).facility.services["missed-bin"].journey
    )
    assert [offer.option for offer in journey[0].options] == ["no", "yes", "on"]  # type: ignore[attr-defined]
    assert journey[1].optional
    assert journey[1].when[0].any_of == ("no",)
