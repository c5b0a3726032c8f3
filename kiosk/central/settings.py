"""What one central service is told when it starts.

Responsible for: the values and their defaults, written here and nowhere else.
Not responsible for: reading them from a command line (`kiosk.central.command`).
"""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from kiosk.central.settings_outward import NOTHING, OutwardSettings
from kiosk.errors import UsageError

API_VERSION = "1.0.0"
PORT = 8311
FACILITY = "Demo Borough Council"
TIME_ZONE = "Europe/London"
HOSTS_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def utc_now() -> datetime:
    """Return the wall-clock time, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def new_ids(count: int) -> list[str]:
    """Return identifiers that nobody can guess, and that sort after earlier ones: RFC 9562, version 7.

    74 bits of each are random. In the order of time, also among themselves, so that among a million an index
    grows at its end.
    """
    moment, drawn = f"{time.time_ns() // 1_000_000:012x}", secrets.token_hex(10 * count)
    beginning = f"{moment[:8]}-{moment[8:]}-7"
    each = (drawn[place : place + 20] for place in range(0, 20 * count, 20))
    return sorted(f"{beginning}{one[:3]}-{'89ab'[int(one[3], 16) & 3]}{one[4:7]}-{one[7:19]}" for one in each)


def new_id() -> str:
    """Return one identifier, as `new_ids` makes them."""
    return new_ids(1)[0]


def default_database() -> str:
    """Return where to keep rows when no command says: what KIOSK_DATABASE names, else a SQLite file.

    An address with a password belongs there: everybody on a machine may list the words of a command.
    """
    return os.environ.get("KIOSK_DATABASE") or f"sqlite:///{_state_folder() / 'central.sqlite3'}"


def default_keys() -> Path | None:
    """Return the file of KIOSK_KEYS, or None: then keys are beside the database."""
    named = os.environ.get("KIOSK_KEYS")
    return Path(named) if named else None


def beside(database: str) -> Path:
    """Return where keys are kept when no file is named: beside a SQLite file, else in the state folder.

    Raises:
        UsageError: the address cannot be read.
    """
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise UsageError(
            "CENTRAL-001",
            "The address of the database cannot be read, or its driver is not installed.",
            "Give an address such as sqlite:////var/lib/council-kiosk/central.sqlite3.",
            "--database",
        ) from error
    named = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(f"{url.database}.keys") if named else _state_folder() / "central.keys"


def _state_folder() -> Path:
    kept = os.environ.get("STATE_DIRECTORY") or os.environ.get("XDG_STATE_HOME", "")
    return (Path(kept) if kept else Path.home() / ".local" / "state") / "council-kiosk"


@dataclass(frozen=True, slots=True)
class CentralSettings:
    """One central service.

    Attributes:
        database: an SQLAlchemy address, such as ``sqlite:////var/lib/central.sqlite3``.
        facility: the council's name, on pages and tickets.
        time_zone: IANA name; days and the times that people read are of this zone.
        allowed_hosts: names under which the service may be called, without port.
        known_services_only: refuse cases of services that the desk has not entered.
        sealed_only: refuse cases that come in clear.
        keys: the file of the council's keys; None keeps it beside a SQLite file, else in the state folder.
        secure_cookies: True behind TLS, so that the sign-in never travels in the clear.
        jurisdiction: the one Open311 jurisdiction served, such as ``example.gov.uk``; may be empty.
        outward: back offices and messages to visitors.
        test_system: say in Open311's discovery that requests are not acted on.
    """

    database: str
    facility: str = FACILITY
    time_zone: str = TIME_ZONE
    allowed_hosts: tuple[str, ...] = HOSTS_OF_THIS_MACHINE
    known_services_only: bool = False
    sealed_only: bool = False
    keys: Path | None = None
    secure_cookies: bool = False
    jurisdiction: str = ""
    test_system: bool = False
    outward: OutwardSettings = NOTHING

    @property
    def behind_tls(self) -> bool:
        """Whether a proxy on this machine ends TLS, and says who is at the other end."""
        return self.secure_cookies

    @property
    def key_file(self) -> Path:
        """Where the council's keys are."""
        return self.keys or beside(self.database)

    @property
    def signing_key_file(self) -> Path:
        """Where central's own signing key is: beside the file of the council's keys."""
        return self.key_file.with_name(f"{self.key_file.name}.signing")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Chance:
    """Where time, identifiers and secrets come from; tests give their own.

    Attributes:
        now: wall-clock time, UTC.
        new_id: a fresh identifier.
        new_ids: as many of them as asked for, in order; drawn together, which costs a tenth.
        random_bytes: unguessable bytes, as many as asked for.
    """

    now: Callable[[], datetime] = field(default=utc_now)
    new_id: Callable[[], str] = field(default=new_id)
    new_ids: Callable[[int], list[str]] = field(default=new_ids)
    random_bytes: Callable[[int], bytes] = field(default=secrets.token_bytes)
