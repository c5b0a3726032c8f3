"""What terminals are told to forget: cases that were erased here.

Responsible for: the list since a moment.
Not responsible for: erasing (`kiosk.central.erasure`), or what a terminal still has.
"""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingTerminal
from kiosk.central.ground import Here
from kiosk.central.tables import tombstones
from kiosk.central.wire import tombstones as wire

routes = APIRouter(prefix="/v1", tags=["terminal"])
AUTH = (401, 403, 410)


@routes.get(
    "/terminals/{terminal}/tombstones", response_model=wire.Tombstones, responses=problems(*AUTH, 422)
)
async def list_tombstones(
    _caller: CallingTerminal, here: Here, since: Annotated[AwareDatetime, Query()]
) -> wire.Tombstones:
    """Return what was erased since a moment, oldest first; ask again from the last when the list is full."""
    found = await here.database.read(lambda c: tombstones.since(c, since, wire.MOST))
    return wire.Tombstones(
        tombstones=[
            wire.TombstoneLine(case_id=each.case_id, reference=each.reference, made_at=each.made_at)
            for each in found
        ],
        most=wire.MOST,
    )
