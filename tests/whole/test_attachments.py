"""A real terminal brings attachments to a real central over a line that is cut; only the cut goes twice."""

from __future__ import annotations

import hashlib
import json
import random
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import apsw
import pytest

from kiosk.clocks import SystemClock
from kiosk.core.case import Attachment
from kiosk.core.sync import CaseAccepted, CaseParked
from kiosk.council_keys import KeyShelf
from kiosk.keys import terminal_key
from kiosk.rehearse.central import RehearsalCentral
from kiosk.sync import CentralAddress, CentralClient, Courier, Shelves, council_keys
from kiosk.sync.uploads import LARGEST_PIECE, PIECES_IN_A_TURN
from tests.store.making import NOON, draft, open_in, ticket
from tests.whole.fault_proxy import FaultProxy, page, standing

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from kiosk.core.sync import SyncFact
    from kiosk.store import Store

pytestmark = pytest.mark.timeout(120)  # central is started as a process of its own each time
PHOTO = random.Random(4).randbytes(3 * LARGEST_PIECE + 1000)  # noqa: S311 - any bytes will do


@dataclass
class Cutting(FaultProxy):
    """Does as planned with one piece of an upload after the other, and writes down each."""

    plan: list[str] = field(default_factory=list)
    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    fate: str = "passed"

    def fault(self) -> str:
        return self.fate

    def pass_on(self, caller: socket.socket, request: bytes) -> bool:
        self.fate = "passed"
        if request.startswith(b"PATCH"):
            head, _, body = request.partition(b"\r\n\r\n")
            (offset,) = (each for each in head.split(b"\r\n") if each.startswith(b"Upload-Offset: "))
            self.fate = self.plan.pop(0) if self.plan else "passed"
            self.pieces.append((self.fate, int(offset.partition(b": ")[2]), len(body)))
        if self.fate == "too-large":
            caller.sendall(page(413, b""))
            return True
        return super().pass_on(caller, request)

    def bytes_of(self, *fates: str) -> int:
        return sum(size for fate, _, size in self.pieces if fate in fates)


@dataclass
class QuickClock:
    """The real time, and seconds that pass when nothing is due."""

    passed: float = 0.0

    def now(self) -> datetime:
        return SystemClock().now()

    def monotonic(self) -> float:
        return self.passed


@dataclass
class Terminal:
    store: Store
    courier: Courier
    clock: QuickClock
    facts: list[SyncFact]
    central: Path

    def carry(self, steps: int = 120) -> None:
        for _ in range(steps):
            self.clock.passed += self.courier.step()

    def save(self, case_id: str, *contents: bytes) -> None:
        files = tuple(Attachment("image/jpeg", each) for each in contents)
        self.store.save(replace(draft(case_id), attachments=files), ticket, NOON)

    def named(self) -> list[str]:
        parcels = self.store.outbox.next_parcels(10)
        return [one["sha256"] for each in parcels for one in json.loads(each.body).get("attachments", ())]

    def sealed(self, sha256: str) -> bytes:
        (parcel,) = (each for each in self.store.outbox.next_parcels(10) if sha256.encode() in each.body)
        content = self.store.outbox.attachment(parcel.case_id, sha256)
        assert content is not None
        return content

    def accepted(self) -> list[str]:
        return [str(each.case_id) for each in self.facts if isinstance(each, CaseAccepted)]

    def kept(self, sha256: str) -> bytes:
        (file,) = self.central.glob("central.sqlite")
        database = apsw.Connection(str(file))
        rows = database.execute(
            "SELECT content FROM upload_pieces WHERE sha256 = ? ORDER BY start", (sha256,)
        ).fetchall()
        database.close()
        return b"".join(content for (content,) in rows if isinstance(content, bytes))


@pytest.fixture
def proxy() -> Cutting:
    return Cutting(0, random.Random(1))  # noqa: S311 - nothing is left to it


