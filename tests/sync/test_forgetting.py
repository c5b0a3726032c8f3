"""What was erased at central is deleted at the terminal that still has it, however long it was away."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import apsw

from kiosk.core.hardware import Printed
from kiosk.core.sync import CaseErased, CentralDown
from tests.store.making import NOON
from tests.sync.test_courier import QUIET, on_round

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.sync import Courier
    from tests.sync.test_courier import Round

FORGETTING = replace(QUIET, forget_s=600.0, tidy_s=20.0)
DAY_S = 24 * 3600.0


def mark(*, case_id: str = "", reference: str = "", days: float = 1.0) -> dict[str, str]:
    made_at = (NOON + timedelta(days=days)).isoformat()
    return {"case_id": case_id, "reference": reference, "made_at": made_at}


def park(walk: Round, *names: str) -> Courier:
    """Let central refuse some cases; returns the courier that brought them."""
    walk.save(*names)
    walk.rows.refused = set(names)
    courier = walk.courier(FORGETTING)
    walk.walk(courier, walk.is_empty)
    return courier


def kept(walk: Round) -> list[str]:
    return [line.case_id for line in walk.store.cases()]


def test_a_parked_case_that_was_erased_at_central_is_deleted_with_its_ticket(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        courier = park(walk, "c1", "c2")
        walk.rows.tombstones = [mark(case_id="c1", days=0.01)]
        walk.walk(courier, lambda: bool(walk.told(CaseErased)))
        assert walk.told(CaseErased) == [CaseErased("c1")]
        assert kept(walk) == ["c2"]
        assert [job.case_id for job in walk.store.jobs_today(NOON.date())] == ["c2"]
        assert walk.store.is_sound()


def test_a_case_erased_while_the_terminal_was_away_for_a_week_is_deleted_when_it_is_back(
    tmp_path: Path,
) -> None:
    away = ["cut"] * 2000
    with on_round(tmp_path, lambda: away.pop() if away else "") as walk:
        walk.save("c1", "c2")
        walk.rows.refused = {"c1", "c2"}
        courier = walk.courier(FORGETTING)
        walk.walk(courier, lambda: walk.clock.seconds > 3600)
        walk.clock.seconds = 7 * DAY_S
        away.clear()
        walk.rows.tombstones = [mark(case_id="c1", days=2.0), mark(reference="ZZ-9999-Z", days=3.0)]
        assert len(walk.told(CentralDown)) == 1
        walk.walk(courier, lambda: bool(walk.told(CaseErased)))
        assert kept(walk) == ["c2"]
        (asked,) = [request for request in walk.rows.requests if "/tombstones" in request]
        assert asked.endswith("since=2026-04-30T12:00:00Z"), "from before its oldest case"


def test_a_case_that_never_came_to_central_is_deleted_by_the_reference_on_its_ticket(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        courier = park(walk, "c1", "c2")
        reference = walk.store.case("c2")[0].line.reference
        walk.rows.tombstones = [mark(reference=reference, days=0.01)]
        walk.walk(courier, lambda: bool(walk.told(CaseErased)))
        assert kept(walk) == ["c1"]


def test_a_reference_that_came_round_again_covers_no_later_case(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        courier = park(walk, "c1")
        walk.rows.tombstones = [mark(reference=walk.store.case("c1")[0].line.reference, days=-1.0)]
        walk.walk(courier, lambda: sum("/tombstones" in each for each in walk.rows.requests) > 2)
        assert kept(walk) == ["c1"]


def test_an_erasure_is_in_the_audit_and_its_bytes_are_gone_from_the_files(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        courier = park(walk, "c1")
        body = sealed_body(tmp_path, "c1")
        walk.rows.tombstones = [mark(case_id="c1", days=0.01)]
        walk.walk(courier, lambda: bool(walk.told(CaseErased)))
        over = walk.clock.seconds + 60
        walk.walk(courier, lambda: walk.clock.seconds > over)
        assert ("case-erased", "c1") in audited(tmp_path)
        assert all(body[-200:] not in file.read_bytes() for file in tmp_path.glob("kiosk.sqlite3*"))
        assert walk.store.is_sound(), "the audit is still one chain"


def test_the_outcome_of_a_ticket_that_was_being_printed_does_no_harm(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        courier = park(walk, "c1")
        (job,) = walk.store.jobs_today(NOON.date())
        walk.rows.tombstones = [mark(case_id="c1", days=0.01)]
        walk.walk(courier, lambda: bool(walk.told(CaseErased)))
        walk.store.job_done(job.job_id, Printed(), NOON)
        assert walk.store.is_sound()


def test_a_terminal_that_owes_nothing_does_not_ask(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save("c1")
        walk.walk(walk.courier(FORGETTING), lambda: walk.clock.seconds > 4000)
        assert not [request for request in walk.rows.requests if "/tombstones" in request]


def sealed_body(folder: Path, case_id: str) -> bytes:
    return bytes(asked(folder, f"SELECT body FROM outbox WHERE case_id = '{case_id}'")[0][0])  # noqa: S608


def audited(folder: Path) -> list[tuple[Any, ...]]:
    return asked(folder, "SELECT event, subject FROM audit")


def asked(folder: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(apsw.Connection(str(folder / "kiosk.sqlite3"))) as connection:
        return list(connection.execute(question))
