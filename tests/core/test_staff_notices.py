"""What staff must see to stands beside today's tickets, whoever signs in."""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.core import events as e
from kiosk.core.bidi import strip_isolates
from kiosk.core.case import CaseId
from kiosk.core.hardware import Condition, DeviceStatus, OutcomeWord, Reason
from kiosk.core.keeping import ServicesInUse
from kiosk.core.seen import seen
from kiosk.core.staff_view import StaffJob
from kiosk.core.transitions import advance
from kiosk.core.views import StaffTickets
from kiosk.core.visit import StaffSitting, Stage, Visit
from tests.core.facility_for_tests import scene

JOB = StaffJob("job-1", "10:14", "A042", "Bins", OutcomeWord.UNKNOWN)


def notices(visit: Visit) -> tuple[str, ...]:
    body = seen(visit, scene()).body
    assert isinstance(body, StaffTickets)
    return body.notices


def sitting(*jobs: StaffJob) -> Visit:
    visit = Visit(
        CaseId("case-1"), "en", Stage.STAFF_LIST, staff=StaffSitting("badge", name="Sam", jobs=jobs)
    )
    return replace(visit, printer=DeviceStatus("printer", Condition.READY))


def test_where_all_is_well_nothing_is_said() -> None:
    assert notices(sitting(replace(JOB, outcome=OutcomeWord.PRINTED))) == ()


def test_a_ticket_that_nobody_knows_of_is_counted_for_staff() -> None:
    told = notices(sitting(JOB, replace(JOB, key="job-2", outcome=OutcomeWord.HELD)))
    assert [strip_isolates(notice) for notice in told] == [
        "Tickets that may not have come out: 2. Look at the printer"
    ]


def test_paper_that_is_nearly_used_up_is_told_with_about_how_many_tickets_are_left() -> None:
    low = DeviceStatus("printer", Condition.READY_WARN, Reason.PAPER_LOW)
    visit = advance(sitting(), e.DeviceChanged(low), scene()).visit
    visit = advance(visit, e.PaperForeseen(34), scene()).visit
    told = notices(visit)
    assert told[0] == "Printer: the roll is nearly used up"
    assert "34" in told[1]
    assert len(notices(advance(visit, e.PaperForeseen(None), scene()).visit)) == 1


def test_how_old_the_services_are_and_when_central_was_asked_is_told() -> None:
    made, checked = datetime(2026, 4, 28, 9, 5, tzinfo=UTC), datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    services = ServicesInUse(12, made, checked)
    visit = advance(sitting(), e.StaffJobsListed((), services=services), scene()).visit
    (told,) = (strip_isolates(notice) for notice in notices(visit))
    assert told == "Services: version 12, made 28 April 2026 9:05am, last checked 1 May 2026 12:30pm"
