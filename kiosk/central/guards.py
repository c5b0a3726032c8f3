"""Triggers with which the database itself refuses to change what is only ever added to.

Responsible for: their text on SQLite and PostgreSQL.
Not responsible for: which tables have them (`kiosk.central.schema`, and the steps of `migrations`).
"""

_SQLITE = (
    "CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} BEGIN"
    " SELECT RAISE(ABORT, '{table} is only added to'); END"
)
_POSTGRESQL = (
    "CREATE FUNCTION {table}_no_{act}() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN RAISE EXCEPTION '{table} is only added to'; END$$",
    "CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} EXECUTE FUNCTION {table}_no_{act}()",
)


def statements(dialect: str, table: str) -> tuple[str, ...]:
    """Return the statements that guard a table, one at a time, on ``sqlite`` or ``postgresql``."""
    texts = _POSTGRESQL if dialect == "postgresql" else (_SQLITE,)
    return tuple(text.format(table=table, act=act) for act in ("UPDATE", "DELETE") for text in texts)
