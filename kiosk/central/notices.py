"""Notices to visitors, which terminals call bulletins: files of the published version, changed one at a time.

Responsible for: what a notice is, its file, and publishing the next version with it or without it.
Not responsible for: services (`kiosk.central.publishing`), which leave notices as they are.

As a file of the published version it comes to terminals signed and checked, between visits, as services do.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from sqlalchemy import Connection

from kiosk.central import bundles
from kiosk.central.keyring import SigningKey
from kiosk.central.tables import bundles as versions
from kiosk.central.tables import journal
from kiosk.central.tables.bundles import Bundle
from kiosk.errors import UsageError

MOMENT = "%Y-%m-%d %H:%M"
LONGEST = 120
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; its moments are local to each terminal, and its texts are by language."""

    name: str
    begins: datetime
    until: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who publishes, when, and the key that signs it."""

    key: SigningKey
    now: datetime
    actor: str


def moment(text: str) -> datetime | None:
    """Read a local moment such as 2026-05-04 09:00; None when it is none."""
    try:
        return datetime.strptime(text, MOMENT)  # noqa: DTZ007 - local time of each terminal
    except ValueError:
        return None


def fits(words: str) -> bool:
    """Say whether a text may be shown."""
    return 0 < len(words) <= LONGEST and words.isprintable()


def document(notice: Notice) -> str:
    """Write the file of a notice, as a terminal reads it."""
    texts = sorted(notice.texts.items())
    lines = [f"  {language}: {json.dumps(words, ensure_ascii=False)}" for language, words in texts]
    moments = (f"from: {notice.begins:{MOMENT}}", f"until: {notice.until:{MOMENT}}")
    return "\n".join([*moments, "text:", *lines, ""])


def published(connection: Connection) -> tuple[Notice, ...]:
    """Return the notices of the newest version, by name; one that cannot be read is left out."""
    named = bundles.bulletins_of(versions.newest(connection))
    found = (_read(connection, str(each["path"]), str(each["sha256"])) for each in named)
    return tuple(each for each in found if each is not None)


def _read(connection: Connection, path: str, sha256: str) -> Notice | None:
    try:
        told = YAML(typ="safe", pure=True).load(versions.content(connection, sha256) or "")
        begins, until = (moment(str(told[name])) for name in ("from", "until"))
        texts = {str(language): str(words) for language, words in told["text"].items()}
    except (YAMLError, KeyError, TypeError, AttributeError):
        return None
    name = path.removeprefix(bundles.BULLETINS).removesuffix(".yaml")
    return None if begins is None or until is None else Notice(name, begins, until, texts)


def languages(connection: Connection) -> tuple[str, ...]:
    """Return the languages that the published configuration offers; empty where it does not say."""
    newest = bundles.files_of(versions.newest(connection))
    main = next((str(each["sha256"]) for each in newest if each["path"] == "kiosk.yaml"), "")
    try:
        told = YAML(typ="safe", pure=True).load(versions.content(connection, main) or "")
        return tuple(str(each) for each in told["languages"])
    except (YAMLError, KeyError, TypeError):
        return ()


def change(connection: Connection, by: Hand, name: str, text: str | None) -> Bundle:
    """Publish what is in force with this notice as it is written now, or without it.

    Raises:
        UsageError: nothing was published yet, or there is no such notice to end.
    """
    versions.take_turns(connection)
    before, path = versions.newest(connection), f"{bundles.BULLETINS}{name}.yaml"
    others = [each for each in bundles.files_of(before) if each["path"] != path]
    if before is None:
        raise UsageError(
            "KIOSK-045",
            "Nothing was published yet.",
            "First publish services: kiosk central publish.",
            "NAME",
        )
    if text is None and others == bundles.files_of(before):
        raise UsageError(
            "KIOSK-049", "There is no such bulletin.", "See them: kiosk central bulletin list.", "NAME"
        )
    files = {} if text is None else {path: text}
    made = bundles.sign(
        by.key,
        [*others, *bundles.named(files)],
        version=before.version + 1,
        made_at=by.now,
        made_by=by.actor,
        note=f"Bulletin {name}" if text else f"Without bulletin {name}",
    )
    versions.add(connection, made, bundles.by_hash(files))
    journal.staff_did(connection, by.now, by.actor, "bundle-published", f"version {made.version}")
    did = "notice-shown" if text else "notice-ended"
    journal.staff_did(connection, by.now, by.actor, did, name)
    return made
