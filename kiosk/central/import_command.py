"""``kiosk central import``: cases that came on a USB stick, because their terminal cannot reach central.

Responsible for: reading the file that `kiosk cases export` writes, and telling what became of each case.
Not responsible for: what becomes of a case (`kiosk.central.intake`).

Each key has one effect here too, so the terminal may send everything again later.
"""

import argparse
import asyncio
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from kiosk.central.bodies import Reading
from kiosk.central.database import open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.keys import KeyFile
from kiosk.central.settings import Chance, beside
from kiosk.central.tables import journal
from kiosk.central.wire.terminal import MOST_ITEMS, Item, Result
from kiosk.errors import UsageError

if TYPE_CHECKING:
    Acts: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

FORMAT = "council-kiosk cases 1"
CONSOLE = "console"
HELD_BACK = frozenset({"conflict", "rejected", "retry"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """The cases of one file, and the terminal that wrote it."""

    terminal: str
    items: tuple[Item, ...]


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
    bundle = read_bundle(args.file)
    chance = Chance()
    database = open_database(args.database)
    keys = KeyFile(args.keys or beside(args.database), chance.random_bytes, chance.now)
    intake = Intake(chance, Reading(keys.opener, args.sealed_only), args.known_services_only)
    try:
        results: list[Result] = []
        for start in range(0, len(bundle.items), MOST_ITEMS):
            batch = list(bundle.items[start : start + MOST_ITEMS])
            sender = Sender(bundle.terminal, chance.now())
            results += database.write_now(lambda c, s=sender, b=batch: intake.take_all(c, s, b))  # type: ignore[misc]
        told = _counted(results)
        done = f"{bundle.terminal} {told}"
        database.write_now(lambda c: journal.staff_did(c, chance.now(), CONSOLE, "cases-imported", done))
    finally:
        asyncio.run(database.close())
    held_back = [result for result in results if result.status in HELD_BACK]
    for result in held_back:
        reason = result.problem.detail if result.problem else "no reason"
        _say(f"{result.key}: {result.status}. {reason}")
    _say(f"From {bundle.terminal}: {told}.")
    return 1 if held_back else 0


def read_bundle(path: Path) -> Bundle:
    """Read a whole file of exported cases, or nothing of it.

    Raises:
        UsageError: it is not such a file, or not all of it.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        head, *items, tail = [json.loads(line) for line in lines]
        whole = hashlib.sha256("\n".join(lines[:-1]).encode()).hexdigest()
        if head["format"] != FORMAT or tail["cases"] != len(items) or tail["sha256"] != whole:
            raise _not_whole(path)
        return Bundle(_name(head), tuple(Item.model_validate(item) for item in items))
    except OSError as error:
        raise UsageError(
            "CENTRAL-034", "The file cannot be read.", "Look at its name and rights.", str(path)
        ) from error
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise _not_whole(path) from error


def _not_whole(path: Path) -> UsageError:
    return UsageError(
        "CENTRAL-035",
        "This is not a whole file of exported cases; nothing was taken in.",
        "Export again at the terminal: kiosk cases export --to DIR.",
        str(path),
    )


def _name(head: dict[str, Any]) -> str:
    terminal = head["terminal"]
    if not isinstance(terminal, str) or not 0 < len(terminal) <= 63:  # noqa: PLR2004 - as wide as its column
        raise ValueError("no terminal")
    return terminal


def _counted(results: list[Result]) -> str:
    counts = Counter[str](result.status for result in results)
    refused = sum(count for status, count in counts.items() if status in HELD_BACK)
    return f"{counts['created']} new, {counts['duplicate']} already here, {refused} not taken"


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - the command speaks to the person at the keyboard
