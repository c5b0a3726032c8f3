"""Unaccepted cases in a file of their own, so nothing is stranded on a terminal that cannot reach central.

Responsible for: that file: its form, its rights, and that it is whole or not there.
Not responsible for: taking it in (`kiosk central import`). What visitors said stays sealed in it.

The file is lines of JSON: what it is and from whom; for each case what is attached to it, one a line, and its
item, all of it the bytes as they would be sent, sealed; and how many cases there were, with the SHA-256 of
all before.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.durable import sync_folder
from kiosk.errors import StoreError
from kiosk.ports import Parcel
from kiosk.store.rows import moment_text

FORMAT = "council-kiosk cases 2"
Files = Callable[[Parcel], Iterable[tuple[str, bytes]]]
"""Gives what is attached to a case: the SHA-256 of each, and its sealed bytes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        path: the file.
        cases: how many are in it.
        left_out: how many are from before answers were sealed, and stay here.
    """

    path: Path
    cases: int
    left_out: int


def write_bundle(
    folder: Path, terminal: str, parcels: Iterable[Parcel], files: Files, at: datetime
) -> Exported:
    """Write a new file into a folder, durably.

    Raises:
        StoreError: it cannot be written there, or is there already.
    """
    every = list(parcels)
    sealed = [parcel for parcel in every if is_sealed(parcel)]
    path = folder / f"kiosk-cases-{terminal}-{at:%Y%m%dT%H%M%SZ}.jsonl"
    part = path.with_name(path.name + ".part")
    try:
        if path.exists():
            raise FileExistsError(path)
        _write(part, _lines(terminal, sealed, files, at))
        part.rename(path)
        sync_folder(folder)
    except OSError as error:
        raise StoreError(
            "STORE-013",
            "The cases cannot be written there.",
            "See that the stick is in, has room and is not locked, and that the folder is on it.",
            str(path),
        ) from error
    return Exported(path, len(sealed), len(every) - len(sealed))


def is_sealed(parcel: Parcel) -> bool:
    """Say whether the answers in a parcel can be read by the council only."""
    return "sealed" in json.loads(parcel.body)


def _lines(terminal: str, parcels: Iterable[Parcel], files: Files, at: datetime) -> Iterator[str]:
    """Write line by line: attachments may be more than fits into memory."""
    head = json.dumps({"format": FORMAT, "terminal": terminal, "made_at": moment_text(at)})
    whole, cases = hashlib.sha256(head.encode()), 0
    yield head
    for parcel in parcels:
        for line in (*(_attached(*file) for file in files(parcel)), _line(parcel)):
            whole.update(b"\n" + line.encode())
            yield line
        cases += 1
    yield json.dumps({"cases": cases, "sha256": whole.hexdigest()})


def _attached(sha256: str, content: bytes) -> str:
    return json.dumps({"attachment": sha256, "content": base64.b64encode(content).decode("ascii")})


def _line(parcel: Parcel) -> str:
    body = parcel.body.decode("ascii")
    return json.dumps({"key": parcel.key, "kind": parcel.kind, "sha256": parcel.sha256, "body": body})


def _write(path: Path, lines: Iterable[str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
