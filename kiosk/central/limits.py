"""What holds for every request before anything reads it: its host, its size, and headers of every answer.

Responsible for: refusing strange hosts and large bodies, and telling browsers what our pages may do.
Not responsible for: who is asking (`kiosk.central.api.callers`).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from kiosk.central.problems import Problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 1024 * 1024
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}


class Limits:
    """Wrap the application.

    Args:
        app: what is wrapped.
        allowed_hosts: names without port, IPv6 in brackets.
        stranger_page: draws what a person is told who called by another name; None where nobody is one.
    """

    def __init__(
        self,
        app: Application,
        allowed_hosts: tuple[str, ...],
        stranger_page: Callable[[Headers], Response | None],
    ) -> None:
        self._app = app
        self._stranger_page = stranger_page
        self._hosts = frozenset(host.lower() for host in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headed = _with_headers(send)
        refused = self._refusal(Headers(scope=scope), scope["path"])
        if refused is not None:
            await refused(scope, receive, headed)
            return
        await self._app(scope, _counted(receive), headed)

    def _refusal(self, headers: Headers, path: str) -> Response | None:
        if _host(headers.get("host", "")) not in self._hosts:
            return self._stranger_page(headers) or Problem("wrong-host").answer()
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 15:  # noqa: PLR2004
            return Problem("not-readable", "Content-Length is not a number.").answer()
        # A form of the desk is stopped while it is read: then a page says so, in words for a person.
        return Problem("too-large").answer() if int(length) > LARGEST_BODY and path[:5] != "/desk" else None


def _host(header: str) -> str:
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdigit() else header).lower()


def _counted(receive: Receive) -> Receive:
    """Stop a body that says no length, or lies about it."""
    read = 0

    async def counted() -> MutableMapping[str, Any]:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise Problem("too-large")
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def headed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return headed
