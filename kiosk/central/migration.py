"""Bringing a database to the tables of this version.

Responsible for: running what is missing, at start, before anything is read.
Not responsible for: the steps themselves.
"""

from sqlalchemy import Engine

from kiosk.central import schema_outward as _outward  # noqa: F401 - its tables belong to the same schema
from kiosk.central.schema import SCHEMA


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables that are missing."""
    with engine.connect() as connection:
        SCHEMA.create_all(connection)
        connection.commit()
