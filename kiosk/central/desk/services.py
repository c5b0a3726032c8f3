"""Which services take cases: opening and closing them for intake.

Responsible for: the page and its forms.
Not responsible for: what a terminal offers, which is its own configuration.
"""

from fastapi import APIRouter, Response

from kiosk.central import acts
from kiosk.central.desk.pages import SignedIn, go_to
from kiosk.central.problems import Problem
from kiosk.central.tables import services
from kiosk.central.wire.desk import ServiceSetting

routes = APIRouter()


@routes.get("/desk/services")
async def show(page: SignedIn) -> Response:
    """Show every service that is known here."""
    known = await page.here.database.read(services.every)
    every = await page.here.database.read(lambda c: services.one(c, services.EVERY_SERVICE))
    return page.show("services.html", services=known, every=every)


@routes.post("/desk/services/{service}")
async def put(page: SignedIn, service: str) -> Response:
    """Open or close a service."""
    form, here = await page.form(), page.here
    accepting = form.get("accepting") == "yes"
    reason = " ".join(form.get("reason", "").split())[:120]
    known = await here.database.read(lambda c: services.one(c, service))
    if known is None and service != services.EVERY_SERVICE:
        raise Problem("not-found", "There is no such service.")
    setting = ServiceSetting(accepting=accepting, reason=reason)
    await here.database.write(lambda c: acts.set_service(c, here, service, setting, page.desk.actor))
    return go_to("/desk/services", done="opened" if accepting else "closed")
