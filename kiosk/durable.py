"""Small files that are whole or not there, also after a power cut.

Responsible for: replacing one file so that what is read later is all of the old or all of the new.
Not responsible for: what stands in it, or the database (`kiosk.store`).
"""

import os
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
"""For the account of the service alone."""


def write_whole(path: Path, content: bytes) -> None:
    """Replace a private file; when this returns, a power cut brings back the new one; blocks for two syncs.

    The first sync is for the bytes, before anybody can find them; the second is for the name: ext4 keeps a
    rename in memory for seconds (fsync(2), notes).

    Raises:
        OSError: it cannot be written; the old file stands.
    """
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk.

    Raises:
        OSError: the disk does not take them.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
