"""Telling other systems: events of cases, webhooks, and cases on their way to back offices.

Responsible for: the tables of what central tells.
Not responsible for: effects, which are made by the step before.
"""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, Integer, String

revision = "0005"
down_revision = "0004"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "case_events",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("tx", BigInteger, nullable=False),
        Column("event_id", String(36), nullable=False, unique=True),
        Column("kind", String(40), nullable=False),
        Column("case_id", String(64), nullable=False),
        Column("at", MOMENT, nullable=False),
        Column("status", String(40), nullable=False),
        Index("ix_case_events_tx_seq", "tx", "seq"),
    )
    op.create_table(
        "webhooks",
        Column("label", String(40), primary_key=True),
        Column("url", String(2000), nullable=False),
        Column("secret", String(100), nullable=False),
        Column("made_at", MOMENT, nullable=False),
        Column("ended_at", MOMENT),
    )
    _offices()


def _offices() -> None:
    op.create_table(
        "handovers",
        Column("case_id", String(64), primary_key=True),
        Column("office", String(40), primary_key=True),
        Column("stand", String(16), nullable=False, index=True),
        Column("request_id", String(200), nullable=False, index=True),
        Column("token", String(200), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("maybe_there", Boolean, nullable=False),
        Column("first_at", MOMENT),
        Column("sent_at", MOMENT),
        Column("next_at", MOMENT),
        Column("problem", String(300), nullable=False),
    )
    op.create_table(
        "offices",
        Column("office", String(40), primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("open_until", MOMENT),
        Column("asked_at", MOMENT),
        Column("updates_at", MOMENT),
    )
    op.create_table(
        "office_updates",
        Column("office", String(40), primary_key=True),
        Column("update_id", String(100), primary_key=True),
    )
