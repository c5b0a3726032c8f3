"""A bundle: the services and settings that facilities publish for terminals, named file by file and signed.

Responsible for: gathering the files of a configuration, writing the manifest, signing it.
Not responsible for: whether the configuration is right (`kiosk check` says so before), or keeping it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kiosk.central.keyring import SigningKey
from kiosk.central.tables.bundles import Bundle
from kiosk.errors import UsageError

FORMAT = 1
PURPOSE = b"council-kiosk/bundle/1\n"
PUBLISHED = ("kiosk.yaml", "services/*.yaml", "tickets/*.yaml", "translations/*.po")
BULLETINS = "bulletins/"
LARGEST_FILE = 512 * 1024
Named = dict[str, object]
"""A file of a manifest: `path`, `sha256` and `bytes`."""


def gather(folder: Path) -> dict[str, str]:
    """Return the files of a configuration that are published, by their path in it.

    Raises:
        UsageError: a file cannot be read, or is too large to be sent.
    """
    paths = [path for pattern in PUBLISHED for path in sorted(folder.glob(pattern))]
    return {path.relative_to(folder).as_posix(): _read(path) for path in paths if path.name[0] != "."}


def _read(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(
            "CENTRAL-027", "A file cannot be read.", "Mend it, then publish again.", str(path)
        ) from problem
    if len(text.encode()) > LARGEST_FILE:
        raise UsageError(
            "CENTRAL-028", "A file is larger than 512 KiB.", "Make it smaller, then publish again.", str(path)
        )
    return text


def by_hash(files: Mapping[str, str]) -> dict[str, str]:
    """Return the contents by their SHA-256."""
    return {_sha256(text): text for text in files.values()}


def named(files: Mapping[str, str]) -> list[Named]:
    """Name files as a manifest does."""
    return [
        {"path": path, "sha256": _sha256(text), "bytes": len(text.encode())} for path, text in files.items()
    ]


def sign(
    key: SigningKey,
    files: Sequence[Named],
    *,
    version: int,
    made_at: datetime,
    made_by: str,
    note: str,
) -> Bundle:
    """Write down and sign which files a version has."""
    told = {
        "format": FORMAT,
        "version": version,
        "made_at": made_at.isoformat(),
        "note": note,
        "files": sorted(files, key=lambda each: str(each["path"])),
    }
    manifest = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Bundle(version, made_at, made_by, note, manifest, key.sign_text(PURPOSE, manifest), key.key_id)


def files_of(bundle: Bundle | None) -> list[Named]:
    """Return the files that a version names; none where nothing was published."""
    found: list[Named] = json.loads(bundle.manifest)["files"] if bundle else []
    return found


def bulletins_of(bundle: Bundle | None) -> list[Named]:
    """Return those of them that are bulletins: they are made at central, not by the configuration."""
    return [each for each in files_of(bundle) if str(each["path"]).startswith(BULLETINS)]


def services_of(bundle: Bundle | None) -> list[Named]:
    """Return those of them that the configuration made."""
    return [each for each in files_of(bundle) if not str(each["path"]).startswith(BULLETINS)]


def etag_of(bundle: Bundle | None) -> str:
    """Return the tag that saves fetching the manifest again."""
    return f'"{_sha256(bundle.manifest)[:32]}"' if bundle else '"nothing"'


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
