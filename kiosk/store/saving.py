"""The one transaction in which a visit becomes a case.

Responsible for: case, frozen body, outbox row, print job, check-in, counters, audit row; all or nothing.
Not responsible for: the single tables, or what the ticket says (the caller makes it).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import apsw

from kiosk.core.case import CaseDraft, SavedCase
from kiosk.core.ticket import Ticket
from kiosk.store import appointments, audit, cases, counters, outbox, payload, printjobs
from kiosk.store.faults import store_full
from kiosk.store.ground import Ground
from kiosk.store.reserve import Reserve

MakeTicket = Callable[[str, str], Ticket | None]


@dataclass(frozen=True, slots=True)
class Saving:
    """How this terminal writes a case.

    Attributes:
        terminal: its id, as central knows it.
        prefix: the two characters that begin its references.
        store_id: which file the reserve speaks of.
    """

    ground: Ground
    reserve: Reserve
    terminal: str
    prefix: str
    store_id: str

    def save(
        self, connection: apsw.Connection, draft: CaseDraft, make_ticket: MakeTicket, at: datetime
    ) -> SavedCase:
        """Write the case, or return what it was given the first time; inside the caller's transaction."""
        known = cases.saved(connection, draft.case_id)
        if known is not None:
            return known
        if not self.ground.room.admits_case():
            raise store_full(self.ground.database.path)
        saved = self._numbered(connection, draft, at)
        ticket = make_ticket(saved.reference, saved.queue_number)
        if ticket is not None:
            saved = replace(saved, job_id=self.ground.new_id())
        self._write(connection, draft, saved, ticket, at=at)
        return saved

    def _numbered(self, connection: apsw.Connection, draft: CaseDraft, at: datetime) -> SavedCase:
        number, reference = counters.take_reference(connection, self.prefix)
        given = {counters.REFERENCE: number}
        queue_number = ""
        if draft.queue:
            day = self.ground.day_of(at)
            turn, queue_number = counters.take_queue_number(connection, draft.queue, day)
            given[counters.queue_counter(draft.queue, day)] = turn
        self.reserve.cover(self.store_id, given)
        return SavedCase(draft.case_id, reference, queue_number)

    def _write(
        self,
        connection: apsw.Connection,
        draft: CaseDraft,
        saved: SavedCase,
        ticket: Ticket | None,
        *,
        at: datetime,
    ) -> None:
        day = self.ground.day_of(at)
        body = payload.freeze(draft, saved.reference, saved.queue_number, terminal=self.terminal, at=at)
        cases.add(connection, draft, saved, at, day)
        outbox.add(connection, draft.case_id, payload.KIND, body, at)
        if ticket is not None:
            job = printjobs.new_job(saved.job_id, draft.case_id, saved.reference, ticket, at)
            printjobs.add(connection, replace(job, queue_number=saved.queue_number), day)
        if draft.appointment_id:
            appointments.check_in(connection, draft.appointment_id, draft.case_id, day)
        audit.append(connection, at, "case-saved", draft.case_id, saved.reference)
