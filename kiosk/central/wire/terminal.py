"""What terminals and central say to each other.

Responsible for: batches and their results, appointments, print orders, heartbeats.
Not responsible for: pairing (`kiosk.central.wire.enrolment`), the desk (`kiosk.central.wire.desk`).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from kiosk.central.wire.uploads import Attachments
from kiosk.central.wire.words import (
    Answered,
    AppointmentId,
    CaseId,
    Facts,
    Heard,
    Key,
    LanguageTag,
    Line,
    Name,
    Queue,
    QueueNumber,
    Reference,
)

SCHEMA = 1
SEALED_SCHEMA = 2
MOST_ITEMS = 100
Status = Literal["created", "duplicate", "conflict", "rejected", "retry"]
Outcome = Literal["printed", "printed-unconfirmed", "held", "not-printed", "unknown"]


class Item(Heard):
    """One thing a terminal hands over, frozen: `body` is JSON as text, the same bytes on every attempt."""

    key: Key
    kind: Annotated[str, Field(max_length=64)]
    sha256: Annotated[str, Field(max_length=128)]
    body: str


class Batch(Heard):
    """At most 100 items; `batch_id` is echoed, for tracing only."""

    batch_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    items: Annotated[list[Item], Field(json_schema_extra={"maxItems": MOST_ITEMS})]


class ItemProblem(Answered):
    """Why an item was not taken, in plain words for staff."""

    type: str
    title: str
    detail: str


class Result(Answered):
    """What became of one item. `central_id` is set when central has it, now or from before."""

    key: str
    status: Status
    central_id: str | None = None
    problem: ItemProblem | None = None


class BatchResult(Answered):
    """One result for each item, in the same order."""

    batch_id: str
    results: list[Result]


class CaseBody(Heard):
    """A case as terminals freeze it, version 1."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    case_id: CaseId
    reference: Reference
    service: Name
    lgsl: Annotated[int, Field(ge=0, le=99_999)] | None = None
    language: LanguageTag
    created_at: AwareDatetime
    terminal: Name
    queue: Queue = ""
    queue_number: QueueNumber = ""
    appointment_id: AppointmentId = ""
    answers: dict[str, Any]
    attachments: Attachments = ()


class SealedPart(Heard):
    """The answers, sealed to a key of the council: HPKE base mode, X25519, HKDF-SHA256, AES-256-GCM.

    `ciphertext` is base64 of the encapsulated key and the output of the AEAD, in that order. Inside is a JSON
    object with `language`, `appointment_id` and `answers`, padded with spaces at its end.
    """

    key_id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    ciphertext: Annotated[str, Field(max_length=1_000_000)]


class SealedCase(Heard):
    """A case as our terminals freeze it, version 2: what lists need in clear, what a visitor said sealed."""

    schema_version: Annotated[Literal[2], Field(alias="schema")]
    case_id: CaseId
    reference: Reference
    service: Name
    lgsl: Annotated[int, Field(ge=0, le=99_999)] | None = None
    created_at: AwareDatetime
    terminal: Name
    queue: Queue = ""
    queue_number: QueueNumber = ""
    sealed: SealedPart
    attachments: Attachments = ()

    def bound_to(self) -> bytes:
        """Return HPKE's `info`: the sealed part opens for this case, service and terminal only."""
        return f"council-kiosk case 2\n{self.case_id}\n{self.service}\n{self.terminal}".encode()


class SignedCouncilKeys(Answered):
    """The keys of the council that are valid now, to seal cases with.

    `document` is a JSON text with `keys`, the preferred one first; each has `key_id`, `public_key` (base64 of
    its 32 bytes, X25519) and `not_after`. `signature` is Ed25519 in base64, by the key `key_id` that pairing
    told, over the text `council-kiosk/council-keys/1`, a line feed, and the document.
    """

    document: str
    signature: str
    key_id: str


class TerminalAppointment(Answered):
    """One booking, as a terminal needs it to find the visitor."""

    appointment_id: str
    reference: str
    full_name: str
    birth_date: date | None
    starts_at: AwareDatetime
    service: str
    queue: str
    with_whom: str
    checked_in: bool


class TerminalAppointments(Answered):
    """A day's bookings, cancelled ones left out."""

    appointments: list[TerminalAppointment]


class TerminalOrder(Answered):
    """Staff want this printed; an order is carried out once. `copy` is 0 for a first print."""

    order_id: str
    kind: Literal["appointment", "reprint"]
    case_id: str
    appointment_id: str
    reference: str
    lines: list[str]
    copy_number: Annotated[int, Field(ge=0, serialization_alias="copy")]


class TerminalOrders(Answered):
    """Orders without an outcome yet, oldest first."""

    orders: list[TerminalOrder]


class OutcomeReport(Heard):
    """What became of an order; `reason` is the terminal's word for why."""

    outcome: Outcome
    reason: Line = ""


class OutcomeRecorded(Answered):
    """The desk knows."""

    order_id: str
    recorded: Literal[True] = True


class Heartbeat(Heard):
    """How a terminal is; no personal data."""

    facts: Facts


class HeartbeatReceived(Answered):
    """Central has heard."""

    received: Literal[True] = True
