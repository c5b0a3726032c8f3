"""What Alembic runs around the steps: they are all in the transaction that the caller began.

Responsible for: handing the caller's connection on.
Not responsible for: opening it (`kiosk.central.migration`).
"""

from alembic import context

from kiosk.central import schema_bundles as _bundles  # noqa: F401 - as below
from kiosk.central import schema_outward as _outward  # noqa: F401 - its tables belong to the same schema
from kiosk.central import schema_upkeep as _upkeep  # noqa: F401 - as above
from kiosk.central import schema_uploads as _uploads  # noqa: F401 - as above
from kiosk.central.schema import SCHEMA

context.configure(connection=context.config.attributes["connection"], target_metadata=SCHEMA)
with context.begin_transaction():
    context.run_migrations()
