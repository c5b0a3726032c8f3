"""Who of the staff may say where events go and what visitors are told, and how sending to an address went.

Responsible for: columns; nobody has a right until an account is made for it.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, String, text

revision = "0011"
down_revision = "0010"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns."""
    for right in ("for_systems", "for_notices"):
        op.add_column("staff", Column(right, Boolean, nullable=False, server_default=text("false")))
    op.add_column("webhooks", Column("paused_at", MOMENT))
    op.add_column("webhooks", Column("tried_at", MOMENT))
    op.add_column("webhooks", Column("problem", String(300), nullable=False, server_default=""))
