"""A minute after central has a case, nothing that the visitor said is left, not even on the raw disk."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest

from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.sealing import CouncilKey, SealedDraft
from kiosk.errands import Desk, Errands
from kiosk.logs import JsonLog
from kiosk.settings import Loaded
from kiosk.store import payload
from kiosk.store.database import Database
from tests.store.loop_disk import LoopDisk, disks
from tests.sync.test_courier import QUIET, Round, on_round

MARKS = ("Mererid-Marker-Pugh", "07700-900-Marker", "12 Marker Street")
A_MINUTE_S = 60.0
CASES = 30


@contextmanager
def terminal_on(disk: LoopDisk) -> Iterator[Round]:
    folder = disk.mount / "data"
    folder.mkdir()
    with on_round(folder) as walk:
        yield walk


def visits(walk: Round, demo: Loaded, log: Path) -> None:
    """Let marked visitors go all the way through the worker that saves and the log that it writes."""
    with log.open("w", encoding="utf-8") as stream:
        store = walk.store
        desk = Desk(demo.facility, store, store.orders, store.staff, walk.clock, ZoneInfo("Europe/London"))
        errands = Errands(
            desk,
            post=lambda _: None,
            submit=lambda _: None,
            saved=lambda: None,
            log=JsonLog(stream, walk.clock.now),
        )
        for number in range(CASES):
            said = {"name": MARKS[0], "phone": MARKS[1], "where": {"line": MARKS[2]}}
            draft = CaseDraft(CaseId(f"marked-{number}"), "report-missed-bin", 524, "en", said)  # type: ignore[arg-type]
            errands.save(draft)
        errands.save(replace(draft, service="no-such-service"))  # a fault, so that its log line is written
        errands.close()


def found_on(disk: LoopDisk) -> set[str]:
    """Return the marks that are anywhere on the raw disk; every file of the terminal is in it."""
    os.sync()
    raw = disk.image.read_bytes()
    assert b"marked-7" in raw, "the search itself must find what is there"
    return {mark for mark in MARKS for written in forms(mark) if written in raw}


def forms(mark: str) -> tuple[bytes, ...]:
    return (mark.encode(), mark.encode("utf-16-le"), json.dumps(mark).encode())


def carry(walk: Round) -> None:
    courier = walk.courier(replace(QUIET, tidy_s=20.0))
    walk.walk(courier, walk.is_empty)
    over = walk.clock.seconds + A_MINUTE_S
    walk.walk(courier, lambda: walk.clock.seconds > over)
    assert walk.store.outbox.depth().waiting == 0
    assert len(walk.rows.created) == CASES


@pytest.mark.timeout(60)
def test_a_minute_after_acceptance_no_byte_of_a_marked_visitor_is_on_the_disk(
    demo: Loaded, tmp_path: Path
) -> None:
    with disks(tmp_path, 1) as (disk,), terminal_on(disk) as walk:
        visits(walk, demo, disk.mount / "terminal.log")
        assert found_on(disk) == set(), "sealed before it is written: not even before acceptance"
        carry(walk)
        assert found_on(disk) == set()
        log = (disk.mount / "data" / "kiosk.sqlite3-wal").read_bytes()
        assert not any(log[16 * 1024 :]), "the log was wiped; what is in it came after"
        assert "errand" in (disk.mount / "terminal.log").read_text("utf-8")


@pytest.fixture
def unsealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write down what the visitor said as it is."""

    def sealed(draft: CaseDraft, key: CouncilKey, _terminal: str) -> SealedDraft:
        said = str(dict(draft.answers)).replace('"', "")
        return SealedDraft(draft, key, json.dumps({"case_id": draft.case_id, "said": said})[:-1].encode())

    monkeypatch.setattr(payload, "sealed", sealed)


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("unsealed")
def test_without_sealing_the_same_search_finds_the_visitor_until_all_of_it_is_written_over(
    demo: Loaded, tmp_path: Path
) -> None:
    with disks(tmp_path, 1) as (disk,), terminal_on(disk) as walk:
        visits(walk, demo, disk.mount / "terminal.log")
        assert found_on(disk) == set(MARKS), "else the test above proves nothing"
        carry(walk)
        assert found_on(disk) == set(), "so of what is sealed nothing is left either"


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("unsealed")
def test_a_log_that_is_cut_off_instead_of_wiped_is_found(
    demo: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant makes the log short; the file has nothing any more, the disk still has it all."""

    def cut_off(database: Database) -> None:
        database._win_back()
        database._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    monkeypatch.setattr(Database, "tidy", cut_off)
    with disks(tmp_path, 1) as (disk,), terminal_on(disk) as walk:
        visits(walk, demo, disk.mount / "terminal.log")
        carry(walk)
        assert found_on(disk) == set(MARKS)
