"""What operators do at central's console besides accounts: the audit, and how long things are kept.

Responsible for: arguments, and the lines that are printed.
Not responsible for: opening the database (`kiosk.central.command`).
"""

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from kiosk.central import chain
from kiosk.central.database import Database
from kiosk.central.settings import Chance
from kiosk.central.tables import journal
from kiosk.errors import StoreDamaged

Act = Callable[[argparse.Namespace, Database, Chance], Iterable[str]]


def add_acts(acts: Any) -> list[argparse.ArgumentParser]:
    """Add the commands; returns their parsers, which still need to know the database."""
    audit = acts.add_parser("audit", help="see that nobody changed the audit of what staff did")
    audit.add_argument("what", choices=["verify"])
    audit.add_argument("--expect", metavar="NUMBER:HASH", default="", help="what verify said before")
    audit.set_defaults(act="audit")
    return [audit]


def _verify(args: argparse.Namespace, database: Database, _chance: Chance) -> Iterable[str]:
    links = database.write_now(_links)
    broken = chain.first_break(links)
    if broken is not None:
        raise StoreDamaged(
            "CENTRAL-060",
            f"The audit was changed: row {broken} is not what was written, or one before it is gone.",
            "Keep the database as it is, and compare it with a backup.",
        )
    found = {f"{link.seq}:{link.hash}" for link in links}
    if args.expect and args.expect not in found:
        raise StoreDamaged(
            "CENTRAL-061",
            "The audit does not have the row that was named.",
            "Compare the number and hash with what was written down; keep the database as it is.",
            "--expect",
        )
    last = links[-1] if links else None
    return [
        f"The audit is whole: {len(links)} rows.",
        f"{last.seq if last else 0} {last.hash if last else chain.BEGINNING}",
    ]


def _links(connection: Connection) -> list[chain.Link]:
    return list(journal.links(connection))


ACTS: dict[str, Act] = {"audit": _verify}
