"""Inserting a row unless it is there, and taking turns, on either database.

Responsible for: the statements in which SQLite and PostgreSQL differ.
Not responsible for: any table.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
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
    names = tuple(each.name for each in table.c if each.name in rows[0])
    if connection.dialect.name == "postgresql":
        arrays = {name: [row[name] for row in rows] for name in names}
        return connection.execute(_from_arrays(table, names), arrays).rowcount
    written = _for_each_row(table, names)
    columns = [map(written.turn.get(name, _as_it_is), [row[name] for row in rows]) for name in names]
    return connection.exec_driver_sql(written.sql, list(zip(*columns, strict=True))).rowcount


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement for one row, and how the values of some columns are turned into what the file keeps."""

    sql: str
    turn: Mapping[str, Callable[[Any], Any]]


@cache
def _for_each_row(table: Table, names: tuple[str, ...]) -> _Written:
    """Write the statement once: going through SQLAlchemy with each row costs as much as SQLite itself."""
    dialect = sqlite.dialect()
    statement = sqlite.insert(table).values({name: bindparam(name) for name in names})
    compiled = statement.on_conflict_do_nothing().compile(dialect=dialect)
    turn = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    return _Written(str(compiled), {name: each for name, each in turn.items() if each is not None})


def _as_it_is(value: Any) -> Any:
    return value


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
