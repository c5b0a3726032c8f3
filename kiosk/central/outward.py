"""What is done at the console about other systems: their keys, and the services they may ask for.

Responsible for: arguments, and the lines that are printed.
Not responsible for: opening the database (`kiosk.central.command`).
"""

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from kiosk.central import credentials
from kiosk.central.database import Database
from kiosk.central.open311.definitions import PublishedServices
from kiosk.central.settings import Chance
from kiosk.central.tables import journal, open311
from kiosk.errors import UsageError

Act = Callable[[argparse.Namespace, Database, Chance], Iterable[str]]
CONSOLE = "console"
LABEL = re.compile("[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def add_acts(acts: Any) -> list[argparse.ArgumentParser]:
    """Add the commands; returns their parsers, which still need to know the database."""
    key = acts.add_parser("open311-key", help="make a key with which a system hands requests in; shown once")
    key.add_argument("label", metavar="LABEL", help="whose key it is, such as fixmystreet")
    key.set_defaults(act="open311-key")
    end = acts.add_parser("open311-key-end", help="end a key of Open311")
    end.add_argument("label", metavar="LABEL")
    end.set_defaults(act="open311-key-end")
    publish = acts.add_parser("open311-services", help="publish services.json to other systems")
    publish.add_argument("file", type=Path, metavar="FILE", help="made by: kiosk services")
    publish.set_defaults(act="open311-services")
    return [key, end, publish]


def _make_key(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    if not LABEL.fullmatch(args.label):
        raise UsageError(
            "CENTRAL-040",
            "A key's label has letters without accents, digits and hyphens, at most 40.",
            "Give a label such as fixmystreet.",
            "LABEL",
        )
    key = credentials.make_token(chance.random_bytes)

    def enter(connection: Connection) -> bool:
        journal.staff_did(connection, chance.now(), CONSOLE, "open311-key-made", args.label)
        return open311.add_key(connection, args.label, credentials.token_hash(key), chance.now())

    if not database.write_now(enter):
        raise UsageError(
            "CENTRAL-041", "There is a key of this label.", "Give another label, or end the old key.", "LABEL"
        )
    return [key]


def _end_key(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    def end(connection: Connection) -> bool:
        journal.staff_did(connection, chance.now(), CONSOLE, "open311-key-ended", args.label)
        return open311.revoke_key(connection, args.label, chance.now())

    if not database.write_now(end):
        raise UsageError("CENTRAL-042", "No key of this label is good.", "Look at the label again.", "LABEL")
    return [f"The key of {args.label} is ended."]


def _publish(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    services = _read_services(args.file)
    rows = [(each.service_code, each.model_dump_json()) for each in services.services]

    def put(connection: Connection) -> None:
        open311.publish(connection, rows)
        journal.staff_did(connection, chance.now(), CONSOLE, "open311-services-published", str(len(rows)))

    database.write_now(put)
    return [f"{len(rows)} services are published."]


def _read_services(file: Path) -> PublishedServices:
    try:
        return PublishedServices.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError("CENTRAL-043", "The file cannot be read.", "Look at its name.", str(file)) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(
            "CENTRAL-044",
            f"These are no services: '{place}' is not as agreed ({first['msg']}).",
            "Make the file anew: python -m kiosk services.",
            str(file),
        ) from error


ACTS: dict[str, Act] = {
    "open311-key": _make_key,
    "open311-key-end": _end_key,
    "open311-services": _publish,
}
