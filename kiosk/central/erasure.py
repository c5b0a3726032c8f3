"""One person's cases: finding them, handing out all that is kept, and erasing it; and what is past its time.

Responsible for: that an erased case is gone here, and is not kept when an offline terminal brings it later.
Not responsible for: deciding whether somebody has the right (staff do), or copies (`kiosk.central.backup`):
what is restored from an older copy has to be erased again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from kiosk.central.answers import raw_answers
from kiosk.central.settings import Chance
from kiosk.central.story import story_of
from kiosk.central.tables import appointments, cases, journal, keeping, orders, tombstones, uploads
from kiosk.central.tables.appointments import Appointment
from kiosk.central.tables.cases import Case
from kiosk.central.tables.services import EVERY_SERVICE

PAGE = 200


@dataclass(frozen=True, slots=True)
class Person:
    """All that is kept under some words; who it belongs to is for staff to say."""

    cases: tuple[Case, ...]
    appointments: tuple[Appointment, ...]


def find(connection: Connection, words: str, *, in_answers: bool = False) -> Person:
    """Find by case, reference, or an appointment's name; `in_answers` reads every case, and takes time."""
    cases = keeping.cases_of(connection, words, in_answers=in_answers)
    ids = {case.appointment_id for case in cases if case.appointment_id}
    return Person(cases, keeping.appointments_of(connection, words, ids))


def chosen(connection: Connection, case_ids: Iterable[str], appointment_ids: Iterable[str]) -> Person:
    """Return those that somebody chose of what was found; what is gone meanwhile is left out."""
    found = (cases.one(connection, each) for each in case_ids)
    booked = (appointments.one(connection, each) for each in appointment_ids)
    return Person(tuple(filter(None, found)), tuple(filter(None, booked)))


def hand_out(connection: Connection, now: datetime, person: Person, actor: str) -> str:
    """Write all that is kept of somebody as JSON; the audit says what was handed out by whom."""
    for case in person.cases:
        journal.staff_did(connection, now, actor, "case-exported", case.case_id)
    for booked in person.appointments:
        journal.staff_did(connection, now, actor, "appointment-exported", booked.appointment_id)
    document = {
        "cases": [_whole(connection, case) for case in person.cases],
        "appointments": [asdict(each) for each in person.appointments],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, default=str)


def _whole(connection: Connection, case: Case) -> dict[str, Any]:
    told = {name: value for name, value in asdict(case).items() if name != "body"}
    tickets = orders.about(connection, case_id=case.case_id, appointment_id=case.appointment_id)
    return {
        **told,
        "answers": raw_answers(case.body),
        "attachments": [asdict(each) for each in uploads.of_case(connection, case.case_id)],
        "history": [asdict(entry) for entry in story_of(connection, case)],
        "tickets": [asdict(each) for each in tickets],
    }


def attachments_of(connection: Connection, person: Person) -> Iterator[tuple[uploads.Attached, bytes]]:
    """Go through what is attached to somebody's cases, with its bytes as they are kept."""
    for case in person.cases:
        for each in uploads.of_case(connection, case.case_id):
            yield each, uploads.content(connection, each.terminal, each.sha256)


def erase(connection: Connection, chance: Chance, person: Person, actor: str) -> None:
    """Erase all that is kept of somebody, and mark it so that nobody brings it back."""
    now = chance.now()
    for case in person.cases:
        tombstones.put(connection, tombstones.Tombstone(chance.new_id(), case.case_id, "", now))
        journal.staff_did(connection, now, actor, "case-erased", case.case_id)
    for booked in person.appointments:
        journal.staff_did(connection, now, actor, "appointment-erased", booked.appointment_id)
    keeping.delete_cases(connection, [case.case_id for case in person.cases])
    keeping.delete_appointments(connection, [each.appointment_id for each in person.appointments])


def erase_unseen(connection: Connection, chance: Chance, reference: str, actor: str) -> None:
    """Mark a case that never came here, by the reference on its ticket: it is not kept when it comes."""
    now = chance.now()
    tombstones.put(connection, tombstones.Tombstone(chance.new_id(), "", reference.upper(), now))
    journal.staff_did(connection, now, actor, "case-erased", reference.upper())


def erase_past(connection: Connection, now: datetime) -> int:
    """Erase a page of what is past its time; return how many cases and appointments it was."""
    days = keeping.days_of(connection)
    gone = 0
    for service, kept_days in days.items():
        before = now - timedelta(days=kept_days)
        past = keeping.past(connection, service, tuple(days), before, PAGE)
        if past:
            keeping.delete_cases(connection, past)
        gone += len(past)
    if EVERY_SERVICE in days:
        booked = keeping.past_appointments(connection, now - timedelta(days=days[EVERY_SERVICE]), PAGE)
        if booked:
            keeping.delete_appointments(connection, booked)
        gone += len(booked)
    if gone:
        journal.staff_did(connection, now, "central", "kept-long-enough", str(gone))
    return gone
