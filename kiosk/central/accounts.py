"""Accounts for the desk pages, as they are made and taken away at central's console.

Responsible for: ``add-staff``, ``remove-staff`` and ``list-staff``.
Not responsible for: signing in with one (`kiosk.central.desk.sign_in`).
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from kiosk.central import credentials
from kiosk.central.console import CONSOLE, Act
from kiosk.central.database import Database
from kiosk.central.settings import Chance
from kiosk.central.tables import journal, people
from kiosk.errors import UsageError

RIGHTS = {
    people.Right.PEOPLE: "hand out and erase all that is kept of a person",
    people.Right.SYSTEMS: "say which systems events are sent to",
    people.Right.NOTICES: "show notices to visitors at every terminal",
}
LONGEST_NAME = 80


def add_acts(acts: Any) -> Sequence[argparse.ArgumentParser]:
    """Add the commands; returns their parsers, which still need to know the database."""
    added = acts.add_parser("add-staff", help="make an account for the desk pages; shows its password once")
    added.add_argument("name", metavar="NAME")
    for right, what in RIGHTS.items():
        added.add_argument(f"--for-{right}", action="store_true", help=f"may also {what}")
    added.set_defaults(act="add-staff")
    removed = acts.add_parser("remove-staff", help="take an account away, and sign it out everywhere at once")
    removed.add_argument("name", metavar="NAME")
    removed.set_defaults(act="remove-staff")
    listed = acts.add_parser("list-staff", help="see who has an account for the desk pages")
    listed.set_defaults(act="list-staff")
    return (added, removed, listed)


def _add(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    name = _plain(args.name)
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise UsageError("CENTRAL-022", "A name has 1 to 80 letters.", "Give the name in quotes.", "NAME")
    password = credentials.make_password(chance.random_bytes)
    hashed = credentials.hash_password(password, chance.random_bytes)
    rights = [right for right in people.Right if getattr(args, f"for_{right}")]

    def enter(connection: Connection) -> None:
        people.put_staff(connection, name, hashed, chance.now(), rights=rights)
        journal.staff_did(connection, chance.now(), CONSOLE, "staff-added", name)
        for right in rights:
            journal.staff_did(connection, chance.now(), CONSOLE, f"staff-added-for-{right}", name)

    database.write_now(enter)
    return (f"Name:     {name}", f"Password: {password}", "It is shown only now. Sign in at /desk.")


def _remove(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    name = _plain(args.name)

    def leave(connection: Connection) -> bool:
        known = people.remove_staff(connection, name)
        if known:
            journal.staff_did(connection, chance.now(), CONSOLE, "staff-removed", name)
        return known

    if not name.isprintable() or not database.write_now(leave):
        raise UsageError(
            "CENTRAL-025",
            "No account has this name, and none was removed.",
            "See how names are written: kiosk central list-staff",
            name if name.isprintable() and name else "NAME",
        )
    return (
        f"{name} cannot sign in at the desk any more, and is signed out everywhere.",
        "What they did stays in the history under their name.",
    )


def _list(_args: argparse.Namespace, database: Database, _chance: Chance) -> Iterable[str]:
    return database.write_now(people.names) or ["Nobody yet: kiosk central add-staff NAME"]


def _plain(name: str) -> str:
    """Return a name with single spaces, as it is kept and as the desk reads it."""
    return " ".join(name.split())


ACTS: Mapping[str, Act] = {"add-staff": _add, "remove-staff": _remove, "list-staff": _list}
