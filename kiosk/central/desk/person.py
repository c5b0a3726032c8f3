"""All that is kept of one person: found, looked at, handed out as a file, and erased after a second look.

Responsible for: the pages; who may see them is in the account.
Not responsible for: finding and erasing (`kiosk.central.erasure`), or the file (`person_file`).

What somebody is looked for by travels in forms only: an address is kept by browsers and proxies.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from kiosk.central import erasure, reference
from kiosk.central.desk import person_file
from kiosk.central.desk.pages import NO_STORE, ForPeople, Page, go_to
from kiosk.central.erasure import Person
from kiosk.central.problems import Problem
from kiosk.central.tables import journal, services

routes = APIRouter()

PLACE = "/desk/person"
MOST_SHOWN = 200
LONGEST = 80
NOT_FOUND_WORDS = "Type a reference, a case's identifier or a whole name."
NOTHING_TICKED = "Tick what belongs to this person."
NOT_CERTAIN = "Tick that you looked at each of them."


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody is looked for by; `in_answers` looks into what was answered too."""

    words: str
    in_answers: bool


@routes.get(PLACE)
async def ask(page: ForPeople) -> Response:
    """Ask whom to look for."""
    return _asking(page, Search("", in_answers=False))


@routes.post(f"{PLACE}/find")
async def find(page: ForPeople) -> Response:
    """Show what is kept under some words."""
    search = _search_of(await page.form())
    if not search.words:
        return _asking(page, search, fault=NOT_FOUND_WORDS)
    return await _results(page, search)


@routes.post(f"{PLACE}/export")
async def export(page: ForPeople) -> Response:
    """Hand out what was ticked, as one file."""
    form = await page.form()
    case_ids, booked = await page.ticked("case"), await page.ticked("appointment")

    def pack(connection: Connection) -> bytes | None:
        person = erasure.chosen(connection, case_ids, booked)
        return person_file.write(connection, page, person) if _anything(person) else None

    packed = await page.here.database.write(pack)
    if packed is None:
        return await _results(page, _search_of(form), fault=NOTHING_TICKED)
    headers = {**NO_STORE, "Content-Disposition": 'attachment; filename="what-is-kept.zip"'}
    return Response(packed, headers=headers, media_type="application/zip")


@routes.post(f"{PLACE}/erasure")
async def ask_erase(page: ForPeople) -> Response:
    """Ask whether what was ticked is really to be erased."""
    form = await page.form()
    person = await _ticked(page)
    if not _anything(person):
        return await _results(page, _search_of(form), fault=NOTHING_TICKED)
    return await _asking_to_erase(page, person)


@routes.post(f"{PLACE}/erase")
async def erase(page: ForPeople) -> Response:
    """Erase what was ticked, once somebody said that it was looked at."""
    form = await page.form()
    person = await _ticked(page)
    if not _anything(person):
        raise Problem("not-now", "None of it is kept any more.")
    if form.get("certain") != "yes":
        return await _asking_to_erase(page, person, fault=NOT_CERTAIN)
    here, ids = page.here, await page.ticked("case")
    booked = await page.ticked("appointment")
    await here.database.write(
        lambda c: erasure.erase(c, here.chance, erasure.chosen(c, ids, booked), page.desk.actor)
    )
    return go_to(PLACE, done="person-erased")


@routes.post(f"{PLACE}/unseen")
async def erase_unseen(page: ForPeople) -> Response:
    """Mark a case that never came here as erased, by the reference on its ticket."""
    search = _search_of(await page.form())
    if not reference.looks_like(search.words):
        return _asking(page, search, fault="Type the reference on the ticket.")
    here = page.here

    def mark(connection: Connection) -> bool:
        known = _anything(erasure.find(connection, search.words))
        if not known:
            erasure.erase_unseen(connection, here.chance, search.words, page.desk.actor)
        return not known

    if not await here.database.write(mark):
        return await _results(page, search)
    return go_to(PLACE, done="unseen-erased")


def _search_of(form: dict[str, str]) -> Search:
    words = " ".join(form.get("words", "").split())[:LONGEST]
    return Search(words, in_answers=form.get("in_answers") == "yes")


def _anything(person: Person) -> bool:
    return bool(person.cases or person.appointments)


async def _ticked(page: Page) -> Person:
    case_ids, booked = await page.ticked("case"), await page.ticked("appointment")
    return await page.here.database.read(lambda c: erasure.chosen(c, case_ids, booked))


def _asking(page: Page, search: Search, fault: str = "") -> Response:
    return page.show("person.html", status=422 if fault else 200, search=search, fault=fault, found=None)


async def _results(page: Page, search: Search, fault: str = "") -> Response:
    def look(connection: Connection) -> Person:
        person = erasure.find(connection, search.words, in_answers=search.in_answers)
        told = f"{len(person.cases)} cases, {len(person.appointments)} appointments"
        journal.staff_did(connection, page.here.now(), page.desk.actor, "person-looked-for", told)
        return person

    person = await page.here.database.write(look)
    return page.show(
        "person.html",
        status=422 if fault else 200,
        search=search,
        fault=fault,
        most=MOST_SHOWN,
        found=Person(person.cases[:MOST_SHOWN], person.appointments[:MOST_SHOWN]),
        more=max(len(person.cases), len(person.appointments)) > MOST_SHOWN,
        unseen=not _anything(person) and reference.looks_like(search.words),
        **await _words(page),
    )


async def _asking_to_erase(page: Page, person: Person, fault: str = "") -> Response:
    status = 422 if fault else 200
    return page.show("person_erasure.html", status=status, found=person, fault=fault, **await _words(page))


async def _words(page: Page) -> dict[str, Any]:
    known = await page.here.database.read(services.every)
    return {"titles": {each.service: each.title for each in known}, "moment": page.moment}
