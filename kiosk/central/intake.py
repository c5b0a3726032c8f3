"""Taking in what terminals hand over: each key has one effect, whatever is repeated or lost.

Responsible for: what becomes of an item, and that its idempotency record is in the transaction of its effect.
Not responsible for: HTTP (`kiosk.central.api`), or tables (`kiosk.central.tables`).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.central.bodies import Reading, Refused
from kiosk.central.problems import KINDS, type_of
from kiosk.central.settings import Chance
from kiosk.central.tables import appointments, cases, journal, services
from kiosk.central.wire.terminal import CaseBody, Item, ItemProblem, Result


@dataclass(frozen=True, slots=True)
class Sender:
    """Which terminal hands over, and when."""

    terminal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """Take items in. `known_services_only` refuses services that the desk has not entered."""

    chance: Chance
    reading: Reading
    known_services_only: bool = False

    def take_all(self, connection: Connection, sender: Sender, items: list[Item]) -> list[Result]:
        """Take a batch; each item has its own result, in the same order."""
        return [self.take(connection, sender, item) for item in items]

    def take(self, connection: Connection, sender: Sender, item: Item) -> Result:
        """Take one item, or say in plain words why not."""
        try:
            return self._take(connection, sender, item)
        except Refused as refused:
            return _refusal(connection, sender, item, refused)

    def _take(self, connection: Connection, sender: Sender, item: Item) -> Result:
        _check_hash(item)
        before = cases.record(connection, item.key)
        if before is not None:
            return _again(item, before)
        body, kept = self.reading.read(item)
        self._check_service(connection, body.service)
        new = cases.Record(item.key, item.sha256, self.chance.new_id(), sender.terminal, sender.at)
        if cases.exists(connection, body.case_id):
            meanwhile = cases.record(connection, item.key)
            if meanwhile is not None:
                return _again(item, meanwhile)
            raise Refused("key-used", "Another delivery has brought this case already.", "conflict")
        if not cases.claim(connection, new):
            return self._take(connection, sender, item)
        self._keep(connection, new, body, kept)
        cases.forget_refusal(connection, item.key)
        return Result(key=item.key, status="created", central_id=new.central_id)

    def _check_service(self, connection: Connection, service: str) -> None:
        if self.known_services_only and services.one(connection, service) is None:
            raise Refused(
                "service-unknown", f"The service '{service}' is not known here. Enter it at the desk."
            )
        reason = services.closed_because(connection, service)
        if reason is not None:
            raise Refused("service-closed", f"The service '{service}' takes no cases now: {reason}")

    @staticmethod
    def _keep(connection: Connection, new: cases.Record, body: CaseBody, kept: str) -> None:
        services.learn(connection, body.service)
        cases.add(
            connection,
            cases.Case(
                central_id=new.central_id,
                case_id=body.case_id,
                terminal=new.terminal,
                reference=body.reference,
                service=body.service,
                language=body.language,
                created_at=body.created_at,
                received_at=new.received_at,
                queue=body.queue,
                queue_number=body.queue_number,
                appointment_id=body.appointment_id,
                body=kept,
            ),
        )
        subject = journal.case_subject(body.case_id)
        actor = f"terminal {new.terminal}"
        journal.happened(connection, subject, journal.Entry(body.created_at, actor, "made", body.service))
        journal.happened(connection, subject, journal.Entry(new.received_at, "central", "accepted", ""))
        if body.appointment_id:
            _arrive(connection, new, body)


def _arrive(connection: Connection, new: cases.Record, body: CaseBody) -> None:
    subject = journal.appointment_subject(body.appointment_id)
    first = appointments.arrive(connection, body.appointment_id, body.queue_number, body.created_at)
    known = first or appointments.one(connection, body.appointment_id) is not None
    what = "arrived" if first else "arrived-again" if known else "appointment-unknown"
    entry = journal.Entry(body.created_at, f"terminal {new.terminal}", what, body.queue_number)
    journal.happened(connection, subject, entry)
    journal.happened(connection, journal.case_subject(body.case_id), entry)


def _check_hash(item: Item) -> None:
    if hashlib.sha256(item.body.encode("utf-8")).hexdigest() != item.sha256:
        raise Refused("hash-differs", "The case changed between the terminal and here.")


def _again(item: Item, before: cases.Record) -> Result:
    if before.sha256 == item.sha256:
        return Result(key=item.key, status="duplicate", central_id=before.central_id)
    raise Refused("key-used", "The same key came before with another content.", "conflict")


def _refusal(connection: Connection, sender: Sender, item: Item, refused: Refused) -> Result:
    cases.refuse(
        connection, cases.Refusal(item.key, sender.terminal, sender.at, refused.status, refused.detail)
    )
    problem = ItemProblem(type=type_of(refused.kind), title=KINDS[refused.kind].title, detail=refused.detail)
    return Result(key=item.key, status=refused.status, problem=problem)
