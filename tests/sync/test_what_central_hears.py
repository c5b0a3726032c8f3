"""What the courier tells central of its outbox, and what it makes of a central that is too old for a case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.sync import CaseParked, CentralDown, UpdateNeeded
from tests.sync.test_courier import QUIET, on_round

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sync.stand_in import Rows

BEATING = replace(QUIET, heartbeat_s=60.0)


def waiting_told(rows: Rows) -> list[str | None]:
    asked = zip(rows.requests, rows.headers, strict=True)
    return [headers.get("Outbox-Waiting") for request, headers in asked if request.endswith("/batches")]


def test_every_batch_says_how_much_waits_with_it(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save(*(f"c{n}" for n in range(130)))
        walk.rows.refused = {"c7"}
        walk.walk(walk.courier(), walk.is_empty)
        assert waiting_told(walk.rows) == ["130", "30"]


def test_a_case_that_central_is_too_old_for_waits_and_holds_nothing_back(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.rows.too_new = {"c1"}
        walk.save("c1", "c2")
        courier = walk.courier(replace(BEATING, orders_s=3.0))
        walk.walk(courier, lambda: len(walk.rows.heartbeats) > 2)
        walk.save("c3")
        courier.poke()
        walk.walk(courier, lambda: "c3" in walk.rows.created)
        assert walk.rows.created == ["c2", "c3"]
        assert (walk.store.outbox.depth().waiting, walk.store.outbox.depth().parked) == (1, 0)
        assert not walk.told(CaseParked)
        assert not walk.told(CentralDown)


def test_staff_are_told_until_central_is_brought_up_to_date(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.rows.too_new = {"c1"}
        walk.save("c1")
        courier = walk.courier(BEATING)
        walk.walk(courier, lambda: len(walk.rows.heartbeats) > 3)
        assert walk.told(UpdateNeeded) == [UpdateNeeded("Not known. Update central.")]
        assert "update-needed" in str(walk.rows.heartbeats[-1]["alarms"])
        walk.rows.too_new = set()
        walk.walk(courier, walk.is_empty)
        beats = len(walk.rows.heartbeats)
        walk.walk(courier, lambda: len(walk.rows.heartbeats) > beats)
        assert "update-needed" not in str(walk.rows.heartbeats[-1]["alarms"])


def test_the_last_acceptance_is_still_told_after_a_restart(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save("c1")
        walk.clock.seconds = 7.0
        walk.walk(walk.courier(), walk.is_empty)
    with on_round(tmp_path) as later:
        later.clock.seconds = 9000.0
        later.walk(later.courier(BEATING), lambda: bool(later.rows.heartbeats))
        assert str(later.rows.heartbeats[0]["last_accepted_at"]).startswith("2026-05-01T12:00:07")


def test_a_terminal_that_never_delivered_tells_no_acceptance(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.walk(walk.courier(BEATING), lambda: bool(walk.rows.heartbeats))
        assert walk.rows.heartbeats[0]["last_accepted_at"] == ""
