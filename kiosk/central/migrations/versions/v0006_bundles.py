"""What facilities publish for terminals.

Responsible for: versions, and their files by hash.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, String, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of bundles."""
    op.create_table(
        "bundles",
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("made_at", DateTime(timezone=True), nullable=False),
        Column("made_by", String(100), nullable=False),
        Column("note", String(120), nullable=False),
        Column("manifest", Text, nullable=False),
        Column("signature", String(88), nullable=False),
        Column("key_id", String(16), nullable=False),
    )
    op.create_table(
        "bundle_files",
        Column("sha256", String(64), primary_key=True),
        Column("content", Text, nullable=False),
    )
