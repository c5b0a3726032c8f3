"""The addresses that events are sent to: how sending goes, pausing it, trying again, adding and removing one.

Responsible for: the pages, for accounts that are made for it, and forms that say all that is wrong at once.
Not responsible for: what an address must be, and the audit (`kiosk.central.endpoints`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from kiosk.central import endpoints
from kiosk.central.desk.pages import ForSystems, Page, go_to
from kiosk.central.endpoints import Standing
from kiosk.central.outside_line import where
from kiosk.central.problems import Problem
from kiosk.central.settings import Chance
from kiosk.central.tables import webhooks as rows
from kiosk.errors import UsageError

routes = APIRouter()

PLACE = "/desk/webhooks"
Label = Annotated[str, Path(max_length=40)]
Act: TypeAlias = Callable[[Connection, Chance, str, str], None]
ACTS: dict[str, tuple[Act, str]] = {
    "pause": (endpoints.pause, "webhook-paused"),
    "resume": (endpoints.resume, "webhook-resumed"),
    "retry": (endpoints.retry, "webhook-retried"),
    "removal": (endpoints.end, "webhook-ended"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One address as the page shows it; `tone` is calm, waiting or loud."""

    standing: Standing
    words: str
    tone: str


@routes.get(PLACE)
async def show(page: ForSystems) -> Response:
    """Show every address that events are sent to."""
    found = await page.here.database.read(endpoints.standings)
    cards = [Card(each, *words_of(page, each)) for each in found]
    return page.show("webhooks.html", cards=cards, most=endpoints.MOST_COUNTED)


def words_of(page: Page, standing: Standing) -> tuple[str, str]:
    """Say how sending to an address goes, and in which tone."""
    endpoint = standing.endpoint
    if endpoint.paused_at is not None:
        return f"Paused since {page.moment(endpoint.paused_at)}", "waiting"
    if endpoint.tried_at is None:
        return "Nothing was sent yet", "calm"
    at = page.moment(endpoint.tried_at)
    return (f"Not taken, {at}", "loud") if endpoint.problem else (f"Last event taken, {at}", "calm")


@routes.get(PLACE + "/new")
async def new_form(page: ForSystems) -> Response:
    """Show an empty form."""
    return page.show("webhook_new.html", given={}, faults={})


@routes.post(PLACE + "/new")
async def add(page: ForSystems) -> Response:
    """Make it and show its secret once, or show the form again with what was typed and what is wrong."""
    form = await page.form()
    label, url = form.get("label", "").strip(), form.get("url", "").strip()
    private = page.here.settings.outward.allow_private_addresses
    faults = faults_of(label, url, allow_private=private)
    if not faults:
        try:
            secret = await page.here.database.write(
                lambda c: endpoints.add(
                    c, page.here.chance, label, url, actor=page.desk.actor, allow_private=private
                )
            )
        except UsageError as error:
            faults = {"label": f"{error.what} {error.do}"}
        else:
            return page.show("webhook_secret.html", label=label, url=url, secret=secret)
    return page.show("webhook_new.html", status=422, given=form, faults=faults)


def faults_of(label: str, url: str, *, allow_private: bool) -> dict[str, str]:
    """Say all that is wrong with a label and an address, by field."""
    faults = {}
    for name, check in (
        ("label", lambda: endpoints.checked_label(label)),
        ("url", lambda: where(url, allow_private=allow_private)),
    ):
        try:
            check()
        except UsageError as error:
            faults[name] = f"{error.what} {error.do}"
    return faults


@routes.get(PLACE + "/{label}/removal")
async def ask_removal(page: ForSystems, label: Label) -> Response:
    """Ask whether an address is really to be removed."""
    found = await page.here.database.read(lambda c: rows.one(c, label))
    if found is None:
        raise Problem("not-found", "There is no such webhook.")
    return page.show("webhook_removal.html", endpoint=found)


@routes.post(PLACE + "/{label}/{act}")
async def change(page: ForSystems, label: Label, act: str) -> Response:
    """Pause, go on, try again or remove."""
    await page.form()
    if act not in ACTS:
        raise Problem("not-found")
    do, done = ACTS[act]
    try:
        await page.here.database.write(lambda c: do(c, page.here.chance, label, page.desk.actor))
    except UsageError as error:
        raise Problem("not-now", "This webhook was removed meanwhile.") from error
    return go_to(PLACE, done=done)
