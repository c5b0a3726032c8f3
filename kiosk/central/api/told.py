"""Rows of tables as the documents that the desk is told.

Responsible for: one function for each sort of row.
Not responsible for: reading rows (`kiosk.central.tables`).
"""

import json

from kiosk.central import printing, wording
from kiosk.central.answers import raw_answers
from kiosk.central.ground import Ground
from kiosk.central.tables.appointments import Appointment
from kiosk.central.tables.cases import Case
from kiosk.central.tables.journal import Entry
from kiosk.central.tables.orders import Order
from kiosk.central.tables.services import Service
from kiosk.central.tables.terminals import Terminal
from kiosk.central.wire import desk as wire


def appointment(row: Appointment) -> wire.DeskAppointment:
    """Tell a booking."""
    return wire.DeskAppointment.model_validate(row, from_attributes=True)


def case_line(row: Case) -> wire.CaseLine:
    """Tell a case without its answers."""
    return wire.CaseLine.model_validate(row, from_attributes=True)


def whole_case(row: Case, history: tuple[Entry, ...]) -> wire.WholeCase:
    """Tell a case with answers and history."""
    entries = [wire.HistoryEntry.model_validate(entry, from_attributes=True) for entry in history]
    return wire.WholeCase(**case_line(row).model_dump(), answers=raw_answers(row.body), history=entries)


def service(row: Service) -> wire.ServiceLine:
    """Tell how a service stands."""
    return wire.ServiceLine.model_validate(row, from_attributes=True)


def order_words(ground: Ground, row: Order) -> str:
    """Say in plain words what became of an order."""
    stale = row.made_at < printing.oldest_wanted(ground)
    return wording.outcome(row.outcome, row.reason, fetched=row.fetched_at is not None, stale=stale)


def order(ground: Ground, row: Order) -> wire.DeskOrder:
    """Tell an order and what became of it."""
    return wire.DeskOrder.model_validate(
        {
            "order_id": row.order_id,
            "terminal": row.terminal,
            "reference": row.reference,
            "copy_number": row.copy,
            "made_at": row.made_at,
            "made_by": row.made_by,
            "outcome": row.outcome,
            "reason": row.reason,
            "words": order_words(ground, row),
        }
    )


def terminal(row: Terminal) -> wire.TerminalLine:
    """Tell how a terminal was last heard."""
    return wire.TerminalLine(
        peer=row.peer,
        terminal=row.terminal,
        paired_at=row.paired_at,
        revoked_at=row.revoked_at,
        heard_at=row.heard_at,
        facts=json.loads(row.facts),
    )
