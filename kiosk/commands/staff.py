"""``kiosk staff``: who may open the staff view at this terminal."""

import argparse
import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import qrcode
from qrcode.image.svg import SvgPathImage

from devices.catalogue import token_of
from kiosk.app import identified, store_settings
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, add_folder, parser_for
from kiosk.core.staff import make_pin
from kiosk.errors import UsageError
from kiosk.keys import private_folder, site_key
from kiosk.ports import StaffDirectory
from kiosk.store import look_into

CODE_BYTES: Final = 16
"""Of chance in a code card: nobody guesses it, whatever the lock after wrong tries lets through."""


def add(commands: Commands) -> None:
    """Add the command and its acts."""
    parser = parser_for(
        commands, "staff", "enter who may open the staff view at this terminal", "kiosk staff list"
    )
    acts = parser.add_subparsers(required=True, metavar="ACT")
    enter = parser_for(
        acts,
        "add",
        "enter a badge and make its PIN, shown once, or a code card in its place",
        'kiosk staff add "Sam Jones" --badge 0A00CE754C',
    )
    enter.add_argument("name", metavar="NAME")
    enter.add_argument(
        "--code-card",
        type=Path,
        metavar="FILE",
        help="no PIN: draw a code into this SVG file, to be printed and held to the scanner",
    )
    enter.set_defaults(carry_out=_enter)
    unlock = parser_for(
        acts, "unlock", "let a locked badge try again", "kiosk staff unlock --badge 0A00CE754C"
    )
    unlock.set_defaults(carry_out=_unlock)
    remove = parser_for(
        acts,
        "remove",
        "take a badge away at once: it is lost, or somebody has left",
        'kiosk staff remove "Sam Jones"',
    )
    whom = remove.add_mutually_exclusive_group(required=True)
    whom.add_argument("name", nargs="?", metavar="NAME", help="whose badge, where nobody knows its number")
    whom.add_argument("--badge", metavar="NUMBER", help="as the reader reads it")
    remove.add_argument("--all", action="store_true", help="every badge of that name")
    remove.set_defaults(carry_out=_remove)
    listing = parser_for(acts, "list", "list who may sign in", "kiosk staff list")
    listing.set_defaults(carry_out=_list)
    for act in (enter, unlock):
        act.add_argument("--badge", required=True, metavar="NUMBER", help="as the reader reads it")
    for act in (enter, unlock, remove, listing):
        add_config(act)
        add_folder(act)


def _enter(chosen: argparse.Namespace) -> int:
    if chosen.code_card is not None:
        return _enter_with_code(chosen, chosen.code_card)
    pin = make_pin(secrets.randbelow)
    with _staff(chosen, may_begin=True) as directory:
        directory.add(chosen.name, _token(chosen), pin, SystemClock().now())
    print(f"Name: {chosen.name}\nPIN:  {pin}\nThe PIN is shown only now.")
    return 0


def _enter_with_code(chosen: argparse.Namespace, picture: Path) -> int:
    """Give somebody a code to hold to the scanner in place of a PIN to remember."""
    code = "KSC1-" + base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode("ascii").rstrip("=")
    _draw(code, picture)
    key = site_key(private_folder(chosen.data))
    with _staff(chosen, may_begin=True) as directory:
        directory.add_code(chosen.name, _token(chosen), token_of(code, key), SystemClock().now())
    print(
        f"Name: {chosen.name}\nCode: {picture}\nPrint it, then delete the file. Keep it apart from the badge."
    )
    return 0


def _draw(code: str, picture: Path) -> None:
    drawn = qrcode.make(code, image_factory=SvgPathImage).to_string()
    try:
        descriptor = os.open(picture, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError(
            "STAFF-004", "There is a file of this name.", "Name another.", str(picture)
        ) from error
    except OSError as error:
        raise UsageError(
            "STAFF-005",
            "The code cannot be written.",
            "Name a file in a folder that you may write.",
            str(picture),
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(drawn)


def _unlock(chosen: argparse.Namespace) -> int:
    with _staff(chosen) as directory:
        known = directory.unlock(_token(chosen), SystemClock().now())
    print("The badge can be tried again." if known else "Nobody here has this badge.")
    return 0 if known else 1


def _remove(chosen: argparse.Namespace) -> int:
    whose = "The badge" if chosen.name is None else f"The badge of {chosen.name}"
    with _staff(chosen) as directory:
        badges = (_token(chosen),) if chosen.name is None else directory.badges_of(chosen.name)
        if len(badges) > 1 and not chosen.all:
            raise _several(len(badges), chosen.name)
        now = SystemClock().now()
        removed = [badge for badge in badges if directory.remove(badge, now)]
    if not removed:
        nobody = "has this badge" if chosen.name is None else f"is called {chosen.name}"
        print(f"Nobody here {nobody}. Who may sign in: kiosk staff list")
        return 1
    count = f" ({len(removed)} of them)" if len(removed) > 1 else ""
    print(f"{whose} opens nothing here any more{count}. Other terminals keep lists of their own.")
    return 0


def _several(count: int, name: str) -> UsageError:
    return UsageError(
        "STAFF-006",
        f"There are {count} badges of this name, and none was removed.",
        "Name one with --badge NUMBER, or remove them all with --all and enter again who stays.",
        name,
    )


def _list(chosen: argparse.Namespace) -> int:
    with _staff(chosen) as directory:
        names = directory.names()
    print("\n".join(names) or "Nobody yet: kiosk staff add NAME --badge NUMBER")
    return 0


@contextmanager
def _staff(chosen: argparse.Namespace, *, may_begin: bool = False) -> Iterator[StaffDirectory]:
    """Open the store beside a running service: nothing of it is ever set aside from here."""
    settings = store_settings(identified(chosen.config), private_folder(chosen.data))
    store = look_into(settings, SystemClock().now(), may_begin=may_begin)
    try:
        yield store.staff
    finally:
        store.close()


def _token(chosen: argparse.Namespace) -> str:
    return token_of(chosen.badge.strip().upper(), site_key(private_folder(chosen.data)))
