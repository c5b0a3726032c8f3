"""The council's keys at the console: new, list, retire.

Responsible for: the arguments and what the person at the keyboard reads.
Not responsible for: the file (`kiosk.central.keys`).
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kiosk.central.keys import KeyFile
from kiosk.central.sealing import CouncilKeyPair
from kiosk.central.settings import Chance, beside

if TYPE_CHECKING:
    Acts: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

NEW_TOLD = """Terminals seal with it once they have fetched it, within the hour when they are online.
When all have, retire the older one: kiosk central keys retire ID
Keep a copy of the key file apart from the database: without it nobody can read what waits on terminals."""
RETIRED_TOLD = "Terminals are no longer told of it. What is still sealed to it opens all the same."


def add_acts(
    acts: "Acts",
) -> Iterable[argparse.ArgumentParser]:
    """Add ``keys`` with its acts; returns the parsers that still need the database."""
    keys = acts.add_parser("keys", help="the keys that terminals seal cases with")
    deeds = keys.add_subparsers(required=True, metavar="DEED")
    new = deeds.add_parser("new", help="make a new key beside the present one")
    listing = deeds.add_parser("list", help="list all keys")
    retire = deeds.add_parser("retire", help="tell terminals of a key no longer")
    retire.add_argument("key_id", metavar="ID")
    for parser, act in ((new, "keys-new"), (listing, "keys-list"), (retire, "keys-retire")):
        parser.set_defaults(act=act)
    return new, listing, retire


def _new(args: argparse.Namespace) -> int:
    file = _file(args)
    file.all()
    pair = file.make()
    _say(f"New key {pair.key_id} in {file.path}, preferred from now on.", NEW_TOLD)
    return 0


def _list(args: argparse.Namespace) -> int:
    file = _file(args)
    _say(*(_line(pair) for pair in file.all()), f"The file is {file.path}.")
    return 0


def _line(pair: CouncilKeyPair) -> str:
    valid = f"valid until {pair.not_after:%d %b %Y}"
    state = f"retired {pair.retired_at:%d %b %Y}" if pair.retired_at else valid
    return f"{pair.key_id}  made {pair.made_at:%d %b %Y}  {state}"


def _retire(args: argparse.Namespace) -> int:
    pair = _file(args).retire(args.key_id)
    _say(f"Key {pair.key_id} is retired.", RETIRED_TOLD)
    return 0


def _file(args: argparse.Namespace) -> KeyFile:
    chance = Chance()
    path: Path = args.keys or beside(args.database)
    return KeyFile(path, chance.random_bytes, chance.now)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - the command speaks to the person at the keyboard


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "keys-new": _new,
    "keys-list": _list,
    "keys-retire": _retire,
}
