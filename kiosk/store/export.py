"""Unaccepted cases in a file of their own, so that data is never stranded on a terminal.

Responsible for: the lines and the rights of that file.
Not responsible for: sealing them, or reading them at central.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from kiosk.ports import Parcel


def write_lines(target: Path, parcels: Iterable[Parcel]) -> int:
    """Write one JSON line for each parcel to a new file, durably; return how many.

    Raises:
        OSError: the file exists already, or cannot be written.
    """
    count = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for parcel in parcels:
            file.write(_line(parcel) + "\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _line(parcel: Parcel) -> str:
    body = parcel.body.decode("utf-8", "replace")
    content = {"key": parcel.key, "kind": parcel.kind, "sha256": parcel.sha256, "body": body}
    return json.dumps(content, sort_keys=True)
