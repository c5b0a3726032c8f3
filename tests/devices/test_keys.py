"""Scanners that type: every letter is the one that was scanned, and nothing else is a code."""

import ctypes
import itertools
import os
import struct
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import check_reader, open_reader
from devices.links.input_link import InputLink
from devices.readers import keys as keys_room
from devices.readers.codec import BadFrame, CardNumber, Fault
from devices.readers.keys import EVENT, Keys, TypedCodec
from devices.readers.layouts import Level, layout_named, layout_names
from devices.readers.magstripe import MagstripeCodec
from devices.readers.scanner import ScannerCodec
from devices.simulators.keyboard import LAYOUTS, typed
from kiosk.core.hardware import CardPurpose, Condition
from kiosk.errors import LinkAbsent, SettingsError
from tests.devices.conftest import Facts, RealClock

UP, DOWN, REPEAT = 0, 1, 2
SHIFT, CTRL, ALT_GR, CAPS, ENTER = 42, 29, 100, 58, 28
XKB_OFFSET = 8
HELD = {Level.PLAIN: (), Level.SHIFT: (SHIFT,), Level.ALT_GR: (ALT_GR,)}
US_LETTERS = "".join(chr(code) for code in range(32, 127))
GB_LETTERS = US_LETTERS + "£¬"


def key(code: int, value: int) -> bytes:
    return struct.pack("@llHHi", 1, 2, 1, code, value)


def pressed(*codes: int) -> bytes:
    return b"".join(key(code, DOWN) + key(code, UP) for code in codes)


def scanner(layout: str = "us") -> TypedCodec:
    return TypedCodec(Keys(layout_named(layout)), ScannerCodec())


def written_out() -> bytes:
    """``Ab1`` and Enter as a 64-bit kernel writes them (linux/input.h): with scan codes and a repeat."""
    events = [
        (4, 4, 0x700E1), (1, 42, 1), (0, 0, 0), (4, 4, 0x70004), (1, 30, 1), (0, 0, 0), (4, 4, 0x70004),
        (1, 30, 0), (0, 0, 0), (4, 4, 0x700E1), (1, 42, 0), (0, 0, 0), (4, 4, 0x70005), (1, 48, 1), (0, 0, 0),
        (1, 48, 2), (0, 0, 1), (4, 4, 0x70005), (1, 48, 0), (0, 0, 0), (4, 4, 0x7001E), (1, 2, 1), (0, 0, 0),
        (4, 4, 0x7001E), (1, 2, 0), (0, 0, 0), (4, 4, 0x70028), (1, 28, 1), (0, 0, 0),
    ]  # fmt: skip
    seconds = struct.pack("<qq", 1_764_112_000, 250_000)
    return b"".join(seconds + struct.pack("<HHi", *event) for event in events)


def test_the_kernels_events_are_read_with_shift_repeats_and_scan_codes() -> None:
    assert scanner().feed(written_out()) == [CardNumber("Ab1")]


@given(
    st.sampled_from([("us", US_LETTERS), ("gb", GB_LETTERS)]),
    st.data(),
    st.lists(st.integers(0, 5000), max_size=6),
)
def test_whatever_is_scanned_is_read_however_the_events_are_split(
    layout: tuple[str, str], data: st.DataObject, cuts: list[int]
) -> None:
    name, letters = layout
    text = data.draw(st.text(letters, min_size=1, max_size=40).filter(lambda t: t.strip() and t[0] != "]"))
    stream, codec = typed(text + "\r", name), scanner(name)
    places = sorted({0, len(stream), *(cut % len(stream) for cut in cuts)})
    read = [r for a, b in itertools.pairwise(places) for r in codec.feed(stream[a:b])]
    digits = "".join(text.split()).replace("-", "")
    expected = (
        [BadFrame(Fault.PAYMENT_CARD)] if digits.isdecimal() and len(digits) > 12 else [CardNumber(text)]
    )
    assert read in ([CardNumber(text)], expected)


@given(st.binary(max_size=2000))
def test_after_any_bytes_that_are_whole_events_a_good_scan_is_read(noise: bytes) -> None:
    codec = scanner()
    codec.feed(noise[: len(noise) - len(noise) % EVENT.size])
    codec.feed(b"".join(key(code, UP) for code in (*keys_room.SHIFTS, *keys_room.COMMANDS, ALT_GR)))
    codec.feed(pressed(ENTER))
    assert codec.feed(typed("K7-0042-X\r", "us")) == [CardNumber("K7-0042-X")]


@pytest.mark.parametrize(
    "stream",
    [
        key(CTRL, DOWN) + pressed(46) + key(CTRL, UP),
        pressed(183),
        struct.pack("@llHHi", 0, 0, 0, 3, 0),
    ],
    ids=["a command", "a key without a letter", "events that the kernel lost"],
)
def test_what_is_no_letter_spoils_the_line_and_only_this_line(stream: bytes) -> None:
    codec = scanner()
    assert codec.feed(typed("K7", "us") + stream + typed("42\r", "us")) == [BadFrame()]
    assert codec.feed(typed("K7-0042-X\r", "us")) == [CardNumber("K7-0042-X")]


