"""The sweep finds what is wrong on a screen, and finds nothing wrong on those of the demo facility."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kiosk.clocks import SystemClock
from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.glass_lines import Lettered, Panel, Seen, Target
from kiosk.glass import Glass, GlassPlace
from kiosk.rehearse.hand import Hand
from kiosk.rehearse.judging import Finding, drawn, placed
from kiosk.rehearse.looks import SIDES, Only, combinations
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT, Progress, Sweep
from kiosk.rehearse.swept import Kept, Swept, fingerprint, table, total
from kiosk.settings import Loaded

PANEL = Panel()
PX = 1080 / 268.0
GOOD = Target("button", "Continue", 100, 1500, 400, 84, touchable=True)
OTHER = Target("button", "Back", 100, 1300, 400, 84, touchable=True)
LOOKS = ("cy-usual-light-whole-upright", "cy-largest-light-whole-upright")
TEXT = Lettered("Which bin?", 100, 400, 300, 60, 4.8, is_cut=False)

ARABIC = replace(TEXT, text="أين الحاوية؟", language="ar", line_em=2.12)


def sorts(seen: Seen, access: Access | None = None) -> list[str]:
    return [finding.sort for finding in placed(seen, PANEL, access or Access())]


def screen(*targets: Target, texts: tuple[Lettered, ...] = (TEXT,)) -> Seen:
    return Seen("Question", 1, targets, texts)


def test_a_screen_that_is_right_has_no_finding() -> None:
    assert sorts(screen(GOOD, OTHER)) == []
    assert sorts(screen(GOOD, texts=(TEXT, replace(ARABIC, y=800.0)))) == []


@pytest.mark.parametrize(
    ("seen", "access", "sort"),
    [
        (screen(replace(GOOD, x=-3.0)), Access(), "outside"),
        (screen(replace(GOOD, height=11 * PX)), Access(), "small"),
        (screen(replace(GOOD, height=15 * PX)), Access(), "under-20-mm"),
        (screen(GOOD, replace(OTHER, y=1500 - 84 - 2 * PX)), Access(), "near"),
        (screen(replace(GOOD, name=" ")), Access(), "nameless"),
        (screen(replace(GOOD, y=700.0)), Access(reach=Reach.LOW), "high"),
        (screen(GOOD, texts=(replace(TEXT, is_cut=True),)), Access(), "cut"),
        (screen(GOOD, texts=(TEXT, replace(TEXT, y=430.0))), Access(), "overlapping"),
        (screen(GOOD), Access(text=TextSize.LARGEST), "low-letters"),
        (screen(GOOD, texts=(replace(TEXT, line_em=1.1),)), Access(), "near-lines"),
        (screen(GOOD, texts=(replace(ARABIC, line_em=2.0),)), Access(), "near-lines"),
        (screen(GOOD, texts=(replace(ARABIC, language="ur", line_em=2.2),)), Access(), "near-lines"),
    ],
)
def test_each_sort_of_mistake_is_found(seen: Seen, access: Access, sort: str) -> None:
    assert sort in sorts(seen, access)


def test_what_does_not_stand_out_is_found_in_a_picture(tmp_path: Path) -> None:
    image = Image.new("RGB", (1080, 1920), "#F5F1E8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 1500, 500, 1584), fill="#FFFFFF", outline="#E8E0D0", width=2)
    draw.rectangle((120, 410, 180, 440), fill="#B0B0B0")
    image.save(tmp_path / "pale.png")
    pale = list(drawn(screen(GOOD), tmp_path / "pale.png"))
    assert {finding.sort for finding in pale} == {"pale-text", "pale-control"}
    draw.rectangle((100, 1500, 500, 1584), fill="#FFFFFF", outline="#4F666B", width=2)
    draw.rectangle((120, 410, 180, 440), fill="#16262B")
    image.save(tmp_path / "strong.png")
    assert list(drawn(screen(GOOD), tmp_path / "strong.png")) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param(("#645C54", "#38302A", "#766D65"), [], id="dark"),
        pytest.param(("#B0A898", "#B0A898", "#B0A898"), ["pale-text"], id="pale"),
    ],
)
def test_a_letter_that_fills_its_box_stands_out_from_what_is_around_it(
    tmp_path: Path, rows: tuple[str, ...], found: list[str]
) -> None:
    underscore = replace(TEXT, text="_", x=120.0, y=410.0, width=14.0, height=float(len(rows)))
    image = Image.new("RGB", (1080, 1920), "#F5EDDF")
    for at, ink in enumerate(rows):
        ImageDraw.Draw(image).rectangle((120, 410 + at, 133, 410 + at), fill=ink)
    image.save(tmp_path / "drawn.png")
    seen = replace(screen(texts=(underscore,)), targets=())
    assert [each.sort for each in drawn(seen, tmp_path / "drawn.png")] == found


def test_every_size_reach_orientation_and_theme_is_swept_in_every_language() -> None:
    found = list(combinations(("en", "cy")))
    assert len({each.name for each in found}) == len(found) == 2 * (2 * 4 * 4 + 3 + 4)


def test_slices_that_run_side_by_side_are_together_the_whole_and_none_of_it_twice() -> None:
    every = list(combinations(("en", "cy")))
    slices = [
        Only(languages=(language,), sizes=(size,), reaches=(reach,), sides=(side,))
        for language in ("en", "cy")
        for size in TextSize
        for reach in Reach
        for side in SIDES
    ]
    taken = [each.name for only in slices for each in filter(only.takes, every)]
    assert sorted(taken) == sorted(each.name for each in every)
    assert all(each.in_colour for each in filter(Only(themes=("dark",)).takes, every))


def test_what_was_swept_is_found_again_for_the_same_program_and_configuration_only(tmp_path: Path) -> None:
    each = next(iter(combinations(("cy",))))
    swept = Swept(each, 285, [("welcome", Finding("cut", "Croeso"))])
    Kept(tmp_path, "one").keep(swept)
    assert Kept(tmp_path, "one").find(each) == swept
    assert Kept(tmp_path, "another").find(each) is None
    assert total([swept, swept]) == (570, 2)
    (tmp_path / f"{each.name}.json").write_text("{")
    assert Kept(tmp_path, "one").find(each) is None


def test_a_word_more_in_a_file_of_settings_is_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "kiosk.yaml").write_text("a: 1", "utf-8")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "kiosk.yaml").write_text("a: 2", "utf-8")
    assert fingerprint(tmp_path) != before


VIEWS_TO_COMPARE = ("report-missed-bin-which-bin-problem", "report-missed-bin-where", "help", "access-text")


def no_log(event: str, **_ids: str | float | bool) -> None:
    del event


@pytest.mark.timeout(120)
def test_what_stands_where_is_told_without_a_frame_as_it_is_with_one_and_a_picture_has_its_colours(
    demo: Loaded, tmp_path: Path
) -> None:
    every = dict(every_view(demo.facility, "ur", Access(text=TextSize.LARGEST), OPEN_AT))
    views = [every[name] for name in VIEWS_TO_COMPARE]
    place = GlassPlace(demo.terminal.panel, finger=True, outfit=demo.terminal.outfit)
    glass = Glass(place, happened=lambda _event: None, clock=SystemClock(), log=no_log)
    hand = Hand(glass.finger)
    try:
        shown = []
        for at, view in enumerate(views):
            glass.show(view)
            assert glass.wait_until_shown(60.0)
            shown.append(replace(hand.read(), serial=0))
            hand.picture(tmp_path / f"{at}.png")
        pictures = [tmp_path / f"{at}.ppm" for at in range(len(views))]
        drawn_at_once = [replace(seen, serial=0) for seen in hand.stand(views, pictures)]
    finally:
        glass.close()
    assert drawn_at_once == shown
    for picture in pictures:
        with Image.open(picture) as quick, Image.open(picture.with_suffix(".png")) as kept:
            assert quick.tobytes() == kept.convert("RGB").tobytes()


@pytest.mark.timeout(300)
def test_a_screen_of_the_demo_facility_has_no_finding_in_several_looks_and_leaves_a_sheet(
    demo: Loaded, tmp_path: Path
) -> None:
    done: list[Progress] = []
    sweep = Sweep(demo, tmp_path, done.append, glasses=2)
    swept = sweep.run(Only(("still-there",), LOOKS, ("cy",)))
    assert [finding for each in swept for finding in each.found] == []
    assert len(done) == len(swept) == 6
    assert (done[-1].done, done[-1].of) == (6, 6)
    assert all(each.views == 1 for each in swept)
    assert list((tmp_path / "failures").iterdir()) == []
    assert (tmp_path / "sheets" / "cy-usual-light-whole-upright-colours.png").is_file()
    assert table(swept).count("| 1 | 0 |") == 6
