"""Bulletins at central's console: short texts that every terminal shows to visitors for a while.

Responsible for: ``bulletin add``, ``end`` and ``list``.
Not responsible for: what a bulletin is and how it is published (`kiosk.central.notices`).
"""

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.central import bundles, notices
from kiosk.central.console import CONSOLE, Act
from kiosk.central.database import Database
from kiosk.central.keyring import open_signing_key
from kiosk.central.notices import LONGEST
from kiosk.central.settings import CentralSettings, Chance
from kiosk.central.tables import bundles as versions
from kiosk.errors import UsageError

TEXT = re.compile(r"([a-z]{2,3})=(.+)", re.DOTALL)


def add_acts(acts: Any) -> Sequence[argparse.ArgumentParser]:
    """Add the act; returns its parsers, which still need to know the database."""
    bulletin = acts.add_parser("bulletin", help="show visitors a short text at every terminal for a while")
    what = bulletin.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = what.add_parser("add", help="show a text; one of the same name is replaced")
    add.add_argument("name", metavar="NAME", help="for colleagues, such as lift")
    add.add_argument(
        "--text",
        action="append",
        required=True,
        metavar="LANGUAGE=WORDS",
        help="such as 'en=The lift is out of order'; repeatable, English is a must",
    )
    when = "local time, such as '2026-05-04 09:00'"
    add.add_argument("--from", dest="begins", required=True, metavar="WHEN", help=when)
    add.add_argument("--until", required=True, metavar="WHEN", help=when)
    ended = what.add_parser("end", help="show it no longer")
    ended.add_argument("name", metavar="NAME")
    listed = what.add_parser("list", help="see what terminals are told to show")
    bulletin.set_defaults(act="bulletin")
    return (bulletin, add, ended, listed)


def _bulletin(args: argparse.Namespace, database: Database, chance: Chance) -> Iterable[str]:
    if args.what == "list":
        return database.write_now(_listed)
    key = open_signing_key(CentralSettings(args.database, keys=args.keys).signing_key_file)
    text = _written(args) if args.what == "add" else None
    by = notices.Hand(key, chance.now(), CONSOLE)
    made = database.write_now(lambda c: notices.change(c, by, args.name, text))
    return (f"Version {made.version} is published ({made.note}). Terminals take it up between visits.",)


ACTS: Mapping[str, Act] = {"bulletin": _bulletin}


def _written(args: argparse.Namespace) -> str:
    """Return the file of a bulletin, as a terminal reads it."""
    if notices.NAME.fullmatch(args.name) is None:
        raise UsageError(
            "KIOSK-046",
            "This cannot be the name of a bulletin.",
            "Write small letters a to z, digits and hyphens; at most 40.",
            "NAME",
        )
    begins, until = _moments(args)
    return notices.document(notices.Notice(args.name, begins, until, _texts(args.text)))


def _moments(args: argparse.Namespace) -> tuple[datetime, datetime]:
    begins, until = notices.moment(args.begins), notices.moment(args.until)
    if begins is None or until is None or until <= begins:
        raise UsageError(
            "KIOSK-047",
            "From when until when is not clear.",
            "Write both like '2026-05-04 09:00', the end after the beginning.",
            "--from, --until",
        )
    return begins, until


def _texts(given: Sequence[str]) -> dict[str, str]:
    found = {match[1]: " ".join(match[2].split()) for each in given if (match := TEXT.fullmatch(each))}
    fit = all(notices.fits(words) for words in found.values())
    if len(found) != len(given) or not fit or "en" not in found:
        raise UsageError(
            "KIOSK-048",
            f"Each text needs its language and 1 to {LONGEST} characters, once, and English is a must.",
            "Write it like 'en=The lift is out of order', and say only what visitors need to know now.",
            "--text",
        )
    return found


def _listed(connection: Connection) -> list[str]:
    named = bundles.bulletins_of(versions.newest(connection))
    texts = {str(each["path"]): versions.content(connection, str(each["sha256"])) or "" for each in named}
    names = {path.removeprefix(bundles.BULLETINS).removesuffix(".yaml"): text for path, text in texts.items()}
    return [f"{name}\n{text}" for name, text in names.items()] or ["There is no bulletin."]
