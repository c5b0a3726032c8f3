"""A drain stays cheap: what every batch asks is found by index; nothing is written that nobody waits for."""

from __future__ import annotations

import asyncio
import json
import uuid
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Column, Connection, bindparam, select, text
from sqlalchemy.dialects.postgresql import asyncpg

from kiosk.central.api import terminal
from kiosk.central.bodies import Reading
from kiosk.central.database import Database, open_database
from kiosk.central.faults import Raced
from kiosk.central.intake import Intake, Sender
from kiosk.central.schema import cases, intake, nonces, refusals, services
from kiosk.central.schema_outward import case_events
from kiosk.central.schema_upkeep import effects, tombstones
from kiosk.central.settings import new_id, new_ids
from kiosk.central.tables import cases as case_rows
from kiosk.central.tables import events, many, webhooks
from kiosk.central.wire.terminal import Item
from tests.central.room import case_item, upkeep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.central.cluster import Cluster
    from tests.central.room import Central

ASKED = [intake.c.key, cases.c.case_id, tombstones.c.case_id, tombstones.c.reference, case_events.c.event_id]


@pytest.fixture
def server(cluster: Cluster, template: str) -> Iterator[str]:
    name = cluster.new_database(template)
    yield cluster.address(name)
    cluster.drop(name)


def kept_plan(server: str, query: Any) -> str:
    """Return the plan that PostgreSQL makes for any values while a table is empty, and keeps."""
    sql = str(query.compile(dialect=asyncpg.dialect()))  # type: ignore[no-untyped-call]

    def explained(connection: Connection) -> str:
        connection.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        connection.exec_driver_sql(f"PREPARE asked (text[]) AS {sql}")
        lines = connection.exec_driver_sql("EXPLAIN EXECUTE asked (ARRAY['a', 'b'])").scalars().all()
        connection.exec_driver_sql("DEALLOCATE asked")
        return "\n".join(lines)

    plan: str = _at(server, explained)
    return plan


def _at(address: str, work: Any) -> Any:
    database: Database = open_database(address)
    try:
        return database.write_now(work)
    finally:
        asyncio.run(database.close())


@pytest.mark.parametrize("column", ASKED, ids=str)
def test_a_plan_that_was_made_while_the_table_was_empty_looks_in_the_index(
    server: str, column: Column[str]
) -> None:
    plan = kept_plan(server, many._found(column, (column,), server=True))
    assert f"on {column.table.name}" in plan
    assert f"Seq Scan on {column.table.name}" not in plan, plan


def test_the_proof_finds_a_plain_list_that_would_read_the_whole_table(server: str) -> None:
    asked = many.has_one_of(intake.c.key, bindparam("key", type_=many.Texts), server=True)
    assert "Seq Scan on intake" in kept_plan(server, select(intake.c.key).where(asked))


def test_bodies_are_packed_by_the_quick_method(server: str) -> None:
    how = text(
        "SELECT attcompression FROM pg_attribute WHERE attrelid = 'cases'::regclass AND attname = 'body'"
    )
    assert _at(server, lambda c: c.execute(how).scalar_one()) in {"l", b"l"}


def count(central: Central, table: Any) -> int:
    return len(central.ground.database.write_now(lambda c: c.execute(select(table)).all()))


def refused(central: Central) -> list[str]:
    found = central.ground.database.write_now(lambda c: case_rows.latest_refusals(c, 9))
    return [each.key for each in found]


def test_what_nobody_is_to_be_told_is_not_put_down_to_be_told(central: Central) -> None:
    central.pair()
    central.deliver(case_item(), case_item())
    assert (count(central, case_events), count(central, effects)) == (2, 0)
    at = central.clock.now
    central.ground.database.write_now(lambda c: webhooks.add(c, "crm", "https://crm.example", "whsec_x", at))
    central.deliver(case_item(), case_item())
    (effect,) = central.ground.database.write_now(lambda c: c.execute(select(effects)).all())
    assert effect.kind == events.ANNOUNCE
    assert len(json.loads(effect.payload)["event_ids"]) == 2


def test_what_the_settings_tell_is_put_down_without_any_webhook(central: Central) -> None:
    ground = central.ground
    told = Intake(ground.chance, Reading(ground.keys.opener), told=True)
    item, sender = Item(**case_item()), Sender("lobby-1", central.clock.now)
    ground.database.write_now(lambda c: told.take(c, sender, item))
    assert count(central, effects) == 1


def test_a_refusal_that_was_taken_after_all_is_in_no_list_and_soon_gone(central: Central) -> None:
    central.pair()
    item = case_item()
    central.ask("PUT", "/services/council-tax", accepting=False)
    assert central.deliver(item)[0]["status"] == "rejected"
    assert refused(central) == [item["key"]]
    central.ask("PUT", "/services/council-tax", accepting=True)
    assert central.deliver(item)[0]["status"] == "created"
    assert refused(central) == []
    upkeep(central)
    assert count(central, refusals) == 0


