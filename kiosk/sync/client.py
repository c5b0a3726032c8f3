"""The central service over HTTP.

Responsible for: implementing `kiosk.ports.Central`, believing only agreed answers, signing every request.
Not responsible for: when to call (`courier`), bytes on the wire (`line`), shapes (`wire`), signatures
(`signing`).
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from kiosk.core.hardware import OutcomeWord
from kiosk.core.sealing import CouncilKey
from kiosk.core.sync import ErrorClass
from kiosk.errors import CentralError, Refused, Unreachable
from kiosk.ports import (
    AppointmentList,
    BundleFile,
    Clock,
    Delivery,
    Enrolment,
    Manifest,
    Parcel,
    PrintOrder,
    RetryLater,
    Signer,
    Tombstone,
    UploadProgress,
)
from kiosk.sync import bundle, wire
from kiosk.sync.address import checked_url
from kiosk.sync.answers import Answer, Failure, agreed_document, central_time, not_agreed, refusal
from kiosk.sync.line import Line
from kiosk.sync.signed import COUNCIL_KEYS, signed_text
from kiosk.sync.signing import Asked, pairing_proof, public_text, signed_headers

_NOT_MODIFIED = 304
_UNAUTHORISED = 401
STALE = "/problems/signature-stale"
_AT_PAIRING = {
    ErrorClass.GONE: (
        "SYNC-012",
        "Codes are made at central's desk, under Terminals: good for 15 minutes, once.",
    ),
    ErrorClass.INVALID: ("SYNC-012", "Type the code as central's desk shows it, such as 4F7K-Q2M9."),
    ErrorClass.TRANSIENT: (
        "SYNC-013",
        "Nothing was paired: see that central runs and what kiosk.yaml says of it, then pair again.",
    ),
}
"""At pairing a person waits, and nothing tries again by itself."""
_LASTING = {ErrorClass.AUTH, ErrorClass.GONE, ErrorClass.UPGRADE, ErrorClass.INVALID}
_CODES = {
    ErrorClass.TRANSIENT: ("SYNC-001", "Nothing needs to be done; the terminal tries again by itself."),
    ErrorClass.TIMEOUT: ("SYNC-002", "Nothing needs to be done; the terminal tries again by itself."),
    ErrorClass.PORTAL: ("SYNC-003", "Check the network at the terminal, and 'central' in kiosk.yaml."),
    ErrorClass.AUTH: ("SYNC-004", "Pair the terminal again."),
    ErrorClass.GONE: ("SYNC-005", "Central has retired this terminal; pair it again if it stays."),
    ErrorClass.UPGRADE: ("SYNC-006", "Update the terminal's program."),
    ErrorClass.INVALID: ("SYNC-007", "Look at the case with `kiosk cases show`."),
    ErrorClass.TOO_LARGE: ("SYNC-008", "Look at the case with `kiosk cases show`."),
}


@dataclass(frozen=True, slots=True)
class CentralAddress:
    """Where central is and how this terminal speaks to it.

    Attributes:
        url: ``https://host/path``; plain ``http`` only to this machine itself.
        enrolment: who this terminal is, as pairing gave it.
        key: signs every request.
        ca_file: the council's own certificate authority, or None.
        deadline_s: no call lasts longer.
    """

    url: str
    enrolment: Enrolment
    key: Signer = field(repr=False)
    ca_file: Path | None = None
    deadline_s: float = 30.0


class CentralClient:
    """Central over HTTP; one thread at a time.

    Args:
        address: where and who.
        clock: tells the time, for signatures and for dates in Retry-After.
        keep: keeps a renewed enrolment, durably, before it is used.
        new_id: makes the id of a batch, for tracing, and what is used once in a signature.
    """

    def __init__(
        self,
        address: CentralAddress,
        clock: Clock,
        *,
        keep: Callable[[Enrolment], None] = lambda _: None,
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        self._root = checked_url(address.url)
        self._enrolment = address.enrolment
        self._key = address.key
        self._line = Line(address.ca_file, address.deadline_s)
        self._keep = keep
        self._new_id = new_id
        self._clock = clock
        self._ahead_s = 0.0

    @property
    def clock_offset_s(self) -> float:
        """Return how many seconds central's clock is ahead of this one, as it was last seen; any thread."""
        return self._ahead_s

    def deliver(self, parcels: Sequence[Parcel], waiting: int = 0) -> Sequence[Delivery]:
        """Send at most 100 parcels, and say of each what became of it; never raises for the network.

        Args:
            parcels: what to send.
            waiting: how many wait in all, these too; told to central.
        """
        batch_id = self._new_id()
        depth = {"Outbox-Waiting": str(max(waiting, len(parcels)))}
        answer = self._send("POST", "/batches", wire.batch_body(batch_id, parcels), depth)
        failure = answer if isinstance(answer, Failure) else None
        if isinstance(answer, Answer):
            try:
                return wire.deliveries(agreed_document(answer, 200), batch_id, parcels)
            except wire.NotAsAgreed:
                failure = self._why(answer)
        return [_later(parcel, failure or not_agreed()) for parcel in parcels]

    def upload(self, sha256: str) -> UploadProgress:
        """Ask how far an attachment is; GET, since a HEAD has nothing in it that could be believed."""
        answer = self._answered("GET", f"/uploads/{sha256}")
        return self._agreed(answer, lambda document: wire.upload(document, sha256))

    def upload_piece(self, sha256: str, offset: int, piece: bytes, *, last: bool) -> UploadProgress:
        """Send some bytes of an attachment, as draft-ietf-httpbis-resumable-upload does."""
        how = {
            "Content-Type": "application/partial-upload",
            "Upload-Offset": str(offset),
            "Upload-Complete": "?1" if last else "?0",
        }
        answer = self._answered("PATCH", f"/uploads/{sha256}", piece, how)
        return self._agreed(answer, lambda document: wire.upload(document, sha256))

    def appointments(self, day: date, etag: str) -> AppointmentList | None:
        """Fetch a day's appointments; None when they are as `etag` says."""
        known = {"If-None-Match": etag} if etag else {}
        answer = self._answered("GET", f"/appointments?day={day.isoformat()}", more=known)
        if answer.status == _NOT_MODIFIED and etag:
            return None
        return self._agreed(
            answer, lambda document: AppointmentList(wire.appointments(document), _etag(answer))
        )

    def council_keys(self) -> Sequence[CouncilKey]:
        """Fetch the keys that cases are sealed with, the preferred one first."""
        trusted = self._enrolment.signing_keys
        return self._agreed(
            self._answered("GET", "/council-keys"),
            lambda told: wire.council_keys(signed_text(told, "document", COUNCIL_KEYS, trusted)),
        )

    def print_orders(self) -> Sequence[PrintOrder]:
        """Fetch what staff at the desk want printed here."""
        return self._agreed(self._answered("GET", "/print-orders"), wire.print_orders)

    def tombstones(self, since: datetime) -> tuple[Sequence[Tombstone], bool]:
        """Fetch what was erased since a moment, oldest first, and whether the list goes on."""
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._agreed(self._answered("GET", f"/tombstones?since={moment}"), wire.tombstones)

    def report_print(self, order_id: str, outcome: OutcomeWord, reason: str) -> None:
        """Tell the desk the true outcome of an order."""
        path = f"/print-orders/{quote(order_id, safe='')}/outcome"
        answer = self._answered("POST", path, wire.outcome_body(outcome.value, reason))
        if not self._agreed(answer, lambda document: wire.is_recorded(document, order_id)):
            raise _error(not_agreed())

    def heartbeat(self, facts: dict[str, object]) -> None:
        """Tell central how this terminal is."""
        answer = self._answered("POST", "/heartbeats", wire.heartbeat_body(facts))
        if not self._agreed(answer, wire.is_received):
            raise _error(not_agreed())

    def bundle(self, etag: str) -> Manifest | None:
        """Fetch the newest manifest; None when it is as `etag` says, or nothing was published."""
        known = {"If-None-Match": etag} if etag else {}
        answer = self._answered("GET", "/bundle", more=known)
        if answer.status == _NOT_MODIFIED and etag:
            return None
        keys = self._enrolment.signing_keys
        return self._agreed(answer, lambda document: bundle.manifest(document, _etag(answer), keys))

    def bundle_file(self, file: BundleFile) -> bytes:
        """Fetch one file of a bundle, exactly as its hash says."""
        answer = self._answered("GET", f"/bundle/files/{file.sha256}")
        return self._agreed(answer, lambda document: bundle.file_content(document, file))

    def renew_token(self) -> bool:
        """Get a new token once a third of the old one's life has gone by; False when it was not time yet."""
        if self._clock.now() + timedelta(seconds=self._ahead_s) < self._enrolment.renew_at:
            return False
        renewed = self._agreed(self._answered("POST", "/tokens", b"{}"), wire.enrolment, status=201)
        if renewed.terminal != self._enrolment.terminal:
            raise _error(not_agreed())
        # Whom to believe was settled at the pairing, by a code from hand to hand: no answer changes it.
        self._enrolment = replace(renewed, signing_keys=self._enrolment.signing_keys)
        self._keep(self._enrolment)
        return True

    def close(self) -> None:
        """Let go of the connection; a call under way ends at once. May be called twice."""
        self._line.close()

    def _agreed(self, answer: Answer, read: Callable[[wire.Json], wire.T], *, status: int = 200) -> wire.T:
        try:
            return read(agreed_document(answer, status))
        except wire.NotAsAgreed as error:
            raise _error(self._why(answer)) from error

    def _answered(
        self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        answer = self._send(method, path, body, more)
        if isinstance(answer, Failure):
            raise _error(answer)
        return answer

    def _send(
        self, method: str, path: str, body: bytes | None, more: Mapping[str, str] | None = None
    ) -> Answer | Failure:
        """Send one signed request; once more with central's time where this clock is wrong."""
        answer = self._send_once(method, path, body, more or {})
        if isinstance(answer, Answer) and _is_stale(answer):
            return self._send_once(method, path, body, more or {})
        return answer

    def _send_once(
        self, method: str, path: str, body: bytes | None, more: Mapping[str, str]
    ) -> Answer | Failure:
        typed = {"Content-Type": "application/json"} if body is not None else {}
        terminal = quote(self._enrolment.terminal, safe="")
        whole = f"/v1/terminals/{terminal}{path}"
        bare, _, query = whole.partition("?")
        signed = signed_headers(
            Asked(method, bare, query, body or b""),
            self._key,
            terminal=terminal,
            created=int(self._clock.now().timestamp() + self._ahead_s),
            nonce=self._new_id(),
        )
        owned = {"Authorization": f"Bearer {self._enrolment.token}", "Accept": "application/json"}
        answer = self._line.exchange(method, self._root + whole, {**owned, **typed, **signed, **more}, body)
        if isinstance(answer, Answer):
            self._compare_clocks(answer)
        return answer

    def _compare_clocks(self, answer: Answer) -> None:
        said = central_time(answer)
        if said is not None:
            self._ahead_s = (said - self._clock.now()).total_seconds()

    def _why(self, answer: Answer) -> Failure:
        return refusal(answer, self._clock.now())


def pair(
    url: str, code: str, key: Signer, clock: Clock, *, ca_file: Path | None = None, deadline_s: float = 30.0
) -> Enrolment:
    """Enrol this terminal's key with the one-time code shown at central; blocks.

    Raises:
        Unreachable: no agreed answer came.
        Refused: the code is wrong, used or too old.
        SettingsError: the address cannot be used.
    """
    line = Line(ca_file, deadline_s)
    try:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        body = wire.pairing_body(code, public_text(key), pairing_proof(code, key))
        answer = line.exchange("POST", f"{checked_url(url)}/v1/pairings", headers, body)
    finally:
        line.close()
    if isinstance(answer, Failure):
        raise _error(answer, _AT_PAIRING)
    try:
        return wire.enrolment(agreed_document(answer, 201))
    except wire.NotAsAgreed as error:
        raise _error(refusal(answer, clock.now()), _AT_PAIRING) from error


def _is_stale(answer: Answer) -> bool:
    """Say whether central refused only because the clocks differ."""
    if answer.status != _UNAUTHORISED:
        return False
    try:
        return wire.problem_type(wire.document(answer.content)) == STALE
    except wire.NotAsAgreed:
        return False


def council_keys(address: CentralAddress, clock: Clock) -> Sequence[CouncilKey]:
    """Fetch the keys that cases are sealed with, once; blocks.

    Raises:
        Unreachable, Refused: no agreed answer came.
    """
    client = CentralClient(address, clock)
    try:
        return client.council_keys()
    finally:
        client.close()


def _later(parcel: Parcel, failure: Failure) -> RetryLater:
    return RetryLater(parcel.key, failure.error_class, failure.problem, failure.retry_after_s)


def _error(failure: Failure, first: Mapping[ErrorClass, tuple[str, str]] = {}) -> CentralError:
    known = {**_CODES, **first}
    code, advice = known.get(failure.error_class, known[ErrorClass.TRANSIENT])
    kind = Refused if failure.error_class in _LASTING else Unreachable
    return kind(
        code,
        failure.problem,
        advice,
        error_class=failure.error_class,
        retry_after_s=failure.retry_after_s,
    )


def _etag(answer: Answer) -> str:
    etag = answer.headers.get("ETag", "")
    return etag if etag.isascii() and etag.isprintable() else ""
