"""The table of attachments: sealed files, from their case's save until central has the case.

Responsible for: writing them with their case, handing them to the courier, deleting them.
Not responsible for: sealing (`payload`), or bringing them to central (`kiosk.sync.uploads`).
"""

from collections.abc import Sequence

import apsw

from kiosk.core.case import CaseId
from kiosk.store.payload import SealedFile
from kiosk.store.rows import sha256_hex


def add(connection: apsw.Connection, case_id: CaseId, files: Sequence[SealedFile]) -> None:
    """Write the attachments of a new case."""
    connection.executemany(
        "INSERT INTO attachments (case_id, sha256, content) VALUES (?, ?, ?)",
        [(case_id, file.sha256, file.content) for file in files],
    )


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
