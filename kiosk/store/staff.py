"""The table of staff who may sign in at this terminal.

Responsible for: badges, hashed PINs, and counting wrong ones durably before anybody is told.
Not responsible for: the rules of the lock and of weak PINs (`kiosk.core.staff`), or reading badges (devices).
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import apsw

from kiosk.core.staff import LockedOut, LockedUntil, SignedIn, SignIn, UnknownBadge, pin_is_weak, refusal
from kiosk.errors import UsageError
from kiosk.store import audit
from kiosk.store.database import Database
from kiosk.store.rows import moment, moment_text, readable

TOKEN_LETTERS = 64
"""Of a keyed hash in hex; nobody can type so many at the PIN pad."""
_SALT_BYTES = 16
_MARK_LETTERS = 8
"""Of a badge's token, in the audit as in the log: enough to know it again, too few to be it."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One member of staff as kept."""

    name: str
    salt: bytes
    pin_hash: bytes
    failures: int
    failed_at: datetime | None


class StaffTable:
    """Staff in the terminal's database; implements `kiosk.ports.StaffDirectory`.

    Args:
        database: the open file.
        random_bytes: gives so many bytes from a safe source, for salts.
    """

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes

    def add(self, name: str, badge_token: str, pin: str, at: datetime) -> None:
        """Enter a member of staff, or give a known badge a new name and PIN."""
        if pin_is_weak(pin):
            raise UsageError("STAFF-002", "This PIN is too easy to guess.", "Let the program make one.")
        self._enter(name, badge_token, pin, at)

    def add_code(self, name: str, badge_token: str, code_token: str, at: datetime) -> None:
        """Enter a member of staff, or give a known badge a new name and a code card in place of a PIN."""
        if len(code_token) != TOKEN_LETTERS:
            raise UsageError("STAFF-003", "This is no code of a card.", "Let the program make one.")
        self._enter(name, badge_token, code_token, at)

    def _enter(self, name: str, badge_token: str, pin: str, at: datetime) -> None:
        if not name.strip() or not badge_token:
            raise UsageError("STAFF-001", "A name and a badge are needed.", "Give both.")
        salt = self._random_bytes(_SALT_BYTES)
        row = StaffRow(readable(name.strip()), salt, _hashed(pin, salt), 0, None)
        self._database.write(lambda connection: _add(connection, badge_token, row, at))

    def check(self, badge_token: str, pin: str, now: datetime) -> SignIn:
        """Compare a PIN; the try is counted on disk before the PIN is even looked at."""
        tried = self._database.write(lambda connection: _begin_try(connection, badge_token, now))
        if not isinstance(tried, StaffRow):
            return tried
        if not hmac.compare_digest(_hashed(pin, tried.salt), tried.pin_hash):
            return refusal(tried.failures + 1, now)
        if not self._database.write(lambda connection: forget_failures(connection, badge_token)):
            return UnknownBadge()  # removed while the PIN was compared
        return SignedIn(tried.name)

    def unlock(self, badge_token: str, at: datetime) -> bool:
        """Forget the wrong PINs of a badge; False when nobody has it."""
        return self._database.write(lambda connection: _unlock(connection, badge_token, at))

    def badges_of(self, name: str) -> tuple[str, ...]:
        """Return the badges of everybody of a name, however its letters and spaces were typed."""
        asked = _plain(name)
        return self._database.read(
            lambda connection: tuple(
                badge for badge, row in all_rows(connection) if _plain(row.name) == asked
            )
        )

    def remove(self, badge_token: str, at: datetime) -> bool:
        """Take a badge away with its PIN or code, at once and for good; False when nobody has it."""
        return self._database.write(lambda connection: _remove(connection, badge_token, at))

    def names(self) -> tuple[str, ...]:
        """Return the names of all staff entered here, in order."""
        return self._database.read(
            lambda connection: tuple(
                str(name) for (name,) in connection.execute("SELECT name FROM staff ORDER BY 1")
            )
        )


def put(connection: apsw.Connection, badge_token: str, row: StaffRow) -> None:
    """Write one member of staff, in place of an earlier holder of the badge."""
    connection.execute(
        "INSERT OR REPLACE INTO staff (badge_token, name, salt, pin_hash, failures, failed_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            badge_token,
            row.name,
            row.salt,
            row.pin_hash,
            row.failures,
            moment_text(row.failed_at) if row.failed_at else None,
        ),
    )


def get(connection: apsw.Connection, badge_token: str) -> StaffRow | None:
    """Return the holder of a badge, or None."""
    row = connection.execute(
        "SELECT name, salt, pin_hash, failures, failed_at FROM staff WHERE badge_token = ?", (badge_token,)
    ).fetchone()
    if row is None:
        return None
    name, salt, pin_hash, failures, failed_at = row
    return StaffRow(str(name), salt, pin_hash, failures, moment(failed_at) if failed_at else None)


def all_rows(connection: apsw.Connection) -> Iterator[tuple[str, StaffRow]]:
    """Go through all staff with their badges."""
    for badge_token, name, salt, pin_hash, failures, failed_at in connection.execute(
        "SELECT badge_token, name, salt, pin_hash, failures, failed_at FROM staff"
    ):
        at = moment(str(failed_at)) if failed_at else None
        yield str(badge_token), StaffRow(str(name), bytes(salt), bytes(pin_hash), int(failures), at)


def forget_failures(connection: apsw.Connection, badge_token: str) -> bool:
    """Count from nothing again; False when nobody has the badge."""
    connection.execute(
        "UPDATE staff SET failures = 0, failed_at = NULL WHERE badge_token = ?", (badge_token,)
    )
    return connection.changes() > 0


def _add(connection: apsw.Connection, badge_token: str, row: StaffRow, at: datetime) -> None:
    """Enter a badge; in the audit a badge that had a holder already is told from a new one."""
    event = "staff-added" if get(connection, badge_token) is None else "staff-renewed"
    put(connection, badge_token, row)
    audit.append(connection, at, event, badge_token[:_MARK_LETTERS])


def _unlock(connection: apsw.Connection, badge_token: str, at: datetime) -> bool:
    if not forget_failures(connection, badge_token):
        return False
    audit.append(connection, at, "staff-unlocked", badge_token[:_MARK_LETTERS])
    return True


def _remove(connection: apsw.Connection, badge_token: str, at: datetime) -> bool:
    connection.execute("DELETE FROM staff WHERE badge_token = ?", (badge_token,))
    if not connection.changes():
        return False
    audit.append(connection, at, "staff-removed", badge_token[:_MARK_LETTERS])
    return True


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(readable(name).split())).casefold()


def _begin_try(
    connection: apsw.Connection, badge_token: str, now: datetime
) -> StaffRow | UnknownBadge | LockedUntil | LockedOut:
    """Count one more wrong PIN in advance, unless no PIN may be looked at now."""
    row = get(connection, badge_token)
    if row is None:
        return UnknownBadge()
    lock = refusal(row.failures, row.failed_at or now)
    if isinstance(lock, LockedOut) or (isinstance(lock, LockedUntil) and now < lock.at):
        return lock
    put(connection, badge_token, StaffRow(row.name, row.salt, row.pin_hash, row.failures + 1, now))
    return row


def _hashed(pin: str, salt: bytes) -> bytes:
    """Hash a PIN with scrypt; 16 MiB and about 50 ms for each guess."""
    return hashlib.scrypt(pin.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1, dklen=32)
