"""All that is kept of a person as a folder: what was said as JSON, and each attachment opened, as a file.

Responsible for: opening attachments with the council's key, their names, and the folder.
Not responsible for: whose it is (`kiosk.central.erasure`), or the desk's downloads.
"""

import mimetypes
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.central.sealing import CannotBeOpened, open_sealed
from kiosk.central.tables.uploads import Attached
from kiosk.errors import UsageError

Opener = Callable[[str], X25519PrivateKey | None]
"""Gives the private half of a key by its name, or None."""


def opened(attached: Attached, content: bytes, opener: Opener) -> bytes:
    """Return an attachment as the visitor gave it.

    Raises:
        CannotBeOpened: its key is not here, or it is of another case.
    """
    if not attached.key_id:
        return content
    key = opener(attached.key_id)
    if key is None:
        raise CannotBeOpened(f"Central does not have the key '{attached.key_id}'.")
    bound_to = f"council-kiosk attachment 1\n{attached.case_id}\n{attached.terminal}"
    return open_sealed(key, content, bound_to.encode())


def name_of(attached: Attached) -> str:
    """Return what the file is called: a part of its digest, and what its kind is usually called."""
    return f"{attached.sha256[:12]}{mimetypes.guess_extension(attached.media_type) or ''}"


def place_of(attached: Attached) -> str:
    """Return where it lies in what is handed out: a folder for each case, for two may enclose one photo."""
    return f"attachments/{attached.case_id}/{name_of(attached)}"


def write_folder(
    folder: Path, told: str, files: Iterable[tuple[Attached, bytes]], opener: Opener
) -> list[str]:
    """Write a new folder that its owner alone may read; return the lines to tell whoever asked.

    Raises:
        UsageError: the folder is there already, or cannot be made.
    """
    lost: list[str] = []
    try:
        folder.mkdir(mode=0o700)
        _write(folder / "person.json", told.encode())
        for attached, content in files:
            path = folder / place_of(attached)
            for parent in (path.parent.parent, path.parent):
                parent.mkdir(mode=0o700, exist_ok=True)
            try:
                _write(path, opened(attached, content, opener))
            except CannotBeOpened:
                lost.append(f"{attached.case_id}: the attachment {name_of(attached)} cannot be opened.")
    except OSError as error:
        raise UsageError(
            "KIOSK-044", "The folder cannot be made.", "Name one that is not there yet.", str(folder)
        ) from error
    return [*lost, f"All of it is in {folder}. Hand it over, then delete it."]


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
