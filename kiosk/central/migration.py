"""Bringing a database to the tables of this version, and refusing one that is newer.

Responsible for: which version a database has, and running the steps that are missing, all or none of them.
Not responsible for: the steps themselves (`kiosk.central.migrations`).

A database made before steps were counted has the tables of the first step and no number: it is given one.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from kiosk.errors import StoreError

PLACE = Path(__file__).with_name("migrations")
UNNUMBERED = "0001"
_ONE_AT_A_TIME = 8311_0001  # the key of PostgreSQL's advisory lock: any number of processes may start at once


def bring_up_to_date(connection: Connection, to: str = "head") -> None:
    """Run the missing steps in the transaction that the caller has begun.

    Raises:
        StoreError: the database is newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
    config = _config(connection)
    _refuse_newer(connection)
    if version_of(connection) is None and inspect(connection).has_table("intake"):
        command.stamp(config, UNNUMBERED)
    command.upgrade(config, to)


def require_current(connection: Connection) -> None:
    """Let nobody work on a database whose tables are not those of this program.

    Raises:
        StoreError: the database is older or newer.
    """
    _refuse_newer(connection)
    if version_of(connection) != versions()[-1]:
        raise StoreError(
            "CENTRAL-006",
            "The database does not have the tables of this version yet.",
            "Run once: python -m kiosk central migrate --database ADDRESS",
        )


def version_of(connection: Connection) -> str | None:
    """Return the number of the last step that was run, or None when none was counted."""
    return MigrationContext.configure(connection).get_current_revision()


def versions() -> tuple[str, ...]:
    """Return the numbers of all steps, oldest first."""
    script = ScriptDirectory.from_config(_config(None))
    return tuple(step.revision for step in reversed(list(script.walk_revisions())))


def _refuse_newer(connection: Connection) -> None:
    found = version_of(connection)
    if found is not None and found not in versions():
        raise StoreError(
            "CENTRAL-007",
            f"The database is of a newer version of the kiosk (step {found}).",
            "Install that version again, or restore a backup from before it.",
        )


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(PLACE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
