"""What is said to central and what it answers, version 1, as pure functions.

Responsible for: the shapes of requests and answers, and refusing every answer that is not exactly as agreed.
Not responsible for: sending (`client`), or what follows from an answer (`courier`).
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from kiosk.core.appointment import Appointment
from kiosk.core.sealing import CouncilKey
from kiosk.core.sync import ErrorClass, PrintOrder
from kiosk.ports import (
    Accepted,
    Delivery,
    Enrolment,
    Parcel,
    Parked,
    RetryLater,
    SigningKey,
    Tombstone,
    UploadProgress,
)

T = TypeVar("T")
Json = Mapping[str, object]

_JOINERS = "\u200c\u200d"  # they do not print, but some scripts need them
SCHEMA_UNKNOWN = "/problems/schema-unknown"
"""Central is older than this terminal: the case is right, and waits until central is brought up to date."""
_LONGEST_TEXT = 2000
_KEY_BYTES = 32
_KEY_ID_DIGITS = 16
_MISSING = "Central did not say what became of this case."
_SEVERAL = "Central said two things about this case."


class NotAsAgreed(ValueError):
    """The answer is not one of the agreed shapes, so it proves nothing."""


def batch_body(batch_id: str, parcels: Sequence[Parcel]) -> bytes:
    """Write a batch; each parcel's frozen bytes travel as text, untouched."""
    items = [
        {"key": p.key, "kind": p.kind, "sha256": p.sha256, "body": p.body.decode("utf-8")} for p in parcels
    ]
    return _bytes({"batch_id": batch_id, "items": items})


def outcome_body(outcome: str, reason: str) -> bytes:
    """Write the outcome of a print order."""
    return _bytes({"outcome": outcome, "reason": reason})


def heartbeat_body(facts: Mapping[str, object]) -> bytes:
    """Write a heartbeat."""
    return _bytes({"facts": dict(facts)})


def pairing_body(code: str, public_key: str, proof: str) -> bytes:
    """Write a request to be paired."""
    return _bytes({"code": code, "public_key": public_key, "proof": proof})


def document(content: bytes) -> Json:
    """Read an answer's body as one JSON object.

    Raises:
        NotAsAgreed: it is anything else.
    """
    try:
        read = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotAsAgreed("not JSON") from error
    return _object(read)


def deliveries(answer: Json, batch_id: str, parcels: Sequence[Parcel]) -> tuple[Delivery, ...]:
    """Read what became of each parcel; only a known word about a key that was sent is believed.

    Raises:
        NotAsAgreed: the answer is not about this batch.
    """
    if answer.get("batch_id") != batch_id:
        raise NotAsAgreed("not about this batch")
    results = [_object(one) for one in _list(answer.get("results"))]
    sent = {parcel.key for parcel in parcels}
    said: dict[str, list[Json]] = {}
    for result in results:
        key = result.get("key")
        if not isinstance(key, str) or key not in sent:
            raise NotAsAgreed("about something that was not sent")
        said.setdefault(key, []).append(result)
    return tuple(_delivery(parcel.key, said.get(parcel.key, [])) for parcel in parcels)


def attachments(body: bytes) -> tuple[str, ...]:
    """Return the digests of what is attached to a case, from its frozen body."""
    if b'"attachments":' not in body:
        return ()
    return tuple(_text(_object(one), "sha256") for one in _list(document(body)["attachments"]))


def upload(answer: Json, sha256: str) -> UploadProgress:
    """Read how far an upload is."""
    offset, complete = answer.get("offset"), answer.get("complete")
    if answer.get("sha256") != sha256 or type(offset) is not int or not isinstance(complete, bool):
        raise NotAsAgreed("not the progress of this upload")
    if offset < 0:
        raise NotAsAgreed("an upload before its beginning")
    return UploadProgress(offset, complete)


def appointments(answer: Json) -> tuple[Appointment, ...]:
    """Read a list of appointments."""
    return _all(answer.get("appointments"), _appointment)


def print_orders(answer: Json) -> tuple[PrintOrder, ...]:
    """Read a list of print orders."""
    return _all(answer.get("orders"), _order)


def council_keys(signed: str) -> tuple[CouncilKey, ...]:
    """Read the keys that cases are sealed with, from the text that central signed."""
    return _all(document(signed.encode("utf-8", "surrogatepass")).get("keys"), _council_key)


def tombstones(answer: Json) -> tuple[tuple[Tombstone, ...], bool]:
    """Read what was erased, and whether the list goes on."""
    marks, most = _all(answer.get("tombstones"), _tombstone), answer.get("most")
    if not isinstance(most, int) or most < 1:
        raise NotAsAgreed("not a list that ends")
    return marks, len(marks) >= most


def is_recorded(answer: Json, order_id: str) -> bool:
    """Say whether central has taken down the outcome of exactly this order."""
    return answer.get("order_id") == order_id and answer.get("recorded") is True


def is_received(answer: Json) -> bool:
    """Say whether central has taken a heartbeat."""
    return answer.get("received") is True