@pytest.fixture
def terminal(tmp_path: Path, proxy: Cutting) -> Iterator[Terminal]:
    home, away = tmp_path / "terminal", tmp_path / "central"
    home.mkdir()
    away.mkdir()
    with closing(RehearsalCentral(away, "Test Council", "UTC")) as central:
        key = terminal_key(home)
        enrolment = central.pair("front-desk", key)
        told = council_keys(CentralAddress(central.url, enrolment, key), SystemClock())
        proxy.target = int(central.url.rsplit(":", 1)[1])
        with standing(proxy), closing(open_in(home, council_keys=lambda: told)) as store:
            address = CentralAddress(f"http://127.0.0.1:{proxy.port}", enrolment, key)
            facts: list[SyncFact] = []
            clock = QuickClock()
            client = CentralClient(address, clock)
            courier = Courier(
                client,
                Shelves(store.outbox, store.orders, store, KeyShelf(home)),
                facts.append,
                clock=clock,
                chance=lambda: 0.5,
                today=lambda: _day(clock),
                facts=dict,
            )
            yield Terminal(store, courier, clock, facts, away)
            client.close()


def _day(clock: QuickClock) -> date:
    return clock.now().date()


def test_an_upload_that_is_cut_again_and_again_sends_no_byte_twice_but_those_of_the_cut_pieces(
    terminal: Terminal, proxy: Cutting
) -> None:
    proxy.plan = ["passed", "cut", "answer-lost", "cut", "cut"]
    terminal.save("case-0001", PHOTO)
    (sha256,) = terminal.named()
    sealed = terminal.sealed(sha256)
    terminal.carry()
    assert terminal.accepted() == ["case-0001"]
    assert terminal.kept(sha256) == sealed
    assert hashlib.sha256(terminal.kept(sha256)).hexdigest() == sha256
    assert proxy.bytes_of("passed", "answer-lost") == len(sealed)
    assert proxy.bytes_of("cut") == 2 * LARGEST_PIECE + min(LARGEST_PIECE, len(sealed) - 2 * LARGEST_PIECE)
    assert [offset for fate, offset, _ in proxy.pieces if fate != "cut"] == [
        0,
        LARGEST_PIECE,
        2 * LARGEST_PIECE,
        3 * LARGEST_PIECE,
    ]


def test_the_case_is_not_sent_before_its_last_attachment_and_no_other_case_waits_for_it(
    terminal: Terminal, proxy: Cutting
) -> None:
    proxy.plan = ["passed", *["cut"] * 5]
    terminal.save("case-0001", b"small", PHOTO)
    terminal.save("case-0002")
    terminal.carry()
    assert terminal.accepted() == ["case-0002", "case-0001"]


def test_a_piece_that_is_too_large_is_halved_until_it_gets_through(
    terminal: Terminal, proxy: Cutting
) -> None:
    proxy.plan = ["too-large", "too-large"]
    terminal.save("case-0001", PHOTO)
    terminal.carry()
    sizes = [size for _, _, size in proxy.pieces]
    assert sizes[:3] == [LARGEST_PIECE, LARGEST_PIECE // 2, LARGEST_PIECE // 4]
    assert terminal.accepted() == ["case-0001"]


def test_a_long_upload_leaves_turns_to_what_else_is_due(terminal: Terminal, proxy: Cutting) -> None:
    terminal.save("case-0001", bytes(PIECES_IN_A_TURN * LARGEST_PIECE))
    terminal.courier.step()
    assert len(proxy.pieces) == PIECES_IN_A_TURN
    assert not terminal.accepted()
    terminal.carry()
    assert terminal.accepted() == ["case-0001"]
    assert len(proxy.pieces) == PIECES_IN_A_TURN + 1


def test_a_case_whose_attachment_is_damaged_here_is_set_aside_and_the_next_one_goes(
    terminal: Terminal,
) -> None:
    terminal.save("case-0001", PHOTO)
    terminal.save("case-0002", b"a second photo")
    damage = apsw.Connection(str(terminal.store.path))
    damage.execute("UPDATE attachments SET content = x'00' WHERE case_id = 'case-0001'")
    damage.close()
    terminal.carry()
    parked = [each for each in terminal.facts if isinstance(each, CaseParked)]
    assert [str(each.case_id) for each in parked] == ["case-0001"]
    assert "damaged on the terminal" in parked[0].problem
    assert terminal.accepted() == ["case-0002"]