def test_nonces_are_forgotten_when_they_are_too_old_to_be_used_again(central: Central) -> None:
    central.pair()
    central.deliver(case_item())
    central.clock.pass_by(minutes=10)
    upkeep(central)
    central.deliver(case_item())
    assert count(central, nonces) == 2
    central.clock.pass_by(minutes=6)
    upkeep(central)
    assert count(central, nonces) == 1


def test_a_token_that_was_read_before_is_over_in_time_all_the_same(central: Central) -> None:
    headers = central.pair()
    batch = {"batch_id": "b", "items": [case_item()]}
    assert central.browser.post("/v1/terminals/lobby-1/batches", headers=headers, json=batch).is_success
    central.clock.pass_by(days=31)
    answer = central.browser.post("/v1/terminals/lobby-1/batches", headers=headers, json=batch)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/token-over")


def test_a_connection_that_the_server_dropped_a_moment_ago_is_not_used(
    central: Central, cluster: Cluster
) -> None:
    central.pair()
    central.deliver(case_item())
    cluster.sql(
        "SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    assert central.deliver(case_item())[0]["status"] == "created"


def test_the_proof_finds_a_service_that_believes_in_every_connection(
    central: Central, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    if database.startswith("sqlite"):
        return
    monkeypatch.setattr("asyncpg.Connection.is_closed", lambda _connection: False)
    with pytest.raises(AssertionError):
        test_a_connection_that_the_server_dropped_a_moment_ago_is_not_used(central, cluster)


def test_a_batch_of_new_cases_is_taken_without_looking_for_them(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    central.pair()
    monkeypatch.delattr(case_rows, "records")
    assert [each["status"] for each in central.deliver(case_item(), case_item())] == ["created", "created"]


def test_a_batch_with_a_known_case_among_new_ones_is_told_apart_by_looking(central: Central) -> None:
    central.pair()
    known, other = case_item(), case_item()
    central.deliver(known)
    assert [each["status"] for each in central.deliver(other, known, case_item())] == [
        "created",
        "duplicate",
        "created",
    ]
    assert count(central, cases) == 3


def test_the_proof_finds_a_central_that_never_looks(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "count", lambda: repeat(0))
    with pytest.raises((AssertionError, KeyError, Raced)):
        test_a_batch_with_a_known_case_among_new_ones_is_told_apart_by_looking(central)


@pytest.mark.parametrize("word", ["", "a", "a\x1fb", "\x1f"])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_any_texts_are_put_in_as_they_are(central: Central, word: str, rows: int) -> None:
    new = [
        {"service": f"s-{n}", "title": word, "queue": "", "accepting": True, "reason": word}
        for n in range(rows)
    ]
    put = central.ground.database.write_now(lambda c: many.insert_all(c, services, new))
    kept = central.ground.database.write_now(lambda c: c.execute(select(services)).all())
    assert put == rows
    assert sorted((row.service, row.title, row.reason) for row in kept) == [
        (each["service"], word, word) for each in new
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_value_that_every_row_has_is_put_into_every_row(central: Central, rows: int) -> None:
    into = many.Into(services, many.same([each.name for each in services.c]))
    names = [f"s-{n}" for n in range(rows)]
    alike = {"queue": "A", "accepting": False, "reason": "closed"}
    given: many.Values = {
        "service": names,
        "title": names,
        **{name: many.Every(value) for name, value in alike.items()},
    }
    central.ground.database.write_now(lambda c: many.insert_new(c, given, into))
    kept = central.ground.database.write_now(lambda c: c.execute(select(services)).mappings().all())
    assert sorted(map(dict, kept), key=itemgetter("service")) == [
        {"service": name, "title": name, **alike} for name in names
    ]


def test_identifiers_that_are_drawn_together_are_different_and_in_order() -> None:
    drawn = new_ids(200)
    assert drawn == sorted(set(drawn))
    assert {(uuid.UUID(each).version, uuid.UUID(each).variant) for each in drawn} == {(7, uuid.RFC_4122)}
    assert max(drawn) < new_id_after(drawn[0])


def new_id_after(earlier: str) -> str:
    """Draw until a millisecond has gone by."""
    while (drawn := new_id())[:13] == earlier[:13]:
        pass
    return drawn


def test_the_identifiers_of_a_batch_are_in_the_order_of_its_cases(central: Central) -> None:
    central.pair()
    given = [each["central_id"] for each in central.deliver(*(case_item() for _ in range(5)))]
    assert given == sorted(given)
