"""Scanners, stripes and Wiegand badges: what is good is read however it is split, and nothing else."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers import magstripe
from devices.readers.codec import BadFrame, CardNumber, Fault, ReaderCodec, Reading
from devices.readers.em4100 import Em4100Codec
from devices.readers.magstripe import MagstripeCodec
from devices.readers.scanner import LONGEST, ScannerCodec
from devices.readers.uid_line import UidLineCodec
from devices.readers.wiegand import AS_BITS, AS_HEX, WiegandCodec
from devices.simulators.frames import frame

CODECS: dict[str, Callable[[], ReaderCodec]] = {
    "id12": Em4100Codec,
    "rdm6300": Em4100Codec,
    "uid-line": UidLineCodec,
    "magstripe": MagstripeCodec,
    "scanner": ScannerCodec,
    "wiegand-bits": lambda: WiegandCodec(AS_BITS),
    "wiegand-hex": lambda: WiegandCodec(AS_HEX),
}
GOOD = {
    "id12": "04A1B2C3D4",
    "rdm6300": "04A1B2C3D4",
    "uid-line": "04A1B2C3D4E5F6",
    "magstripe": "2123456",
    "scanner": "BOOKING/K7-0042-X é",
    "wiegand-bits": "7BB26E",
    "wiegand-hex": "04A1B2C3",
}
PAYMENT_NUMBER = "4111111111111111"
hexadecimal = "0123456789ABCDEF"


def in_pieces(codec: ReaderCodec, stream: bytes, cuts: list[int]) -> list[Reading]:
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    return [r for a, b in itertools.pairwise(places) for r in codec.feed(stream[a:b])]


@pytest.mark.parametrize("kind", CODECS)
@given(cuts=st.lists(st.integers(0, 500), max_size=8), count=st.integers(1, 4))
def test_however_the_line_splits_it_every_good_frame_is_read(kind: str, cuts: list[int], count: int) -> None:
    assert (
        in_pieces(CODECS[kind](), frame(kind, GOOD[kind]) * count, cuts) == [CardNumber(GOOD[kind])] * count
    )


@pytest.mark.parametrize("kind", CODECS)
@given(
    cuts=st.lists(st.integers(0, 500), max_size=8),
    stops=st.lists(st.tuples(st.integers(0, 500), st.sampled_from([b"\x11", b"\x13"])), max_size=12),
    count=st.integers(1, 4),
)
def test_flow_control_anywhere_on_the_line_changes_no_card(
    kind: str, cuts: list[int], stops: list[tuple[int, bytes]], count: int
) -> None:
    stream = frame(kind, GOOD[kind]) * count
    for anywhere, byte in stops:
        place = anywhere % (len(stream) + 1)
        stream = stream[:place] + byte + stream[place:]
    assert in_pieces(CODECS[kind](), stream, cuts) == [CardNumber(GOOD[kind])] * count


@pytest.mark.parametrize("kind", CODECS)
@given(noise=st.binary(max_size=400))
def test_after_any_noise_and_a_pause_a_good_frame_is_read(kind: str, noise: bytes) -> None:
    codec = CODECS[kind]()
    codec.feed(noise)
    codec.quiet()
    assert codec.feed(frame(kind, GOOD[kind])) == [CardNumber(GOOD[kind])]
    assert codec.quiet() == []


@pytest.mark.parametrize("kind", ["uid-line", "wiegand-bits", "wiegand-hex", "magstripe"])
def test_a_long_run_of_noise_is_no_card_and_takes_no_memory(kind: str) -> None:
    codec = CODECS[kind]()
    for _ in range(64):
        assert codec.feed(b"x" * 65_536) == []
    assert codec.feed(b"\r") == [BadFrame()]
    assert codec.feed(frame(kind, GOOD[kind])) == [CardNumber(GOOD[kind])]


# --- scanners ---


@pytest.mark.parametrize("suffix", ["cr", "lf", "crlf"])
@pytest.mark.parametrize("prefix", ["", "]Q1", "]d2", "]C1"])
def test_a_code_is_read_whatever_the_scanner_puts_around_it(prefix: str, suffix: str) -> None:
    assert ScannerCodec().feed(frame("scanner", prefix + "K7-0042-X", suffix)) == [CardNumber("K7-0042-X")]


def test_half_a_code_is_truncated_and_never_joins_the_next() -> None:
    codec = ScannerCodec()
    assert codec.feed(b"K7-00") == []
    assert codec.quiet() == [BadFrame(Fault.TRUNCATED)]
    assert codec.feed(b"42-X\r") == [CardNumber("42-X")]


@pytest.mark.parametrize(("length", "is_read"), [(LONGEST, True), (LONGEST + 1, False), (7_000, False)])
def test_a_code_over_four_kilobytes_is_truncated(length: int, is_read: bool) -> None:
    [reading] = ScannerCodec().feed(b"x" * length + b"\r\n")
    assert isinstance(reading, CardNumber) == is_read
    assert is_read or reading == BadFrame(Fault.TRUNCATED)


@pytest.mark.parametrize("stray", [b"\x00", b"\x1b", b"\x1d", b"\xff", b"\xe2\x80\xae", b"\x7f"])
def test_a_code_with_unprintable_letters_is_refused(stray: bytes) -> None:
    assert ScannerCodec().feed(b"K7" + stray + b"42\r") == [BadFrame()]


# --- magnetic stripes ---


@given(st.text("0123456789", min_size=1, max_size=12), st.sampled_from(["cr", "lf", "crlf"]))
def test_a_stripe_is_read_with_its_check_character_and_without(number: str, suffix: str) -> None:
    checked = frame("magstripe", number, suffix)
    assert MagstripeCodec().feed(checked) == [CardNumber(number)]
    assert MagstripeCodec().feed(f";{number}?\r".encode()) == [CardNumber(number)]


@given(st.text("0123456789", min_size=1, max_size=12), st.integers(0, 12), st.integers(1, 15))
def test_a_digit_read_wrong_is_found_by_the_check_character(number: str, place: int, change: int) -> None:
    swipe = bytearray(frame("magstripe", number, "cr"))
    swipe[1 + place % len(number)] ^= change
    [reading] = MagstripeCodec().feed(bytes(swipe))
    assert isinstance(reading, BadFrame)


def test_track_two_counts_and_track_one_only_without_it() -> None:
    assert MagstripeCodec().feed(b"%LIB^READER?;2123456=99?\r") == [CardNumber("2123456")]
    assert MagstripeCodec().feed(b"%L2123456^A READER?\r") == [CardNumber("L2123456")]


@pytest.mark.parametrize("swipe", [b"%E?;E?", b";E?", b"%E?", b";123", b"123?", b"%?;?", b";12a4?", b"+123?"])
def test_a_bad_swipe_is_no_card(swipe: bytes) -> None:
    assert MagstripeCodec().feed(swipe + b"\r") == [BadFrame()]


def test_a_reader_that_ends_no_line_is_read_after_a_pause() -> None:
    codec = MagstripeCodec()
    assert codec.feed(b";2123456?") == []
    assert codec.quiet() == [CardNumber("2123456")]


@pytest.mark.parametrize(
    "swipe",
    [
        f"%B{PAYMENT_NUMBER}^VISITOR/A^30121010000000000000?;{PAYMENT_NUMBER}=30121010000000000?",
        f";{PAYMENT_NUMBER}=30121010000000000?",
        f";{PAYMENT_NUMBER}?",
        f"E?;{PAYMENT_NUMBER}",
        "%B4111 1111 1111 1111^VISITOR/A^3012101?",
        ";4111111111111112=30121010000000000?",  # one digit read wrong: still somebody's bank card
    ],
)
def test_a_payment_card_is_refused_and_nothing_of_it_stays(swipe: str) -> None:
    codec = MagstripeCodec()
    assert codec.feed(swipe.encode() + b"\r") == [BadFrame(Fault.PAYMENT_CARD)]
    assert not any(codec._lines._buffer)
    codec.feed(swipe.encode())
    assert any(codec._lines._buffer)
    assert codec.quiet() == [BadFrame(Fault.PAYMENT_CARD)]
    assert not any(codec._lines._buffer)


def test_a_mutant_that_looks_for_no_payment_number_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(magstripe, "holds_payment_number", lambda _: False)
    with pytest.raises(AssertionError):
        test_a_payment_card_is_refused_and_nothing_of_it_stays(f";{PAYMENT_NUMBER}?")


# --- Wiegand ---


def test_the_published_wiegand_badge_is_read() -> None:
    facility, number = 123, 45678
    assert WiegandCodec(AS_BITS).feed(b"10111101110110010011011101\r") == [
        CardNumber(f"{facility:02X}{number:04X}")
    ]


@given(st.text(hexadecimal, min_size=6, max_size=6) | st.text(hexadecimal, min_size=8, max_size=8), st.data())
def test_one_wrong_bit_is_never_another_badge(number: str, data: st.DataObject) -> None:
    line = bytearray(frame("wiegand-bits", number, "cr"))
    line[data.draw(st.integers(0, len(line) - 2))] ^= 1
    assert WiegandCodec(AS_BITS).feed(bytes(line)) == [BadFrame()]


@given(st.text(hexadecimal, min_size=6, max_size=6) | st.text(hexadecimal, min_size=8, max_size=8))
def test_both_writings_of_a_badge_are_the_same_number(number: str) -> None:
    assert WiegandCodec(AS_BITS).feed(frame("wiegand-bits", number)) == [CardNumber(number)]
    assert WiegandCodec(AS_HEX).feed(frame("wiegand-hex", number)) == [CardNumber(number)]
