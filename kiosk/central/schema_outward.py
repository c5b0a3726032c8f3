"""The tables of what other systems say to central and hear from it, and of how far a case has come.

Responsible for: names, types and constraints, beside those of `kiosk.central.schema`.
Not responsible for: reading or writing rows (`kiosk.central.tables`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.central.schema import SCHEMA, Moment

# Who may hand requests in. Kept as a hash; a key can do this and nothing else.
open311_keys = Table(
    "open311_keys",
    SCHEMA,
    Column("label", String(40), primary_key=True),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# What a service asks for, as it was published; one JSON text each.
open311_services = Table(
    "open311_services",
    SCHEMA,
    Column("service", String(64), primary_key=True),
    Column("document", Text, nullable=False),
)

# Which cases came in as requests. What they say stands in the case, so that erasing it leaves nothing here.
open311_requests = Table(
    "open311_requests",
    SCHEMA,
    Column("case_id", String(64), primary_key=True),
    Column("label", String(40), nullable=False),
    Column("own_id", String(200), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    UniqueConstraint("label", "own_id"),
)

# How far a case has come, for whoever asks; a case without a row is open.
case_statuses = Table(
    "case_statuses",
    SCHEMA,
    Column("case_id", String(64), primary_key=True),
    Column("status", String(40), nullable=False),
    Column("notes", String(300), nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)

# What happened to cases, for other systems, in the order in which it is read. `tx` is the transaction on a
# server, where a later number can be seen before an earlier one; on SQLite it is 0.
case_events = Table(
    "case_events",
    SCHEMA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("tx", BigInteger, nullable=False),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("case_id", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", String(40), nullable=False),
    Index("ix_case_events_tx_seq", "tx", "seq"),
)

# Where events are sent. The secret signs, so it must be known here; it is shown once. `problem` says why the
# attempt at `tried_at`, the last one, did not work; empty where it did.
webhooks = Table(
    "webhooks",
    SCHEMA,
    Column("label", String(40), primary_key=True),
    Column("url", String(2000), nullable=False),
    Column("secret", String(100), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("paused_at", Moment),
    Column("tried_at", Moment),
    Column("problem", String(300), nullable=False, server_default=""),
)

# Cases on their way to back offices; see kiosk.central.bridge.decide.
handovers = Table(
    "handovers",
    SCHEMA,
    Column("case_id", String(64), primary_key=True),
    Column("office", String(40), primary_key=True),
    Column("stand", String(16), nullable=False, index=True),
    Column("request_id", String(200), nullable=False, index=True),
    Column("token", String(200), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("maybe_there", Boolean, nullable=False),
    Column("first_at", Moment),
    Column("sent_at", Moment),
    Column("next_at", Moment),
    Column("problem", String(300), nullable=False),
)

offices = Table(
    "offices",
    SCHEMA,
    Column("office", String(40), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("open_until", Moment),
    Column("asked_at", Moment),
    Column("updates_at", Moment),
)
# What an office has told of its requests; each update is written down once.
office_updates = Table(
    "office_updates",
    SCHEMA,
    Column("office", String(40), primary_key=True),
    Column("update_id", String(100), primary_key=True),
)
