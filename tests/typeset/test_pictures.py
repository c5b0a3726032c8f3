"""Pictures are exact, the same everywhere, and safe whatever the text."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import TypesettingUnavailable
from kiosk.typeset import Picture, TextStyle, Typesetter, to_bitmap
from tests.typeset.samples import SAMPLES

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
ROOT = Path(__file__).parents[2]
TYPESETTER = Typesetter(cache_bytes=0)

FINGERPRINT = """
import hashlib
from kiosk.typeset import TextStyle, Typesetter
from tests.typeset.samples import SAMPLES
engine, total = Typesetter(), hashlib.sha256()
for language, text in SAMPLES.items():
    total.update(engine.typeset(text, TextStyle(30, language=language), 500).coverage)
print(total.hexdigest())
"""


def _inked_rows(picture: Picture) -> list[int]:
    width = picture.width_px
    rows = range(picture.height_px)
    return [
        row for row in rows if any(byte > 127 for byte in picture.coverage[row * width : (row + 1) * width])
    ]


@pytest.mark.parametrize("cap_px", [12, 24, 27, 37, 41, 57])
@pytest.mark.parametrize("bold", [False, True])
def test_capitals_are_as_high_as_asked(typesetter: Typesetter, cap_px: int, bold: bool) -> None:
    size_px = typesetter.size_for_cap_height(cap_px, bold=bold)
    picture = typesetter.typeset("H", TextStyle(size_px, bold=bold))
    rows = _inked_rows(picture)
    assert abs(len(rows) - cap_px) <= 1
    assert rows[-1] + 1 == picture.baseline_px


def test_the_same_text_gives_the_same_bytes_in_any_engine_and_thread() -> None:
    def fingerprint(_: int) -> str:
        total = hashlib.sha256()
        for language, text in SAMPLES.items():
            total.update(TYPESETTER.typeset(text, TextStyle(30, language=language), 500).coverage)
        return total.hexdigest()

    with ThreadPoolExecutor(4) as threads:
        prints = set(threads.map(fingerprint, range(4)))
    another = Typesetter()
    one = another.typeset(SAMPLES["ur"], TextStyle(30, language="ur"), 500)
    assert one.coverage == TYPESETTER.typeset(SAMPLES["ur"], TextStyle(30, language="ur"), 500).coverage
    assert len(prints) == 1


def test_the_fonts_and_settings_of_the_machine_change_nothing(tmp_path: Path) -> None:
    rules = tmp_path / "fonts.conf"
    rules.write_text(
        '<fontconfig><dir>/usr/share/fonts</dir><match target="pattern"><edit name="family" mode="assign">'
        "<string>DejaVu Serif</string></edit></match></fontconfig>"
    )
    strange = {"FONTCONFIG_FILE": str(rules), "HOME": str(tmp_path), "LANG": "zh_CN.UTF-8", "LC_ALL": "C"}

    def fingerprint(environment: dict[str, str]) -> str:
        command = [sys.executable, "-c", FINGERPRINT]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
        return done.stdout

    assert fingerprint({**os.environ}) == fingerprint({**os.environ, **strange})


@given(
    text=ANY_TEXT,
    width_px=st.none() | st.integers(-5, 700),
    max_lines=st.none() | st.integers(-1, 4),
    language=st.sampled_from(["en", "ar", "ur", "zh", "", "x\x00y", "pa-Guru"]),
    size_px=st.floats(0.5, 90),
)
@settings(deadline=None, max_examples=150)
def test_any_text_at_all_gives_a_whole_picture(
    *, text: str, width_px: int | None, max_lines: int | None, language: str, size_px: float
) -> None:
    style = TextStyle(size_px, language=language)
    picture = TYPESETTER.typeset(text, style, width_px, max_lines)
    assert len(picture.coverage) == picture.width_px * picture.height_px > 0
    assert width_px is None or picture.width_px == max(1, width_px)
    assert max_lines is None or picture.line_count <= max(1, max_lines)
    caret = TYPESETTER.caret_at(text, len(text) // 2, style, width_px)
    assert 0 <= caret.x_px <= TYPESETTER.typeset(text, style, width_px).width_px
    assert 0 <= TYPESETTER.index_at(text, (9.5, 9.5), style, width_px) <= len(text)
    assert TYPESETTER.caret_stops(text, style)[-1] == len(text)
    assert TYPESETTER.unknown_glyphs(text, style) >= 0


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "word 12 " * 1250, "\n" * 10_000, "\u0301" * 10_000, "ر" * 10_000]
)
def test_ten_thousand_characters_stay_within_the_largest_texture(text: str) -> None:
    for width_px, max_lines in ((None, None), (600, 2), (1, 1)):
        picture = TYPESETTER.typeset(text * (10_000 // len(text)), TextStyle(30), width_px, max_lines)
        assert picture.width_px <= 8192
        assert picture.height_px <= 8192 + 240


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "\x1b[31m", "\r", "\u2028", "\ufeff", "\uffff", "\ufffc"]
)
def test_odd_characters_make_a_line(typesetter: Typesetter, text: str) -> None:
    assert typesetter.typeset(text, TextStyle(30)).height_px >= 39


def test_markup_is_shown_as_it_is_written(typesetter: Typesetter) -> None:
    style = TextStyle(30)
    assert (
        typesetter.measure("<b>a</b> &amp;", style).width_px > 2 * typesetter.measure("a &", style).width_px
    )


@given(width=st.integers(1, 40), height=st.integers(1, 5), threshold=st.integers(1, 255), chosen=st.randoms())
def test_a_bitmap_has_a_bit_for_every_pixel(width: int, height: int, threshold: int, chosen: object) -> None:
    coverage = bytes(getattr(chosen, "randrange")(256) for _ in range(width * height))  # noqa: B009
    bitmap = to_bitmap(Picture(width, height, coverage, 0, 1, height), threshold)
    assert bitmap.width_px % 8 == 0
    assert 0 <= bitmap.width_px - width < 8
    assert {len(row) for row in bitmap.rows} == {bitmap.row_bytes}
    for y, row in enumerate(bitmap.rows):
        bits = "".join(f"{byte:08b}" for byte in row)
        ink = coverage[y * width : (y + 1) * width]
        assert bits == "".join("1" if byte >= threshold else "0" for byte in ink).ljust(bitmap.width_px, "0")


def test_luminance_alpha_is_white_with_the_coverage_as_alpha() -> None:
    assert Picture(2, 1, b"\x00\x80", 0, 1, 1).luminance_alpha() == b"\xff\x00\xff\x80"


def test_a_picture_is_kept_and_the_least_used_is_forgotten_first() -> None:
    engine = Typesetter(cache_bytes=60_000)
    style = TextStyle(30)
    first = engine.typeset("first", style)
    for number in range(200):
        engine.typeset(f"another text {number}", style)
        assert engine.typeset("first", style) is first
        assert engine.kept_bytes <= 60_000
    engine.forget()
    assert engine.kept_bytes == 0
    assert engine.typeset("first", style) == first


def test_a_picture_does_not_show_its_bytes_when_printed(typesetter: Typesetter) -> None:
    assert len(repr(typesetter.typeset("A visitor's name", TextStyle(30)))) < 200


@pytest.mark.parametrize("size_px", [0, -1, 1001, float("nan")])
def test_a_size_that_cannot_be_is_refused(size_px: float) -> None:
    with pytest.raises(ValueError, match="size_px"):
        TextStyle(size_px)


def test_missing_fonts_are_told_with_a_code_and_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(TypesettingUnavailable) as told:
        Typesetter(fonts=tmp_path)
    assert told.value.code == "TYPE-002"
    assert told.value.do
