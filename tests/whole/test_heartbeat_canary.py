"""No byte of a heartbeat holds what a marked visitor said, while their case waits and their printer fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from io import StringIO
from typing import TYPE_CHECKING

from kiosk.conductor import Conductor, House
from kiosk.core.case import CaseId
from kiosk.core.hardware import Condition, DeviceStatus, NotPrinted, Reason
from kiosk.devices_told import PRINTER
from kiosk.logs import JsonLog
from kiosk.sync import Courier, Shelves
from kiosk.telling import facts_of, keeping_told
from tests.store.making import NOON
from tests.sync.test_courier import QUIET, on_round

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.settings import Loaded

MARKS = (b"Mererid-Marker", b"07700-900-Marker")


def test_a_heartbeat_tells_of_the_fault_and_never_of_the_visitor(demo: Loaded, tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        store = walk.store
        house = House(
            demo.facility, walk.clock, UTC, lambda: CaseId("c9"), JsonLog(StringIO(), walk.clock.now)
        )
        conductor = Conductor(house)

        def facts() -> dict[str, object]:
            told = facts_of(store, conductor, None, tmp_path, store.doubtful_tickets(NOON.date()))
            return {**told, "keeping": keeping_told(store.keeping(walk.clock.now()))}

        courier = Courier(
            walk.client,
            Shelves(store.outbox, store.orders, store, walk.keys),
            walk.facts.append,
            clock=walk.clock,
            chance=walk.chance.random,
            today=NOON.date,
            facts=facts,
            pace=replace(QUIET, heartbeat_s=60.0),
        )
        walk.rows.refused = {"c1"}
        walk.save("c1", name=MARKS[0].decode(), phone=MARKS[1].decode())
        conductor.devices.take(DeviceStatus(PRINTER, Condition.FAULT, Reason.PAPER_OUT))
        (job,) = store.jobs_today(NOON.date())
        store.job_done(job.job_id, NotPrinted(Reason.PAPER_OUT), NOON)
        walk.walk(courier, lambda: len(walk.rows.heartbeats) > 2)
        sent = zip(walk.rows.requests, walk.rows.bodies, strict=True)
        beats = [body for request, body in sent if request.endswith("/heartbeats")]
        assert all(b"paper-out" in body for body in beats)
        assert not [mark for mark in MARKS for body in beats if mark in body]
