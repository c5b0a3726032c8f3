"""The tables of what facilities publish for terminals.

Responsible for: names, types and constraints, beside those of `kiosk.central.schema`.
Not responsible for: reading or writing rows (`kiosk.central.tables.bundles`).
"""

from sqlalchemy import Column, Integer, String, Table, Text

from kiosk.central.schema import SCHEMA, Moment

# Every version that was ever published; the highest is the one that terminals are to have.
bundles = Table(
    "bundles",
    SCHEMA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(100), nullable=False),
    Column("note", String(120), nullable=False),
    Column("manifest", Text, nullable=False),
    Column("signature", String(88), nullable=False),
    Column("key_id", String(16), nullable=False),
)

# Files by their content, so that what did not change between versions is kept and fetched once.
bundle_files = Table(
    "bundle_files",
    SCHEMA,
    Column("sha256", String(64), primary_key=True),
    Column("content", Text, nullable=False),
)
