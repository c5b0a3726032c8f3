"""The page for a person whose browser called central by a name that it does not answer to.

Responsible for: what it means and what to do, in the desk's style, without asking for anything more.
Not responsible for: which names are answered (`kiosk.central.limits`); programs are told a problem document.
"""

import base64
import hashlib
import re
from collections.abc import Callable

from fastapi import Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import Headers

from kiosk.central.desk.pages import NO_STORE, STYLE, TEMPLATES
from kiosk.central.problems import KINDS

KIND = KINDS["wrong-host"]
CODE, WHAT, DO = (
    "CENTRAL-016",
    "The central service does not answer to the name in this address, so nothing was done.",
    "Open the address that you were given, or let whoever runs the service allow this name.",
)
NAME = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")
"""What a host may look like; anything else is not repeated on the page."""
SPECIFIC = ("application/json", "application/problem+json")
# Under a name that is refused no style sheet can be fetched: the page carries it, and may use that alone.
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def page_for(facility: str) -> Callable[[Headers], Response | None]:
    """Return what draws the page for a request's headers; it gives None to whoever is no browser."""

    def drawn(headers: Headers) -> Response | None:
        if not _is_browser(headers):
            return None
        called = headers.get("host", "")
        text = TEMPLATES.get_template("wrong_host.html").render(
            facility=facility, name="", done="", updates=None, style=STYLE,
            title=KIND.title, code=CODE, what=WHAT, do=DO, called=called if NAME.fullmatch(called) else "",
        )  # fmt: skip
        told = {**NO_STORE, "Vary": "Accept", "Content-Security-Policy": POLICY}
        return HTMLResponse(text, KIND.status, headers=told)

    return drawn


def _is_browser(headers: Headers) -> bool:
    """Say whether somebody asks for a page by name; a program that takes anything does not."""
    asked = [each.replace(" ", "").lower() for each in headers.get("accept", "").split(",")]
    wanted = {name for name, _, weight in (each.partition(";") for each in asked) if not _is_zero(weight)}
    return "text/html" in wanted and wanted.isdisjoint(SPECIFIC)


def _is_zero(weight: str) -> bool:
    return re.fullmatch(r"q=0(\.0*)?", weight) is not None