def enrolment(answer: Json) -> Enrolment:
    """Read what pairing or a renewal gives."""
    terminal, token = _text(answer, "terminal"), _text(answer, "token")
    if not terminal or not token or not token.isascii() or not token.isprintable() or " " in token:
        raise NotAsAgreed("a pairing without terminal or token")
    issued_at, expires_at = moment(answer.get("issued_at")), moment(answer.get("expires_at"))
    if expires_at <= issued_at:
        raise NotAsAgreed("a token that is over before it begins")
    return Enrolment(terminal, token, issued_at, expires_at, _all(answer.get("signing_keys"), _signing_key))


def problem_type(answer: Json) -> str:
    """Read which sort of problem an RFC 9457 document tells; empty when it does not say."""
    said = answer.get("type")
    return said if isinstance(said, str) else ""


def problem_text(answer: Json) -> str:
    """Read an RFC 9457 problem as one plain sentence or two; never empty."""
    words = [answer.get("title"), answer.get("detail")]
    text = ". ".join(w.strip().rstrip(".") for w in words if isinstance(w, str) and w.strip())
    return _cleaned(text)[:_LONGEST_TEXT] + "." if text else "Central gave no reason."


def _delivery(key: str, results: Sequence[Json]) -> Delivery:
    if len(results) != 1:
        return RetryLater(key, ErrorClass.TRANSIENT, _SEVERAL if results else _MISSING)
    problem = results[0].get("problem")
    reason = problem_text(problem) if isinstance(problem, dict) else "Central gave no reason."
    match results[0].get("status"):
        case "created" | "duplicate":
            return Accepted(key, _text(results[0], "central_id"))
        case "conflict":
            return Parked(key, ErrorClass.CONFLICT, reason)
        case "rejected" if isinstance(problem, dict) and problem_type(problem) == SCHEMA_UNKNOWN:
            return RetryLater(key, ErrorClass.UPGRADE, reason, answered=True)
        case "rejected":
            return Parked(key, ErrorClass.INVALID, reason)
        case "retry":
            return RetryLater(key, ErrorClass.LATER, reason, answered=True)
        case _:
            raise NotAsAgreed("an unknown status")


def _appointment(one: Json) -> Appointment:
    born = one.get("birth_date")
    return Appointment(
        appointment_id=_text(one, "appointment_id"),
        reference=_text(one, "reference"),
        full_name=_text(one, "full_name"),
        birth_date=_day(born) if born is not None else None,
        starts_at=moment(one.get("starts_at")),
        service=_text(one, "service"),
        queue=_text(one, "queue"),
        with_whom=_text(one, "with_whom"),
        checked_in=one.get("checked_in") is True,
    )


def _council_key(one: Json) -> CouncilKey:
    """Read one key; its name is a part of the SHA-256 of it, so a mixed-up pair is noticed."""
    try:
        public_bytes = base64.b64decode(_text(one, "public_key"), validate=True)
    except ValueError as error:
        raise NotAsAgreed("not base64") from error
    key_id = _text(one, "key_id")
    named = hashlib.sha256(public_bytes).hexdigest()[:_KEY_ID_DIGITS]
    if len(public_bytes) != _KEY_BYTES or key_id != named:
        raise NotAsAgreed("not a key, or another one's name")
    return CouncilKey(key_id, public_bytes, moment(one.get("not_after")))


def _tombstone(one: Json) -> Tombstone:
    case_id, reference = _text(one, "case_id"), _text(one, "reference")
    if bool(case_id) == bool(reference):
        raise NotAsAgreed("a mark of no case, or of two")
    return Tombstone(case_id, reference, moment(one.get("made_at")))


def _order(one: Json) -> PrintOrder:
    kind, copy = _text(one, "kind"), one.get("copy")
    if kind not in {"appointment", "reprint"} or not isinstance(copy, int):
        raise NotAsAgreed("an unknown kind of print order")
    lines = _list(one.get("lines"))
    return PrintOrder(
        order_id=_text(one, "order_id"),
        kind=kind,
        case_id=_text(one, "case_id"),
        appointment_id=_text(one, "appointment_id"),
        reference=_text(one, "reference"),
        lines=tuple(_cleaned(line) for line in lines if isinstance(line, str)),
        copy=int(copy),
    )


def _signing_key(one: Json) -> SigningKey:
    try:
        public_bytes = base64.b64decode(_text(one, "public_key"), validate=True)
    except ValueError as error:
        raise NotAsAgreed("not a key") from error
    if len(public_bytes) != _KEY_BYTES or not _text(one, "key_id"):
        raise NotAsAgreed("not a key")
    return SigningKey(_text(one, "key_id"), public_bytes)


def _all(value: object, read: Callable[[Json], T]) -> tuple[T, ...]:
    return tuple(read(_object(one)) for one in _list(value))


def _text(one: Json, name: str) -> str:
    value = one.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise NotAsAgreed(f"{name} is not a short text")
    return _cleaned(value)


def _cleaned(text: str) -> str:
    """Take out control characters and half characters, which neither paper nor database can hold."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(c for c in whole if c.isprintable() or c in _JOINERS)


def moment(value: object) -> datetime:
    """Read a moment with its zone, as UTC."""
    try:
        at = datetime.fromisoformat(value if isinstance(value, str) else "")
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotAsAgreed("not a time") from error
    raise NotAsAgreed("a time without a zone")


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise NotAsAgreed("not a date") from error


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise NotAsAgreed("not an object")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise NotAsAgreed("not a list")
    return value


def _bytes(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
