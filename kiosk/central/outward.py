"""What is done at the console about other systems: their keys, and the services they may ask for.

Responsible for: arguments, and the lines that are printed.
Not responsible for: opening the database (`kiosk.central.command`).
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from kiosk.central import credentials, endpoints
from kiosk.central.database import Database
from kiosk.central.open311.definitions import PublishedServices
from kiosk.central.settings import Chance
from kiosk.central.tables import journal, open311, webhooks
from kiosk.errors import UsageError

Act = Callable[[argparse.Namespace, Database, Chance], Iterable[str]]
CONSOLE = "console"


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
    return [key, end, publish, *_add_webhook_acts(acts)]


def _add_webhook_acts(acts: Any) -> list[argparse.ArgumentParser]:
    add = acts.add_parser("webhook-add", help="send events of cases to an address; shows the secret once")
    add.add_argument("label", metavar="LABEL", help="whose it is, such as crm")
    add.add_argument("url", metavar="URL", help="an address that begins with https://")
    add.add_argument("--private", action="store_true", help="the address is in this council's own network")
    add.set_defaults(act="webhook-add")
    end = acts.add_parser("webhook-end", help="send nothing there any more, and forget its secret")
    end.add_argument("label", metavar="LABEL")
    end.set_defaults(act="webhook-end")
    every = acts.add_parser("webhooks", help="list the addresses that events are sent to")
    every.set_defaults(act="webhooks")
    return [add, end, every]


def _make_key(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    label, key = endpoints.checked_label(args.label), credentials.make_token(chance.random_bytes)

    def enter(connection: Connection) -> bool:
        journal.staff_did(connection, chance.now(), CONSOLE, "open311-key-made", args.label)
        return open311.add_key(connection, label, credentials.token_hash(key), chance.now())

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


def _add_webhook(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    def add(connection: Connection) -> str:
        label, url, private = args.label, args.url, args.private
        return endpoints.add(connection, chance, label, url, actor=CONSOLE, allow_private=private)

    return [database.write_now(add)]


def _end_webhook(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    database.write_now(lambda c: endpoints.end(c, chance, args.label, CONSOLE))
    return [f"Nothing is sent to {args.label} any more."]


def _list_webhooks(_args: argparse.Namespace, database: Database, _chance: Chance) -> Iterable[str]:
    found = database.write_now(webhooks.every)
    return [f"{each.label}  {each.url}" for each in found] or ["Events are sent nowhere."]


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
    "webhook-add": _add_webhook,
    "webhook-end": _end_webhook,
    "webhooks": _list_webhooks,
}
