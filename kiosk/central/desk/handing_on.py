"""What could not be handed on to other systems: shown until somebody retries or closes it.

Responsible for: the page, and its two buttons, each in the audit.
Not responsible for: handing on (`kiosk.central.worker`).
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from kiosk.central.desk.pages import SignedIn, go_to
from kiosk.central.problems import Problem
from kiosk.central.tables import effects, journal

routes = APIRouter()

PAGE = "/desk/handing-on"
SHOWN = 100
LATE_AFTER = timedelta(hours=1)
EffectId = Annotated[str, Path(max_length=36)]


@routes.get(PAGE)
async def show(page: SignedIn) -> Response:
    """Show what could not be handed on, and what is late."""
    before = page.here.now() - LATE_AFTER
    dead = await page.here.database.read(lambda c: effects.dead(c, SHOWN))
    late = await page.here.database.read(lambda c: effects.late(c, before, SHOWN))
    return page.show("handing_on.html", dead=dead, late=late, moment=page.moment, case_of=case_of)


def case_of(effect: effects.Effect) -> str:
    """Return the case that an effect is about, or an empty text."""
    kind, _, name = effect.subject.partition(":")
    return name if kind == "case" else ""


@routes.post(PAGE + "/{effect_id}/retry")
async def retry(page: SignedIn, effect_id: EffectId) -> Response:
    """Try one again from the start."""
    return await _settle(page, effect_id, "effect-retried")


@routes.post(PAGE + "/{effect_id}/close")
async def close(page: SignedIn, effect_id: EffectId) -> Response:
    """Let one rest for good."""
    return await _settle(page, effect_id, "effect-closed")


async def _settle(page: SignedIn, effect_id: str, act: str) -> Response:
    await page.form()
    now, actor = page.here.now(), page.desk.actor
    change = effects.again if act == "effect-retried" else effects.close

    def settle(connection: Connection) -> bool:
        found = change(connection, effect_id, now)
        if found:
            journal.staff_did(connection, now, actor, act, effect_id)
        return found

    if not await page.here.database.write(settle):
        raise Problem("not-now", "This is no longer among what could not be handed on.")
    return go_to(PAGE, done=act)
