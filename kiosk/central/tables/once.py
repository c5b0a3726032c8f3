"""Inserting a row unless it is there, on either database.

Responsible for: the one statement in which SQLite and PostgreSQL differ.
Not responsible for: any table.
"""

from typing import Any

from sqlalchemy import Connection, Table
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
