"""What can go wrong over HTTP, as RFC 9457 problem documents.

Responsible for: the list of problems with their plain words, and that no error leaves in another form.
Not responsible for: the pages for people (`kiosk.central.desk`), which say the same as a page.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kiosk.errors import KioskError, UsageError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of problem: its code for people, its title, what to do about it, and its status."""

    code: str
    title: str
    do: str
    status: int


KINDS: dict[str, Kind] = {
    "not-readable": Kind("CENTRAL-101", "The request cannot be read", "Send JSON in UTF-8.", 400),
    "not-signed-in": Kind(
        "CENTRAL-102", "Nobody is signed in", "Send a bearer token, or sign in at /desk.", 401
    ),
    "token-unknown": Kind("CENTRAL-103", "This token is not known", "Pair the terminal again.", 401),
    "token-over": Kind("CENTRAL-104", "This token's time is over", "Pair the terminal again.", 401),
    "signature-missing": Kind(
        "CENTRAL-105", "The request is not signed", "Sign it as docs/central-api.md says.", 401
    ),
    "signature-wrong": Kind(
        "CENTRAL-106",
        "The signature is not that of the terminal's key",
        "Pair the terminal again if it has a new key.",
        401,
    ),
    "signature-stale": Kind(
        "CENTRAL-107",
        "The signature was made at another time",
        "Take the time from the header Date, and sign again.",
        401,
    ),
    "not-allowed": Kind(
        "CENTRAL-108", "This is not yours to do", "Use the token of the terminal that is named.", 403
    ),
    "form-expired": Kind(
        "CENTRAL-109", "The form does not come from our page", "Open the page again and repeat.", 403
    ),
    "wrong-host": Kind(
        "CENTRAL-016", "This name does not lead here", "Start the service with --allow-host NAME.", 403
    ),
    "not-found": Kind("CENTRAL-111", "There is nothing here", "Compare the address with openapi.yaml.", 404),
    "method-not-allowed": Kind(
        "CENTRAL-112", "This cannot be done here", "Compare the method with openapi.yaml.", 405
    ),
    "not-now": Kind("CENTRAL-113", "This cannot be done as things are", "Look at the page again.", 409),
    "request-repeated": Kind(
        "CENTRAL-114", "This very request came before", "Sign it anew, then send it again.", 409
    ),
    "terminal-revoked": Kind(
        "CENTRAL-115", "This terminal has been shut out", "Pair it again if it is yours.", 410
    ),
    "code-unknown": Kind(
        "CENTRAL-116", "This code is not known, was used or is too old", "Make a new code.", 410
    ),
    "proof-wrong": Kind(
        "CENTRAL-117", "The key is not proven", "Sign the code and the key as openapi.yaml says.", 422
    ),
    "too-large": Kind(
        "CENTRAL-118", "The request is too large", "Send at most 100 items and 1 MiB at a time.", 413
    ),
    "wrong-media-type": Kind(
        "CENTRAL-119", "The request has the wrong media type", "Send application/json.", 415
    ),
    "not-as-agreed": Kind(
        "CENTRAL-120", "The request is not as openapi.yaml says", "Correct what `errors` names.", 422
    ),
    "upload-elsewhere": Kind(
        "CENTRAL-121",
        "The upload goes on at another place",
        "Ask with HEAD for the offset, and send from there.",
        409,
    ),
    "upload-differs": Kind(
        "CENTRAL-122", "The bytes are not those of the digest", "Send the attachment anew.", 422
    ),
    "attachment-too-large": Kind("CENTRAL-123", "The attachment is too large", "Attach at most 8 MiB.", 422),
    "uploads-waiting": Kind(
        "CENTRAL-124", "Too many uploads wait for their case", "Send the cases they belong to.", 429
    ),
    "too-many-tries": Kind("CENTRAL-125", "Too many wrong tries", "Wait as long as Retry-After says.", 429),
    "fault": Kind("CENTRAL-126", "The central service failed", "Send the same again later.", 500),
    "busy": Kind("CENTRAL-127", "Central has much to do now", "Come again as late as Retry-After says.", 503),
    "unavailable": Kind(
        "CENTRAL-128", "The central service cannot work now", "Send the same again later.", 503
    ),
    # Of one item in a batch: the batch itself is answered with 200.
    "hash-differs": Kind(
        "CENTRAL-129", "The body is not what was hashed", "Look for what changes it on the way.", 422
    ),
    "body-not-as-agreed": Kind(
        "CENTRAL-130", "The case is not as agreed", "Correct the case, then send it again.", 422
    ),
    "kind-unknown": Kind("CENTRAL-131", "This kind of item is not known", "Bring central up to date.", 422),
    "schema-unknown": Kind(
        "CENTRAL-132", "This version of a case is not known", "Bring central up to date.", 422
    ),
    "not-sealed": Kind("CENTRAL-133", "The case came in clear", "Seal it to a key of the council.", 422),
    "key-unknown": Kind(
        "CENTRAL-134", "The case is sealed to a key that is not here", "Bring the key file back.", 422
    ),
    "does-not-open": Kind(
        "CENTRAL-135", "The sealed part does not open", "Send the case again; else report a fault.", 422
    ),
    "attachment-missing": Kind(
        "CENTRAL-136", "An attachment of the case is not here", "Upload it, then send the case again.", 422
    ),
    "service-unknown": Kind(
        "CENTRAL-137", "This service is not known", "Enter the service at the desk.", 422
    ),
    "service-closed": Kind(
        "CENTRAL-138", "The service takes no cases now", "Open it at the desk, then send again.", 422
    ),
    "key-used": Kind(
        "CENTRAL-139", "The key was used for something else", "Ask staff to compare both cases.", 409
    ),
}

