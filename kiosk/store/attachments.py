"""The table of attachments: sealed files, from their case's save until central has the case.

Responsible for: writing them with their case, handing them to the courier, deleting them.
Not responsible for: sealing (`payload`), or bringing them to central (`kiosk.sync.uploads`).
"""

from collections.abc import Iterator, Sequence

import apsw

from kiosk.core.case import CaseId
from kiosk.store.rows import sha256_hex


def add(connection: apsw.Connection, case_id: CaseId, files: Sequence[tuple[str, bytes]]) -> None:
    """Write the attachments of a new case: the SHA-256 of each, and its sealed bytes."""
    connection.executemany(
        "INSERT INTO attachments (case_id, sha256, content) VALUES (?, ?, ?)",
        [(case_id, sha256, content) for sha256, content in files],
    )


def whole(connection: apsw.Connection, case_id: CaseId) -> Iterator[tuple[str, bytes]]:
    """Go through the attachments of a case that are here as they were written."""
    for sha256, kept in connection.execute(
        "SELECT sha256, content FROM attachments WHERE case_id = ?", (case_id,)
    ):
        if isinstance(kept, bytes) and sha256_hex(kept) == sha256:
            yield str(sha256), kept


def content(connection: apsw.Connection, case_id: CaseId, sha256: str) -> bytes | None:
    """Return an attachment, or None when it is not here as it was written."""
    row = connection.execute(
        "SELECT content FROM attachments WHERE case_id = ? AND sha256 = ?", (case_id, sha256)
    ).fetchone()
    kept = bytes(row[0]) if row else b""
    return kept if sha256_hex(kept) == sha256 else None


def forget(connection: apsw.Connection, case_id: CaseId) -> None:
    """Delete the attachments of a case."""
    connection.execute("DELETE FROM attachments WHERE case_id = ?", (case_id,))
