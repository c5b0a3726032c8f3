"""From every old version the steps lead to exactly the tables of the code, and a newer one is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from kiosk.central import migration, sqlite
from kiosk.central.database import migrate, open_database
from kiosk.central.schema import SCHEMA
from kiosk.central.server import ServerDatabase
from kiosk.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.central.cluster import Cluster

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname, pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
}


@pytest.fixture
def empty(request: pytest.FixtureRequest, database: str) -> Iterator[str]:
    """Give the address of a database without any table."""
    if not database.startswith("postgresql"):
        yield database
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.new_database()
    try:
        yield cluster.address(name)
    finally:
        cluster.drop(name)


def on(address: str, work: Any) -> Any:
    """Run work on a database as it is, in a transaction."""
    if address.startswith("postgresql"):
        server = ServerDatabase(make_url(address))
        try:
            return server.write_now(work)
        finally:
            asyncio.run(server.close())
    engine = create_engine(address, module=sqlite)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        result = work(connection)
        connection.commit()
    engine.dispose()
    return result


def shape(connection: Connection) -> dict[str, Any]:
    """Describe all that a database holds but its rows."""
    look = inspect(connection)
    found: dict[str, Any] = {}
    for table in sorted(set(look.get_table_names()) - {"alembic_version"}):
        found[table] = {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"], bool(each.get("autoincrement")))
                for each in look.get_columns(table)
            },
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(str(each["column_names"]) for each in look.get_unique_constraints(table)),
            "foreign": sorted(str(each["constrained_columns"]) for each in look.get_foreign_keys(table)),
            "indexes": sorted(f"{each['name']} {each['column_names']}" for each in look.get_indexes(table)),
        }
    rows = connection.execute(text(TRIGGERS[connection.dialect.name]))
    found["triggers"] = sorted((row[0].lower(), " ".join(row[1].lower().split())) for row in rows)
    return found


def wanted_shape(empty: str) -> dict[str, Any]:
    def make(connection: Connection) -> dict[str, Any]:
        SCHEMA.create_all(connection)
        made = shape(connection)
        connection.rollback()
        return made

    return dict(on(empty, make))


@pytest.mark.parametrize("version", migration.versions())
def test_from_every_old_version_the_steps_lead_to_exactly_the_tables_of_the_code(
    empty: str, version: str
) -> None:
    wanted = wanted_shape(empty)
    on(empty, lambda c: migration.bring_up_to_date(c, to=version))
    migrate(empty)
    assert on(empty, shape) == wanted
    assert on(empty, migration.version_of) == migration.versions()[-1]


def test_the_comparison_finds_a_step_that_forgets_an_index(empty: str) -> None:
    wanted = wanted_shape(empty)
    migrate(empty)
    on(empty, lambda c: c.execute(text("DROP INDEX ix_cases_reference")))
    assert on(empty, shape) != wanted


def test_the_steps_have_one_line_of_numbers() -> None:
    numbers = [f"{number:04}" for number in range(1, len(migration.versions()) + 1)]
    assert list(migration.versions()) == numbers


def test_a_database_from_before_steps_were_counted_is_given_its_number(empty: str) -> None:
    on(empty, lambda c: migration.bring_up_to_date(c, to="0001"))
    on(empty, lambda c: c.execute(text("DROP TABLE alembic_version")))
    migrate(empty)
    assert on(empty, migration.version_of) == migration.versions()[-1]


def test_a_newer_database_is_refused_and_left_as_it_is(empty: str) -> None:
    migrate(empty)
    on(empty, lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    for attempt in (migrate, open_database):
        with pytest.raises(StoreError, match="CENTRAL-007"):
            attempt(empty)
    assert on(empty, migration.version_of) == "9999"


def test_a_step_that_fails_leaves_nothing_behind(empty: str) -> None:
    def fail(connection: Connection) -> None:
        migration.bring_up_to_date(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        on(empty, fail)
    assert on(empty, lambda c: inspect(c).get_table_names()) == []


def test_a_server_that_was_not_migrated_names_the_command(cluster: Cluster) -> None:
    name = cluster.new_database()
    try:
        with pytest.raises(StoreError, match="CENTRAL-006") as refused:
            open_database(cluster.address(name))
        assert "migrate" in refused.value.do
    finally:
        cluster.drop(name)


@pytest.mark.parametrize("setting", ["synchronous_commit", "fsync", "full_page_writes"])
def test_a_server_that_would_forget_is_refused(cluster: Cluster, template: str, setting: str) -> None:
    name = cluster.new_database(template)
    cluster.sql(f"ALTER SYSTEM SET {setting} = off")
    cluster.sql("SELECT pg_reload_conf()")
    try:
        with pytest.raises(StoreError, match="CENTRAL-009"):
            open_database(cluster.address(name))
    finally:
        cluster.sql(f"ALTER SYSTEM RESET {setting}")
        cluster.sql("SELECT pg_reload_conf()")
        cluster.drop(name)


def test_a_server_that_is_away_is_told_in_our_words() -> None:
    with pytest.raises(StoreError, match="CENTRAL-012"):
        open_database("postgresql://nobody@127.0.0.1:1/nothing")
