"""What other systems say to central, and how far a case has come.

Responsible for: keys, published services and requests of Open311, and the statuses of cases.
Not responsible for: what is handed on to other systems.
"""

from alembic import op
from sqlalchemy import Column, DateTime, String, Text, UniqueConstraint

revision = "0002"
down_revision = "0001"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of other systems."""
    op.create_table(
        "open311_keys",
        Column("label", String(40), primary_key=True),
        Column("key_hash", String(64), nullable=False, unique=True),
        Column("made_at", MOMENT, nullable=False),
        Column("revoked_at", MOMENT),
    )
    op.create_table(
        "open311_services",
        Column("service", String(64), primary_key=True),
        Column("document", Text, nullable=False),
    )
    op.create_table(
        "open311_requests",
        Column("case_id", String(64), primary_key=True),
        Column("label", String(40), nullable=False),
        Column("own_id", String(200), nullable=False),
        Column("fingerprint", String(64), nullable=False),
        UniqueConstraint("label", "own_id"),
    )
    op.create_table(
        "case_statuses",
        Column("case_id", String(64), primary_key=True),
        Column("status", String(40), nullable=False),
        Column("notes", String(300), nullable=False),
        Column("updated_at", MOMENT, nullable=False, index=True),
    )
