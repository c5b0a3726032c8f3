"""In which order a visitor gave what is attached: pages of one letter are read one after the other.

Responsible for: a column; of what came before nobody knows the order.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Column, Integer, text

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column."""
    op.add_column("attachments", Column("place", Integer, nullable=False, server_default=text("0")))
