"""Packing the bodies of cases in a fraction of the time.

Responsible for: LZ4 on PostgreSQL, for what is written from now on; what is there is read as before.
Not responsible for: servers that were built without LZ4, which keep what they have, and SQLite, which packs
nothing.
"""

from alembic import op
from sqlalchemy import text

revision = "0013"
down_revision = "0012"

HAS_LZ4 = text("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")


def upgrade() -> None:
    """Choose it."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql" and connection.execute(HAS_LZ4).scalar_one():
        op.execute("ALTER TABLE cases ALTER COLUMN body SET COMPRESSION lz4")
