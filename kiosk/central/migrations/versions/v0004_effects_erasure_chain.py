"""Effects to hand on, leases, tombstones, retention, and an audit whose rows are chained by hashes.

Responsible for: chaining the rows that are there already, in their order.
Not responsible for: rows that come later (`kiosk.central.tables.journal`).
"""

import hashlib
import json
from datetime import UTC

from alembic import op
from sqlalchemy import Column, DateTime, Index, Integer, MetaData, String, Table, Text, insert, select

from kiosk.central import guards

revision = "0004"
down_revision = "0003"

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and chain the audit."""
    _effects()
    op.create_table(
        "leases",
        Column("name", String(40), primary_key=True),
        Column("holder", String(36), nullable=False),
        Column("ends_at", MOMENT, nullable=False),
    )
    op.create_table(
        "tombstones",
        Column("tombstone_id", String(36), primary_key=True),
        Column("case_id", String(64), nullable=False, index=True),
        Column("reference", String(40), nullable=False, index=True),
        Column("made_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "retention",
        Column("service", String(64), primary_key=True),
        Column("days", Integer, nullable=False),
    )
    _chain()


def _effects() -> None:
    op.create_table(
        "effects",
        Column("effect_id", String(36), primary_key=True),
        Column("kind", String(40), nullable=False),
        Column("subject", String(80), nullable=False, index=True),
        Column("payload", Text, nullable=False),
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("made_at", MOMENT, nullable=False),
        Column("next_at", MOMENT, nullable=False),
        Column("reason", String(300), nullable=False),
        Column("settled_at", MOMENT),
        Index("ix_effects_state_next_at", "state", "next_at"),
    )


def _chain() -> None:
    connection = op.get_bind()
    old = Table("audit", MetaData(), Column("seq", Integer), Column("at", MOMENT), Column("actor", String),
                Column("act", String), Column("subject", String))  # fmt: skip
    rows = connection.execute(select(old).order_by(old.c.seq)).all()
    op.drop_table("audit")
    new = op.create_table(
        "audit",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("at", MOMENT, nullable=False),
        Column("actor", String(100), nullable=False),
        Column("act", String(40), nullable=False),
        Column("subject", String(200), nullable=False),
        Column("hash", String(64), nullable=False),
    )
    before = "0" * 64
    for seq, row in enumerate(rows, 1):
        at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
        words = [before, seq, at.isoformat(timespec="microseconds"), row.actor, row.act, row.subject]
        before = hashlib.sha256(json.dumps(words).encode()).hexdigest()
        connection.execute(
            insert(new).values(seq=seq, at=at, actor=row.actor, act=row.act, subject=row.subject, hash=before)
        )
    for statement in guards.statements(connection.dialect.name, "audit"):
        op.execute(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
