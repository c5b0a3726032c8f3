"""Attachments: what terminals upload, piece by piece, and which case has which.

Responsible for: rows. A piece is kept once, and only where the one before it ended.
Not responsible for: whether the bytes are those of the digest (`kiosk.central.uploading`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    not_,
    select,
    update,
)

from kiosk.central.schema_uploads import attachments, upload_pieces, uploads
from kiosk.central.tables.many import among, insert_all
from kiosk.central.tables.once import insert_once, take_turns


@dataclass(frozen=True, slots=True)
class Upload:
    """How far an upload has come: so many bytes are kept; `complete` once they were found to be right."""

    terminal: str
    sha256: str
    received: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment of a case; an empty key says that it is not sealed.

    Attributes:
        place: among those of its case, in the order in which the visitor gave them, from 1.
    """

    case_id: str
    sha256: str
    terminal: str
    media_type: str
    key_id: str
    place: int = 0


def one(connection: Connection, terminal: str, sha256: str) -> Upload:
    """Return how far an upload has come; one that nobody began has no bytes."""
    row = connection.execute(select(uploads).where(_is(uploads, terminal, sha256))).first()
    return Upload(terminal, sha256, row.received if row else 0, complete=bool(row and row.complete))


def begin(connection: Connection, terminal: str, sha256: str, at: datetime) -> Upload:
    """Return an upload that nobody else changes before this transaction ends; a new one is begun."""
    take_turns(connection, f"upload {terminal} {sha256}")
    insert_once(
        connection, uploads, terminal=terminal, sha256=sha256, received=0, complete=False, begun_at=at
    )
    return one(connection, terminal, sha256)


def keep_piece(connection: Connection, upload: Upload, content: bytes) -> None:
    """Keep the next piece."""
    row = {"terminal": upload.terminal, "sha256": upload.sha256, "start": upload.received, "content": content}
    connection.execute(upload_pieces.insert().values(row))
    _change(connection, upload, received=upload.received + len(content))


def finish(connection: Connection, upload: Upload) -> None:
    """Say that an upload is whole."""
    _change(connection, upload, complete=True)


def _change(connection: Connection, upload: Upload, **values: object) -> None:
    where = _is(uploads, upload.terminal, upload.sha256)
    connection.execute(update(uploads).where(where).values(**values))


def content(connection: Connection, terminal: str, sha256: str) -> bytes:
    """Return all bytes of an upload."""
    wanted = select(upload_pieces.c.content).where(_is(upload_pieces, terminal, sha256))
    return b"".join(connection.execute(wanted.order_by(upload_pieces.c.start)).scalars())


def forget(connection: Connection, terminal: str, digests: Collection[str]) -> None:
    """Delete uploads with their bytes, except those that a case has."""
    of_terminal = among(connection, uploads.c.sha256, digests), uploads.c.terminal == terminal
    loose = connection.execute(_loose().where(*of_terminal)).all()
    for row in loose:
        for table in (upload_pieces, uploads):
            connection.execute(delete(table).where(_is(table, row.terminal, row.sha256)))


def forget_loose(connection: Connection, before: datetime, most: int) -> int:
    """Delete uploads that were begun before a moment and that no case has; return how many."""
    past = connection.execute(_loose().where(uploads.c.begun_at < before).limit(most)).all()
    for row in past:
        forget(connection, row.terminal, [row.sha256])
    return len(past)


def count_loose(connection: Connection, terminal: str) -> int:
    """Count the uploads of a terminal that no case has yet."""
    mine = _loose().where(uploads.c.terminal == terminal).subquery()
    return int(connection.execute(select(func.count()).select_from(mine)).scalar_one())


def complete(connection: Connection, terminal: str, digests: Collection[str]) -> set[str]:
    """Return those of these uploads that are whole."""
    if not digests:
        return set()
    wanted = among(connection, uploads.c.sha256, digests), uploads.c.terminal == terminal, uploads.c.complete
    return set(connection.execute(select(uploads.c.sha256).where(*wanted)).scalars())


def attach(connection: Connection, new: Sequence[Attached]) -> None:
    """Say which case has which upload."""
    insert_all(connection, attachments, [{n: getattr(each, n) for n in Attached.__slots__} for each in new])


def of_case(connection: Connection, case_id: str) -> tuple[Attached, ...]:
    """Return what is attached to a case, in the order in which it was given."""
    mine = select(attachments).where(attachments.c.case_id == case_id)
    rows = connection.execute(mine.order_by(attachments.c.place, attachments.c.sha256))
    return tuple(Attached(*(getattr(row, name) for name in Attached.__slots__)) for row in rows)


def detach(connection: Connection, case_ids: Collection[str]) -> None:
    """Delete what is attached to these cases, bytes and all."""
    mine = attachments.c.case_id.in_(case_ids)
    rows = connection.execute(select(attachments.c.terminal, attachments.c.sha256).where(mine)).all()
    connection.execute(delete(attachments).where(mine))
    for row in rows:
        forget(connection, row.terminal, [row.sha256])


def _loose() -> Select[tuple[str, str]]:
    has_case = exists().where(
        and_(attachments.c.terminal == uploads.c.terminal, attachments.c.sha256 == uploads.c.sha256)
    )
    return select(uploads.c.terminal, uploads.c.sha256).where(not_(has_case))


def _is(table: Table, terminal: str, sha256: str) -> ColumnElement[bool]:
    return and_(table.c.terminal == terminal, table.c.sha256 == sha256)
