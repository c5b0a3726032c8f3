"""Publishing at central's console: what facilities configured becomes a version that terminals pull.

Responsible for: ``publish``, its list, and publishing an older version again.
Not responsible for: checking a configuration, which the kiosk's command does before it calls.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from kiosk.central import bundles
from kiosk.central.keyring import SigningKey, open_signing_key
from kiosk.central.settings import CentralSettings, Chance
from kiosk.central.tables import bundles as versions
from kiosk.central.tables import journal
from kiosk.errors import SettingsError, UsageError

ACT = "publish"
NOTHING_NEW = "Nothing has changed since version {version}."


def add_acts(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> Sequence[argparse.ArgumentParser]:
    """Add the acts; returns their parsers."""
    publish = acts.add_parser(ACT, help="publish a configuration for every terminal, after checking it")
    what = publish.add_mutually_exclusive_group()
    what.add_argument(
        "--config", type=Path, default=Path("config"), metavar="DIR", help="folder with kiosk.yaml"
    )
    what.add_argument(
        "--again", type=int, metavar="VERSION", help="go back: an older version becomes the newest"
    )
    what.add_argument("--list", action="store_true", help="show what was published")
    publish.add_argument("--note", default="", metavar="TEXT", help="what is new, for colleagues")
    publish.set_defaults(act=ACT)
    return (publish,)


def publish(args: argparse.Namespace, write_now: Callable[[Callable[[Connection], str]], str]) -> str:
    """Do what the arguments say; returns what to tell the person.

    Args:
        args: with `problems`, the lines of the check, unless an older version is taken again.
        write_now: runs work on the database in one transaction.

    Raises:
        SettingsError: the configuration has problems; nothing was published.
        UsageError: there is no such version, or nothing that could be published.
    """
    if args.list:
        return write_now(_listed)
    settings, chance = CentralSettings(args.database, keys=args.keys), Chance()
    key = open_signing_key(settings.signing_key_file)
    note = " ".join(args.note.split())[:120]
    if args.again is not None:
        return write_now(lambda c: _again(c, key, chance, args.again, note))
    _refuse_problems(args)
    files = bundles.gather(args.config)
    return write_now(lambda c: _publish(c, key, chance, files, note))


def _refuse_problems(args: argparse.Namespace) -> None:
    problems = getattr(args, "problems", None)
    if problems is None:
        raise UsageError(
            "CENTRAL-029",
            "The configuration was not checked.",
            "Publish with: python -m kiosk central publish.",
        )
    if problems:
        raise SettingsError(
            "CENTRAL-080",
            f"Nothing was published: the configuration has problems ({len(problems)}).",
            f"See them all: python -m kiosk check --config {args.config}",
            str(args.config),
        )


def _publish(
    connection: Connection, key: SigningKey, chance: Chance, files: dict[str, str], note: str
) -> str:
    versions.take_turns(connection)
    before = versions.newest(connection)
    version = before.version + 1 if before else 1
    named = [*bundles.named(files), *bundles.bulletins_of(before)]
    made = bundles.sign(key, named, version=version, made_at=chance.now(), made_by="console", note=note)
    if before is not None and bundles.files_of(before) == bundles.files_of(made):
        return NOTHING_NEW.format(version=before.version)
    versions.add(connection, made, bundles.by_hash(files))
    return _told(connection, made, f"{len(files)} files")


def _again(connection: Connection, key: SigningKey, chance: Chance, version: int, note: str) -> str:
    versions.take_turns(connection)
    old, newest = versions.one(connection, version), versions.newest(connection)
    if old is None or newest is None:
        raise UsageError(
            "CENTRAL-081",
            "There is no such version.",
            "See them: python -m kiosk central publish --list.",
            "--again",
        )
    if bundles.services_of(old) == bundles.services_of(newest):
        return NOTHING_NEW.format(version=newest.version)
    made = bundles.sign(
        key,
        [*bundles.services_of(old), *bundles.bulletins_of(newest)],
        version=newest.version + 1,
        made_at=chance.now(),
        made_by="console",
        note=note or f"Version {version} again",
    )
    versions.add(connection, made, {})
    return _told(connection, made, f"as version {version}")


def _told(connection: Connection, made: versions.Bundle, what: str) -> str:
    journal.staff_did(connection, made.made_at, made.made_by, "bundle-published", f"version {made.version}")
    return f"Version {made.version} is published ({what}). Terminals take it up between visits."


def _listed(connection: Connection) -> str:
    lines = (
        f"{b.version:5}  {b.made_at:%d %b %Y %H:%M} UTC  {b.note}".rstrip()
        for b in versions.every(connection)
    )
    return "\n".join(lines) or "Nothing was published yet."
