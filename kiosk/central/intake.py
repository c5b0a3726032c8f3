"""Taking in what terminals hand over: each key has one effect, whatever is repeated or lost.

Responsible for: what becomes of each item, its idempotency record being in the transaction of its effect.
Not responsible for: HTTP (`kiosk.central.api`), or tables (`kiosk.central.tables`).

A batch is decided in memory between a few statements that each serve all of its items; a hundred cases cost
about as many round trips as one. Nearly every batch is new, so at first it is taken for new without looking:
the database itself refuses a key or a case that is there, and then all is done again, with looking.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from kiosk.central.bodies import Reading, Refused
from kiosk.central.problems import KINDS, type_of
from kiosk.central.settings import Chance
from kiosk.central.tables import (
    accepted,
    appointments,
    cases,
    events,
    journal,
    services,
    standing,
    tombstones,
    uploads,
)
from kiosk.central.tables.accepted import Accepted
from kiosk.central.tables.services import EVERY_SERVICE
from kiosk.central.tables.standing import Standing
from kiosk.central.wire.terminal import CaseBody, Item, ItemProblem, Result

Beginning = Callable[[Connection, Collection[str]], Standing]
"""Tells how things stand for these services."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Which terminal hands over, and when."""

    terminal: str
    at: datetime


class _Read(NamedTuple):
    """A case that can be read, and the text that is kept of it."""

    body: CaseBody
    kept: str


@dataclass
class _Ledger:
    """What is known while a batch is decided, and what will be kept of it."""

    ids: Iterator[str]
    standing: Standing
    records: dict[str, cases.Record]
    here: set[str]
    graves: tuple[tombstones.Tombstone, ...]
    uploaded: set[str]
    taken: list[Accepted] = field(default_factory=list)
    erased: list[Accepted] = field(default_factory=list)
    refused: list[tuple[Item, Refused]] = field(default_factory=list)

    def covers(self, body: CaseBody) -> bool:
        """Say whether the case is one that was erased before it came."""
        return any(grave.covers(body.case_id, body.reference, body.created_at) for grave in self.graves)


