"""The tables of attachments: bytes by their digest, and which case each belongs to.

Responsible for: names, types and constraints, beside those of `kiosk.central.schema`.
Not responsible for: reading or writing rows (`kiosk.central.tables.uploads`).
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, text

from kiosk.central.schema import SCHEMA, Moment

# What a terminal is sending, or has sent: `received` bytes of it are kept for good.
uploads = Table(
    "uploads",
    SCHEMA,
    Column("terminal", String(63), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("received", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("begun_at", Moment, nullable=False, index=True),
)

# Its bytes, as the pieces came.
upload_pieces = Table(
    "upload_pieces",
    SCHEMA,
    Column("terminal", String(63), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

# Which case has which; an upload that none has is cleared away after some days.
attachments = Table(
    "attachments",
    SCHEMA,
    Column("case_id", String(64), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("terminal", String(63), nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("place", Integer, nullable=False, server_default=text("0")),  # among those of its case, from 1
    Index("ix_attachments_terminal_sha256", "terminal", "sha256"),
)
