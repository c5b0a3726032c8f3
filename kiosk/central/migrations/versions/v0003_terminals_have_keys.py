"""Terminals sign with a key of their own instead of showing a token.

Responsible for: the key of each terminal, and what was used once in a signature.
Not responsible for: terminals that were paired by token: they have no key, and are paired again.
"""

from alembic import op
from sqlalchemy import Column, DateTime, String, Text

revision = "0003"
down_revision = "0002"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Give terminals keys."""
    op.drop_table("terminals")
    op.create_table(
        "terminals",
        Column("terminal", String(63), primary_key=True),
        Column("enrolment", String(36), nullable=False),
        Column("public_key", String(64), nullable=False),
        Column("paired_at", MOMENT, nullable=False),
        Column("revoked_at", MOMENT),
        Column("heard_at", MOMENT),
        Column("facts", Text, nullable=False),
        Column("peer", String(45), nullable=False),
    )
    op.create_table(
        "nonces",
        Column("terminal", String(63), primary_key=True),
        Column("nonce", String(64), primary_key=True),
        Column("at", MOMENT, nullable=False, index=True),
    )
