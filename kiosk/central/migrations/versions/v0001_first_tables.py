"""The tables of the first version.

Responsible for: cases with their idempotency records, appointments, orders, services, people, history, audit.
Not responsible for: what later steps add.
"""

from alembic import op
from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, String, Text

from kiosk.central import guards

revision = "0001"
down_revision = None

MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Make every table of the first version."""
    _terminals()
    _cases()
    _appointments()
    _services_and_people()
    _journals()
    for table in ("history", "audit", "intake"):
        for statement in guards.statements(op.get_context().dialect.name, table):
            op.execute(statement)


def _terminals() -> None:
    op.create_table(
        "terminals",
        Column("terminal", String(63), primary_key=True),
        Column("token_hash", String(64), nullable=False, unique=True),
        Column("paired_at", MOMENT, nullable=False),
        Column("revoked_at", MOMENT),
        Column("heard_at", MOMENT),
        Column("facts", Text, nullable=False),
    )
    op.create_table(
        "pairing_codes",
        Column("code_hash", String(64), primary_key=True),
        Column("terminal", String(63), nullable=False),
        Column("made_at", MOMENT, nullable=False),
        Column("ends_at", MOMENT, nullable=False),
        Column("used_at", MOMENT),
    )


def _cases() -> None:
    op.create_table(
        "intake",
        Column("key", String(200), primary_key=True),
        Column("sha256", String(64), nullable=False),
        Column("central_id", String(36), nullable=False, unique=True),
        Column("terminal", String(63), nullable=False),
        Column("received_at", MOMENT, nullable=False),
    )
    op.create_table(
        "cases",
        Column("central_id", String(36), primary_key=True),
        Column("case_id", String(64), nullable=False, unique=True),
        Column("terminal", String(63), nullable=False),
        Column("reference", String(40), nullable=False, index=True),
        Column("service", String(64), nullable=False),
        Column("language", String(20), nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Column("received_at", MOMENT, nullable=False, index=True),
        Column("queue", String(8), nullable=False),
        Column("queue_number", String(16), nullable=False),
        Column("appointment_id", String(64), nullable=False),
        Column("body", Text, nullable=False),
    )
    op.create_index("ix_cases_service_received_at", "cases", ["service", "received_at"])
    op.create_table(
        "refusals",
        Column("key", String(200), primary_key=True),
        Column("terminal", String(63), nullable=False),
        Column("refused_at", MOMENT, nullable=False, index=True),
        Column("status", String(16), nullable=False),
        Column("problem", Text, nullable=False),
    )


def _appointments() -> None:
    op.create_table(
        "appointments",
        Column("appointment_id", String(36), primary_key=True),
        Column("reference", String(40), nullable=False, unique=True),
        Column("full_name", String(200), nullable=False),
        Column("birth_date", Date),
        Column("starts_at", MOMENT, nullable=False),
        Column("day", Date, nullable=False, index=True),
        Column("service", String(64), nullable=False),
        Column("queue", String(8), nullable=False),
        Column("with_whom", String(120), nullable=False),
        Column("state", String(16), nullable=False),
        Column("queue_number", String(16), nullable=False),
        Column("arrived_at", MOMENT),
    )
    op.create_table(
        "print_orders",
        Column("order_id", String(36), primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("terminal", String(63), nullable=False),
        Column("case_id", String(64), nullable=False, index=True),
        Column("appointment_id", String(36), nullable=False, index=True),
        Column("reference", String(40), nullable=False),
        Column("lines", Text, nullable=False),
        Column("copy", Integer, nullable=False),
        Column("made_at", MOMENT, nullable=False),
        Column("made_by", String(80), nullable=False),
        Column("fetched_at", MOMENT),
        Column("outcome", String(24)),
        Column("reason", String(200), nullable=False),
        Column("settled_at", MOMENT),
    )
    op.create_index("ix_print_orders_terminal_outcome", "print_orders", ["terminal", "outcome"])


def _services_and_people() -> None:
    op.create_table(
        "services",
        Column("service", String(64), primary_key=True),
        Column("title", String(120), nullable=False),
        Column("queue", String(8), nullable=False),
        Column("accepting", Boolean, nullable=False),
        Column("reason", String(200), nullable=False),
    )
    op.create_table(
        "staff",
        Column("name", String(80), primary_key=True),
        Column("password", String(200), nullable=False),
        Column("made_at", MOMENT, nullable=False),
    )
    op.create_table(
        "desk_sessions",
        Column("token_hash", String(64), primary_key=True),
        Column("name", String(80), ForeignKey("staff.name"), nullable=False),
        Column("csrf", String(64), nullable=False),
        Column("made_at", MOMENT, nullable=False),
        Column("used_at", MOMENT, nullable=False),
    )
    op.create_table(
        "desk_tokens",
        Column("token_hash", String(64), primary_key=True),
        Column("label", String(80), nullable=False),
        Column("ends_at", MOMENT, nullable=False),
    )
    op.create_table(
        "sign_in_tries",
        Column("bucket", Integer, primary_key=True, autoincrement=False),
        Column("wrong", Integer, nullable=False),
        Column("open_at", MOMENT, nullable=False),
    )


def _journals() -> None:
    op.create_table(
        "history",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("subject", String(80), nullable=False, index=True),
        Column("at", MOMENT, nullable=False),
        Column("actor", String(100), nullable=False),
        Column("what", String(40), nullable=False),
        Column("detail", String(300), nullable=False),
    )
    op.create_table(
        "audit",
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("at", MOMENT, nullable=False),
        Column("actor", String(100), nullable=False),
        Column("act", String(40), nullable=False),
        Column("subject", String(200), nullable=False),
    )
