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
    CTE,
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Dialect,
    Row,
    Select,
    String,
    Table,
    TableValuedAlias,
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
    union_all,
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
        return dialect.type_descriptor(postgresql.ARRAY(Text) if is_server(dialect) else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        """Give the database the list, in one order."""
        return sorted(value or ()) if is_server(dialect) else json.dumps(sorted(value or ()))


def is_server(dialect: Dialect) -> bool:
    """Say whether the database is a PostgreSQL."""
    return dialect.name == "postgresql"


def among(connection: Connection, name: ColumnElement[str], values: Collection[str]) -> ColumnElement[bool]:
    """Say that a column has one of these values."""
    return has_one_of(name, literal(values, Texts), server=is_server(connection.dialect))


def has_one_of(
    name: ColumnElement[str], values: ColumnElement[Collection[str]], *, server: bool
) -> ColumnElement[bool]:
    """As `among`, for queries that are written once."""
    if server:
        return name == any_(values)
    return name.in_(select(func.json_each(values).table_valued("value").c.value))


def found(
    connection: Connection, by: Column[str], values: Collection[str], *columns: ColumnElement[Any]
) -> Sequence[Row[Any]]:
    """Return the rows in which a column has one of these values: the columns named, or all."""
    query = _found(by, columns or tuple(by.table.c), server=is_server(connection.dialect))
    return connection.execute(query, {by.name: values}).all()


def found_by_either(
    connection: Connection,
    one: Column[str],
    values: Collection[str],
    other: Column[str],
    others: Collection[str],
) -> Sequence[Row[Any]]:
    """Return the rows in which one column or the other has one of its values; some may come twice."""
    query = _found_by_either(one, other, server=is_server(connection.dialect))
    return connection.execute(query, {one.name: values, other.name: others}).all()


@cache
def _found_by_either(one: Column[str], other: Column[str], *, server: bool) -> CompoundSelect[Any]:
    return union_all(*(_found(by, tuple(one.table.c), server=server) for by in (one, other)))


@cache
def _found(by: Column[str], columns: tuple[ColumnElement[Any], ...], *, server: bool) -> Select[Any]:
    """Write the query: PostgreSQL is told to look in the index once for each value.

    It keeps the plan that it made first, while the table may have been empty, until it has counted the rows.
    With a plain list that plan reads the whole table, at each batch of a long drain.
    """
    values = bindparam(by.name, type_=Texts)
    if not server:
        return select(*columns).where(has_one_of(by, values, server=False))
    wanted = func.unnest(values).table_valued("value").render_derived(name="wanted")
    one = select(*columns).where(by == wanted.c.value).offset(literal_column("0")).correlate(wanted)
    row = one.lateral("one")
    return select(*row.c).select_from(wanted.join(row, true()))


@dataclass(frozen=True, slots=True)
class Into:
    """Where values go.

    Attributes:
        columns: for each column of the table the name of the values that it gets.
        computed: for each further column what the database works out.
        in_order_of: the column by which a server writes: two transactions with the same rows then wait for
            one another, and not in a circle. Without it rows are written in the order in which they come.
    """

    table: Table
    columns: tuple[tuple[str, str], ...]
    computed: tuple[tuple[str, ColumnElement[Any]], ...] = ()
    in_order_of: str = ""

    @property
    def names(self) -> list[str]:
        """All columns that are written, in order."""
        return [name for name, _ in (*self.columns, *self.computed)]


def same(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return columns that get the values of their own name."""
    return tuple((name, name) for name in names)


@dataclass(frozen=True, slots=True)
class Every:
    """One value that every row has: it travels once."""

    value: Any


Values = Mapping[str, Sequence[Any] | Every]
"""Many rows by column: under each name as many values as there are rows, or one that all of them have."""


def every_or_each(values: Sequence[Any]) -> Sequence[Any] | Every:
    """Return the one value of a column whose rows all have the same, or the values as they are."""
    return Every(values[0]) if values.count(values[0]) == len(values) > 1 else values


def _rows_in(values: Values) -> int:
    return next(len(each) for each in values.values() if not isinstance(each, Every))


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows, all with the same columns, unless they are there; return how many were inserted."""
    if not rows:
        return 0
    names = tuple(each.name for each in table.c if each.name in rows[0])
    into, values = Into(table, same(names)), {name: [row[name] for row in rows] for name in names}
    if is_server(connection.dialect):
        return _insert_at_once(connection, (into,), values, be_ready=True)
    return _insert_each(connection, into, values)


def insert_new(connection: Connection, values: Values, *tables: Into) -> None:
    """Insert rows that were not there when this transaction looked, into one table or several.

    PostgreSQL gets one statement with all values of a name together, SQLite one for each table and row.
    Not having to be ready for a row that is there takes a quarter off the time of PostgreSQL.

    Raises:
        Raced: one of them is there by now. PostgreSQL says so by an error, which `faults` reads like this.
    """
    if is_server(connection.dialect):
        _insert_at_once(connection, tables, values)
        return
    for into in tables:
        if _insert_each(connection, into, values) < _rows_in(values):
            raise Raced


def _insert_each(connection: Connection, into: Into, values: Values) -> int:
    written, count = _for_each_row(into), _rows_in(values)
    columns = [_turned(values[name], turn, count) for name, turn in written.values]
    return connection.exec_driver_sql(written.sql, list(zip(*columns, strict=True))).rowcount


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement for one row; for each of its values the name, and what makes of it what the file keeps."""

    sql: str
    values: tuple[tuple[str, Callable[[Any], Any] | None], ...]


@cache
def _for_each_row(into: Into) -> _Written:
    """Write the statement once: going through SQLAlchemy with each row costs as much as SQLite itself."""
    dialect, names = sqlite.dialect(), dict(into.columns)
    given = {own: bindparam(own, type_=into.table.c[own].type) for own in names}
    statement = sqlite.insert(into.table).values({**given, **dict(into.computed)}).on_conflict_do_nothing()
    compiled = statement.compile(dialect=dialect)
    turns = {own: each.type.dialect_impl(dialect).bind_processor(dialect) for own, each in given.items()}
    values = tuple((names[own], turns[own]) for own in compiled.positiontup or ())
    return _Written(str(compiled), values)


def _turned(values: Sequence[Any] | Every, turn: Callable[[Any], Any] | None, count: int) -> Sequence[Any]:
    """Turn each different value once: most rows of a batch have the same moments."""
    if isinstance(values, Every):
        return [values.value if turn is None else turn(values.value)] * count
    if turn is None:
        return values
    turned = {value: turn(value) for value in set(values)}
    return [turned[value] for value in values]


SEPARATOR = "\x1f"
"""Between texts that travel as one: no JSON has it, nor any name. What has it goes as an array."""


def _insert_at_once(
    connection: Connection, tables: tuple[Into, ...], values: Values, *, be_ready: bool = False
) -> int:
    """Insert by one statement, texts joined: an array of them costs the driver a look at each."""
    given, alike = {}, set()
    joined = set()
    for name, type_ in _types_of(tables).items():
        value = values[name]
        if isinstance(value, Every):
            alike.add(name)
            given[name] = value.value
        elif isinstance(type_, String) and (text := _joined(value)) is not None:
            joined.add(name)
            given[name] = text
        else:
            given[name] = value
    statement = _from_columns(tables, frozenset(joined), frozenset(alike), be_ready=be_ready)
    return connection.execute(statement, given).rowcount


def _joined(texts: Sequence[str]) -> str | None:
    """Return texts as one, or None where that would be read as another number of them."""
    text = SEPARATOR.join(texts)
    return text if text.count(SEPARATOR) == len(texts) - 1 > 0 else None


@cache
def _types_of(tables: tuple[Into, ...]) -> dict[str, TypeEngine[Any]]:
    return {name: into.table.c[own].type for into in tables for own, name in into.columns}


@cache
def _from_columns(
    tables: tuple[Into, ...], joined: frozenset[str], alike: frozenset[str], *, be_ready: bool
) -> postgresql.Insert:
    """Write one statement that spreads the same rows over all of these tables."""
    types = _types_of(tables)
    each = {name: type_ for name, type_ in types.items() if name not in alike}
    spread = [_array(name, type_, joined=name in joined) for name, type_ in each.items()]
    rows: TableValuedAlias = func.unnest(*spread).table_valued(*map(column, each)).render_derived()
    same_in_all = (bindparam(name, type_=types[name]).label(name) for name in sorted(alike))
    source = select(*rows.c, *same_in_all).cte("given")
    first, *others = (_insert_from(source, into) for into in tables)
    first = first.on_conflict_do_nothing() if be_ready else first
    return first.add_cte(*(each.cte(f"also_{number}") for number, each in enumerate(others)))


def _array(name: str, type_: TypeEngine[Any], *, joined: bool) -> ColumnElement[Any]:
    if joined:
        return func.string_to_array(bindparam(name, type_=Text), literal_column(f"chr({ord(SEPARATOR)})"))
    return bindparam(name, type_=postgresql.ARRAY(type_))


def _insert_from(source: CTE, into: Into) -> postgresql.Insert:
    taken = (source.c[name] for _, name in into.columns)
    query = select(*taken, *(value for _, value in into.computed)).select_from(source)
    if into.in_order_of:
        query = query.order_by(source.c[into.in_order_of])
    return postgresql.insert(into.table).from_select(into.names, query)
