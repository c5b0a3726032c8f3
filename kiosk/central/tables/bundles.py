"""What facilities published, by version.

Responsible for: keeping every version, and each file once.
Not responsible for: what stands in them (`kiosk.central.bundles`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from kiosk.central.schema_bundles import bundle_files, bundles
from kiosk.central.tables import once
from kiosk.central.tables.once import insert_once


@dataclass(frozen=True, slots=True)
class Bundle:
    """One version: `manifest` names every file with its hash; `signature` is central's, in base64."""

    version: int
    made_at: datetime
    made_by: str
    note: str
    manifest: str
    signature: str
    key_id: str


def take_turns(connection: Connection) -> None:
    """Let nobody else publish until this transaction ends; to be called before the newest is looked at."""
    once.take_turns(connection, "bundles")


def newest(connection: Connection) -> Bundle | None:
    """Return what terminals are to have, or None while nothing was published."""
    return _bundle(connection.execute(select(bundles).order_by(bundles.c.version.desc()).limit(1)).first())


def one(connection: Connection, version: int) -> Bundle | None:
    """Return one version."""
    return _bundle(connection.execute(select(bundles).where(bundles.c.version == version)).first())


def every(connection: Connection) -> tuple[Bundle, ...]:
    """Return all versions, newest first."""
    rows = connection.execute(select(bundles).order_by(bundles.c.version.desc()))
    return tuple(found for row in rows if (found := _bundle(row)) is not None)


def add(connection: Connection, bundle: Bundle, files: Mapping[str, str]) -> None:
    """Publish a version with its files, by hash."""
    for sha256, content in files.items():
        insert_once(connection, bundle_files, sha256=sha256, content=content)
    connection.execute(insert(bundles).values({name: getattr(bundle, name) for name in Bundle.__slots__}))


def content(connection: Connection, sha256: str) -> str | None:
    """Return the file with this hash."""
    wanted = select(bundle_files.c.content).where(bundle_files.c.sha256 == sha256)
    return connection.execute(wanted).scalar_one_or_none()


def _bundle(row: Row[tuple[object, ...]] | None) -> Bundle | None:
    return None if row is None else Bundle(*(getattr(row, name) for name in Bundle.__slots__))
