"""The central service on the command line: starting it, and what is done at its console.

Responsible for: arguments, the ready file, and one plain sentence for each error.
Not responsible for: the service itself (`kiosk.central.service`).
"""

import argparse
import asyncio
import gc
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import uvicorn
from sqlalchemy import Connection

from kiosk.central import (
    accounts,
    backup,
    bulletins,
    console,
    credentials,
    import_command,
    keys_command,
    outward,
    publishing,
)
from kiosk.central.database import Database, migrate, open_database
from kiosk.central.pairing import make_pairing_code
from kiosk.central.service import create_app
from kiosk.central.settings import (
    FACILITY,
    HOSTS_OF_THIS_MACHINE,
    PORT,
    TIME_ZONE,
    CentralSettings,
    Chance,
    default_database,
    default_keys,
)
from kiosk.central.settings_outward import NOTHING, read_outward
from kiosk.central.tables import journal, people
from kiosk.central.watching import write_log_to
from kiosk.errors import KioskError, UsageError

T = TypeVar("T")
CONSOLE = "console"
LAST_PORT = 65_535
AT_THE_CONSOLE = {**accounts.ACTS, **outward.ACTS, **console.ACTS, **bulletins.ACTS}
EXAMPLES = """examples:
  kiosk central                                        start with a SQLite file of its own
  kiosk central --database sqlite:///central.sqlite3 --port 0 --ready-file ready.json
  kiosk central migrate --database postgresql+asyncpg://kiosk@/kiosk
                                                       bring a server to this version; a file does it itself
  kiosk central add-staff "Ada Desk"                   make an account for the desk pages
  kiosk central remove-staff "Ada Desk"                take it away, and sign it out everywhere
  kiosk central pair lobby-1                           make a one-time code for a terminal
  kiosk central bulletin add lift --text 'en=The lift is out of order' --from '2026-05-04 09:00' --until …
                                                       tell visitors something at every terminal
  kiosk central keys list                              see the keys that terminals seal cases with
  kiosk central import kiosk-cases-lobby-1.jsonl       take cases in that came on a USB stick
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which arguments `kiosk central` takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLES
    parser.set_defaults(act="serve")
    _add_database(parser, default=default_database())
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=PORT, help="port; 0 takes a free one (default: %(default)s)"
    )
    parser.add_argument("--ready-file", type=Path, help='written once the service listens: {"url": ...}')
    parser.add_argument("--facility", default=FACILITY, help="the council's name")
    parser.add_argument("--time-zone", default=TIME_ZONE, help="such as Europe/London")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which it is called; repeatable",
    )
    parser.add_argument(
        "--known-services-only", action="store_true", help="refuse services not entered at the desk"
    )
    parser.add_argument(
        "--jurisdiction",
        default="",
        metavar="NAME",
        help="the jurisdiction_id of Open311, if callers send one",
    )
    parser.add_argument(
        "--test-system", action="store_true", help="tell callers of Open311 that nothing is acted on"
    )
    parser.add_argument("--sealed-only", action="store_true", help="refuse cases that come in clear")
    parser.add_argument(
        "--outward",
        type=Path,
        metavar="FILE",
        help="back offices and messages to visitors (docs/central-api.md)",
    )
    parser.add_argument("--behind-tls", action="store_true", help="send the sign-in cookie over TLS only")
    _add_acts(parser)


def _add_acts(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="at the console", metavar="ACT")
    pair = acts.add_parser("pair", help="make a one-time code that pairs a terminal")
    pair.add_argument("terminal", metavar="TERMINAL")
    pair.set_defaults(act="pair")
    token = acts.add_parser("desk-token", help="make a bearer token with which a tool acts for the desk")
    token.add_argument("--label", default="console", help="its name in the audit (default: %(default)s)")
    token.add_argument("--hours", type=int, default=12, help="how long it is good (default: %(default)s)")
    token.set_defaults(act="desk-token")
    migration = acts.add_parser("migrate", help="bring the tables of the database to this version")
    migration.set_defaults(act="migrate")
    for name, what in (("backup", "copy the database while it is in use"), ("restore", "bring a copy back")):
        copying = acts.add_parser(name, help=what)
        copying.add_argument("file", type=Path, metavar="FILE")
        copying.set_defaults(act=name)
        _add_database(copying, default=argparse.SUPPRESS)
    for act in (
        pair,
        token,
        migration,
        *accounts.add_acts(acts),
        *outward.add_acts(acts),
        *console.add_acts(acts),
        *publishing.add_acts(acts),
        *bulletins.add_acts(acts),
        *keys_command.add_acts(acts),
        import_command.add_act(acts),
    ):
        _add_database(act, default=argparse.SUPPRESS)


def _add_database(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--database",
        default=default,
        metavar="URL",
        help="SQLAlchemy address of the database (or KIOSK_DATABASE)",
    )
    keys = default_keys() if default is not argparse.SUPPRESS else default
    parser.add_argument(
        "--keys",
        type=Path,
        default=keys,
        metavar="FILE",
        help="the council's keys (or KIOSK_KEYS; else beside the database)",
    )


def run(args: argparse.Namespace) -> int:
    """Do what the arguments say; 0 when it was done, 1 with one sentence on the error output when not."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "serve": _serve,
        "pair": _pair,
        "desk-token": _desk_token,
        "migrate": _migrate,
        "backup": _back_up,
        "restore": _restore,
        **{name: _at_the_console(act) for name, act in AT_THE_CONSOLE.items()},
        publishing.ACT: _publish,
        "import": import_command.run,
        **keys_command.ACTS,
    }
    try:
        return acts[args.act](args)
    except KioskError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command speaks to the person at the keyboard
        return 1


