"""A ticket that the terminal was killed inside of: unknown at the next start, to staff and at the desk."""

import queue
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import doubtful
from kiosk.core import events as e
from kiosk.core.bidi import strip_isolates
from kiosk.core.case import CaseId
from kiosk.core.hardware import OutcomeWord, Printed
from kiosk.core.seen import seen
from kiosk.core.ticket import PrintJob
from kiosk.core.transitions import advance
from kiosk.core.views import StaffTickets
from kiosk.core.visit import StaffSitting, Stage, Visit
from kiosk.errands import Desk, Errands
from kiosk.store import Store
from tests.core.facility_for_tests import facility, scene
from tests.store.making import NOON, draft, open_in, ticket

PATIENCE_S = 5.0


class StoppedClock:
    def now(self) -> Any:
        return NOON

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def killed(tmp_path: Path) -> Store:
    """A store whose terminal went away between the first byte of a ticket and its outcome."""
    store = open_in(tmp_path)
    saved = store.save(draft("case-1"), ticket, NOON)
    store.job_sent(saved.job_id)
    store.close()
    return open_in(tmp_path)


def test_it_is_unknown_counted_for_staff_and_named_to_the_desk_until_a_copy_is_printed(killed: Store) -> None:
    [job] = killed.settle_interrupted(NOON)
    assert job.outcome is OutcomeWord.UNKNOWN
    assert doubtful(killed, NOON.date(), (job,)) == [job.queue_number]

    posted: queue.SimpleQueue[e.Event] = queue.SimpleQueue()
    sent: list[PrintJob] = []
    desk = Desk(facility(), killed, killed.orders, killed.staff, StoppedClock(), UTC)
    errands = Errands(
        desk, post=posted.put, submit=sent.append, saved=lambda: None, log=lambda *_a, **_k: None
    )
    sitting = Visit(CaseId("next"), "en", Stage.STAFF_LIST, staff=StaffSitting("badge", name="Sam"))
    errands.list_staff_jobs()
    visit = advance(sitting, posted.get(timeout=PATIENCE_S), scene()).visit
    body = seen(visit, scene()).body
    assert isinstance(body, StaffTickets)
    assert "may not have come out: 1" in strip_isolates(body.notices[0])
    assert body.rows[0].status == "Unknown: look at the printer"
    assert sent == [], "nothing is printed again by itself"

    errands.staff_print(job.job_id, "badge")
    errands.list_staff_jobs()
    errands.close()
    [copy] = sent
    assert (copy.copy, copy.ticket) == (1, job.ticket)
    killed.job_done(copy.job_id, Printed(), NOON)
    assert doubtful(killed, NOON.date(), (job,)) == []
    assert "ticket-copied" in [row.event for row in killed.case("case-1")[2]]
    killed.close()


def test_one_of_the_day_before_is_named_to_the_desk_too(killed: Store) -> None:
    jobs = killed.settle_interrupted(NOON)
    tomorrow = NOON.date().replace(day=NOON.day + 1)
    assert doubtful(killed, tomorrow, ()) == []
    assert doubtful(killed, tomorrow, jobs) == [jobs[0].queue_number]
    killed.close()
