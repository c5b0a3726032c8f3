"""What readers must bear for years: noise without end, plugs pulled at any moment, bank cards."""

import gc
import os
import random
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from devices.catalogue import open_reader, reader_codec
from devices.readers import lines
from devices.readers.adapter import ReaderAdapter
from devices.readers.codec import CardNumber
from devices.readers.outcome import token_of
from devices.simulators.frames import KINDS, frame
from kiosk.core.hardware import CardPresented, CardPurpose, Condition, DeviceStatus
from kiosk.ports import DeviceFact
from tests.devices.conftest import PATIENCE_S, Facts, RealClock, start, stop
from tests.devices.reader_stands import KEY, DeskReader, standing

MIB = 1_000_000
PIECE = 65_536
PULLS = 100
WARM_UP = 20
PAYMENT_NUMBER = "4111111111111111"
TRACES = (PAYMENT_NUMBER, "4111 1111", "VISITOR/A", "30121010000")
SWIPE = f"%B{PAYMENT_NUMBER}^VISITOR/A^30121010000?;{PAYMENT_NUMBER}=30121010000?"


def numbers(kind: str) -> Iterator[str]:
    """Cards of a kind, each another one."""
    for count in range(1, 10_000_000):
        match kind:
            case "wiegand-bits" | "wiegand-hex":
                yield f"{count:06X}"
            case "magstripe":
                yield f"9{count:07d}"
            case "scanner":
                yield f"K7-{count:07d}-X"
            case _:
                yield f"{count:010X}"


def noise(kind: str, chance: random.Random) -> bytes:
    """Noise with every byte, ends of lines too; where any line of letters is a code, none is letters."""
    came = chance.randbytes(PIECE)
    if kind in ("id12", "rdm6300"):
        return came
    return b"\x00" + came.replace(b"\r", b"\r\x00").replace(b"\n", b"\n\x00")


