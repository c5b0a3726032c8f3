"""Finding cases by the beginning of their reference among a million.

Responsible for: an index on PostgreSQL, whose other indexes are in the order of a language and serve no LIKE.
Not responsible for: SQLite, which is for fewer cases and looks through them.
"""

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(
            "ix_cases_reference_sought", "cases", [text("lower(reference) text_pattern_ops")], unique=False
        )
