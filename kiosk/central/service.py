"""The central service as one application.

Responsible for: putting the parts together.
Not responsible for: the command line or the port it listens at (`kiosk.central.command`).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI

from kiosk.central import notify, problems, webhooks
from kiosk.central.announcing import Announcer
from kiosk.central.api import bundles, desk, enrolment, operations, terminal, tombstones, uploads
from kiosk.central.api import events as events_api
from kiosk.central.bridge import updates
from kiosk.central.bridge.carrier import OfficeCarrier, kind_of
from kiosk.central.database import open_database
from kiosk.central.desk import (
    attachments,
    cases,
    notices,
    pages,
    person,
    services,
    sign_in,
    terminals,
    today,
    wrong_host,
)
from kiosk.central.desk import handing_on as handing_on_page
from kiosk.central.desk import webhooks as webhooks_page
from kiosk.central.door import Door
from kiosk.central.effects import Carrier
from kiosk.central.ground import Ground
from kiosk.central.keyring import open_signing_key
from kiosk.central.keys import KeyFile
from kiosk.central.limits import Limits
from kiosk.central.notify import NotifyCarrier
from kiosk.central.open311 import routes as open311
from kiosk.central.open311.faults import fault_answer
from kiosk.central.settings import API_VERSION, CentralSettings, Chance
from kiosk.central.tables import events
from kiosk.central.upkeep import Upkeep
from kiosk.central.watching import Watching
from kiosk.central.webhooks import WebhookCarrier
from kiosk.central.worker import Worker

BESIDE_THE_CONTRACT = (
    open311,
    pages,
    sign_in,
    today,
    cases,
    attachments,
    person,
    services,
    terminals,
    webhooks_page,
    notices,
    handing_on_page,
    operations,
)
"""Routes that openapi.yaml says nothing of: pages for people, Open311, and what operators ask."""


def carriers_of(ground: Ground) -> dict[str, Carrier]:
    """Return who hands on which kind of effect."""
    outward = ground.settings.outward
    private = outward.allow_private_addresses
    found: dict[str, Carrier] = {
        events.ANNOUNCE: Announcer(ground, outward),
        webhooks.KIND: WebhookCarrier(ground, allow_private=private),
    }
    if outward.notify is not None:
        found[notify.KIND] = NotifyCarrier(ground, outward.notify, allow_private=private)
    for name, office in outward.back_offices.items():
        found[kind_of(name)] = OfficeCarrier(ground, name, office, allow_private=private)
    return found


def create_app(
    settings: CentralSettings,
    chance: Chance | None = None,
    *,
    carriers: Mapping[str, Carrier] | None = None,
) -> FastAPI:
    """Make the application and open its database, which is closed when the application shuts down.

    Args:
        settings: what this central is told.
        chance: where time and secrets come from.
        carriers: who hands on which kind of effect, besides `carriers_of`.

    Raises:
        StoreError: the database cannot be used.
    """
    ground = _ground(settings, chance or Chance())
    app = FastAPI(
        title="Council kiosk central API",
        version=API_VERSION,
        lifespan=lambda _app: _living(ground, {**carriers_of(ground), **(carriers or {})}),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.ground = ground
    problems.install(app, fault_answer, pages.problem_page)
    for room in (enrolment, bundles, uploads, terminal, tombstones, desk, events_api):
        app.include_router(room.routes)
    for page in BESIDE_THE_CONTRACT:
        app.include_router(page.routes, include_in_schema=False)
    app.add_middleware(Door, gate=ground.gate)
    stranger_page = wrong_host.page_for(settings.facility)
    app.add_middleware(Limits, allowed_hosts=settings.allowed_hosts, stranger_page=stranger_page)
    app.add_middleware(Watching, measures=ground.measures)
    return app


def _ground(settings: CentralSettings, chance: Chance) -> Ground:
    database = open_database(settings.database)
    keys = KeyFile(settings.key_file, chance.random_bytes, chance.now)
    keys.all()  # the first start makes the first key
    return Ground(settings, database, chance, open_signing_key(settings.signing_key_file), keys)


@asynccontextmanager
async def _living(ground: Ground, carriers: Mapping[str, Carrier]) -> AsyncIterator[None]:
    """Hand on and look after the database while the service runs, then let go of it."""
    worker, upkeep = Worker(ground, carriers), Upkeep(ground, time.monotonic)
    loops = (worker.run(), upkeep.run(), updates.run(ground))
    tasks = [asyncio.create_task(loop) for loop in loops]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await ground.database.close()
