"""The one transaction in which a visit becomes a case.

Responsible for: all that a case is, sealed, with print job, check-in, counters, audit row; all or nothing.
Not responsible for: the single tables, or what the ticket says (the caller makes it).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import apsw

from kiosk.core.case import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, CaseDraft, SavedCase
from kiosk.core.sealing import CouncilKey, SealedDraft, key_to_seal_with
from kiosk.core.ticket import Ticket
from kiosk.store import appointments, attachments, audit, cases, counters, outbox, payload, printjobs
from kiosk.store.faults import attachments_too_large, no_council_key, store_full
from kiosk.store.ground import Ground
from kiosk.store.reserve import BLOCK, Reserve

MakeTicket = Callable[[str, str], Ticket | None]


@dataclass(frozen=True, slots=True)
class Saving:
    """How this terminal writes a case.

    Attributes:
        terminal: its id, as central knows it.
        prefix: the two characters that begin its references.
        store_id: which file the reserve speaks of.
        council_keys: tells the keys that cases are sealed with; does not block.
    """

    ground: Ground
    reserve: Reserve
    terminal: str
    prefix: str
    store_id: str
    council_keys: Callable[[], Sequence[CouncilKey]]

    def seal(self, draft: CaseDraft, at: datetime, ready: SealedDraft | None = None) -> SealedDraft:
        """Seal what the visitor said; before the transaction, so that nobody waits for it.

        Args:
            draft: what to seal.
            at: the keys that are good then.
            ready: what was sealed before; used only where it is the very same, to the same key.

        Raises:
            StoreError: this terminal has no key of the council, or more is attached than central takes.
        """
        longest = max((len(each.content) for each in draft.attachments), default=0)
        if len(draft.attachments) > MOST_ATTACHMENTS or longest > LARGEST_ATTACHMENT:
            raise attachments_too_large()
        key = key_to_seal_with(self.council_keys(), at)
        if key is None:
            raise no_council_key()
        if ready is not None and ready.is_of(draft, key):
            return ready
        return payload.sealed(draft, key, self.terminal)

    def save(
        self, connection: apsw.Connection, made: SealedDraft, make_ticket: MakeTicket, at: datetime
    ) -> SavedCase:
        """Write the case, or return what it was given the first time; inside the caller's transaction."""
        draft = made.draft
        known = cases.saved(connection, draft.case_id)
        if known is not None:
            return known
        if not self.ground.room.admits_case(made.file_bytes):
            raise store_full(self.ground.database.path)
        day = self.ground.day_of(at)
        reference, queue_number = self._numbers(connection, draft.queue, day)
        ticket = make_ticket(reference, queue_number)
        job_id = "" if ticket is None else self.ground.new_id(at)
        saved = SavedCase(draft.case_id, reference, queue_number, job_id, at)
        self._write(connection, made, saved, ticket, at=at, day=day)
        return saved

    def get_ahead(self) -> None:
        """Do now what the next saves would else have to do while a visitor waits."""
        if self.ground.room.admits_case():
            self.ground.database.write(self._reserve_ahead)

    def _reserve_ahead(self, connection: apsw.Connection) -> None:
        counted = {name: counters.value(connection, name) for name in self.reserve.marks()}
        self.reserve.cover(self.store_id, counted, ahead=BLOCK // 2)

    def _numbers(self, connection: apsw.Connection, queue: str, day: date) -> tuple[str, str]:
        number, reference = counters.take_reference(connection, self.prefix)
        given, queue_number = {counters.REFERENCE: number}, ""
        if queue:
            turn, queue_number = counters.take_queue_number(connection, queue, day)
            given[counters.queue_counter(queue, day)] = turn
        self.reserve.cover(self.store_id, given)
        return reference, queue_number

    def _write(
        self,
        connection: apsw.Connection,
        made: SealedDraft,
        saved: SavedCase,
        ticket: Ticket | None,
        *,
        at: datetime,
        day: date,
    ) -> None:
        draft = made.draft
        body = payload.freeze(made, saved.reference, saved.queue_number, at)
        cases.add(connection, draft, saved, at, day)
        outbox.add(connection, draft.case_id, payload.KIND, body, at, key_id=made.key.key_id)
        if made.files:
            attachments.add(connection, draft.case_id, [(file.sha256, file.content) for file in made.files])
        if ticket is not None:
            number = saved.queue_number
            job = printjobs.new_job(
                saved.job_id, draft.case_id, saved.reference, ticket, at, queue_number=number
            )
            printjobs.add(connection, job, day)
        if draft.appointment_id:
            appointments.check_in(connection, draft.appointment_id, draft.case_id, day)
        audit.append(connection, at, "case-saved", draft.case_id, saved.reference)
