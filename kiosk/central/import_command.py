"""``kiosk central import``: cases that came on a USB stick, because their terminal cannot reach central.

Responsible for: taking in what a file holds (`kiosk.central.import_file`), telling what became of each case.
Not responsible for: what becomes of a case (`kiosk.central.intake`).

Each key has one effect here too, so the terminal may send everything again later.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection

from kiosk.central import uploading
from kiosk.central.bodies import Reading
from kiosk.central.database import open_database
from kiosk.central.import_file import Carried, carried, terminal_of
from kiosk.central.intake import Intake, Sender
from kiosk.central.keys import KeyFile
from kiosk.central.settings import Chance, beside
from kiosk.central.tables import journal, uploads
from kiosk.central.uploading import Piece
from kiosk.central.wire.terminal import MOST_ITEMS, Result

if TYPE_CHECKING:
    Acts: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

CONSOLE = "console"
HELD_BACK = frozenset({"conflict", "rejected", "retry"})


def add_act(acts: "Acts") -> argparse.ArgumentParser:
    """Add the act; returns its parser, which still needs the database."""
    parser = acts.add_parser("import", help="take in cases from a file that 'kiosk cases export' wrote")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--known-services-only", action="store_true", help="as for the service")
    parser.add_argument("--sealed-only", action="store_true", help="as for the service")
    parser.set_defaults(act="import")
    return parser


def run(args: argparse.Namespace) -> int:
    """Take the file in; 0 when every case is here now, 1 when some are not."""
    terminal = terminal_of(args.file)
    chance = Chance()
    database = open_database(args.database)
    keys = KeyFile(args.keys or beside(args.database), chance.random_bytes, chance.now)
    intake = Intake(chance, Reading(keys.opener, args.sealed_only), args.known_services_only)
    try:
        results: list[Result] = []
        for batch in _batches(carried(args.file)):
            sender = Sender(terminal, chance.now())
            results += database.write_now(lambda c, s=sender, b=batch: _take(c, intake, s, b))  # type: ignore[misc]
        told = _counted(results)
        done = f"{terminal} {told}"
        database.write_now(lambda c: journal.staff_did(c, chance.now(), CONSOLE, "cases-imported", done))
    finally:
        asyncio.run(database.close())
    held_back = [result for result in results if result.status in HELD_BACK]
    for result in held_back:
        reason = result.problem.detail if result.problem else "no reason"
        _say(f"{result.key}: {result.status}. {reason}")
    _say(f"From {terminal}: {told}.")
    return 1 if held_back else 0


def _take(connection: Connection, intake: Intake, sender: Sender, carried: Sequence[Carried]) -> list[Result]:
    """Take cases with what is attached to them, all or nothing; bytes that no case has then are not kept."""
    for each in carried:
        for sha256, content in each.files.items():
            _take_file(connection, sender, sha256, content)
    results = intake.take_all(connection, sender, [each.item for each in carried])
    uploads.forget(connection, sender.terminal, {sha256 for each in carried for sha256 in each.files})
    return results


def _take_file(connection: Connection, sender: Sender, sha256: str, content: bytes) -> None:
    """Keep what is not here yet of an attachment; the terminal may have sent a part of it."""
    here = uploads.one(connection, sender.terminal, sha256)
    rest = Piece(sender.terminal, sha256, here.received, content[here.received :], last=True)
    _, problem = uploading.take(connection, rest, sender.at)
    if problem is not None:
        raise problem


def _batches(every: Iterator[Carried]) -> Iterator[list[Carried]]:
    """Take cases together, but one with attachments alone: they are large, and only so many may be loose."""
    batch: list[Carried] = []
    for each in every:
        if each.files or len(batch) == MOST_ITEMS:
            yield from filter(None, (batch,))
            batch = []
        if each.files:
            yield [each]
        else:
            batch.append(each)
    yield from filter(None, (batch,))


def _counted(results: list[Result]) -> str:
    counts = Counter[str](result.status for result in results)
    refused = sum(count for status, count in counts.items() if status in HELD_BACK)
    return f"{counts['created']} new, {counts['duplicate']} already here, {refused} not taken"


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - the command speaks to the person at the keyboard
