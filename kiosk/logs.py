"""Structured events for the log: a code and ids, never a name, an answer, a card or a number of one.

Responsible for: one line of JSON for each event, written at once.
Not responsible for: rotating or shipping the log (journald or logrotate do).
"""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TextIO, assert_never

from kiosk.core.sync import (
    AppointmentsPulled,
    BundleStaged,
    CaseAccepted,
    CaseErased,
    CaseParked,
    CentralDown,
    CentralUp,
    CourierStumbled,
    KeysPulled,
    OrderArrived,
    SyncFact,
    UpdateNeeded,
)


class Log(Protocol):
    """Take one event; any thread."""

    def __call__(self, event: str, **ids: str | int | float | bool) -> None:
        """Write the event with its ids."""
        ...


class JsonLog:
    """Write events as lines of JSON to a text stream; any thread."""

    def __init__(self, stream: TextIO, now: Callable[[], datetime]) -> None:
        self._stream = stream
        self._now = now
        self._lock = threading.Lock()

    def __call__(self, event: str, **ids: str | int | float | bool) -> None:
        """Write one event; a stream that is gone must not stop a visit, so it is let go."""
        line = json.dumps({"at": self._now().isoformat(timespec="milliseconds"), "event": event, **ids})
        with self._lock:
            if not self._stream.closed:
                self._stream.write(line + "\n")
                self._stream.flush()


def event_of(fact: SyncFact) -> tuple[str, dict[str, str | int]]:
    """Say what the courier tells as an event with its ids."""
    match fact:
        case CentralUp():
            return "central.up", {}
        case CentralDown(error_class):
            return "central.down", {"error_class": str(error_class)}
        case CaseAccepted(case_id, central_id):
            return "case.accepted", {"case": case_id, "central": central_id}
        case CaseParked(case_id, error_class):
            return "case.parked", {"case": case_id, "error_class": str(error_class)}
        case CaseErased(case_id):
            return "case.erased", {"case": case_id}
        case UpdateNeeded():
            return "central.update-needed", {}
        case OrderArrived(order):
            return "order.arrived", {"order": order.order_id}
        case AppointmentsPulled(day):
            return "appointments.pulled", {"day": day.isoformat()}
        case KeysPulled(key_ids):
            return "council.keys", {"keys": " ".join(key_ids)}
        case BundleStaged(version):
            return "bundle.staged", {"version": version}
        case CourierStumbled(code):
            return "courier.stumbled", {"code": code}
        case _ as never:
            assert_never(never)


def place_of(problem: BaseException) -> str:
    """Name type, file and line of an exception, without its words (they may hold what a visitor typed)."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(problem).__name__
    file = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f"{type(problem).__name__} {file}:{trace.tb_lineno}"
