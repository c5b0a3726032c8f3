"""Who of the staff may find, hand out and erase all that is kept of a person.

Responsible for: a column; nobody may until an account is made for it.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Boolean, Column, text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column."""
    op.add_column("staff", Column("for_people", Boolean, nullable=False, server_default=text("false")))