def bear_noise(kind: str, megabytes: int) -> int:
    """Feed noise with a good card after each piece; return how much memory that took at most."""
    tracemalloc.start()
    codec, chance, cards = reader_codec(kind)[0](), random.Random(7), numbers(kind)  # noqa: S311 - noise
    end = b"\x03" if kind in ("id12", "rdm6300") else b"\x00\r"
    for _ in range(megabytes * MIB // PIECE):
        card = next(cards)
        found = codec.feed(noise(kind, chance) + end) + codec.feed(frame(kind, card))
        assert [reading for reading in found if isinstance(reading, CardNumber)] == [CardNumber(card)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("kind", KINDS)
def test_two_megabytes_of_noise_hide_no_card_make_none_up_and_take_no_memory(kind: str) -> None:
    assert bear_noise(kind, 2) < 2 * MIB


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_megabytes_of_noise_hide_no_card_make_none_up_and_take_no_memory(kind: str) -> None:
    assert bear_noise(kind, 200) < 2 * MIB


def test_a_mutant_that_gives_a_line_no_cap_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Boundless(lines.LineCollector):
        def __init__(self, longest: int) -> None:
            super().__init__(longest * 100_000)

    monkeypatch.setattr("devices.readers.uid_line.LineCollector", Boundless)
    with pytest.raises(AssertionError):
        test_two_megabytes_of_noise_hide_no_card_make_none_up_and_take_no_memory("uid-line")


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["rdm6300", "uid-line", "scanner"])
def test_two_hundred_megabytes_through_a_readers_line_lose_no_card(kind: str) -> None:
    told: list[str] = []
    heard = threading.Condition()

    def sink(fact: DeviceFact) -> None:
        if isinstance(fact, CardPresented):
            with heard:
                told.append(fact.token)
                heard.notify_all()

    desk, chance, cards = DeskReader(kind), random.Random(7), numbers(kind)  # noqa: S311 - noise
    codec, card = reader_codec(kind)
    adapter = ReaderAdapter("r", desk, codec, kind=card, clock=RealClock(), site_key=KEY, sink=sink)
    adapter.arm(CardPurpose.ANSWER)
    until = time.monotonic() + PATIENCE_S
    while adapter.status().condition is not Condition.READY:
        assert time.monotonic() < until
        threading.Event().wait(0.01)
    end = b"\x03" if kind == "rdm6300" else b"\x00\r"
    expected: list[str] = []
    before = resident()
    for _ in range(200 * MIB // PIECE):
        number = next(cards)
        expected.append(token_of(number, KEY))
        desk._send(noise(kind, chance) + end + frame(kind, number))
    with heard:
        assert heard.wait_for(lambda: len(told) >= len(expected), PATIENCE_S)
    assert told == expected
    assert resident() - before < 16 * MIB
    adapter.close()
    desk.tell("unplug")


def resident() -> int:
    """How much memory this process has, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


# --- plugs ---


class Newest:
    """A sink that keeps nothing but what came last."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._condition = Condition.OPENING

    def __call__(self, fact: DeviceFact) -> None:
        if isinstance(fact, DeviceStatus):
            with self._changed:
                self._condition = fact.condition
                self._changed.notify_all()

    def wait_for(self, condition: Condition) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._condition is condition, PATIENCE_S)


def pull(
    tell: Callable[[str], object], newest: Newest, chance: random.Random, card: str, *, seen: bool
) -> None:
    """Lay a card down, pull the plug while it is being read, and put it in again."""
    tell(f"card {card}")
    threading.Event().wait(chance.random() * 0.01)
    tell("unplug")
    if seen:
        newest.wait_for(Condition.ABSENT)
    threading.Event().wait(chance.random() * 0.01)
    tell("replug")
    if seen:
        newest.wait_for(Condition.READY)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("way", ["desk", "pty", "tcp", "keys"])
def test_a_hundred_pulled_plugs_leave_nothing_behind(tmp_path: Path, way: str) -> None:
    chance, newest = random.Random(7), Newest()  # noqa: S311 - when a plug is pulled, not a secret
    with standing(way, "scanner", tmp_path) as place:
        place.reader.arm(CardPurpose.ANSWER)
        place.facts.seen = _Forgetful()
        place.reader._sink = newest  # type: ignore[attr-defined]
        for count in range(PULLS):
            if count == WARM_UP:
                gc.collect()
                before = (threading.active_count(), descriptors())
                tracemalloc.start()
            # Every tenth time the reader is let be noticed; in between the plug is quicker than its look.
            pull(place.device.tell, newest, chance, f"K7-{count:04d}-X", seen=count % 10 == 9)
        newest.wait_for(Condition.READY)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert (threading.active_count(), descriptors()) <= before
        assert grown < 64 * 1024


class _Forgetful(list[DeviceFact]):
    """A list that keeps nothing."""

    def append(self, fact: DeviceFact) -> None:
        """Let it go."""


def descriptors() -> int:
    """How many descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_reader_that_comes_back_under_another_number_is_taken_up(
    tmp_path: Path, facts: Facts, caplog: pytest.LogCaptureFixture
) -> None:
    """The name under /dev/serial/by-id stays; what it leads to is another terminal each time."""
    caplog.set_level("INFO", "devices.readers")
    device = start(tmp_path, "badge", "--kind", "rdm6300", "--baud", "0")
    reader = open_reader("r", device.address, "rdm6300", clock=RealClock(), site_key=KEY, sink=facts)
    facts.condition(Condition.READY)
    reader.arm(CardPurpose.ANSWER)
    first = device.link.readlink()
    held = [os.open(first, os.O_RDWR | os.O_NOCTTY)]  # so that the number is not given out again
    device.tell("unplug")
    facts.condition(Condition.ABSENT)
    device.tell("replug")
    facts.condition(Condition.READY)
    assert device.link.readlink() != first
    device.tell("card 04A1B2C3D4")
    facts.until(lambda seen: [fact for fact in seen if isinstance(fact, CardPresented)])
    reader.close()
    os.close(held[0])
    stop(device)
    events = [record.getMessage().split()[0] for record in caplog.records]
    assert events == ["reader.ready", "reader.lost", "reader.ready"]


# --- bank cards ---

CHILD = """
import logging, sys
from devices.catalogue import open_reader
from kiosk.clocks import SystemClock
from kiosk.core.hardware import CardPurpose
logging.basicConfig(level=logging.DEBUG)
reader = open_reader("r", sys.argv[1], sys.argv[2], clock=SystemClock(), site_key=b"key",
                     sink=lambda fact: print(fact, flush=True))
reader.arm(CardPurpose[sys.argv[3]])
print("armed", flush=True)
sys.stdin.read()
"""


def memory_of(process: int) -> bytes:
    """Everything that a process holds in memory that it can write."""
    held = bytearray()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text("ascii").splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            begin, end = (int(place, 16) for place in span.split("-"))
            memory.seek(begin)
            held += memory.read(end - begin)
    return bytes(held)


def swiped(folder: Path, kind: str, card: str, child: str = CHILD) -> tuple[bytes, str]:
    """Present a bank card to a terminal of its own; return its memory afterwards, and all it printed."""
    device = start(folder, "badge", "--kind", kind, "--baud", "0")
    words = [sys.executable, "-c", child, device.address, kind, "NUMBER"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as terminal:
        assert terminal.stdin is not None
        assert terminal.stdout is not None
        told = until(terminal.stdout, "armed")
        told += "" if "READY" in told else until(terminal.stdout, "READY")
        device.tell(f"card {card}")
        told += until(terminal.stdout, "payment-card")
        held = memory_of(terminal.pid)
        device.tell("card 990011223344" if kind == "magstripe" else "card K7-0042-X")
        told += until(terminal.stdout, "CardPresented")
        terminal.stdin.close()
    stop(device)
    assert device.address.encode() in held, "what it does hold is found in this way"
    return held, told


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("kind", "card"),
    [
        ("magstripe", SWIPE),
        ("scanner", PAYMENT_NUMBER),
        ("scanner", "4111 1111 1111 1111"),
        ("scanner", SWIPE),
    ],
    ids=["a swipe", "a printed number", "a printed number in groups", "tracks as a code"],
)
def test_a_bank_card_stays_in_no_log_and_nowhere_in_the_memory_of_the_terminal(
    tmp_path: Path, kind: str, card: str
) -> None:
    held, told = swiped(tmp_path, kind, card)
    for trace in TRACES:
        assert trace.encode() not in held
        assert trace not in told


KEEPING_CHILD = (
    """
import os
from devices.readers import adapter
kept = []
def read_and_keep(descriptor, room, address):
    kept.append(os.read(descriptor, len(room)))
    room[: len(kept[-1])] = kept[-1]
    return len(kept[-1])
adapter.read_into = read_and_keep
"""
    + CHILD
)


@pytest.mark.timeout(60)
def test_a_mutant_that_reads_into_a_buffer_that_nobody_wipes_is_caught(tmp_path: Path) -> None:
    held, _ = swiped(tmp_path, "magstripe", SWIPE, KEEPING_CHILD)
    assert PAYMENT_NUMBER.encode() in held


def until(lines_of: Iterable[str], wanted: str) -> str:
    """Read lines until one has what is wanted; the time limit of the test ends it otherwise."""
    told = ""
    for line in lines_of:
        told += line
        if wanted in line:
            return told
    raise AssertionError(told)