def test_capitals_by_caps_lock_are_capitals_and_end_with_the_line() -> None:
    codec = scanner()
    assert codec.feed(pressed(CAPS) + typed("k7-a\r", "us")) == [CardNumber("K7-A")]
    assert codec.feed(typed("k7\r", "us")) == [CardNumber("k7")]


def test_a_scan_without_an_end_is_told_as_truncated() -> None:
    codec = scanner()
    assert codec.feed(typed("K7-00", "us")) == []
    assert codec.quiet() == [BadFrame(Fault.TRUNCATED)]


def test_a_bank_card_that_is_typed_is_refused_and_nothing_of_it_stays() -> None:
    behind = MagstripeCodec()
    codec = TypedCodec(Keys(layout_named("us")), behind)
    swipe = "%B4111111111111111^VISITOR/A^30121010000?;4111111111111111=30121010000?\r"
    assert codec.feed(typed(swipe, "us")) == [BadFrame(Fault.PAYMENT_CARD)]
    assert not any(behind._lines._buffer)


def test_the_wrong_layout_reads_another_text_which_is_why_settings_name_it() -> None:
    assert scanner("us").feed(typed('@"\r', "gb")) == [CardNumber('"@')]
    assert scanner("gb").feed(typed('@"\r', "gb")) == [CardNumber('@"')]


def test_an_unknown_layout_says_which_there_are() -> None:
    with pytest.raises(SettingsError, match="unknown") as caught:
        layout_named("xx")
    assert "gb" in caught.value.do


# --- the node ---


@pytest.mark.parametrize("kind", ["no input device", "a terminal"])
def test_a_node_that_cannot_be_held_alone_is_not_read_at_all(kind: str, facts: Facts) -> None:
    master, slave = os.openpty()
    path = "/dev/null" if kind == "no input device" else os.ttyname(slave)
    link = InputLink(path, f"input:{path}")
    with pytest.raises(LinkAbsent):
        link.open()
    assert "closed" in repr(link)
    reader = open_reader("wedge", f"input:{path}", "scanner", clock=RealClock(), site_key=b"key", sink=facts)
    reader.arm(CardPurpose.ANSWER)
    facts.condition(Condition.ABSENT)
    reader.close()
    os.close(master)
    os.close(slave)


def test_what_cannot_be_typed_is_refused_at_a_keyboard_before_anything_is_opened() -> None:
    with pytest.raises(SettingsError, match="cannot be at") as caught:
        check_reader("input:/dev/input/event1", "id12")
    assert "scanner" in caught.value.do
    with pytest.raises(SettingsError, match="layout"):
        check_reader("input:/dev/input/event1?layout=xx", "scanner")
    check_reader("input:/dev/input/event1?layout=gb", "scanner")


# --- the system's own keyboard tables as the judge ---


@pytest.fixture(params=layout_names())
def judged(request: pytest.FixtureRequest) -> Iterator[tuple[str, Callable[[int, Level], bytes]]]:
    """A layout, and what libxkbcommon says that a key of it types."""
    xkb = ctypes.CDLL("libxkbcommon.so.0")
    for name in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
        getattr(xkb, name).restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    names = (ctypes.c_char_p * 5)(b"evdev", b"pc105", request.param.encode(), b"", b"")
    keymap = ctypes.c_void_p(xkb.xkb_keymap_new_from_names(context, names, 0))
    assert keymap, "the package xkb-data is not installed"

    def says(code: int, level: Level) -> bytes:
        state = ctypes.c_void_p(xkb.xkb_state_new(keymap))
        for held in HELD[level]:
            xkb.xkb_state_update_key(state, held + XKB_OFFSET, DOWN)
        room = ctypes.create_string_buffer(16)
        xkb.xkb_state_key_get_utf8(state, code + XKB_OFFSET, room, len(room))
        xkb.xkb_state_unref(state)
        return room.value

    yield request.param, says
    xkb.xkb_keymap_unref(keymap)
    xkb.xkb_context_unref(context)


def test_every_letter_of_a_layout_is_the_one_that_the_system_types(
    judged: tuple[str, Callable[[int, Level], bytes]],
) -> None:
    name, says = judged
    keypad = {code for code, _ in layout_named(name).letters} & {*range(71, 84), 55, 98}
    letters = {at: letter for at, letter in layout_named(name).letters.items() if at[0] not in keypad}
    assert len(letters) > 90
    assert {at: says(*at) for at in letters} == letters


def test_the_simulator_knows_no_layout_that_the_terminal_does_not() -> None:
    assert set(LAYOUTS) <= set(layout_names())
