"""Taking in one attachment, piece by piece, each from where the one before it ended.

Responsible for: offsets, caps, and that what is called whole has the digest it is named by.
Not responsible for: HTTP (`kiosk.central.api.uploads`), rows (`kiosk.central.tables.uploads`).

The rules are those of draft-ietf-httpbis-resumable-upload: the server's offset is the only truth, a piece at
another offset is refused, and the client says which piece is the last.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.central.problems import Problem
from kiosk.central.tables import uploads
from kiosk.central.tables.uploads import Upload

LARGEST = 8 * 1024 * 1024
"""Bytes of one attachment, sealed."""
MOST_LOOSE = 50
"""Uploads of one terminal that no case has yet."""
LOOSE_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of an attachment, from `offset` on; `last` says that none come after them."""

    terminal: str
    sha256: str
    offset: int
    content: bytes
    last: bool


def take(connection: Connection, piece: Piece, at: datetime) -> tuple[Upload, Problem | None]:
    """Keep one piece and return how far the upload is; whole uploads take no more and say so again.

    A problem is returned, not raised, where something was changed that must stay: bytes of another digest are
    deleted, so that the terminal may begin anew.

    Raises:
        Problem: the piece is not kept.
    """
    upload = uploads.begin(connection, piece.terminal, piece.sha256, at)
    if upload.complete:
        return upload, None
    if piece.offset != upload.received:
        raise Problem("upload-elsewhere", f"This upload goes on at {upload.received}.")
    if upload.received + len(piece.content) > LARGEST:
        raise Problem("attachment-too-large")
    if not upload.received and uploads.count_loose(connection, piece.terminal) > MOST_LOOSE:
        raise Problem("uploads-waiting")
    if piece.content:
        uploads.keep_piece(connection, upload, piece.content)
    grown = replace(upload, received=upload.received + len(piece.content))
    return _finished(connection, grown) if piece.last else (grown, None)


def _finished(connection: Connection, upload: Upload) -> tuple[Upload, Problem | None]:
    content = uploads.content(connection, upload.terminal, upload.sha256)
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        uploads.forget(connection, upload.terminal, [upload.sha256])
        return upload, Problem("upload-differs")
    uploads.finish(connection, upload)
    return replace(upload, complete=True), None
