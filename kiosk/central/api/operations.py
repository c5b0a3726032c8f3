"""What those who run central ask: does it live, can it work, what does it measure.

Responsible for: /healthz, /readyz and /metrics.
Not responsible for: measuring (`kiosk.central.watching`).

/metrics is told to this machine, when no proxy stands between, and to whoever has a desk token.
"""

import ipaddress

from fastapi import APIRouter, Request, Response
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector, CollectorRegistry
from sqlalchemy import Connection

from kiosk.central import migration
from kiosk.central.api.callers import bearer, calling_desk
from kiosk.central.ground import Ground, Here
from kiosk.central.problems import Problem
from kiosk.central.tables import effects, terminals

routes = APIRouter()

FORWARDED = ("forwarded", "x-forwarded-for", "x-kiosk-peer", "x-real-ip")
NO_STORE = {"Cache-Control": "no-store"}
LOOKING = ["GET", "HEAD"]
"""Load balancers and watchers often ask with HEAD."""


@routes.api_route("/healthz", methods=LOOKING)
async def is_alive() -> Response:
    """Say that the process answers; it asks nothing of the database."""
    return Response("alive\n", media_type="text/plain", headers=NO_STORE)


@routes.api_route("/readyz", methods=LOOKING)
async def is_ready(here: Here) -> Response:
    """Say whether cases can be kept now; 503 when the database is away or has other tables."""
    await here.database.read(migration.require_current)
    return Response("ready\n", media_type="text/plain", headers=NO_STORE)


@routes.api_route("/metrics", methods=LOOKING)
async def measured(request: Request, here: Here) -> Response:
    """Tell what was measured, in the text form of Prometheus."""
    if not _is_this_machine(request):
        if not bearer(request):
            raise Problem("not-signed-in", "Send a desk token, or ask from the machine itself.")
        await calling_desk(request, here)
    gauges = await here.database.read(lambda c: _gauges(c, here))
    own = CollectorRegistry()
    own.register(_Fixed(gauges))
    text = generate_latest(here.measures.registry) + generate_latest(own)
    return Response(text, headers={**NO_STORE, "Content-Type": CONTENT_TYPE_LATEST})


def _is_this_machine(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _Fixed(Collector):
    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> list[GaugeMetricFamily]:
        """Return what was read."""
        return self._families


def _gauges(connection: Connection, here: Ground) -> list[GaugeMetricFamily]:
    waiting = GaugeMetricFamily(
        "kiosk_central_effects", "Effects by how far they have come.", labels=["state"]
    )
    for state, count in effects.counts(connection).items():
        waiting.add_metric([state], count)
    silence = GaugeMetricFamily(
        "kiosk_central_terminal_silence_seconds", "Since when a terminal was not heard.", labels=["terminal"]
    )
    for each in terminals.every(connection):
        if each.revoked_at is None:
            heard = each.heard_at or each.paired_at
            silence.add_metric([each.terminal], max(0.0, (here.now() - heard).total_seconds()))
    gate = GaugeMetricFamily("kiosk_central_backlog", "Batches that were turned away and will come again.")
    gate.add_metric([], here.gate.backlog)
    return [waiting, silence, gate]
