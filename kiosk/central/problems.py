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
    """One sort of problem: its status, its title, and what to do about it."""

    status: int
    title: str
    do: str


KINDS: dict[str, Kind] = {
    "not-readable": Kind(400, "The request cannot be read", "Send JSON in UTF-8."),
    "not-signed-in": Kind(401, "Nobody is signed in", "Send a bearer token, or sign in at /desk."),
    "token-unknown": Kind(401, "This token is not known", "Pair the terminal again."),
    "token-over": Kind(401, "This token's time is over", "Pair the terminal again."),
    "signature-missing": Kind(401, "The request is not signed", "Sign it as docs/central-api.md says."),
    "signature-wrong": Kind(
        401, "The signature is not that of the terminal's key", "Pair the terminal again if it has a new key."
    ),
    "signature-stale": Kind(
        401, "The signature was made at another time", "Take the time from the header Date, and sign again."
    ),
    "not-allowed": Kind(403, "This is not yours to do", "Use the token of the terminal that is named."),
    "form-expired": Kind(403, "The form does not come from our page", "Open the page again and repeat."),
    "wrong-host": Kind(403, "This name does not lead here", "Start the service with --allow-host NAME."),
    "not-found": Kind(404, "There is nothing here", "Compare the address with openapi.yaml."),
    "method-not-allowed": Kind(405, "This cannot be done here", "Compare the method with openapi.yaml."),
    "not-now": Kind(409, "This cannot be done as things are", "Look at the page again."),
    "request-repeated": Kind(409, "This very request came before", "Sign it anew, then send it again."),
    "terminal-revoked": Kind(410, "This terminal has been shut out", "Pair it again if it is yours."),
    "code-unknown": Kind(410, "This code is not known, was used or is too old", "Make a new code."),
    "proof-wrong": Kind(
        422,
        "The key is not proven",
        "Sign the code and the key as openapi.yaml says.",
    ),
    "too-large": Kind(413, "The request is too large", "Send at most 100 items and 1 MiB at a time."),
    "wrong-media-type": Kind(415, "The request has the wrong media type", "Send application/json."),
    "not-as-agreed": Kind(422, "The request is not as openapi.yaml says", "Correct what `errors` names."),
    "upload-elsewhere": Kind(
        409, "The upload goes on at another place", "Ask with HEAD for the offset, and send from there."
    ),
    "upload-differs": Kind(422, "The bytes are not those of the digest", "Send the attachment anew."),
    "attachment-too-large": Kind(422, "The attachment is too large", "Attach at most 8 MiB."),
    "uploads-waiting": Kind(429, "Too many uploads wait for their case", "Send the cases they belong to."),
    "too-many-tries": Kind(429, "Too many wrong tries", "Wait as long as Retry-After says."),
    "fault": Kind(500, "The central service failed", "Send the same again later."),
    "busy": Kind(503, "Central has much to do now", "Come again as late as Retry-After says."),
    "unavailable": Kind(503, "The central service cannot work now", "Send the same again later."),
    # Of one item in a batch: the batch itself is answered with 200.
    "hash-differs": Kind(422, "The body is not what was hashed", "Look for what changes it on the way."),
    "body-not-as-agreed": Kind(422, "The case is not as agreed", "Correct the case, then send it again."),
    "kind-unknown": Kind(422, "This kind of item is not known", "Bring central up to date."),
    "schema-unknown": Kind(422, "This version of a case is not known", "Bring central up to date."),
    "not-sealed": Kind(422, "The case came in clear", "Seal it to a key of the council."),
    "key-unknown": Kind(422, "The case is sealed to a key that is not here", "Bring the key file back."),
    "does-not-open": Kind(422, "The sealed part does not open", "Send the case again; else report a fault."),
    "attachment-missing": Kind(
        422, "An attachment of the case is not here", "Upload it, then send the case again."
    ),
    "service-unknown": Kind(422, "This service is not known", "Enter the service at the desk."),
    "service-closed": Kind(422, "The service takes no cases now", "Open it at the desk, then send again."),
    "key-used": Kind(409, "The key was used for something else", "Ask staff to compare both cases."),
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
    """

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__(KINDS[kind].status, detail or KINDS[kind].do, dict(headers or {}))
        self.kind = kind
        self.errors = errors or []

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
    return Problem("unavailable", f"{error.code}: {error.what} {error.do}", headers={"Retry-After": "30"})


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
            return Problem("not-as-agreed", f"{error.what} {error.do}")
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
