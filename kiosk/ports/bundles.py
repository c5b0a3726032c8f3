"""What the courier needs to bring services and settings from central."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle: its path in the configuration, its SHA-256 in hexadecimal, its bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A bundle as central signed it; believed only after its signature was checked.

    Attributes:
        version: never goes down.
        text: the very text that is signed.
        etag: saves fetching it again.
        lacks: kinds of files that it needs and this program does not know; with any, it is not used.
    """

    version: int
    made_at: datetime
    files: tuple[BundleFile, ...]
    text: str
    etag: str
    lacks: tuple[str, ...] = ()


class BundleShelf(Protocol):
    """Where bundles are kept on this terminal; every call blocks, courier thread only."""

    def etag(self) -> str:
        """Return the tag of the newest manifest that was taken, or an empty text."""
        ...

    def checked(self, at: datetime) -> None:
        """Note that central said at this moment what is newest."""
        ...

    def lacking(self, manifest: Manifest) -> Sequence[BundleFile]:
        """Return the files that are not here yet; none of a version that is not to be used."""
        ...

    def take_file(self, file: BundleFile, content: bytes) -> None:
        """Keep a file whose bytes are as its hash says."""
        ...

    def stage(self, manifest: Manifest) -> bool:
        """Lay a whole bundle ready; False when it is none that may follow the one in use."""
        ...
