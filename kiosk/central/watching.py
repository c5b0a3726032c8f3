"""What is measured and written down of every request: which route, how it ended, how long it took.

Responsible for: counters for Prometheus, and a line of JSON for each request that changed or failed.
Not responsible for: showing the counters (`kiosk.central.api.operations`). Never an address with its
identifiers, a header, a body or the words of an exception: a route is named as it is written in the program.
"""

import json
import logging
import time
from collections.abc import MutableMapping
from typing import Any, TextIO

from prometheus_client import CollectorRegistry, Counter, Histogram

from kiosk.central.limits import Application, Receive, Scope, Send

LOG = logging.getLogger("kiosk.central.requests")
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
SERVER_FAULT = 500


class Measures:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "kiosk_central_requests", "Requests by route and status.", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "kiosk_central_request_seconds", "How long requests took.", ["route"], buckets=BUCKETS,
            registry=self.registry,
        )  # fmt: skip
        self.items = Counter(
            "kiosk_central_items", "Items of batches by what became of them.", ["status"],
            registry=self.registry,
        )  # fmt: skip


class Watching:
    """Wrap the application; counts what it answers."""

    def __init__(self, app: Application, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and write down how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), SERVER_FAULT

        async def seen(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unknown")
        self._measures.requests.labels(scope["method"], route, str(status)).inc()
        self._measures.seconds.labels(route).observe(seconds)
        if scope["method"] != "GET" or status >= SERVER_FAULT:
            LOG.info(
                "request", extra={"ids": {"method": scope["method"], "route": route, "status": status,
                                          "ms": round(seconds * 1000)}},
            )  # fmt: skip


class JsonLines(logging.Formatter):
    """One line of JSON for each record: the event, its ids, and of an exception its kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record of this project as it is; of a stranger's only its name and level."""
        ours = record.name.startswith("kiosk.")
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage() if ours else "message",
            **getattr(record, "ids", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = place_of(record.exc_info[1])
        return json.dumps(line)


def place_of(fault: BaseException) -> str:
    """Name type, file and line of an exception, without its words, which may hold what a visitor typed."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(fault).__name__
    file = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f"{type(fault).__name__} {file}:{trace.tb_lineno}"


def write_log_to(stream: TextIO) -> None:
    """Write what the program tells, and faults of its libraries, as lines of JSON."""
    lines = logging.StreamHandler(stream)
    lines.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    logging.getLogger("kiosk").setLevel(logging.INFO)