def _serve(args: argparse.Namespace) -> int:
    settings = _settings(args)
    write_log_to(sys.stderr)
    listening = _listen(args.host, args.port)
    with listening:
        app = create_app(settings)
        gc.freeze()  # what lives as long as the service need not be looked through again and again
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5
        )
        _Server(config, _url(listening), args.ready_file).run(sockets=[listening])
    return 0


def _settings(args: argparse.Namespace) -> CentralSettings:
    settings = CentralSettings(
        database=args.database,
        facility=args.facility,
        time_zone=args.time_zone,
        allowed_hosts=(*HOSTS_OF_THIS_MACHINE, args.host, *args.allow_host),
        known_services_only=args.known_services_only,
        sealed_only=args.sealed_only,
        keys=args.keys,
        secure_cookies=args.behind_tls,
        jurisdiction=args.jurisdiction,
        test_system=args.test_system,
        outward=NOTHING if args.outward is None else read_outward(args.outward),
    )
    try:
        _ = settings.zone
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(
            "CENTRAL-020",
            "There is no such time zone.",
            "Give a name such as Europe/London.",
            "--time-zone",
        ) from error
    return settings


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    nowhere = UsageError(
        "CENTRAL-021",
        f"The service cannot listen at {host}, port {port}.",
        "Stop what listens there, or give another --port; 0 takes a free one.",
    )
    if not 0 <= port <= LAST_PORT:
        raise nowhere
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise nowhere from error
    # What is accepted inherits it; without it the end of each answer waits 40 ms for the caller's late ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Tell where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, url: str, ready_file: Path | None) -> None:
        super().__init__(config)
        self._url = url
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then write the ready file at once and whole."""
        await super().startup(sockets)
        print(f"Central listens at {self._url}; the desk is {self._url}/desk", flush=True)  # noqa: T201 - as above
        if self._ready_file is not None:
            draft = self._ready_file.with_name(f".{self._ready_file.name}.{os.getpid()}")
            draft.write_text(json.dumps({"url": self._url}), "utf-8")
            draft.replace(self._ready_file)


def _at_the_console(act: outward.Act) -> Callable[[argparse.Namespace], int]:
    def done(args: argparse.Namespace) -> int:
        _say(*_with_database(args, lambda database: act(args, database, Chance())))
        return 0

    return done


def _pair(args: argparse.Namespace) -> int:
    chance = Chance()
    code = _with_database(
        args,
        lambda database: database.write_now(lambda c: make_pairing_code(c, chance, args.terminal, CONSOLE)),
    )
    _say(code)
    return 0


def _desk_token(args: argparse.Namespace) -> int:
    if not 0 < args.hours <= 24 * 366:
        raise UsageError(
            "CENTRAL-023", "A token is good for 1 to 8784 hours.", "Give another number.", "--hours"
        )
    chance = Chance()
    token = credentials.make_token(chance.random_bytes)
    ends_at = chance.now() + timedelta(hours=args.hours)

    def enter(connection: Connection) -> None:
        people.add_desk_token(connection, credentials.token_hash(token), args.label[:80], ends_at)
        journal.staff_did(connection, chance.now(), CONSOLE, "desk-token-made", args.label)

    _with_database(args, lambda database: database.write_now(enter))
    _say(token)
    return 0


def _back_up(args: argparse.Namespace) -> int:
    backup.back_up(args.database, args.file)
    _say("The copy is whole. Keep it apart, with the files of the keys: without them nothing sealed opens.")
    return 0


def _restore(args: argparse.Namespace) -> int:
    backup.restore(args.database, args.file)
    migrate(args.database)
    _say("The copy is back, with the tables of this version. Erase again what was erased since it was made.")
    return 0


def _migrate(args: argparse.Namespace) -> int:
    migrate(args.database)
    _say("The database has the tables of this version.")
    return 0


def _publish(args: argparse.Namespace) -> int:
    _say(_with_database(args, lambda database: publishing.publish(args, database.write_now)))
    return 0


def _with_database(args: argparse.Namespace, act: Callable[[Database], T]) -> T:
    database = open_database(args.database)
    try:
        return act(database)
    finally:
        asyncio.run(database.close())


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - the command speaks to the person at the keyboard


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kiosk central` by itself."""
    parser = argparse.ArgumentParser(prog="kiosk central")
    add_arguments(parser)
    return run(parser.parse_args(arguments))
