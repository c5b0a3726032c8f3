"""The tables of what other systems say to central, and of how far a case has come.

Responsible for: names, types and constraints, beside those of `kiosk.central.schema`.
Not responsible for: reading or writing rows (`kiosk.central.tables`).
"""

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

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
