"""What staff want printed at a terminal, and what became of it.

Responsible for: orders until they have an outcome; the last outcome is the one that counts.
Not responsible for: the words on the ticket (`kiosk.central.printing`).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from kiosk.central.schema import print_orders


@dataclass(frozen=True, slots=True)
class Order:
    """One ticket, once, at one terminal.

    Attributes:
        copy: 0 for a first print, n for reprint number n.
        fetched_at: when the terminal first took it, or None.
        outcome: one of the five words, or None while nothing is known.
    """

    order_id: str
    kind: str
    terminal: str
    case_id: str
    appointment_id: str
    reference: str
    lines: tuple[str, ...]
    copy: int
    made_at: datetime
    made_by: str
    fetched_at: datetime | None = None
    outcome: str | None = None
    reason: str = ""
    settled_at: datetime | None = None


def add(connection: Connection, order: Order) -> None:
    """Keep a new order."""
    row = {name: getattr(order, name) for name in Order.__slots__}
    connection.execute(insert(print_orders).values({**row, "lines": json.dumps(order.lines)}))


def next_copy(connection: Connection, *, case_id: str = "", appointment_id: str = "") -> int:
    """Return the number of the next copy: 0 when an appointment's ticket was never ordered."""
    key = print_orders.c.case_id == case_id if case_id else print_orders.c.appointment_id == appointment_id
    last = connection.execute(select(func.max(print_orders.c.copy)).where(key)).scalar_one_or_none()
    if last is None:
        return 1 if case_id else 0
    return int(last) + 1


def open_orders(connection: Connection, terminal: str, since: datetime) -> tuple[Order, ...]:
    """Return a terminal's orders without outcome, oldest first; older than `since` are let rest."""
    wanted = (
        print_orders.c.terminal == terminal,
        print_orders.c.outcome.is_(None),
        print_orders.c.made_at >= since,
    )
    rows = connection.execute(select(print_orders).where(*wanted).order_by(print_orders.c.made_at))
    return tuple(_order(row) for row in rows)


def fetched(connection: Connection, order_ids: tuple[str, ...], at: datetime) -> None:
    """Write down that the terminal has seen these orders."""
    connection.execute(
        update(print_orders)
        .where(print_orders.c.order_id.in_(order_ids), print_orders.c.fetched_at.is_(None))
        .values(fetched_at=at)
    )


def one(connection: Connection, order_id: str) -> Order | None:
    """Return one order."""
    row = connection.execute(select(print_orders).where(print_orders.c.order_id == order_id)).one_or_none()
    return None if row is None else _order(row)


def settle(connection: Connection, order_id: str, outcome: str, reason: str, at: datetime) -> None:
    """Keep the outcome; an earlier one is overwritten here and stays in the history."""
    connection.execute(
        update(print_orders)
        .where(print_orders.c.order_id == order_id)
        .values(outcome=outcome, reason=reason, settled_at=at)
    )


def of_appointments(connection: Connection, appointment_ids: tuple[str, ...]) -> dict[str, Order]:
    """Return the last order of each appointment that has one."""
    wanted = print_orders.c.appointment_id.in_(appointment_ids)
    rows = connection.execute(select(print_orders).where(wanted).order_by(print_orders.c.made_at))
    return {row.appointment_id: _order(row) for row in rows}


def about(connection: Connection, *, case_id: str, appointment_id: str) -> tuple[Order, ...]:
    """Return the orders of a case or its appointment, newest first."""
    wanted = [print_orders.c.case_id == case_id]
    if appointment_id:
        wanted.append(print_orders.c.appointment_id == appointment_id)
    rows = connection.execute(
        select(print_orders).where(or_(*wanted)).order_by(print_orders.c.made_at.desc())
    )
    return tuple(_order(row) for row in rows)


def _order(row: Any) -> Order:
    values = {name: getattr(row, name) for name in Order.__slots__}
    return Order(**{**values, "lines": tuple(json.loads(row.lines))})
