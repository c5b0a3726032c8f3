"""The tables of the central service, the same on SQLite and PostgreSQL.

Responsible for: names, types and constraints; what is only ever added to is guarded by the database.
Not responsible for: reading or writing rows (`kiosk.central.tables`), or how an older database comes to this
shape (`kiosk.central.migrations`; a test compares both).
"""

from datetime import UTC, datetime

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
    func,
    text,
)

from kiosk.central import guards


class Moment(TypeDecorator[datetime]):
    """A moment, always aware and always UTC, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the database UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite keeps no zone: what it returns is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


SCHEMA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

terminals = Table(
    "terminals",
    SCHEMA,
    Column("terminal", String(63), primary_key=True),
    Column("enrolment", String(36), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("peer", String(45), nullable=False),
    Column("paired_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("heard_at", Moment),
    Column("facts", Text, nullable=False, default="{}"),
)

pairing_codes = Table(
    "pairing_codes",
    SCHEMA,
    Column("code_hash", String(64), primary_key=True),
    Column("terminal", String(63), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# What was used once in the signature of a request; forgotten after some minutes.
nonces = Table(
    "nonces",
    SCHEMA,
    Column("terminal", String(63), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

# The idempotency record: written in the transaction of its effect, and never deleted.
intake = Table(
    "intake",
    SCHEMA,
    Column("key", String(200), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("central_id", String(36), nullable=False, unique=True),
    Column("terminal", String(63), nullable=False),
    Column("received_at", Moment, nullable=False),
)

cases = Table(
    "cases",
    SCHEMA,
    Column("central_id", String(36), primary_key=True),
    Column("case_id", String(64), nullable=False, unique=True),
    Column("terminal", String(63), nullable=False),
    Column("reference", String(40), nullable=False, index=True),
    Column("service", String(64), nullable=False),
    Column("language", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False, index=True),
    Column("queue", String(8), nullable=False),
    Column("queue_number", String(16), nullable=False),
    Column("appointment_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_cases_service_received_at", "service", "received_at"),
)

# The desk looks for the beginning of a reference, in either case of letters; see step 0008.
Index(
    "ix_cases_reference_sought",
    func.lower(cases.c.reference).label("sought"),
    postgresql_ops={"sought": "text_pattern_ops"},
).ddl_if(dialect="postgresql")

# What was refused, without its content: the terminal keeps that.
refusals = Table(
    "refusals",
    SCHEMA,
    Column("key", String(200), primary_key=True),
    Column("terminal", String(63), nullable=False),
    Column("refused_at", Moment, nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("problem", Text, nullable=False),
)

appointments = Table(
    "appointments",
    SCHEMA,
    Column("appointment_id", String(36), primary_key=True),
    Column("reference", String(40), nullable=False, unique=True),
    Column("full_name", String(200), nullable=False),
    Column("birth_date", Date),
    Column("starts_at", Moment, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("service", String(64), nullable=False),
    Column("queue", String(8), nullable=False),
    Column("with_whom", String(120), nullable=False),
    Column("state", String(16), nullable=False),
    Column("queue_number", String(16), nullable=False),
    Column("arrived_at", Moment),
)

print_orders = Table(
    "print_orders",
    SCHEMA,
    Column("order_id", String(36), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("terminal", String(63), nullable=False),
    Column("case_id", String(64), nullable=False, index=True),
    Column("appointment_id", String(36), nullable=False, index=True),
    Column("reference", String(40), nullable=False),
    Column("lines", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("fetched_at", Moment),
    Column("outcome", String(24)),
    Column("reason", String(200), nullable=False, default=""),
    Column("settled_at", Moment),
    Index("ix_print_orders_terminal_outcome", "terminal", "outcome"),
)

services = Table(
    "services",
    SCHEMA,
    Column("service", String(64), primary_key=True),
    Column("title", String(120), nullable=False),
    Column("queue", String(8), nullable=False),
    Column("accepting", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
)

staff = Table(
    "staff",
    SCHEMA,
    Column("name", String(80), primary_key=True),
    Column("password", String(200), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("for_people", Boolean, nullable=False, server_default=text("false")),
    Column("for_systems", Boolean, nullable=False, server_default=text("false")),
    Column("for_notices", Boolean, nullable=False, server_default=text("false")),
)

desk_sessions = Table(
    "desk_sessions",
    SCHEMA,
    Column("token_hash", String(64), primary_key=True),
    Column("name", String(80), ForeignKey("staff.name"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("stays", Integer, nullable=False, server_default=text("0")),
)

desk_tokens = Table(
    "desk_tokens",
    SCHEMA,
    Column("token_hash", String(64), primary_key=True),
    Column("label", String(80), nullable=False),
    Column("ends_at", Moment, nullable=False),
)

sign_in_tries = Table(
    "sign_in_tries",
    SCHEMA,
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("wrong", Integer, nullable=False),
    Column("open_at", Moment, nullable=False),
)

# What happened to a case or an appointment. Rows are only ever added; the database itself refuses else.
history = Table(
    "history",
    SCHEMA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("subject", String(80), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", String(300), nullable=False),
)

# What staff did. Rows are only ever added, and each carries a hash of itself and the row before.
audit = Table(
    "audit",
    SCHEMA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("hash", String(64), nullable=False),
)

APPEND_ONLY = ("history", "audit", "intake")

for _table in APPEND_ONLY:
    for _dialect in ("sqlite", "postgresql"):
        for _text in guards.statements(_dialect, _table):
            _statement: DDL = DDL(_text)  # type: ignore[no-untyped-call]
            event.listen(SCHEMA.tables[_table], "after_create", _statement.execute_if(dialect=_dialect))
