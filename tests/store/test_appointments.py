"""Kept appointments: as central says, and as visitors arrive."""

from dataclasses import replace
from datetime import date, timedelta

from kiosk.core.appointment import Appointment
from kiosk.store import Store
from tests.store.making import NOON, draft, ticket

TODAY = NOON.date()
EARLY = Appointment("a1", "AB12", "Ŵyn O'Test", date(1950, 2, 3), NOON, "housing", "H", "Desk 3")
LATE = Appointment("a2", "CD34", "Ann \ud800", None, NOON + timedelta(hours=1), "tax", "T")


def test_a_days_list_is_kept_by_time_with_its_tag(store: Store) -> None:
    store.keep_appointments(TODAY, [LATE, EARLY], '"v1"')
    assert store.appointments(TODAY) == (EARLY, replace(LATE, full_name="Ann \ufffd"))
    assert store.appointments_etag(TODAY) == '"v1"'
    assert store.appointments(TODAY + timedelta(days=1)) == ()
    assert store.appointments_etag(TODAY + timedelta(days=1)) == ""


def test_a_new_list_takes_the_place_of_the_old_one(store: Store) -> None:
    store.keep_appointments(TODAY, [EARLY, LATE], "1")
    store.keep_appointments(TODAY, [EARLY, EARLY], "2")
    assert store.appointments(TODAY) == (EARLY,)
    assert store.appointments_etag(TODAY) == "2"


def test_a_check_in_here_stays_whatever_central_says_yet(store: Store) -> None:
    store.keep_appointments(TODAY, [EARLY], "1")
    store.save(replace(draft("c1"), appointment_id="a1"), ticket, NOON)
    store.save(replace(draft("c2"), appointment_id="a1"), ticket, NOON)
    assert store.appointments(TODAY)[0].checked_in
    store.keep_appointments(TODAY, [EARLY], "2")
    assert store.appointments(TODAY)[0].checked_in


def test_a_check_in_elsewhere_is_seen_here(store: Store) -> None:
    store.keep_appointments(TODAY, [replace(EARLY, checked_in=True)], "1")
    assert store.appointments(TODAY)[0].checked_in


def test_earlier_days_are_forgotten(store: Store) -> None:
    store.keep_appointments(TODAY - timedelta(days=1), [EARLY], "1")
    store.keep_appointments(TODAY, [LATE], "2")
    store.save(draft("c1"), ticket, NOON)
    store.forget_before(TODAY)
    assert store.appointments(TODAY - timedelta(days=1)) == ()
    assert len(store.appointments(TODAY)) == 1
    assert store.save(draft("c2"), ticket, NOON).queue_number == "A002"
