"""Bringing the attachments of cases to central, before the cases that name them.

Responsible for: going on where central says, in pieces that get through, and what becomes of a case.
Not responsible for: HTTP (`client`), or when to try again (`courier`).

How far an upload is, central alone knows: it is asked before each delivery, and nothing of it is kept here. A
cut, a restart, or a central that was set back to an older copy all end in the same question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.sync import ErrorClass
from kiosk.errors import CentralError
from kiosk.ports import Central, Delivery, Outbox, Parcel, Parked, RetryLater, UploadProgress
from kiosk.sync import wire

LARGEST_PIECE = 256 * 1024
SMALLEST_PIECE = 4 * 1024
PIECES_IN_A_TURN = 16
"""After so many pieces whatever else is due has its turn."""
_SHRINKING = {ErrorClass.TOO_LARGE, ErrorClass.TIMEOUT}
_OF_THE_CASE = {ErrorClass.TOO_LARGE, ErrorClass.INVALID}
_LOST = "An attachment of this case is damaged on the terminal. Ask the visitor for it if you can reach them."


@dataclass(frozen=True, slots=True)
class Brought:
    """What a turn came to.

    Attributes:
        ready: cases all of whose attachments are at central.
        settled: what became of others.
        failure: what central, or the line to it, could not do; None when all went well.
    """

    ready: tuple[Parcel, ...]
    settled: tuple[Delivery, ...]
    failure: CentralError | None = None


class _Lost(Exception):
    """Neither central nor this terminal has the attachment."""


class Uploads:
    """Bring attachments; courier thread only. What got through before is the size of the next piece."""

    def __init__(self, central: Central, outbox: Outbox) -> None:
        self._central = central
        self._outbox = outbox
        self._piece = LARGEST_PIECE
        self._left = 0

    def bring(self, parcels: Sequence[Parcel]) -> Brought:
        """Bring what is attached to these cases, one after the other, as far as a turn goes."""
        self._left = PIECES_IN_A_TURN
        ready: list[Parcel] = []
        settled: list[Delivery] = []
        for parcel in parcels:
            try:
                if not self._is_brought(parcel):
                    break
                ready.append(parcel)
            except _Lost:
                settled.append(Parked(parcel.key, ErrorClass.LOCAL, _LOST))
            except CentralError as error:
                fault = ErrorClass(error.error_class)
                if fault in _OF_THE_CASE:
                    settled.append(Parked(parcel.key, fault, error.what))
                    continue
                settled.append(RetryLater(parcel.key, fault, error.what, error.retry_after_s))
                return Brought(tuple(ready), tuple(settled), error)
        return Brought(tuple(ready), tuple(settled))

    def _is_brought(self, parcel: Parcel) -> bool:
        return all(self._is_whole(parcel, sha256) for sha256 in wire.attachments(parcel.body))

    def _is_whole(self, parcel: Parcel, sha256: str) -> bool:
        progress = self._central.upload(sha256)
        if progress.complete:
            return True
        content = self._outbox.attachment(parcel.case_id, sha256)
        if content is None:
            raise _Lost
        while not progress.complete and self._left:
            progress = self._next(sha256, content, progress.offset)
        return progress.complete

    def _next(self, sha256: str, content: bytes, offset: int) -> UploadProgress:
        self._left -= 1
        piece = content[offset : offset + self._piece]
        try:
            told = self._central.upload_piece(sha256, offset, piece, last=offset + len(piece) >= len(content))
        except CentralError as error:
            if error.error_class not in _SHRINKING or self._piece <= SMALLEST_PIECE:
                raise
            self._piece //= 2
            return self._central.upload(sha256)  # what came too late may have arrived all the same
        if told.complete:
            self._piece = min(LARGEST_PIECE, self._piece * 2)
        return told
