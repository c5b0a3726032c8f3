"""The store as the courier uses it.

Responsible for: implementing `kiosk.ports.Outbox` and `OrderBook` over the tables.
Not responsible for: what visitors and staff see of cases (`store`), or talking to central (`kiosk.sync`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import apsw

from kiosk.core.case import CaseId
from kiosk.core.hardware import OutcomeWord
from kiosk.core.ticket import Ticket
from kiosk.ports import (
    Accepted,
    Delivery,
    OrderReport,
    OutboxDepth,
    Parcel,
    Parked,
    PrintOrder,
    RetryLater,
    StoredJob,
    Tombstone,
)
from kiosk.store import attachments, audit, erasing, orders, outbox, printjobs
from kiosk.store.faults import not_found
from kiosk.store.ground import Ground


class OutboxTable:
    """What is not yet with central; implements `kiosk.ports.Outbox`.

    Args:
        ground: the open file.
        get_ahead: does what the next saves would else have to do while a visitor waits.
    """

    def __init__(self, ground: Ground, get_ahead: Callable[[], None]) -> None:
        self._ground = ground
        self._get_ahead = get_ahead

    def next_parcels(self, limit: int) -> Sequence[Parcel]:
        """Return what to send now; the courier compares each body with its checksum."""
        return self._ground.read(lambda c: outbox.next_parcels(c, limit))

    def attachment(self, case_id: CaseId, sha256: str) -> bytes | None:
        """Return an attachment as it is uploaded, or None when it is not here as it was written."""
        return self._ground.read(lambda c: attachments.content(c, case_id, sha256))

    def settle(self, deliveries: Sequence[Delivery], at: datetime) -> Sequence[CaseId]:
        """Write down what became of each, in one durable transaction, and say whose each was."""
        return self._ground.write(lambda c: tuple(_settle(c, one, at) for one in deliveries))

    def depth(self) -> OutboxDepth:
        """Count what waits and what is parked."""
        return self._ground.read(outbox.depth)

    def erase(self, marks: Sequence[Tombstone], at: datetime) -> Sequence[CaseId]:
        """Delete what these marks cover and central does not have, with its tickets; returns whose."""
        covered = self._ground.read(lambda c: erasing.covered(c, marks))
        if covered:
            self._ground.write(lambda c: erasing.erase(c, covered, at))
        return covered

    def waiting(self) -> int:
        """Count what waits, by an index alone."""
        return self._ground.read(outbox.waiting)

    def last_accepted(self) -> datetime | None:
        """Return when central last took something, as the receipts say."""
        return self._ground.read(outbox.last_accepted)

    def tidy(self) -> None:
        """Move the log into the file, wipe what was accepted from it, and lay the ballast down again."""
        self._ground.database.tidy()
        self._ground.room.take_ballast()
        self._get_ahead()


class OrderTable:
    """Print orders from the desk; implements `kiosk.ports.OrderBook`."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def take_order(self, order: PrintOrder, at: datetime) -> bool:
        """Write an order down durably; False when it is already known."""
        return self._ground.write(lambda c: _take(c, order, at))

    def order_job(self, order_id: str, job_id: str) -> None:
        """Say which print job carries the order out."""
        self._ground.write(lambda c: _bind(c, order_id, job_id))

    def order_done(self, order_id: str, outcome: OutcomeWord, reason: str, at: datetime) -> None:
        """Record the outcome of an order that has no print job."""
        self._ground.write(lambda c: orders.settle(c, order_id, outcome, reason, at))

    def unreported_orders(self) -> Sequence[OrderReport]:
        """Return the outcomes that the desk does not know yet."""
        return self._ground.read(orders.unreported)

    def order_reported(self, order_id: str, at: datetime) -> None:
        """Record that the desk knows the outcome."""
        self._ground.write(lambda c: orders.reported(c, order_id, at))

    def case_jobs(self, case_id: CaseId) -> Sequence[StoredJob]:
        """Return the print jobs of a case, first print first."""
        return self._ground.read(lambda c: printjobs.of_case(c, case_id))

    def loose_job(self, reference: str, ticket: Ticket, at: datetime) -> StoredJob:
        """Make the print job of a ticket that belongs to no case here."""
        job = printjobs.new_job(self._ground.new_id(at), "", reference, ticket, at)
        self._ground.write(lambda c: printjobs.add(c, job, self._ground.day_of(at)))
        return job


def _settle(connection: apsw.Connection, delivery: Delivery, at: datetime) -> CaseId:
    match delivery:
        case Accepted():
            case_id = outbox.accept(connection, delivery, at)
            attachments.forget(connection, case_id)
            event, detail = "case-accepted", outbox.receipt_text(delivery)
        case Parked():
            case_id = outbox.park(connection, delivery, at)
            event, detail = "case-parked", str(delivery.error_class)
        case RetryLater():
            return outbox.retry(connection, delivery)
    if case_id:
        audit.append(connection, at, event, case_id, detail)
    return case_id


def _take(connection: apsw.Connection, order: PrintOrder, at: datetime) -> bool:
    taken = orders.take(connection, order, at)
    if taken:
        audit.append(connection, at, "order-taken", order.order_id, order.kind)
    return taken


def _bind(connection: apsw.Connection, order_id: str, job_id: str) -> None:
    if not orders.bind(connection, order_id, job_id):
        raise not_found("such print order")