_OF_STATUS = {
    400: "not-readable",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "wrong-media-type",
    422: "not-as-agreed",
    503: "unavailable",
}


class Problem(HTTPException):
    """Stop a request with one of `KINDS`.

    Args:
        kind: a key of `KINDS`.
        detail: one plain sentence for the person who can act; never personal data.
        headers: such as Retry-After.
        errors: places in the request that are not as agreed.
        cause: a fault of our own with a code of its own, which a page tells in its place.
    """

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
        cause: KioskError | None = None,
    ) -> None:
        super().__init__(KINDS[kind].status, detail or KINDS[kind].do, dict(headers or {}))
        self.kind = kind
        self.errors = errors or []
        self.cause = cause

    @property
    def says_more(self) -> bool:
        """Whether its sentence is of this very request, and not what stands for its kind."""
        return self.detail != KINDS[self.kind].do

    def document(self) -> dict[str, Any]:
        """Return the problem document."""
        kind = KINDS[self.kind]
        found: dict[str, Any] = {
            "type": type_of(self.kind),
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail,
        }
        return {**found, "errors": self.errors} if self.errors else found

    def answer(self) -> Response:
        """Return the HTTP answer."""
        return Response(
            json.dumps(self.document()),
            self.status_code,
            headers={"Cache-Control": "no-store", **(self.headers or {})},
            media_type=MEDIA_TYPE,
        )


def type_of(kind: str) -> str:
    """Return the `type` of a problem; at that address central explains it."""
    return f"/problems/{kind}"


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the problem that a bare HTTP status stands for."""
    return Problem(_OF_STATUS.get(status, "fault" if status >= 500 else "not-readable"), headers=headers)  # noqa: PLR2004


def of_validation(error: RequestValidationError) -> Problem:
    """Say where a request is not as agreed, without repeating what was in it."""
    places = [
        {"pointer": "/" + "/".join(str(part) for part in each["loc"]), "detail": str(each["msg"])}
        for each in error.errors()[:20]
    ]
    if any(each["type"] == "json_invalid" for each in error.errors()):
        return Problem("not-readable")
    if any(each["loc"] == ("body",) and isinstance(each.get("input"), bytes) for each in error.errors()):
        return Problem("not-as-agreed", "Send the body with the header Content-Type: application/json.")
    return Problem("not-as-agreed", errors=[_clean(place) for place in places])


def _clean(place: dict[str, str]) -> dict[str, str]:
    return {name: text.encode("utf-8", "replace").decode()[:200] for name, text in place.items()}


def of_ours(error: KioskError) -> Problem:
    """Tell a fault of our own, such as a full disk, with its code."""
    told = f"{error.code}: {error.what} {error.do}"
    return Problem("unavailable", told, headers={"Retry-After": "30"}, cause=error)


def of_any(error: Exception) -> Problem:
    """Return the problem that an exception stands for."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return of_validation(error)
        case HTTPException():
            return of_status(error.status_code, error.headers)
        case UsageError():
            return Problem("not-as-agreed", f"{error.what} {error.do}", cause=error)
        case KioskError():
            return of_ours(error)
        case _:
            return Problem("fault")


def install(app: FastAPI, *others: Callable[[Request, Problem], Response | None]) -> None:
    """Answer every error of an application with a problem document, or as the first of `others` that does.

    The others are the pages for people, and protocols that have a form of their own.
    """

    async def stopped(request: Request, error: Exception) -> Response:
        problem = of_any(error)
        told = (other(request, problem) for other in others)
        return next((answer for answer in told if answer is not None), None) or problem.answer()

    for kind in (Problem, RequestValidationError, HTTPException, KioskError, Exception):
        app.add_exception_handler(kind, stopped)
