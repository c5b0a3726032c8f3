"""Inserting a row unless it is there, and taking turns, on either database.

Responsible for: the statements in which SQLite and PostgreSQL differ.
Not responsible for: any table.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, **row: Any) -> bool:
    """Insert a row; False when a row with one of its unique values is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).values(**row).on_conflict_do_nothing()
    return connection.execute(insert.returning(*table.primary_key)).first() is not None


def replace(connection: Connection, table: Table, by: str, **row: Any) -> None:
    """Insert a row, or overwrite the one that has the same value in the column `by`."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rest = {name: value for name, value in row.items() if name != by}
    insert = dialect.insert(table).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=[table.c[by]], set_=rest))


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows, all with the same columns, unless they are there; return how many were inserted.

    PostgreSQL gets one statement with an array for each column, SQLite one that is run for each row.
    """
    if not rows:
        return 0
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        arrays = {name: [row[name] for row in rows] for name in names}
        return connection.execute(_from_arrays(table, names), arrays).rowcount
    statement = sqlite.insert(table).on_conflict_do_nothing()
    return connection.execute(statement, [dict(row) for row in rows]).rowcount


@cache
def _from_arrays(table: Table, names: tuple[str, ...]) -> postgresql.Insert:
    arrays = [bindparam(name, type_=postgresql.ARRAY(table.c[name].type)) for name in names]
    source = func.unnest(*arrays).table_valued(*(column(name) for name in names)).render_derived()
    values = select(*(source.c[name] for name in names))
    return postgresql.insert(table).from_select(names, values).on_conflict_do_nothing()


def among(connection: Connection, name: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """Say that a column has one of these values."""
    if connection.dialect.name == "postgresql":
        return name == any_(literal(sorted(values), postgresql.ARRAY(Text)))
    return name.in_(sorted(values))


def take_turns(connection: Connection, about: str) -> None:
    """Wait until no other transaction is at the same thing, and hold it to the end of this one.

    For what is read, decided and written where no row stands yet that could be locked. On SQLite writers
    take turns anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:about, 8311))"), {"about": about}
        )
