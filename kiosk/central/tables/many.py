"""Statements that serve many rows at once, on either database, each written once.

Responsible for: that a hundred rows cost about as many statements as one, and that those statements find
their rows by an index.
Not responsible for: any table.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Select,
    Table,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from kiosk.central.faults import Raced


class Texts(TypeDecorator[Collection[str]]):
    """Any number of texts as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose what the database has for lists."""
        return dialect.type_descriptor(postgresql.ARRAY(Text) if _is_server(dialect) else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        """Give the database the list, in one order."""
        return sorted(value or ()) if _is_server(dialect) else json.dumps(sorted(value or ()))


def _is_server(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def among(connection: Connection, name: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """Say that a column has one of these values."""
    return _among(name, literal(values, Texts), server=_is_server(connection.dialect))


def _among(
    name: ColumnElement[str], values: ColumnElement[Collection[str]], *, server: bool
) -> ColumnElement[bool]:
    if server:
        return name == any_(values)
    return name.in_(select(func.json_each(values).table_valued("value").c.value))


def found(
    connection: Connection, by: Column[str], values: Collection[str], *columns: ColumnElement[Any]
) -> Sequence[Row[Any]]:
    """Return the rows in which a column has one of these values: the columns named, or all."""
    query = _found(by, columns or tuple(by.table.c), server=_is_server(connection.dialect))
    return connection.execute(query, {"values": values}).all()


@cache
def _found(by: Column[str], columns: tuple[ColumnElement[Any], ...], *, server: bool) -> Select[Any]:
    """Write the query: PostgreSQL is told to look in the index once for each value.

    It keeps the plan that it made first, while the table may have been empty, until it has counted the rows.
    With a plain list that plan reads the whole table, at each batch of a long drain.
    """
    values = bindparam("values", type_=Texts)
    if not server:
        return select(*columns).where(_among(by, values, server=False))
    wanted = func.unnest(values).table_valued("value").render_derived(name="wanted")
    one = select(*columns).where(by == wanted.c.value).offset(literal_column("0")).correlate(wanted)
    row = one.lateral("one")
    return select(*row.c).select_from(wanted.join(row, true()))


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows, all with the same columns, unless they are there; return how many were inserted.

    PostgreSQL gets one statement with an array for each column, SQLite one that is run for each row.
    """
    if not rows:
        return 0
    names = tuple(each.name for each in table.c if each.name in rows[0])
    if _is_server(connection.dialect):
        statement = _from_arrays(table, names, ()).on_conflict_do_nothing()
        return connection.execute(statement, _arrays(rows, names)).rowcount
    return _insert_each(connection, table, rows, names)


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], **computed: ColumnElement[Any]
) -> None:
    """Insert rows that were not there when this transaction looked; all with the same columns.

    PostgreSQL writes them in three quarters of the time when it need not be ready for one that is there.
    `computed` are columns that a server works out itself.

    Raises:
        Raced: one of them is there by now. PostgreSQL says so by an error, which `faults` reads like this.
    """
    if not rows:
        return
    names = tuple(each.name for each in table.c if each.name in rows[0])
    if _is_server(connection.dialect):
        statement = _from_arrays(table, names, tuple(computed.items()))
        connection.execute(statement, _arrays(rows, names))
    elif _insert_each(connection, table, rows, names) < len(rows):
        raise Raced


def _arrays(rows: Sequence[Mapping[str, Any]], names: tuple[str, ...]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in names}


def _insert_each(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], names: tuple[str, ...]
) -> int:
    written = _for_each_row(table, names)
    columns = [_turned([row[name] for row in rows], written.turn.get(name)) for name in names]
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


def _turned(values: list[Any], turn: Callable[[Any], Any] | None) -> list[Any]:
    """Turn each different value once: most rows of a batch have the same moments."""
    if turn is None:
        return values
    turned = {value: turn(value) for value in set(values)}
    return [turned[value] for value in values]


@cache
def _from_arrays(
    table: Table, names: tuple[str, ...], computed: tuple[tuple[str, ColumnElement[Any]], ...]
) -> postgresql.Insert:
    arrays = [bindparam(name, type_=postgresql.ARRAY(table.c[name].type)) for name in names]
    source = func.unnest(*arrays).table_valued(*(column(name) for name in names)).render_derived()
    values = select(*(source.c[name] for name in names), *(value for _, value in computed))
    columns = [*names, *(name for name, _ in computed)]
    return postgresql.insert(table).from_select(columns, values)
