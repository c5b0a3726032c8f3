"""Opening the store: what is fit is used, what is damaged is set aside, and it is said which.

Responsible for: the order of opening, and of beginning anew after damage.
Not responsible for: single connections (`database`), shapes (`migration`), moving a damaged file
(`setting_aside`), carrying over what can still be read (`salvage`), or telling staff (the conductor).
"""

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

import apsw

from kiosk.core.case import case_id_of
from kiosk.core.reference import prefix_is_usable
from kiosk.core.sealing import CouncilKey
from kiosk.errors import StoreDamaged, StoreError, StoreFull
from kiosk.store import counters
from kiosk.store.database import Database
from kiosk.store.faults import store_damaged
from kiosk.store.ground import Ground
from kiosk.store.health import read_health
from kiosk.store.migration import forget_copies, migrate, migrations
from kiosk.store.reserve import BLOCK, Reserve
from kiosk.store.room import Room
from kiosk.store.salvage import Salvaged, salvage
from kiosk.store.saving import Saving
from kiosk.store.setting_aside import give_up_begun, is_doubtful, set_aside, trust
from kiosk.store.staff import StaffTable
from kiosk.store.store import Store

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where and how this terminal keeps its cases.

    Attributes:
        path: the database file; its folder must exist and be readable by the service only.
        terminal: the terminal's id, as central knows it.
        prefix: the two characters that begin its references, different for each terminal of a council.
        zone: the facility's time zone.
        council_keys: tells the keys that cases are sealed with; does not block.
        floor_bytes: below this much free space new cases are refused.
        ballast_bytes: kept in reserve so that a full disk can be left again; 0 for none.
        free_bytes: tells the free space; None asks the disk.
        max_pages: for tests of a full disk.
    """

    path: Path
    terminal: str
    prefix: str
    zone: tzinfo
    council_keys: Callable[[], Sequence[CouncilKey]]
    floor_bytes: int = 64 * _MIB
    ballast_bytes: int = 8 * _MIB
    free_bytes: Callable[[], int] | None = None
    max_pages: int | None = None
    new_id: Callable[[datetime], str] = lambda at: case_id_of(at, secrets.token_bytes(10))
    random_bytes: Callable[[int], bytes] = secrets.token_bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged file was set aside and a new one was begun; staff must be told.

    Attributes:
        path: where the damaged file is now.
        cases: how many cases, not yet with central, were carried over whole.
        staff: how many members of staff were carried over.
    """

    path: Path
    cases: int
    staff: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The store, and whether a damaged file had to be set aside for it."""

    store: Store
    set_aside: SetAside | None


def open_store(settings: StoreSettings, at: datetime) -> Opened:
    """Open the terminal's store; for the service, which is the only one that may set a file aside.

    On a full disk it is opened with the room of the ballast: no case is taken in, old promises are finished.

    Raises:
        StoreError: SQLite or the program is too old, the prefix is of no use, the disk does not do its work.
        StoreFull: there is no room, even without the ballast, for the file or what a damaged one holds.
    """
    _refuse_prefix(settings)
    try:
        return _opened(settings, at)
    except StoreFull:
        if not _gave_ballast(settings):
            raise
    return _opened(settings, at)


def _opened(settings: StoreSettings, at: datetime) -> Opened:
    if not is_doubtful(settings.path):
        try:
            return Opened(_assembled(settings, _sound_database(settings), at), None)
        except StoreDamaged:
            pass
    return _begun_anew(settings, at)


def _begun_anew(settings: StoreSettings, at: datetime) -> Opened:
    """Set the file aside and begin a new one; killed anywhere in it, the next start comes here again.

    What was begun may be damaged in its turn: the first file holds all that is in it, so it is begun again.
    """
    aside = set_aside(settings.path, at)
    try:
        database, saved = _carried_over(settings, aside, at)
    except StoreDamaged:
        give_up_begun(settings.path, at)
        database, saved = _carried_over(settings, aside, at)
    trust(settings.path)
    return Opened(_assembled(settings, database, at), SetAside(aside, saved.cases, saved.staff))


def _carried_over(settings: StoreSettings, aside: Path, at: datetime) -> tuple[Database, Salvaged]:
    database = _sound_database(settings)
    try:
        return database, salvage(aside, database, settings.zone, at)
    except BaseException:
        database.close()
        raise


def look_into(settings: StoreSettings, at: datetime, *, may_begin: bool = False) -> Store:
    """Open the store for a command beside the running service: nothing is set aside.

    Args:
        settings: as for `open_store`.
        at: as for `open_store`.
        may_begin: make the file if there is none yet, to enter staff before the first start.

    Raises:
        StoreError: there is no such file yet, or as for `open_store`.
        StoreDamaged: the file is damaged; the service sets it aside when it starts.
    """
    _refuse_prefix(settings)
    if not may_begin and not settings.path.exists():
        raise StoreError(
            "STORE-011", "This terminal has kept nothing yet.", "Start it once.", str(settings.path)
        )
    if is_doubtful(settings.path):
        raise store_damaged(settings.path)
    return _assembled(settings, _sound_database(settings), at)


def _refuse_prefix(settings: StoreSettings) -> None:
    if not prefix_is_usable(settings.prefix):
        raise StoreError(
            "STORE-010",
            f"References cannot begin with {settings.prefix!r}.",
            "Choose a letter, then a letter or digit; never I, L, O or U.",
        )


def _sound_database(settings: StoreSettings) -> Database:
    database = Database(settings.path, max_pages=settings.max_pages)
    try:
        _refuse_damage(database)
        steps = migrations()
        if migrate(database, steps) == steps[-1].number:
            forget_copies(settings.path)
    except BaseException:
        database.close()
        raise
    return database


def _ballast(settings: StoreSettings) -> Path:
    return settings.path.with_name(settings.path.name + ".ballast")


def _gave_ballast(settings: StoreSettings) -> bool:
    """Let the ballast go, whatever its size is now; False when there was none."""
    there = _ballast(settings).exists()
    _ballast(settings).unlink(missing_ok=True)
    return there


def _refuse_damage(database: Database) -> None:
    if not database.is_sound():
        raise store_damaged(database.path)


def _assembled(settings: StoreSettings, database: Database, at: datetime) -> Store:
    try:
        free = settings.free_bytes or (lambda: shutil.disk_usage(settings.path.parent).free)
        room = Room(
            _ballast(settings), free, floor_bytes=settings.floor_bytes, ballast_bytes=settings.ballast_bytes
        )
        room.take_ballast()
        ground = Ground(database, room, settings.zone, settings.new_id)
        reserve = Reserve(settings.path.with_name(settings.path.name + ".reserve"))
        store_id = database.write(lambda c: _identify(c, reserve, settings.new_id, at))
        saving = Saving(
            ground, reserve, settings.terminal, settings.prefix, store_id, council_keys=settings.council_keys
        )
        staff = StaffTable(database, settings.random_bytes)
        return Store(ground, saving, staff, database.read(read_health))
    except BaseException:
        database.close()
        raise


def _identify(
    connection: apsw.Connection, reserve: Reserve, new_id: Callable[[datetime], str], at: datetime
) -> str:
    """Name a new file, and let counting go on after every number that may already be on paper."""
    store_id = counters.store_id(connection)
    if not store_id:
        store_id = new_id(at)
        counters.name_store(connection, store_id, at)
    for name, mark in reserve.marks().items():
        counted = counters.value(connection, name)
        if counted < mark and (store_id != reserve.store_id or counted < mark - BLOCK):
            counters.set_value(connection, name, mark)
    return store_id
