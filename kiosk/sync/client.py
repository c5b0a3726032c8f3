"""The central service over HTTP.

Responsible for: implementing `kiosk.ports.Central`, believing only agreed answers.
Not responsible for: when to call (`courier`), bytes on the wire (`line`), shapes (`wire`).
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from kiosk.core.hardware import OutcomeWord
from kiosk.core.sync import ErrorClass
from kiosk.errors import CentralError, Refused, SettingsError, Unreachable
from kiosk.ports import AppointmentList, Clock, Delivery, Parcel, PrintOrder, RetryLater
from kiosk.sync import wire
from kiosk.sync.answers import Answer, Failure, agreed_document, not_agreed, refusal
from kiosk.sync.line import Line

_NOT_MODIFIED = 304
_LASTING = {ErrorClass.AUTH, ErrorClass.GONE, ErrorClass.UPGRADE, ErrorClass.INVALID}
_CODES = {
    ErrorClass.TRANSIENT: ("SYNC-001", "Nothing needs to be done; the terminal tries again by itself."),
    ErrorClass.TIMEOUT: ("SYNC-002", "Nothing needs to be done; the terminal tries again by itself."),
    ErrorClass.PORTAL: ("SYNC-003", "Check the network at the terminal and the address of central."),
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
        terminal: this terminal's id, given when it was paired.
        token: proves it; never logged.
        ca_file: the council's own certificate authority, or None.
        deadline_s: no call lasts longer.
    """

    url: str
    terminal: str
    token: str
    ca_file: Path | None = None
    deadline_s: float = 30.0

    def __repr__(self) -> str:
        """Show everything but the token."""
        return f"CentralAddress(url={self.url!r}, terminal={self.terminal!r})"


class CentralClient:
    """Central over HTTP; one thread at a time.

    Args:
        address: where and who.
        clock: tells the time, for dates in Retry-After.
        new_id: makes the id of a batch, for tracing.
    """

    def __init__(
        self,
        address: CentralAddress,
        clock: Clock,
        *,
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        self._root = f"{checked_url(address.url)}/v1/terminals/{quote(address.terminal, safe='')}"
        self._headers = {"Authorization": f"Bearer {address.token}", "Accept": "application/json"}
        self._line = Line(address.ca_file, address.deadline_s)
        self._new_id = new_id
        self._clock = clock

    def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Delivery]:
        """Send at most 100 parcels, and say of each what became of it; never raises for the network."""
        batch_id = self._new_id()
        answer = self._send("POST", "/batches", wire.batch_body(batch_id, parcels))
        failure = answer if isinstance(answer, Failure) else None
        if isinstance(answer, Answer):
            try:
                return wire.deliveries(agreed_document(answer, 200), batch_id, parcels)
            except wire.NotAsAgreed:
                failure = self._why(answer)
        return [_later(parcel, failure or not_agreed()) for parcel in parcels]

    def appointments(self, day: date, etag: str) -> AppointmentList | None:
        """Fetch a day's appointments; None when they are as `etag` says."""
        known = {"If-None-Match": etag} if etag else {}
        answer = self._answered("GET", f"/appointments?day={day.isoformat()}", more=known)
        if answer.status == _NOT_MODIFIED and etag:
            return None
        return self._agreed(
            answer, lambda document: AppointmentList(wire.appointments(document), _etag(answer))
        )

    def print_orders(self) -> Sequence[PrintOrder]:
        """Fetch what staff at the desk want printed here."""
        return self._agreed(self._answered("GET", "/print-orders"), wire.print_orders)

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

    def close(self) -> None:
        """Let go of the connection; a call under way ends at once. May be called twice."""
        self._line.close()

    def _agreed(self, answer: Answer, read: Callable[[wire.Json], wire.T]) -> wire.T:
        try:
            return read(agreed_document(answer, 200))
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
        typed = {"Content-Type": "application/json"} if body is not None else {}
        headers = {**self._headers, **typed, **(more or {})}
        return self._line.exchange(method, self._root + path, headers, body)

    def _why(self, answer: Answer) -> Failure:
        return refusal(answer, self._clock.now())


def pair(
    url: str, code: str, clock: Clock, *, ca_file: Path | None = None, deadline_s: float = 30.0
) -> CentralAddress:
    """Exchange the one-time code shown at central for this terminal's id and token; blocks.

    Raises:
        Unreachable: no agreed answer came.
        Refused: the code is wrong, used or too old.
        SettingsError: the address cannot be used.
    """
    line = Line(ca_file, deadline_s)
    try:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        answer = line.exchange("POST", f"{checked_url(url)}/v1/pairings", headers, wire.pairing_body(code))
    finally:
        line.close()
    if isinstance(answer, Failure):
        raise _error(answer)
    try:
        terminal, token = wire.pairing(agreed_document(answer, 201))
    except wire.NotAsAgreed as error:
        raise _error(refusal(answer, clock.now())) from error
    return CentralAddress(url, terminal, token, ca_file, deadline_s)


def checked_url(url: str) -> str:
    """Return the address without a slash at its end.

    Raises:
        SettingsError: it is not https, and not plain http to this machine itself.
    """
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise SettingsError("SYNC-010", f"{url!r} is not the address of a service.", "Write https://host.")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise SettingsError("SYNC-011", "Cases may only travel encrypted.", "Write https:// in the address.")
    return url.rstrip("/")


def _later(parcel: Parcel, failure: Failure) -> RetryLater:
    return RetryLater(parcel.key, failure.error_class, failure.problem, failure.retry_after_s)


def _error(failure: Failure) -> CentralError:
    code, advice = _CODES.get(failure.error_class, _CODES[ErrorClass.TRANSIENT])
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
