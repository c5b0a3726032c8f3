"""The services and settings that central published, as they are kept on this terminal.

Responsible for: whole versions on disk, which one is in use, which one before it, which was refused.
Not responsible for: fetching them (`kiosk.sync`), or whether one can be used (`kiosk.settings`).

Layout: ``files/`` holds contents by their hash; each version is a folder of its own, named by its number and
made whole under another name first; ``standing.json`` says which is which. What this program does not know
lies in ``aside/`` of its version, where nobody reads it, until a program is installed that does.
"""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.core import published
from kiosk.errors import StoreError
from kiosk.ports import BundleFile, Manifest

FOLDER = "bundles"
MANIFEST = "manifest.json"
ASIDE = "aside"
NEWER = "It needs a newer version of the program, which knows: {kinds}."


@dataclass(frozen=True, slots=True)
class Standing:
    """Which version is what; 0 is the configuration that facilities put on this terminal by hand.

    Attributes:
        refused: the last version that was not taken up, with `why`, or 0.
        etag: of the newest manifest that was taken.
        checked_at: when central last said what is newest; ISO 8601, or empty.
    """

    active: int = 0
    previous: int = 0
    staged: int = 0
    refused: int = 0
    why: str = ""
    etag: str = ""
    checked_at: str = ""


class Bundles:
    """The folder of bundles; implements `kiosk.ports.BundleShelf`. Every call blocks; any thread.

    Args:
        folder: the terminal's data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._files = self._folder / "files"
        self._lock = threading.Lock()
        self._standing = self._noted = _read_standing(self._folder / "standing.json")

    @property
    def standing(self) -> Standing:
        """Return which version is what; any thread."""
        return self._standing

    @property
    def is_noted(self) -> bool:
        """Say whether the disk has what was decided last; any thread."""
        return self._standing == self._noted

    def config_of(self, version: int) -> Path:
        """Return the folder of a version."""
        return self._folder / str(version)

    def made_at(self, version: int) -> str:
        """Return when central signed a version; ISO 8601, or empty where its manifest cannot be read."""
        try:
            told = json.loads((self.config_of(version) / MANIFEST).read_text("utf-8"))
            return str(told["made_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def unknown(self, version: int) -> Sequence[str]:
        """Return the kinds of files in a version that this program does not know."""
        folder = self.config_of(version)
        return sorted({published.kind_of(each) for each in _paths(folder) if not published.is_known(each)})

    # -- what the courier brings

    def etag(self) -> str:
        """Return the tag of the newest manifest that was taken, or an empty text."""
        return self._standing.etag

    def checked(self, at: datetime) -> None:
        """Note that central said at this moment what is newest."""
        self._now(checked_at=at.isoformat(timespec="seconds"))

    def lacking(self, manifest: Manifest) -> Sequence[BundleFile]:
        """Return the files that are not here yet; none of a version that this program must not use."""
        if manifest.lacks:
            return ()
        return tuple(file for file in manifest.files if not self._is_here(file))

    def take_file(self, file: BundleFile, content: bytes) -> None:
        """Keep a file whose bytes are as its hash says."""
        _write(self._files / file.sha256, content)

    def stage(self, manifest: Manifest) -> bool:
        """Lay a whole bundle ready; False when it is none that may follow the one in use."""
        now = self._standing
        if manifest.version <= max(now.active, now.previous):
            return self._left(manifest, "It is older than what is in use.")
        if manifest.lacks:
            return self._left(manifest, NEWER.format(kinds=", ".join(manifest.lacks)))
        self._lay_out(manifest)
        self._now(staged=manifest.version, etag=manifest.etag)
        return True

    def _left(self, manifest: Manifest, why: str) -> bool:
        self._now(refused=manifest.version, why=why, etag=manifest.etag)
        return False

    # -- what the terminal decides; on a full disk too, or it could not start there

    def begin(self) -> None:
        """Allow for another program at start: ask again for what was refused, and sort files anew."""
        if self._standing.refused:
            self._decide(etag="")
        for version in filter(None, (self._standing.active, self._standing.previous, self._standing.staged)):
            _sort(self.config_of(version))

    def take_up(self, version: int) -> None:
        """Use the staged version from now on; the one before is kept."""
        before = self._standing.active
        self._decide(active=version, previous=before, staged=0, refused=0, why="")
        self._forget({version, before})

    def refuse(self, version: int, why: str) -> None:
        """Do not use a staged version; it is not fetched again before the next start."""
        self._decide(staged=0, refused=version, why=why)

    def go_back(self, why: str, *, damaged: bool) -> int:
        """Use the version before, because the active one cannot be used; returns it.

        Args:
            why: for staff, in plain words.
            damaged: the files are not what was published, so they may be fetched again.
        """
        now = self._standing
        self._decide(active=now.previous, previous=0, staged=0, refused=now.active, why=why)
        if damaged:
            shutil.rmtree(self.config_of(now.active), ignore_errors=True)
            self._decide(etag="")
        return now.previous

    def is_whole(self, version: int) -> bool:
        """Say whether every file of a version is what its manifest names."""
        folder = self.config_of(version)
        try:
            named = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
            return all(
                _sha256((folder / _place(each["path"])).read_bytes()) == each["sha256"] for each in named
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    # -- the disk

    def _is_here(self, file: BundleFile) -> bool:
        try:
            return _sha256((self._files / file.sha256).read_bytes()) == file.sha256
        except OSError:
            return False

    def _lay_out(self, manifest: Manifest) -> None:
        draft, place = self._folder / f".{manifest.version}.new", self.config_of(manifest.version)
        try:
            for old in (draft, place):
                shutil.rmtree(old, ignore_errors=True)
            for file in manifest.files:
                _write(draft / _place(file.path), (self._files / file.sha256).read_bytes())
            _write(draft / MANIFEST, manifest.text.encode())
            draft.rename(place)
        except OSError as problem:
            raise _no_room(self._folder, problem) from problem

    def _forget(self, kept: set[int]) -> None:
        """Delete versions that nobody goes back to, and contents that none of the others has."""
        named = {each for version in kept for each in self._named(version)}
        for place in self._folder.iterdir():
            if place.name.isdigit() and int(place.name) not in kept:
                shutil.rmtree(place, ignore_errors=True)
        for file in self._files.iterdir():
            if file.name not in named:
                file.unlink(missing_ok=True)

    def _named(self, version: int) -> Iterator[str]:
        try:
            manifest = json.loads((self.config_of(version) / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return
        yield from (str(each["sha256"]) for each in manifest["files"])

    def _now(self, **changed: Any) -> None:
        """Write down what has changed; courier and service may do so at the same moment.

        Raises:
            StoreError: it cannot be written, and is as it was.
        """
        with self._lock:
            self._note(replace(self._standing, **changed))

    def _decide(self, **changed: Any) -> None:
        """Go by what has changed, and write it down where there is room.

        Else it is written with the next change. A start before that decides the same.
        """
        with self._lock:
            self._standing = replace(self._standing, **changed)
            with suppress(StoreError):
                self._note(self._standing)

    def _note(self, standing: Standing) -> None:
        if standing != self._noted:
            _write(self._folder / "standing.json", json.dumps(asdict(standing)).encode())
        self._standing = self._noted = standing


def _read_standing(path: Path) -> Standing:
    """Read the file; what cannot be read is as if nothing had been pulled yet."""
    try:
        return Standing(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Standing()


def _place(path: str) -> str:
    """Return where a file lies in the folder of its version."""
    return path if published.is_known(path) else f"{ASIDE}/{path}"


def _paths(folder: Path) -> Sequence[str]:
    """Return the paths that the manifest of a version names; none where it cannot be read."""
    try:
        return [each["path"] for each in json.loads((folder / MANIFEST).read_text("utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _sort(folder: Path) -> None:
    """Move files to where this program looks for them; one that cannot be moved is found missing later."""
    for path in _paths(folder):
        right = folder / _place(path)
        (other,) = {folder / path, folder / ASIDE / path} - {right}
        with suppress(OSError):
            if not right.exists() and other.exists():
                right.parent.mkdir(parents=True, exist_ok=True)
                other.rename(right)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole and durably, or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as problem:
        raise _no_room(path, problem) from problem


def _no_room(path: Path, problem: OSError) -> StoreError:
    why = problem.strerror or "unknown reason"
    return StoreError("STORE-020", f"What central published cannot be kept ({why}).", "Make room.", str(path))
