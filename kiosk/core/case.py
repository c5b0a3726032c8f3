"""What is kept of a finished visit.

Responsible for: the shape of a case as it is stored and sent.
Not responsible for: where it is kept (`kiosk.store`) or how it travels (`kiosk.sync`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

CaseId = NewType("CaseId", str)
"""UUID text, made when the visit starts; the idempotency key of the case."""


def case_id_of(at: datetime, chance: bytes) -> CaseId:
    """Make an identifier that nobody can guess and that sorts after earlier ones: RFC 9562, version 7.

    Central keeps cases by it; in the order of time its indexes grow at their end.

    Args:
        at: now.
        chance: ten unguessable bytes.
    """
    moment, drawn = f"{int(at.timestamp() * 1000) & (1 << 48) - 1:012x}", chance.hex()
    variant = "89ab"[chance[1] & 3]
    return CaseId(f"{moment[:8]}-{moment[8:]}-7{drawn[:3]}-{variant}{drawn[4:7]}-{drawn[7:19]}")


AnswerJson = str | list[str] | dict[str, str] | None


MOST_ATTACHMENTS = 5
LARGEST_ATTACHMENT = 8 * 1024 * 1024 - 1024
"""Bytes of one attachment; central takes 8 MiB of it sealed, which is a little more."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a case; `media_type` such as ``image/jpeg``. The bytes are not shown."""

    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A finished visit before it is on disk: no reference yet.

    Attributes:
        case_id: idempotency key.
        service: the service's id.
        lgsl: Local Government Service List number, or 0 where none exists.
        language: language the visitor used.
        answers: canonical answers by step id, as they are sent; None stands for "not provided".
        queue: letter of the queue the visitor joins, empty if the service has none.
        appointment_id: the appointment checked in to, or empty.
        attachments: files, at most five.
    """

    case_id: CaseId
    service: str
    lgsl: int
    language: str
    answers: Mapping[str, AnswerJson]
    queue: str = ""
    appointment_id: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedCase:
    """What the store gave a case in the transaction that made it durable.

    Attributes:
        at: when that was, which its ticket says too; None where nobody asks for it any more.
    """

    case_id: CaseId
    reference: str
    queue_number: str = ""
    job_id: str = ""
    at: datetime | None = field(default=None, compare=False)
