"""The feed of events: what happened to cases, in one order, read on from a cursor.

Responsible for: pages of events without personal data.
Not responsible for: telling them unasked (`kiosk.central.webhooks`).
"""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from kiosk.central import webhooks
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingDesk
from kiosk.central.ground import Here
from kiosk.central.problems import Problem
from kiosk.central.tables import events
from kiosk.central.wire import events as wire

routes = APIRouter(prefix="/v1", tags=["desk"])
CURSOR = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")


@routes.get("/events", responses=problems(401, 422))
async def list_events(
    _desk: CallingDesk,
    here: Here,
    after: Annotated[str, Query(max_length=40, description="`next` of the page before; empty begins")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> wire.EventPage:
    """Return what happened to cases after a cursor, in an order that never changes.

    Nothing ever appears before a cursor that was given out, however many processes write at once.
    """
    place = _place(after)

    def read(connection: Connection) -> wire.EventPage:
        found = events.after(connection, place, limit)
        told = [
            wire.CaseEvent(event_id=each.event_id, **webhooks.document(connection, each)) for each in found
        ]
        return wire.EventPage(events=told, next=str(found[-1].place if found else place))

    return await here.database.read(read)


def _place(cursor: str) -> events.Place:
    if not cursor:
        return events.Place()
    read = CURSOR.fullmatch(cursor)
    if read is None:
        raise Problem("not-as-agreed", "`after` is no cursor: take `next` of the page before.")
    return events.Place(int(read[1]), int(read[2]))
