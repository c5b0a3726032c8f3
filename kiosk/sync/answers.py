"""What an HTTP answer means: the class of a refusal, and how long to wait.

Responsible for: the table from status and content type to `ErrorClass`, and reading Retry-After. Pure.
Not responsible for: the body of an agreed answer (`wire`), or acting on it (`pacing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kiosk.core.sync import ErrorClass
from kiosk.sync import wire

LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that came whole and in time."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no agreed answer; `problem` is for staff, in plain words."""

    error_class: ErrorClass
    problem: str
    retry_after_s: float | None = None


_BY_STATUS = {
    400: ErrorClass.INVALID,
    401: ErrorClass.AUTH,
    403: ErrorClass.AUTH,
    410: ErrorClass.GONE,
    422: ErrorClass.INVALID,
    426: ErrorClass.UPGRADE,
}
"""Believed only when central says them itself, as a problem in JSON; a proxy's page of that status is not."""

_TRANSIENT = {408, 409, 425, 429}
_FIRST_SERVER_FAULT = 500
_NOT_CENTRAL = "Something answered in place of the central service, such as a login page or a proxy."


def refusal(answer: Answer, now: datetime) -> Failure:
    """Say what an answer other than the agreed success means."""
    wait_s = retry_after_s(answer.headers.get("Retry-After", ""), now)
    problem = _problem(answer)
    if answer.status == 413:  # noqa: PLR2004 - also a proxy's word for it is to be believed
        return Failure(ErrorClass.TOO_LARGE, problem or "This is larger than central accepts.", wait_s)
    if answer.status in _TRANSIENT or answer.status >= _FIRST_SERVER_FAULT:
        return Failure(ErrorClass.TRANSIENT, problem or f"Central is busy ({answer.status}).", wait_s)
    if answer.status in _BY_STATUS and problem:
        return Failure(_BY_STATUS[answer.status], problem, wait_s)
    return Failure(ErrorClass.PORTAL, _NOT_CENTRAL, wait_s)


def not_agreed() -> Failure:
    """Say that an answer of a good status proved nothing."""
    return Failure(ErrorClass.PORTAL, _NOT_CENTRAL)


def agreed_document(answer: Answer, status: int) -> wire.Json:
    """Return the body of an answer of exactly this status and of type JSON.

    Raises:
        NotAsAgreed: it is not one.
    """
    if answer.status != status or content_type(answer) != "application/json":
        raise wire.NotAsAgreed("not the agreed status and type")
    return wire.document(answer.content)


def content_type(answer: Answer) -> str:
    """Return the media type without parameters, in small letters."""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def central_time(answer: Answer) -> datetime | None:
    """Return what the answer's Date says, or None; written by a proxy it tells the time as well."""
    try:
        said = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return said.astimezone(UTC) if said.tzinfo is not None else said.replace(tzinfo=UTC)


def retry_after_s(text: str, now: datetime) -> float | None:
    """Read Retry-After as seconds or as an HTTP date, at most an hour; None when it says nothing."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT_S)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT_S)


def _problem(answer: Answer) -> str:
    if content_type(answer) not in {"application/problem+json", "application/json"}:
        return ""
    try:
        return wire.problem_text(wire.document(answer.content))
    except wire.NotAsAgreed:
        return ""
