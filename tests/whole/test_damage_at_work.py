"""A database that is damaged under a terminal at work is set aside; it works on and says so."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app import Surroundings, Terminal, usable
from kiosk.clocks import MovedClock
from kiosk.core.case import CaseDraft, CaseId
from kiosk.council_keys import KeyShelf
from kiosk.keys import private_folder
from kiosk.logs import JsonLog
from tests.store.making import COUNCIL_KEY, draft, ticket
from tests.whole.test_taking_up import CONFIG, _without_devices

MORNING = datetime(2026, 5, 5, 10, tzinfo=UTC)
SOON_S = 30.0
CASES = 6
PAGE = 2048


@contextmanager
def at_work(folder: Path, log: Path) -> Iterator[tuple[Terminal, threading.Thread]]:
    """Let a terminal live until it ends itself or the test does."""
    with log.open("a", encoding="utf-8") as stream:
        clock = MovedClock(MORNING, runs=True)
        around = Surroundings(folder / "data", JsonLog(stream, clock.now), clock)
        with Terminal(usable(folder / "etc"), around) as terminal:
            runner = threading.Thread(target=terminal.run, name="conductor")
            runner.start()
            try:
                yield terminal, runner
            finally:
                terminal.stop()
                runner.join()


def spoil(terminal: Terminal) -> None:
    """Write over a page of the audit, and let the terminal forget what it remembers of the file."""
    path = terminal.store.path
    terminal.store.outbox.tidy()
    content = path.read_bytes()
    page = content.find(b"case-saved") // PAGE
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xff" * 100)
    for connection in (terminal.store._ground.database._writer, terminal.store._ground.database._reader):
        connection.execute("PRAGMA shrink_memory")


@pytest.mark.timeout(240)
def test_a_file_that_is_damaged_at_work_is_set_aside_and_work_goes_on(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "etc")
    _without_devices(tmp_path / "etc" / "kiosk.yaml")
    KeyShelf(private_folder(tmp_path / "data")).keep((COUNCIL_KEY,))
    log = tmp_path / "terminal.log"
    with at_work(tmp_path, log) as (terminal, runner):
        told = {f"c{n}": terminal.store.save(draft(f"c{n}"), ticket, MORNING).reference for n in range(CASES)}
        assert not terminal._facts()["keeping"]["set_aside"]  # type: ignore[index]
        spoil(terminal)
        terminal.conductor._crew.errands.save(
            CaseDraft(CaseId("unlucky"), "report-missed-bin", 524, "en", {}, "A")
        )
        runner.join(SOON_S)
        assert not runner.is_alive(), "it goes on with a file that is damaged"
        assert terminal.begins_anew
    with at_work(tmp_path, log) as (terminal, runner):
        assert runner.is_alive()
        assert {str(line.case_id): line.reference for line in terminal.store.cases()} == told
        assert {parcel.key for parcel in terminal.store.outbox.next_parcels(100)} == set(told)
        assert terminal.store.keeping(MORNING).set_aside, "staff are told"
        assert terminal._facts()["keeping"]["set_aside"], "central is told"  # type: ignore[index]
        after = terminal.store.save(draft("after"), ticket, MORNING)
        assert after.reference not in told.values()
        assert not terminal.begins_anew
    assert '"store.set-aside", "cases": 6' in log.read_text("utf-8")
    assert list((tmp_path / "data").glob("*.damaged-*Z"))
