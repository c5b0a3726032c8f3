"""Inserting a row unless it is there, and taking turns, on either database.

Responsible for: the statements in which SQLite and PostgreSQL differ.
Not responsible for: any table, or many rows at once (`kiosk.central.tables.many`).
"""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, text
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, **row: Any) -> bool:
    """Insert a row; False when a row with one of its unique values is there already."""
    return connection.execute(_once(table, tuple(row), connection.dialect.name), row).first() is not None


@cache
def _once(table: Table, names: tuple[str, ...], dialect: str) -> Insert:
    """Write the statement once, for the nonce of every request goes through it."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return insert.values(values).on_conflict_do_nothing().returning(*table.primary_key)


def replace(connection: Connection, table: Table, by: str, **row: Any) -> None:
    """Insert a row, or overwrite the one that has the same value in the column `by`."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rest = {name: value for name, value in row.items() if name != by}
    insert = dialect.insert(table).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=[table.c[by]], set_=rest))


def take_turns(connection: Connection, about: str) -> None:
    """Wait until no other transaction is at the same thing, and hold it to the end of this one.

    For what is read, decided and written where no row stands yet that could be locked. On SQLite writers
    take turns anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:about, 8311))"), {"about": about}
        )
