"""Reading the JSON of a request quickly: a batch is some hundred kilobytes of it.

Responsible for: the quick reader first, and Python's own for what that does not take.
Not responsible for: the shape of what was read (`kiosk.central.wire`).
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

Serving = Callable[[Request], Coroutine[Any, Any, Response]]


class QuickRequest(Request):
    """A request whose JSON is read by pydantic's reader.

    What that reader refuses, as half a surrogate pair or another encoding, Python's own reads or refuses, so
    whoever sent it is told the same as ever.
    """

    async def json(self) -> Any:
        """Return the body, read.

        Raises:
            json.JSONDecodeError: it is not JSON.
        """
        body = await self.body()
        try:
            return from_json(body)
        except ValueError:
            return json.loads(body)


class QuickRoute(APIRoute):
    """A route that reads JSON quickly."""

    def get_route_handler(self) -> Serving:
        """Serve with a request of this kind."""
        serve = super().get_route_handler()

        async def serve_quickly(request: Request) -> Response:
            return await serve(QuickRequest(request.scope, request.receive))

        return serve_quickly
