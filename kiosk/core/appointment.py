"""Appointments as the terminal knows them: today's list, kept for days without a network.

Responsible for: finding the one appointment a visitor means, by exact facts only.
Not responsible for: fetching the list (`kiosk.sync`) or keeping it (`kiosk.store`).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """One booking at this facility.

    Attributes:
        appointment_id: given by central.
        reference: the booking's short code.
        full_name: for staff and for matching; never on a ticket that others could read.
        birth_date: second fact for a look-up without a reference, or None when it was not taken.
        starts_at: UTC.
        queue: letter of the queue that serves it.
    """

    appointment_id: str
    reference: str
    full_name: str
    birth_date: date | None
    starts_at: datetime
    service: str
    queue: str
    with_whom: str = ""
    checked_in: bool = False


def plain(text: str) -> str:
    """Fold case, accents, spaces and punctuation away, for comparing what people type."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum())


def by_reference(appointments: tuple[Appointment, ...], reference: str) -> tuple[Appointment, ...]:
    """Find the appointments with exactly this reference; wildcards and empty text match nothing."""
    wanted = plain(reference)
    return tuple(a for a in appointments if wanted and plain(a.reference) == wanted)


def by_name(
    appointments: tuple[Appointment, ...], full_name: str, birth_date: date
) -> tuple[Appointment, ...]:
    """Find the appointments of exactly this name and date of birth."""
    wanted = plain(full_name)
    return tuple(
        a for a in appointments if wanted and plain(a.full_name) == wanted and a.birth_date == birth_date
    )
