"""Reading what facilities published: a manifest that central signed, and files that it names by hash. Pure.

Responsible for: believing nothing that one of central's keys has not signed, whose paths lead elsewhere, or
whose bytes are others.
Not responsible for: keeping it (`kiosk.bundles`), or whether a terminal can start with it (`kiosk.settings`).
"""

import hashlib
import json
import re
from collections.abc import Sequence

from kiosk.core import published
from kiosk.ports import BundleFile, Manifest, SigningKey
from kiosk.sync import wire
from kiosk.sync.signed import BUNDLE, signed_text

FORMAT = 1
MOST_FILES = 2000
LARGEST_FILE = 512 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def manifest(answer: wire.Json, etag: str, keys: Sequence[SigningKey]) -> Manifest | None:
    """Return the manifest in an answer, or None while nothing was published.

    Raises:
        NotAsAgreed: it is not signed by one of these keys, or not of this form.
    """
    if answer.get("manifest") is None:
        return None
    return _read(signed_text(answer, "manifest", BUNDLE, keys), etag)


def file_content(answer: wire.Json, file: BundleFile) -> bytes:
    """Return the bytes of a file.

    Raises:
        NotAsAgreed: they are not those that the manifest names.
    """
    content = answer.get("content")
    if not isinstance(content, str):
        raise wire.NotAsAgreed("not a file")
    raw = content.encode("utf-8", "surrogatepass")
    if len(raw) != file.size or hashlib.sha256(raw).hexdigest() != file.sha256:
        raise wire.NotAsAgreed("not the file that was named")
    return raw


def _read(text: str, etag: str) -> Manifest:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise wire.NotAsAgreed("not a manifest") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise wire.NotAsAgreed("a manifest of another form")
    version, files = told.get("version"), told.get("files")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise wire.NotAsAgreed("a manifest without version")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise wire.NotAsAgreed("a manifest without files")
    named = tuple(_file(one) for one in files)
    lacks = tuple(kind for kind in _needed(told) if kind not in published.KINDS)
    if len({file.path for file in named}) != len(named) or "kiosk.yaml" not in {f.path for f in named}:
        raise wire.NotAsAgreed("a manifest that names a file twice, or no kiosk.yaml")
    return Manifest(version, wire.moment(told.get("made_at")), named, text, etag, lacks)


def _needed(told: wire.Json) -> list[str]:
    """Return the kinds of files without which the version must not be used."""
    needs = told.get("needs", [])
    if not isinstance(needs, list) or not all(isinstance(kind, str) for kind in needs):
        raise wire.NotAsAgreed("a manifest whose needs nobody can read")
    return needs


def _file(one: object) -> BundleFile:
    match one:
        case {"path": str(path), "sha256": str(sha256), "bytes": int(size)}:
            if published.is_safe(path) and _SHA256.fullmatch(sha256) and 0 <= size <= LARGEST_FILE:
                return BundleFile(path, sha256, size)
    raise wire.NotAsAgreed("a file that no bundle has")