@dataclass(frozen=True, slots=True)
class Intake:
    """Take items in.

    Attributes:
        known_services_only: refuse services that the desk has not entered.
        told: the settings name somebody who is told of cases.
    """

    chance: Chance
    reading: Reading
    known_services_only: bool = False
    told: bool = True

    def take(self, connection: Connection, sender: Sender, item: Item) -> Result:
        """Take one item, or say in plain words why not."""
        (result,) = self.take_all(connection, sender, [item])
        return result

    def take_all(
        self,
        connection: Connection,
        sender: Sender,
        items: list[Item],
        *,
        hoping: bool = False,
        begin: Beginning = standing.now,
    ) -> list[Result]:
        """Take a batch; each item has its own result, in the same order.

        Args:
            connection: in a transaction that is done again when this raises.
            sender: who hands over.
            items: what.
            hoping: take everything for new, as only the first try may. What is refused is looked for all the
                same: a case that was taken once is a duplicate for ever, whatever was closed since.
            begin: tells how things stand, before anything is written; raises when the sender is not let in.

        Raises:
            Raced: one of its keys or cases is there; nothing is kept, do it again without hoping.
        """
        records = {} if hoping else _records(connection, items)
        read = {place: self._read(item) for place, item in enumerate(items) if item.key not in records}
        bodies = [each.body for each in read.values() if isinstance(each, _Read)]
        stands = begin(connection, {EVERY_SERVICE, *(body.service for body in bodies)})
        ledger = self._ledger(connection, sender, bodies, records, stands, hoping=hoping)
        results = self._results(ledger, sender, items, read)
        if hoping and ledger.refused:
            records = _records(connection, items)
            ledger = self._ledger(connection, sender, bodies, records, stands, hoping=False)
            results = self._results(ledger, sender, items, read)
        self._keep(connection, sender, ledger)
        return results

    def _ledger(
        self,
        connection: Connection,
        sender: Sender,
        bodies: list[CaseBody],
        records: dict[str, cases.Record],
        stands: Standing,
        *,
        hoping: bool,
    ) -> _Ledger:
        named = {each.sha256 for body in bodies for each in body.attachments}
        graves = _graves(connection, bodies) if stands.graves else ()
        here = (
            set() if hoping or not bodies else cases.existing(connection, {body.case_id for body in bodies})
        )
        uploaded = uploads.complete(connection, sender.terminal, named)
        ids = iter(self.chance.new_ids(len(bodies)))
        return _Ledger(ids, stands, records, here, graves, uploaded)

    def _results(
        self,
        ledger: _Ledger,
        sender: Sender,
        items: list[Item],
        read: dict[int, _Read | Refused],
    ) -> list[Result]:
        return [self._result(ledger, sender, item, read.get(place)) for place, item in enumerate(items)]

    def _read(self, item: Item) -> _Read | Refused:
        if not _is_whole(item):
            return Refused("hash-differs", "The case changed between the terminal and here.")
        try:
            return _Read(*self.reading.read(item))
        except Refused as refused:
            return refused

    def _result(self, ledger: _Ledger, sender: Sender, item: Item, read: _Read | Refused | None) -> Result:
        try:
            return self._decided(ledger, sender, item, read)
        except Refused as refused:
            ledger.refused.append((item, refused))
            problem = ItemProblem(
                type=type_of(refused.kind), title=KINDS[refused.kind].title, detail=refused.detail
            )
            return Result(key=item.key, status=refused.status, problem=problem)

    def _decided(self, ledger: _Ledger, sender: Sender, item: Item, read: _Read | Refused | None) -> Result:
        before = ledger.records.get(item.key)
        if before is not None:
            return _again(item, before)
        if isinstance(read, Refused):
            raise read
        assert read is not None  # noqa: S101 - a whole item of a new key was read
        body, new = read.body, _record(next(ledger.ids), sender, item)
        if ledger.covers(body):
            ledger.erased.append(Accepted(new, *read))
        else:
            self._check_service(ledger, body.service)
            if not ledger.uploaded.issuperset(each.sha256 for each in body.attachments):
                raise Refused("attachment-missing", "Upload its attachments first, then send it.", "retry")
            if body.case_id in ledger.here:
                raise Refused("key-used", "Another delivery has brought this case already.", "conflict")
            ledger.taken.append(Accepted(new, *read))
            ledger.here.add(body.case_id)
        ledger.records[item.key] = new
        return Result(key=item.key, status="created", central_id=new.central_id)

    def _check_service(self, ledger: _Ledger, service: str) -> None:
        if self.known_services_only and service not in ledger.standing.services:
            raise Refused(
                "service-unknown", f"The service '{service}' is not known here. Enter it at the desk."
            )
        for name in (EVERY_SERVICE, service):
            found = ledger.standing.services.get(name)
            if found is not None and not found.accepting:
                reason = found.reason or "The desk has closed it."
                raise Refused("service-closed", f"The service '{service}' takes no cases now: {reason}")

    def _keep(self, connection: Connection, sender: Sender, ledger: _Ledger) -> None:
        if ledger.taken:
            self._keep_cases(connection, ledger)
        accepted.keep_keys(connection, [each.record for each in ledger.erased])
        for record, told, _ in ledger.erased:
            uploads.forget(connection, record.terminal, {each.sha256 for each in told.attachments})
        for item, refused in ledger.refused:
            status, why = refused.status, refused.detail
            cases.refuse(connection, cases.Refusal(item.key, sender.terminal, sender.at, status, why))

    def _keep_cases(self, connection: Connection, ledger: _Ledger) -> None:
        taken = ledger.taken
        accepted.keep(connection, taken)
        services.learn_all(connection, {each.told.service for each in taken} - set(ledger.standing.services))
        uploads.attach(connection, [each for record, told, _ in taken for each in _attached(record, told)])
        if self.told or ledger.standing.webhooks:
            events.tell(connection, [each.record.central_id for each in taken], taken[0].record.received_at)
        for record, told, _ in taken:
            if told.appointment_id:
                _arrive(connection, record.terminal, told)


def _record(central_id: str, sender: Sender, item: Item) -> cases.Record:
    return cases.Record(item.key, item.sha256, central_id, sender.terminal, sender.at)


def _is_whole(item: Item) -> bool:
    return hashlib.sha256(item.body.encode("utf-8")).hexdigest() == item.sha256


def _again(item: Item, before: cases.Record) -> Result:
    if not _is_whole(item):
        raise Refused("hash-differs", "The case changed between the terminal and here.")
    if before.sha256 == item.sha256:
        return Result(key=item.key, status="duplicate", central_id=before.central_id)
    raise Refused("key-used", "The same key came before with another content.", "conflict")


def _records(connection: Connection, items: list[Item]) -> dict[str, cases.Record]:
    return cases.records(connection, {item.key for item in items})


def _graves(connection: Connection, bodies: list[CaseBody]) -> tuple[tombstones.Tombstone, ...]:
    return tombstones.covering(
        connection, {body.case_id for body in bodies}, {body.reference for body in bodies}
    )


def _attached(record: cases.Record, body: CaseBody) -> Iterator[uploads.Attached]:
    for place, each in enumerate(body.attachments, 1):
        yield uploads.Attached(
            body.case_id, each.sha256, record.terminal, each.media_type, each.key_id, place
        )


def _arrive(connection: Connection, terminal: str, case: CaseBody) -> None:
    subject = journal.appointment_subject(case.appointment_id)
    first = appointments.arrive(connection, case.appointment_id, case.queue_number, case.created_at)
    known = first or appointments.one(connection, case.appointment_id) is not None
    what = "arrived" if first else "arrived-again" if known else "appointment-unknown"
    entry = journal.Entry(case.created_at, f"terminal {terminal}", what, case.queue_number)
    journal.happened(connection, subject, entry)
    journal.happened(connection, journal.case_subject(case.case_id), entry)
