"""The tables of what central owes to others: effects to hand on, erasure, and who looks after it.

Responsible for: names, types and constraints, beside those of `kiosk.central.schema`.
Not responsible for: reading or writing rows (`kiosk.central.tables`).
"""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from kiosk.central.schema import SCHEMA, Moment

# What is still to be told to other systems: written in the transaction of what it tells.
effects = Table(
    "effects",
    SCHEMA,
    Column("effect_id", String(36), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(80), nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("settled_at", Moment),
    Index("ix_effects_state_next_at", "state", "next_at"),
)

# Who does the work that only one process may do at a time, and until when it is theirs.
leases = Table(
    "leases",
    SCHEMA,
    Column("name", String(40), primary_key=True),
    Column("holder", String(36), nullable=False),
    Column("ends_at", Moment, nullable=False),
)

# Cases that were erased, or are to be as soon as somebody brings them. Nothing of a person stands here.
tombstones = Table(
    "tombstones",
    SCHEMA,
    Column("tombstone_id", String(36), primary_key=True),
    Column("case_id", String(64), nullable=False, index=True),
    Column("reference", String(40), nullable=False, index=True),
    Column("made_at", Moment, nullable=False, index=True),
)

# For how many days the cases of a service are kept; ``*`` stands for all that are not named.
retention = Table(
    "retention",
    SCHEMA,
    Column("service", String(64), primary_key=True),
    Column("days", Integer, nullable=False),
)
