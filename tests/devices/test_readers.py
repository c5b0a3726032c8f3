"""Badges: every good frame is read, nothing else is, and nobody's number leaves the reader's room."""

from hypothesis import given
from hypothesis import strategies as st

from devices.readers.codec import BadFrame, CardNumber, Fault, Reading
from devices.readers.em4100 import Em4100Codec
from devices.readers.outcome import token_of
from devices.readers.presence import Presence, seen
from devices.readers.refusal import looks_like_payment_card
from devices.readers.uid_line import UidLineCodec
from devices.simulators.frames import frame

numbers = st.binary(min_size=5, max_size=5).map(lambda octets: octets.hex().upper())


def read(stream: bytes) -> list[Reading]:
    return Em4100Codec().feed(stream)


def good(readings: list[Reading]) -> list[str]:
    return [reading.digits for reading in readings if isinstance(reading, CardNumber)]


def test_the_published_frame_is_read() -> None:
    assert good(read(bytes.fromhex("02 33 43 30 30 43 45 37 35 34 43 43 42 03"))) == ["3C00CE754C"]


@given(st.lists(st.tuples(numbers, st.sampled_from(["id12", "rdm6300"])), max_size=8), st.integers(1, 7))
def test_badges_of_both_framings_are_read_however_they_are_split(
    cards: list[tuple[str, str]], step: int
) -> None:
    stream = b"".join(frame(kind, number) for number, kind in cards)
    codec = Em4100Codec()
    readings = [r for place in range(0, len(stream), step) for r in codec.feed(stream[place : place + step])]
    assert readings == [CardNumber(number) for number, _ in cards]


@given(st.binary(max_size=300), numbers)
def test_after_any_noise_a_good_badge_is_read(noise: bytes, number: str) -> None:
    assert good(read(noise + frame("id12", number)))[-1:] == [number]


@given(st.binary(max_size=400))
def test_noise_without_a_right_checksum_is_no_card(noise: bytes) -> None:
    for reading in read(noise):
        if isinstance(reading, CardNumber):
            assert frame("rdm6300", reading.digits)[1:13].upper() in noise.replace(b"\r\n", b"").upper()


@given(numbers, st.integers(1, 12), st.integers(1, 255))
def test_a_changed_byte_is_never_another_card(number: str, place: int, change: int) -> None:
    sent = bytearray(frame("rdm6300", number))
    sent[place] ^= change
    assert set(good(read(bytes(sent)))) <= {number}


def test_a_torn_frame_costs_only_itself() -> None:
    torn = frame("id12", "04A1B2C3D4")[:7]
    assert read(torn + frame("id12", "04A1B2C3D5")) == [BadFrame(), CardNumber("04A1B2C3D5")]


def test_repeats_are_one_presence_until_the_badge_has_gone() -> None:
    presence, told = Presence(), []
    for tick in [0.0, 0.05, 0.1, 0.15, 0.6]:
        presence, is_new = seen(presence, "04A1B2C3D4", tick)
        told.append(is_new)
    assert told == [True, False, False, False, True]
    _, other = seen(presence, "04A1B2C3D5", 0.65)
    assert other


def test_chip_numbers_come_as_lines_and_random_ones_are_refused() -> None:
    codec = UidLineCodec()
    assert codec.feed(b"04A1B2C3D4E5F6\r\n") == [CardNumber("04A1B2C3D4E5F6")]
    assert codec.feed(b"04:a1:b2:c3\n") == [CardNumber("04A1B2C3")]
    assert codec.feed(b"08A1B2C3\r\n") == [BadFrame(Fault.RANDOM)]
    assert codec.feed(b"x" * 100_000 + b"\r") == [BadFrame()]
    assert codec.feed(b"hello\r") == [BadFrame()]


@given(st.binary(max_size=300))
def test_a_line_reader_survives_any_bytes(noise: bytes) -> None:
    codec = UidLineCodec()
    codec.feed(noise)
    codec.feed(b"\n")
    assert codec.feed(b"04A1B2C3\n") == [CardNumber("04A1B2C3")]


def test_payment_cards_are_recognised() -> None:
    assert looks_like_payment_card("4111111111111111")
    assert not looks_like_payment_card("4111111111111112")
    assert not looks_like_payment_card("04A1B2C3D4")


def test_a_token_is_a_keyed_hash_and_a_number_never_shows() -> None:
    assert token_of("04A1B2C3D4", b"key") != token_of("04A1B2C3D4", b"other key")
    assert len(token_of("04A1B2C3D4", b"key")) == 64
    assert "04A1" not in repr(CardNumber("04A1B2C3D4"))
    assert "04A1" not in repr(Presence("04A1B2C3D4"))
