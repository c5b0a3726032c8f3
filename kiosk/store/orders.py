"""The table of print orders from the desk that were taken here.

Responsible for: that an order is carried out once and its true outcome is told once it is known.
Not responsible for: printing, or telling the desk (`kiosk.sync.courier`).
"""

from datetime import datetime

import apsw

from kiosk.core.hardware import OutcomeWord, Reason
from kiosk.ports import OrderReport, PrintOrder
from kiosk.store.rows import moment_text, readable


def take(connection: apsw.Connection, order: PrintOrder, at: datetime) -> bool:
    """Write an order down; False when it was taken before."""
    connection.execute(
        "INSERT INTO print_orders (order_id, taken_at) VALUES (?, ?) ON CONFLICT (order_id) DO NOTHING",
        (order.order_id, moment_text(at)),
    )
    return connection.changes() > 0


def bind(connection: apsw.Connection, order_id: str, job_id: str) -> bool:
    """Say which job carries the order out; False when there is no such order."""
    connection.execute("UPDATE print_orders SET job_id = ? WHERE order_id = ?", (job_id, order_id))
    return connection.changes() > 0


def settle_job(
    connection: apsw.Connection, job_id: str, outcome: OutcomeWord, reason: str, at: datetime
) -> None:
    """Give the job's outcome to the order it carries out, if it carries one out; to be told again if new."""
    connection.execute(
        "UPDATE print_orders SET outcome = ?1, reason = ?2, done_at = ?3, reported_at = NULL"
        " WHERE job_id = ?4 AND job_id <> '' AND (outcome IS NULL OR outcome <> ?1 OR reason <> ?2)",
        (outcome.value, reason, moment_text(at), job_id),
    )


def settle(
    connection: apsw.Connection, order_id: str, outcome: OutcomeWord, reason: str, at: datetime
) -> None:
    """Record the outcome of an order that needs no job."""
    connection.execute(
        "UPDATE print_orders SET outcome = ?, reason = ?, done_at = ? WHERE order_id = ?",
        (outcome.value, readable(reason), moment_text(at), order_id),
    )


def settle_jobless(connection: apsw.Connection, at: datetime) -> None:
    """At start: an order that got no job before the stop was not printed."""
    connection.execute(
        "UPDATE print_orders SET outcome = ?, reason = ?, done_at = ? WHERE outcome IS NULL AND job_id = ''",
        (OutcomeWord.NOT_PRINTED.value, Reason.RESTARTED.value, moment_text(at)),
    )


def unreported(connection: apsw.Connection) -> tuple[OrderReport, ...]:
    """Return the outcomes that the desk does not know, oldest first."""
    rows = connection.execute(
        "SELECT order_id, outcome, reason FROM print_orders"
        " WHERE outcome IS NOT NULL AND reported_at IS NULL ORDER BY done_at, order_id"
    )
    return tuple(OrderReport(str(name), OutcomeWord(word), str(reason)) for name, word, reason in rows)


def reported(connection: apsw.Connection, order_id: str, at: datetime) -> None:
    """Record that the desk knows."""
    connection.execute(
        "UPDATE print_orders SET reported_at = ? WHERE order_id = ?", (moment_text(at), order_id)
    )
