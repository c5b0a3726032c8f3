"""How often somebody at the desk chose to stay signed in beyond the twelve hours.

Responsible for: a column.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Column, Integer, text

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column."""
    op.add_column("desk_sessions", Column("stays", Integer, nullable=False, server_default=text("0")))
