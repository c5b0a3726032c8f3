"""What a printer says, split anywhere and with flow control inside, is always told apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.printers.commands import mark_bytes
from devices.printers.decoder import (
    AutomaticStatus,
    Block,
    Completed,
    Decoder,
    FlowControl,
    Junk,
    Message,
    QueuedStatus,
    RealTimeStatus,
)
from devices.printers.flags import CLEAR, from_automatic, with_answer
from devices.simulators.faults import Faults
from kiosk.core.hardware import Reason

real_time = (
    st.integers(0, 255)
    .filter(lambda byte: byte & 0x93 == 0x12)
    .map(lambda byte: (bytes([byte]), RealTimeStatus(byte)))
)
queued = (
    st.integers(0, 0x6F)
    .filter(lambda byte: not byte & 0x90)
    .map(lambda byte: (bytes([byte]), QueuedStatus(byte)))
)
first = st.integers(0, 255).filter(lambda byte: byte & 0x93 == 0x10)
follower = st.integers(0, 255).filter(lambda byte: not byte & 0x90)
automatic = st.tuples(first, follower, follower, follower).map(
    lambda octets: (bytes(octets), AutomaticStatus(bytes(octets)))
)
completed = st.integers(0, 95**4 - 1).map(
    lambda mark: (b"\x37\x22" + mark_bytes(mark) + b"\x00", Completed(mark_bytes(mark)))
)
named = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789-", max_size=20).map(
    lambda name: (b"_" + name.encode() + b"\x00", Block(0x5F, name.encode()))
)
said = st.lists(st.one_of(real_time, queued, automatic, completed, named), max_size=20)


def feed_in_pieces(stream: bytes, cuts: list[int]) -> list[Message]:
    decoder = Decoder()
    places = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    pieces = [stream[begin:end] for begin, end in pairwise(places)]
    return [message for piece in pieces for message in decoder.feed(piece)]


@given(
    said,
    st.lists(st.integers(0, 500), max_size=10),
    st.lists(st.tuples(st.integers(0, 500), st.booleans()), max_size=6),
)
def test_every_answer_is_told_apart_however_it_is_split(
    answers: list[tuple[bytes, Message]], cuts: list[int], stops: list[tuple[int, bool]]
) -> None:
    stream = b"".join(sent for sent, _ in answers)
    for place, stop in stops:
        at = place % (len(stream) + 1)
        stream = stream[:at] + (b"\x13" if stop else b"\x11") + stream[at:]
    heard = feed_in_pieces(stream, cuts)
    assert [message for message in heard if not isinstance(message, FlowControl)] == [m for _, m in answers]
    assert sum(isinstance(message, FlowControl) for message in heard) == len(stops)


@given(st.binary(max_size=400), st.lists(st.integers(0, 500), max_size=8))
def test_noise_never_raises_and_splitting_changes_nothing(noise: bytes, cuts: list[int]) -> None:
    def without_counts(messages: list[Message]) -> list[Message]:
        return [message for message in messages if not isinstance(message, Junk)]

    assert without_counts(feed_in_pieces(noise, cuts)) == without_counts(Decoder().feed(noise))


@given(st.binary(max_size=200), said)
def test_after_noise_that_ends_every_block_all_answers_are_heard(
    noise: bytes, answers: list[tuple[bytes, Message]]
) -> None:
    decoder = Decoder()
    decoder.feed(noise + b"\x00\x00\x00\xff\xff")
    heard = [message for sent, _ in answers for message in decoder.feed(sent)]
    assert heard == [message for _, message in answers]


@given(
    st.builds(
        Faults,
        cover_open=st.booleans(),
        paper_out=st.booleans(),
        jam=st.booleans(),
        cutter=st.booleans(),
        overheated=st.booleans(),
        broken=st.booleans(),
    )
)
def test_automatic_status_and_questions_tell_the_same_reason(faults: Faults) -> None:
    pushed = from_automatic(faults.automatic())
    asked = CLEAR
    for question in (1, 2, 3, 4):
        asked = with_answer(asked, question, faults.real_time(question)[0])
    assert asked.reason is pushed.reason
    assert pushed.blocked is faults.offline


def test_published_bits_have_their_published_meaning() -> None:
    assert from_automatic(b"\x38\x00\x00\x00").reason is Reason.COVER_OPEN
    assert from_automatic(b"\x18\x00\x0f\x00").reason is Reason.PAPER_OUT
    assert from_automatic(b"\x18\x08\x00\x00").reason is Reason.CUTTER
    assert from_automatic(b"\x10\x00\x03\x00").paper_low
    assert with_answer(CLEAR, 4, 0x72).reason is Reason.PAPER_OUT
