"""The door of intake: only so many batches are under way; others are told when to come again.

Responsible for: turning away before anything is read, with a Retry-After that gives each a place in a line.
Not responsible for: the decisions (`kiosk.central.gate`), or batches (`kiosk.central.api.terminal`).
"""

import re
import time

from starlette.datastructures import Headers

from kiosk.central.gate import Gate
from kiosk.central.limits import Application, Receive, Scope, Send
from kiosk.central.problems import Problem

WAITING_HEADER = "outbox-waiting"
BATCHES = re.compile(r"/v1/terminals/([^/]{1,63})/batches")
MOST_WAITING = 10_000
"""What one terminal may claim to have waiting: nobody can make the others wait for hours."""


class Door:
    """Wrap the application; only batches are counted."""

    def __init__(self, app: Application, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say when it is to come again."""
        batch = scope["type"] == "http" and BATCHES.fullmatch(scope["path"])
        if not batch:
            await self._app(scope, receive, send)
            return
        begun = time.monotonic()
        if not self._gate.enter(batch[1], _waiting(Headers(scope=scope)), begun):
            wait = str(round(self._gate.wait_s(batch[1], begun)))
            await Problem("busy", headers={"Retry-After": wait}).answer()(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._gate.leave(time.monotonic() - begun)


def _waiting(headers: Headers) -> int:
    told = headers.get(WAITING_HEADER, "")
    if not told.isascii() or not told.isdigit() or len(told) > len(str(MOST_WAITING)):
        return 0
    return min(int(told), MOST_WAITING)
