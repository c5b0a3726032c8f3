"""Tickets as bytes: short, safe whatever a visitor typed, and the same when the simulator reads them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.dots import ShapedText
from devices.printers.encoder import FenceMark, encode, encode_commands
from devices.printers.profile import Profile, profile_named, profiles
from devices.printers.shaping import typeset_raster
from devices.simulators.grammar import Command, take
from devices.simulators.interpreter import Interpreter
from devices.simulators.realtime import RealTime, RealTimeFilter
from devices.simulators.slip import Slip
from kiosk.core.hardware import Fence
from kiosk.core.ticket import Align, Code, Line, Pair, Part, Rule, Size, Space, Ticket
from kiosk.typeset import Bitmap, Typesetter
from tests.devices.desk import TICKET

GENERIC = profile_named("generic-80mm")
FENCE = FenceMark(Fence.COMPLETION, 7)
ALLOWED = {b""} | {
    name.encode() for name in ("\n", "\x1b@", "\x1da", "\x1bt", "\x1bM", "\x1d!", "\x1bE", "\x1ba", "\x1bJ")
}
ALLOWED |= {b"\x1d(", b"\x1dv", b"\x1dV", b"\x1dr"}
APPOINTMENT = Ticket(
    (
        Line("Demo Borough Council", size=Size.LARGE, bold=True, align=Align.CENTRE),
        Line("Your ticket number", align=Align.CENTRE),
        Line("A042", size=Size.HUGE, bold=True, align=Align.CENTRE),
        Line("Council tax", align=Align.CENTRE),
        Line("24 November 2026, 10:14", align=Align.CENTRE),
        Line("Reference K7-0042-X", align=Align.CENTRE),
        Code("https://demo.council.example/c/K7-0042-X?s=0123456789abcdef"),
        Line("Please take a seat.", align=Align.CENTRE),
    )
)

PUNJABI = Line("ਕਿਰਪਾ ਕਰਕੇ ਆਪਣੀ ਟਿਕਟ ਰੱਖੋ।", language="pa", align=Align.CENTRE)


def dotted(_wanted: ShapedText) -> Bitmap:
    """A shaping engine of hostile taste: every picture is full of what could be a command."""
    return Bitmap(64, 8, tuple(b"\x10\x04\x01\x10\x05\x02\x10\x14" for _ in range(8)))


def parsed(sent: bytes) -> list[Command]:
    commands = []
    while (taken := take(sent)) is not None:
        command, sent = taken
        commands.append(command)
    assert sent == b"", "the last command is not complete"
    return commands


def shown(ticket: Ticket, profile: Profile = GENERIC, copy: int = 0) -> Slip:
    slip = Slip(profile.width_dots)
    paper = Interpreter(profile.width_dots, slip)
    for command in parsed(encode(ticket, profile, FENCE, dotted, copy=copy)):
        paper.obey(command)
    return slip


texts = st.text(max_size=60)
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(
        Line,
        texts,
        st.sampled_from(Size),
        st.booleans(),
        st.sampled_from(Align),
        st.sampled_from(["en", "ar"]),
    ),
    st.builds(Pair, texts, texts, st.sampled_from(["en", "ur"])),
    st.just(Rule()),
    st.builds(Space, st.floats(0, 200)),
    st.builds(Code, texts, texts),
)


@given(
    st.lists(parts, max_size=6),
    st.sampled_from(sorted(profiles())),
    st.sampled_from(Fence),
    st.integers(0, 9),
    st.booleans(),
)
def test_no_text_can_become_a_command(
    some: list[Part], profile_name: str, kind: Fence, copy: int, shapes: bool
) -> None:
    shaper = dotted if shapes else None
    sent = encode(Ticket(tuple(some)), profile_named(profile_name), FenceMark(kind, 5), shaper, copy=copy)
    commands = parsed(sent)
    assert {command.name for command in commands} <= ALLOWED
    assert sum(command.name == b"\x1b@" for command in commands) == 1
    assert sum(command.name == b"\x1dV" for command in commands) == profile_named(profile_name).cut
    assert not [piece for piece in RealTimeFilter().feed(sent) if isinstance(piece, RealTime)]
    assert all(min(command.rest, default=32) >= 32 for command in commands if command.name == b"")


def test_a_mutant_that_lets_control_characters_through_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    attack = Ticket((Line("Mallory\x1bp\x00\x19\x19\x10\x14\x01\x00\x08"),))
    assert {command.name for command in parsed(encode(attack, GENERIC, FENCE, dotted))} <= ALLOWED
    monkeypatch.setattr("devices.printers.encoder.clean", lambda text: text)
    monkeypatch.setattr("devices.printers.encoder.encoded", lambda text, page: text.encode(page.encoding))
    monkeypatch.setattr("devices.printers.wording._carries", lambda _page, _text: True)
    broken = parsed(encode(attack, GENERIC, FENCE, dotted))
    assert b"\x1bp" in {command.name for command in broken}


def test_a_latin_appointment_ticket_is_short() -> None:
    assert len(encode(APPOINTMENT, GENERIC, FENCE, None)) <= 300


def test_one_punjabi_line_keeps_the_ticket_under_2100_bytes() -> None:
    sent = encode(Ticket((*APPOINTMENT.parts, PUNJABI)), GENERIC, FENCE, typeset_raster(Typesetter()))
    assert len(sent) <= 2100
    assert sum(command.name == b"\x1dv" for command in parsed(sent)) == 1


def test_the_simulator_reads_the_ticket_as_it_was_meant() -> None:
    slip = shown(TICKET)
    words = [line.strip() for line in slip.lines]
    assert "Demo Borough Council" in words
    assert "A042" in words
    assert slip.codes == ["https://demo.council.example/c/K7-0042-X"]
    pair = next(line for line in slip.lines if line.startswith("Date"))
    assert pair.endswith("24 November 2026, 10:14")
    assert len(pair) == 48


def test_pounds_and_quotes_are_text_and_welsh_letters_are_shaped() -> None:
    slip = shown(Ticket((Line("Pay £5 – “today” €3"), Line("Tŷ Ŵyn", language="cy"))))
    assert slip.lines[0] == "Pay £5 – “today” €3"
    assert slip.lines[1].startswith("[picture")


def test_a_reprint_says_which_copy_it_is_at_the_top_and_the_bottom() -> None:
    words = [line.strip() for line in shown(TICKET, copy=2).lines if line.strip()]
    assert words[0] == words[-1] == "*** COPY 2 ***"


def test_a_printer_without_codes_of_its_own_gets_a_picture() -> None:
    commands = parsed(encode(TICKET, profile_named("plain-80mm"), FenceMark(Fence.STATUS), None))
    pictures = [command for command in commands if command.name == b"\x1dv"]
    assert len(pictures) == 1
    assert pictures[0].rest[1] == 3, "doubled by the printer: a quarter of the bytes"


@pytest.mark.parametrize("name", sorted(profiles()))
def test_nothing_hangs_over_the_edge_of_any_paper(name: str) -> None:
    profile = profile_named(name)
    wide = Ticket(
        (*TICKET.parts, Line("word " * 60), Line("W" * 300), Pair("L" * 40, "V" * 40), Pair("", ""))
    )
    columns = profile.columns
    assert all(len(line) <= columns * 2 for line in shown(wide, profile).lines if not line.startswith("[QR"))
    assert all(band.width == profile.width_dots for band in shown(wide, profile).bands)


def test_a_language_that_runs_backwards_starts_at_the_right() -> None:
    sent = encode(
        Ticket((Line("5", language="ar"), Line("5", language="ar", align=Align.END))), GENERIC, FENCE, None
    )
    places = [command.rest[0] for command in parsed(sent) if command.name == b"\x1ba"]
    assert places == [2, 0]


def test_commands_are_whole_so_that_a_question_fits_between_any_two() -> None:
    for command in encode_commands(TICKET, GENERIC, FENCE, dotted):
        parsed(command)
