"""What can still be read of a damaged file is carried over: promises first.

Responsible for: cases that central does not have yet with what is attached, and staff, each row checked.
Not responsible for: setting the file aside (`opening`); the damaged file is only read.

A case may be carried over although central has it: its key is the same, so central answers "duplicate".
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

import apsw

from kiosk.core.case import CaseId, SavedCase
from kiosk.errors import StoreDamaged, StoreError, StoreFull
from kiosk.ports import Parcel
from kiosk.store import attachments, audit, cases, outbox, staff
from kiosk.store.database import Database
from kiosk.store.faults import translated
from kiosk.store.health import SET_ASIDE
from kiosk.store.rows import moment


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much was carried over."""

    cases: int
    staff: int


def salvage(aside: Path, database: Database, zone: tzinfo, at: datetime) -> Salvaged:
    """Carry over what is whole and not here yet; nothing found is not an error.

    Raises:
        StoreDamaged: the new file is damaged too.
        StoreFull: there is no room for all of it, or to read it; what was carried over stays.
    """
    kept, people = 0, 0
    damaged = _opened(aside)
    if damaged is not None:
        try:
            rescued = {parcel.key: parcel for parcel in _parcels(damaged) if outbox.is_whole(parcel)}
            for parcel in rescued.values():
                kept += _keep_case(database, parcel, _files(damaged, parcel), zone)
            for badge_token, row in _people(damaged):
                database.write(lambda c, b=badge_token, r=row: staff.put(c, b, r))  # type: ignore[misc]
                people += 1
        finally:
            damaged.close()
    database.write(lambda c: audit.append(c, at, SET_ASIDE, aside.name, f"{kept} cases carried over"))
    return Salvaged(kept, people)


def _opened(aside: Path) -> apsw.Connection | None:
    try:
        return apsw.Connection(str(aside), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return None


@contextmanager
def _up_to_damage(damaged: apsw.Connection) -> Iterator[None]:
    """End where no more can be read; a disk without room to read it is no damage."""
    try:
        with translated(Path(damaged.filename)):
            yield
    except StoreFull:
        raise
    except (StoreError, ValueError, TypeError):
        return


def _parcels(damaged: apsw.Connection) -> Iterator[Parcel]:
    """Read from both ends, up to the damage."""
    for downwards in (False, True):
        with _up_to_damage(damaged):
            yield from outbox.unaccepted(damaged, downwards=downwards)


def _people(damaged: apsw.Connection) -> Iterator[tuple[str, staff.StaffRow]]:
    with _up_to_damage(damaged):
        yield from staff.all_rows(damaged)


def _files(damaged: apsw.Connection, parcel: Parcel) -> list[tuple[str, bytes]]:
    """Read what is attached to a case; for what is damaged the courier parks the case and says so."""
    with _up_to_damage(damaged):
        return list(attachments.whole(damaged, parcel.case_id))
    return []


def _keep_case(database: Database, parcel: Parcel, files: Sequence[tuple[str, bytes]], zone: tzinfo) -> bool:
    try:
        database.write(lambda c: _write_case(c, parcel, files, zone))
    except (StoreDamaged, StoreFull):
        raise  # it is not the case's fault
    except (StoreError, ValueError, KeyError, TypeError):
        return False  # this one is not a case that can be read; the file set aside still has it
    return True


def _write_case(
    connection: apsw.Connection, parcel: Parcel, files: Sequence[tuple[str, bytes]], zone: tzinfo
) -> None:
    if cases.saved(connection, CaseId(parcel.key)) is not None:
        return  # carried over before a restart in the middle
    case = json.loads(parcel.body)
    created_at = moment(case["created_at"])
    saved = SavedCase(CaseId(parcel.key), case["reference"], case["queue_number"])
    day = created_at.astimezone(zone).date().isoformat()
    cases.restore(connection, saved, case["service"], case["created_at"], day)
    key_id = case.get("sealed", {}).get("key_id", "")
    outbox.add(connection, saved.case_id, parcel.kind, parcel.body, created_at, key_id=key_id)
    attachments.add(connection, saved.case_id, files)
