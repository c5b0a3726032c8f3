"""What operators do at the console besides accounts: the audit, a person's cases, how long they stay.

Responsible for: arguments, and the lines that are printed.
Not responsible for: opening the database (`kiosk.central.command`).
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.central import chain, erasure, reference
from kiosk.central.database import Database
from kiosk.central.handing_out import write_folder
from kiosk.central.keys import KeyFile
from kiosk.central.settings import Chance, beside
from kiosk.central.tables import journal, keeping
from kiosk.central.tables.cases import Case
from kiosk.central.tables.uploads import Attached
from kiosk.errors import StoreDamaged, UsageError

CONSOLE = "console"
LONGEST_DAYS = 36_500
Act = Callable[[argparse.Namespace, Database, Chance], Iterable[str]]


def add_acts(acts: Any) -> list[argparse.ArgumentParser]:
    """Add the commands; returns their parsers, which still need to know the database."""
    audit = acts.add_parser("audit", help="see that nobody changed the audit of what staff did")
    audit.add_argument("what", choices=["verify"])
    audit.add_argument("--expect", metavar="NUMBER:HASH", default="", help="what verify said before")
    audit.set_defaults(act="audit")
    person = acts.add_parser("person", help="find, hand out or erase all that is kept of one person")
    person.add_argument("what", choices=["find", "export", "erase"])
    person.add_argument("words", metavar="WORDS", help="a reference, a case's identifier, or a whole name")
    person.add_argument("--in-answers", action="store_true", help="look into every answer too; takes time")
    person.add_argument(
        "--to", type=Path, metavar="DIR", help="export into a new folder, with what is attached"
    )
    person.set_defaults(act="person")
    retention = acts.add_parser("retention", help="say for how many days the cases of a service are kept")
    retention.add_argument("service", metavar="SERVICE", help="its identifier; * for all that are not named")
    retention.add_argument("days", metavar="DAYS", type=int, help="0 keeps them for ever")
    retention.set_defaults(act="retention")
    return [audit, person, retention]


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


def _person(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    def act(connection: Connection) -> Iterable[str]:
        person = erasure.find(connection, args.words, in_answers=args.in_answers)
        nobody = not person.cases and not person.appointments
        match args.what:
            case "export":
                told = erasure.hand_out(connection, chance.now(), person, CONSOLE)
                files = erasure.attachments_of(connection, person)
                return _in_folder(args, chance, told, files) if args.to else [told]
            case "erase" if nobody and reference.looks_like(args.words):
                erasure.erase_unseen(connection, chance, args.words, CONSOLE)
                return ["Nothing is kept of it here. When a terminal brings it, it is not kept either."]
            case "erase":
                _only_one(person, args.words)
                erasure.erase(connection, chance, person, CONSOLE)
                return [f"Erased: {len(person.cases)} cases, {len(person.appointments)} appointments."]
            case _:
                return [_line(case) for case in person.cases] or ["No case is kept under these words."]

    return database.write_now(act)


def _in_folder(
    args: argparse.Namespace, chance: Chance, told: str, files: Iterable[tuple[Attached, bytes]]
) -> list[str]:
    keys = KeyFile(args.keys or beside(args.database), chance.random_bytes, chance.now)
    return write_folder(args.to, told, files, keys.opener)


def _only_one(person: erasure.Person, words: str) -> None:
    """Refuse to erase by a reference that came round again: it may be two people's."""
    if len({case.case_id for case in person.cases if case.reference == words.upper()}) > 1:
        raise UsageError(
            "CENTRAL-068",
            "Several cases have this reference.",
            "Find them, then erase each by its identifier: kiosk central person find REFERENCE",
            words,
        )


def _line(case: Case) -> str:
    return f"{case.case_id}  {case.reference}  {case.service}  {case.received_at:%Y-%m-%d %H:%M} UTC"


def _keep(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    if not 0 <= args.days <= LONGEST_DAYS:
        raise UsageError(
            "CENTRAL-069",
            "Cases are kept for 1 to 36500 days, or 0 for ever.",
            "Give another number.",
            "DAYS",
        )

    def put(connection: Connection) -> None:
        keeping.set_days(connection, args.service, args.days)
        journal.staff_did(connection, chance.now(), CONSOLE, "retention-set", f"{args.service} {args.days}")

    database.write_now(put)
    return [f"Cases of {args.service} are kept {f'for {args.days} days' if args.days else 'for ever'}."]


ACTS: dict[str, Act] = {"audit": _verify, "person": _person, "retention": _keep}
