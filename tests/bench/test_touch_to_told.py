"""Where the time goes from the last touch of a visitor to the view that tells the reference, by stages.

A real conductor with its thread, real errands with theirs, a real store on this disk; the glass is dark.
Printing comes after the reference is told and is not in it. Nothing is asserted: it is a table to look at.
"""

import queue
import threading
import time
from pathlib import Path

import pytest

from kiosk import conductor, errands
from kiosk.core import events as e
from kiosk.core.facility import Facility
from kiosk.core.journey import Service
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.steps.writing import LongTextStep
from kiosk.core.views import Confirmation, View
from kiosk.store import audit, cases, counters, outbox, payload, printjobs, reserve, saving
from kiosk.store.database import Database
from tests.bench.contest import ANSWER
from tests.bench.stages import Stages
from tests.core.facility_for_tests import facility
from tests.store.dark_terminal import Terminal
from tests.store.making import open_in

VISITS = 400
SOON_S = 30.0
STEPS = (
    LongTextStep(step="what", ask="What happened?", longest=4000),
    ReviewStep(step="check", send="Report it"),
    ConfirmationStep(step="done", next=("We will collect it",)),
)
FILLING_IN = (
    e.LanguageChosen("en"),
    e.GroupChosen("bins"),
    e.ServiceChosen("bin"),
    e.Typed("what", "text", ANSWER),
    e.Continued("what"),
)
WATCHED = (
    (conductor.Conductor, "happen", "conductor: everything else"),
    (conductor, "advance", "decide (pure)"),
    (conductor, "in_hand", "what is in hand (pure)"),
    (conductor, "seen", "what is seen (pure)"),
    (errands.Errands, "_save", "errand: everything else"),
    (saving.Saving, "seal", "is the seal of this very case?"),
    (payload, "sealed", "seal"),
    (Database, "write", "BEGIN, COMMIT: log and sync"),
    (saving.Saving, "save", "save: everything else"),
    (cases, "saved", "is it known? (statement)"),
    (counters, "take_reference", "reference (two statements)"),
    (counters, "take_queue_number", "queue number (statement)"),
    (reserve.Reserve, "cover", "reserve of numbers"),
    (errands, "slip", "lay out the ticket"),
    (payload, "freeze", "freeze the body"),
    (cases, "add", "row of the case"),
    (outbox, "add", "row of the outbox, with the hash"),
    (printjobs, "add", "row of the print job, ticket as JSON"),
    (audit, "append", "row of the audit (two statements)"),
)


class Watch:
    """Takes the time when the view that tells the reference is handed to the glass."""

    def __init__(self) -> None:
        self.stages = Stages()
        self.seen: queue.SimpleQueue[View] = queue.SimpleQueue()
        self.sent_at = 0.0

    def show(self, view: View) -> None:
        if self.sent_at and self.terminal.conductor._visit.saved is not None:
            self.stages.end((time.perf_counter() - self.sent_at) * 1e6, "hand-overs, and what is not watched")
            self.sent_at = 0.0
        self.seen.put(view)

    def employ(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def visit(self, *, ahead: bool) -> None:
        """Go through one visit, and wait for its end."""
        self.terminal.conductor.drain(SOON_S)
        for touch in FILLING_IN:
            self.terminal.conductor.post(touch)
        self.terminal.conductor.drain(SOON_S)
        if self.terminal.ready() is not None and not ahead:
            self.terminal.errands._ready = None
        self.stages.begin()
        self.sent_at = time.perf_counter()
        self.terminal.conductor.post(e.Sent())
        while not isinstance(self.seen.get(timeout=SOON_S).body, Confirmation):
            pass
        self.terminal.conductor.post(e.Left())


@pytest.mark.bench
@pytest.mark.timeout(600)
@pytest.mark.parametrize("ahead", [True, False], ids=["sealed on the review", "sealed when sent"])
def test_stages_from_the_last_touch_to_the_reference(
    tmp_path: Path, ahead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, watch = open_in(tmp_path), Watch()
    terminal = Terminal(store, here=place(), shown=watch.show)
    watch.employ(terminal)
    for owner, name, stage in WATCHED:
        watch.stages.watch(monkeypatch, owner, name, stage)
    thread = threading.Thread(target=terminal.conductor.run)
    thread.start()
    try:
        for _ in range(VISITS):
            watch.visit(ahead=ahead)
    finally:
        terminal.conductor.stop()
        thread.join()
        terminal.errands.close()
        store.close()
    how = "sealed on the review" if ahead else "sealed when sent"
    print(f"\n  from touch to told, {how}, µs\n{watch.stages}")


def place() -> Facility:
    """Return a facility with one service that takes a long text."""
    service = Service("bin", "Report a missed bin", "bins", STEPS, ticket="standard", queue="B")
    return facility(services={"bin": service})
