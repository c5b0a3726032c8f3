"""The glass as a process: what it shows, what it tells, and what nobody can make it do."""

import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.events import Continued, Typed
from kiosk.core.frames import to_line
from kiosk.core.glass_lines import Picture, Pictured, Ping, Pong, RestAndPress, Slide
from tests.screens.glass_stand import ENGLISH, KEYPAD, POLISH, GlassStand, asking, middle, welcome

ESCAPE, F1, F11, F12 = 27, 282, 292, 293


@pytest.fixture
def glass() -> Iterator[GlassStand]:
    with GlassStand() as stand:
        yield stand


def test_a_touch_on_a_button_sends_its_event(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.press("Polski")
    assert glass.next_event() == POLISH


def test_a_finger_that_slides_off_does_nothing(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.ask(Slide(*middle(glass.find("English")), *middle(glass.find("Polski"))))
    assert glass.said_nothing()


def test_a_second_finger_does_nothing_while_one_rests(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.ask(RestAndPress(5, 5, *middle(glass.find("English"))))
    assert glass.said_nothing()


def test_a_second_finger_takes_nothing_from_the_first(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.ask(RestAndPress(*middle(glass.find("English")), *middle(glass.find("Polski"))))
    assert glass.next_event() == ENGLISH
    assert glass.said_nothing()


def test_a_glass_waits_as_long_as_its_terminal_wants_before_a_control_acts_again() -> None:
    with GlassStand(outfit=replace(KEYPAD, again_s=3.0)) as glass:
        glass.show(welcome())
        glass.press("Polski")
        assert glass.next_event() == POLISH
        glass.press("Polski", after_s=0.6)
        assert glass.said_nothing()
        glass.show(welcome())
        glass.press("Polski", after_s=3.0)
        assert glass.next_event() == POLISH


def test_a_double_tap_on_continue_goes_on_once(glass: GlassStand) -> None:
    glass.show(asking())
    glass.tap_thrice("Continue")
    assert glass.next_event() == Continued("who")
    assert glass.said_nothing()


def test_a_name_is_typed_on_the_keys_of_the_glass(glass: GlassStand) -> None:
    glass.show(asking())
    glass.type("Ŵyn O'")
    assert [glass.typed() for _ in range(6)][-1] == "Ŵyn O'"


def test_a_view_with_the_typed_text_does_not_disturb_typing(glass: GlassStand) -> None:
    glass.show(asking())
    glass.type("ab")
    glass.show(asking("a"))
    glass.type("c")
    assert glass.typed() == "abc"


@pytest.mark.parametrize("held", [(), ("ctrl",), ("alt",), ("ctrl", "shift"), ("meta",)])
def test_no_key_or_chord_changes_anything(glass: GlassStand, held: tuple[str, ...]) -> None:
    glass.show(asking())
    before = glass.look()
    for key in (ESCAPE, ESCAPE, F1, F11, F12, *map(ord, "eqvxczw\r\t")):
        glass.strike(key, chr(key) if key < 256 else "", *held)
    assert glass.look() == before
    assert glass.said_nothing()


def test_planted_configuration_and_modules_are_never_read(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    (tmp_path / "mods").mkdir()
    (tmp_path / "mods" / "evil.py").write_text(f"open({str(marker)!r}, 'w')\ndef start(win, ctx): pass\n")
    (tmp_path / "config.ini").write_text("[modules]\nevil =\ninspector =\n[kivy]\nexit_on_escape = 1\n")
    planted = {
        "KIVY_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "KIVY_MODULES_DIR": str(tmp_path / "mods"),
        "KCFG_MODULES_EVIL": "",
        "KCFG_KIVY_EXIT_ON_ESCAPE": "1",
    }
    with GlassStand(planted) as glass:
        glass.show(welcome())
        glass.strike(ESCAPE)
        glass.strike(ord("e"), "e", "ctrl")
        glass.press("English")
        assert glass.next_event() == ENGLISH
    assert not marker.exists()
    assert not (tmp_path / ".kivy").exists()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_when_told_to(glass: GlassStand, sent: signal.Signals) -> None:
    glass.show(welcome())
    begun = time.monotonic()
    glass.child.send_signal(sent)
    assert glass.child.wait(timeout=5) == 0
    assert time.monotonic() - begun < 1


def test_it_ends_at_once_when_the_service_is_gone(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.service.shutdown(2)
    assert glass.child.wait(timeout=1) == 0


def test_it_ends_when_the_service_speaks_nonsense(glass: GlassStand) -> None:
    glass.service.sendall(b"{}\n")
    assert glass.child.wait(timeout=1) == 0


def test_it_says_that_its_loop_turns_hidden_and_shown(glass: GlassStand) -> None:
    glass.service.sendall(to_line(Ping(7)))
    assert glass.hear() == Pong(7)
    glass.show(welcome())
    glass.service.sendall(to_line(Ping(8)))
    assert glass.hear() == Pong(8)


def test_a_picture_of_the_glass_is_a_png_of_its_size(glass: GlassStand, tmp_path: Path) -> None:
    glass.show(welcome())
    path = tmp_path / "glass.png"
    assert glass.ask(Picture(str(path))) == Pictured(str(path))
    assert path.read_bytes()[:24].endswith((540).to_bytes(4) + (960).to_bytes(4))


def test_a_view_comes_to_the_display_whenever_a_picture_is_taken(glass: GlassStand, tmp_path: Path) -> None:
    path = tmp_path / "glass.ppm"
    for number in range(40):  # a picture often falls between a view and its frame
        glass.show(welcome(f"Welcome {number}"), and_ask=Picture(str(path)))
        assert glass.answer() == Pictured(str(path))


@pytest.mark.parametrize(
    "text", ["[b]x[/b]", "'\"--%_*", "\ud800", "a" * 10_000, "\x00\x1b[2J", "🙂", "\u202eabc"]
)
def test_any_text_in_a_field_is_shown_and_the_glass_goes_on(glass: GlassStand, text: str) -> None:
    glass.show(asking(text))
    glass.type("a")
    glass.show(welcome())
    glass.press("English")
    while (event := glass.next_event()) != ENGLISH:
        assert isinstance(event, Typed)


def test_nothing_is_drawn_while_nothing_changes(glass: GlassStand) -> None:
    glass.show(welcome())
    stat = Path(f"/proc/{glass.child.pid}/stat")
    begun = _cpu_s(stat)
    glass.service.settimeout(1)
    with pytest.raises(TimeoutError):
        glass.service.recv(1)
    assert _cpu_s(stat) - begun < 0.3


def _cpu_s(stat: Path) -> float:
    parts = stat.read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / 100
