"""What is attached to cases.

Responsible for: uploads, their pieces, and which case has which.
Not responsible for: what earlier steps made.
"""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, String

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables of attachments."""
    op.create_table(
        "uploads",
        Column("terminal", String(63), primary_key=True),
        Column("sha256", String(64), primary_key=True),
        Column("received", Integer, nullable=False),
        Column("complete", Boolean, nullable=False),
        Column("begun_at", DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "upload_pieces",
        Column("terminal", String(63), primary_key=True),
        Column("sha256", String(64), primary_key=True),
        Column("start", Integer, primary_key=True, autoincrement=False),
        Column("content", LargeBinary, nullable=False),
    )
    op.create_table(
        "attachments",
        Column("case_id", String(64), primary_key=True),
        Column("sha256", String(64), primary_key=True),
        Column("terminal", String(63), nullable=False),
        Column("media_type", String(80), nullable=False),
        Column("key_id", String(16), nullable=False),
    )
    op.create_index("ix_attachments_terminal_sha256", "attachments", ["terminal", "sha256"])
