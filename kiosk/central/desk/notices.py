"""What visitors are told at every terminal for a while: shown, written, changed and ended.

Responsible for: the pages, for accounts that are made for it, and forms that say all that is wrong at once.
Not responsible for: how a notice is published (`kiosk.central.notices`), or how a terminal shows it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from kiosk.central import notices, wording
from kiosk.central.desk.pages import ForNotices, Page, go_to
from kiosk.central.notices import Notice
from kiosk.central.problems import Problem
from kiosk.central.tables import bundles as versions
from kiosk.errors import UsageError

routes = APIRouter()

PLACE = "/desk/notices"
ENGLISH = "en"
TOO_LONG = f"Use at most {notices.LONGEST} letters, and nothing but text"
Name = Annotated[str, Path(max_length=40)]


@dataclass(frozen=True, slots=True)
class Row:
    """One notice as the page shows it; `state` is now, later or over, and `others` names its languages."""

    notice: Notice
    state: str
    others: str


@routes.get(PLACE)
async def show(page: ForNotices) -> Response:
    """Show every notice."""
    found, newest = await page.here.database.read(lambda c: (notices.published(c), versions.newest(c)))
    now = page.here.local(page.here.now()).replace(tzinfo=None)
    rows = [Row(each, state_of(each, now), _others(each)) for each in found]
    return page.show("notices.html", rows=rows, is_published=newest is not None, moment=_moment_words)


def state_of(notice: Notice, now: datetime) -> str:
    """Say whether a notice holds at a local moment. Pure."""
    if now < notice.begins:
        return "later"
    return "now" if now < notice.until else "over"


def _others(notice: Notice) -> str:
    return ", ".join(wording.LANGUAGES.get(each, each) for each in notice.texts if each != ENGLISH)


def _moment_words(local: datetime) -> str:
    return f"{wording.clock_time(local)}, {local.day} {local:%B %Y}"


@routes.get(PLACE + "/new")
async def new_form(page: ForNotices) -> Response:
    """Show an empty form."""
    return await _form(page, {}, {})


@routes.get(PLACE + "/{name}")
async def change_form(page: ForNotices, name: Name) -> Response:
    """Show the form with a notice in it."""
    known = await _known(page, name)
    if known is None:
        raise Problem("not-found", "There is no such notice.")
    return await _form(page, form_of(known), {}, changing=name)


@routes.post(PLACE + "/new")
async def add(page: ForNotices) -> Response:
    """Publish a notice, or show the form again with what was typed and all that is wrong."""
    form = await page.form()
    name = form.get("name", "").strip()
    taken = await _known(page, name) is not None
    return await _publish(page, form, name, taken=taken)


@routes.post(PLACE + "/{name}")
async def change(page: ForNotices, name: Name) -> Response:
    """Publish a notice as it is written now."""
    form = await page.form()
    if await _known(page, name) is None:
        raise Problem("not-now", "This notice was ended meanwhile.")
    return await _publish(page, form, name, changing=name)


@routes.post(PLACE + "/{name}/end")
async def end(page: ForNotices, name: Name) -> Response:
    """Show it no longer."""
    await page.form()
    await _write(page, name, None)
    return go_to(PLACE, done="notice-ended")


async def _publish(
    page: Page, form: dict[str, str], name: str, *, taken: bool = False, changing: str = ""
) -> Response:
    notice, faults = read_notice(form, name, taken=taken)
    if notice is None:
        return await _form(page, form, faults, changing=changing)
    await _write(page, name, notices.document(notice))
    return go_to(PLACE, done="notice-shown")


async def _write(page: Page, name: str, text: str | None) -> None:
    by = notices.Hand(page.here.signing, page.here.now(), page.desk.actor)
    try:
        await page.here.database.write(lambda c: notices.change(c, by, name, text))
    except UsageError as error:
        raise Problem("not-now", f"{error.what} {error.do}", cause=error) from error


async def _known(page: Page, name: str) -> Notice | None:
    def look(connection: Connection) -> Notice | None:
        return next((each for each in notices.published(connection) if each.name == name), None)

    return await page.here.database.read(look)


async def _form(page: Page, given: dict[str, str], faults: dict[str, str], changing: str = "") -> Response:
    offered = await page.here.database.read(notices.languages)
    typed = [each for each in wording.LANGUAGES if given.get(f"text-{each}")]
    languages = {
        code: name
        for code, name in wording.LANGUAGES.items()
        if code != ENGLISH and (not offered or code in offered or code in typed)
    }
    return page.show(
        "notice.html",
        status=422 if faults else 200,
        given=given,
        faults=faults,
        changing=changing,
        languages=languages,
        right_to_left=wording.FROM_RIGHT_TO_LEFT,
        longest=notices.LONGEST,
    )


def form_of(notice: Notice) -> dict[str, str]:
    """Return a notice as the form has it. Pure."""
    moments = (("from", notice.begins), ("until", notice.until))
    fields = {f"{name}_day": f"{at:%Y-%m-%d}" for name, at in moments}
    fields |= {f"{name}_time": f"{at:%H:%M}" for name, at in moments}
    return fields | {f"text-{language}": words for language, words in notice.texts.items()}


def read_notice(
    form: dict[str, str], name: str, *, taken: bool = False
) -> tuple[Notice | None, dict[str, str]]:
    """Read the form; return the notice, or what to correct by field. Pure.

    Args:
        form: as it came.
        name: of the notice.
        taken: there is one of this name, and this is to be another.
    """
    faults = _name_fault(name, taken=taken)
    texts = {code: " ".join(form.get(f"text-{code}", "").split()) for code in wording.LANGUAGES}
    if not texts[ENGLISH]:
        faults[f"text-{ENGLISH}"] = "Write the notice in English"
    faults |= {f"text-{code}": TOO_LONG for code, words in texts.items() if words and not notices.fits(words)}
    begins, until = (
        notices.moment(f"{form.get(f'{side}_day', '')} {form.get(f'{side}_time', '')}")
        for side in ("from", "until")
    )
    if begins is None:
        faults["from_day"] = "Enter a day and a time from which it is shown, like 24 November 2026 and 2:30pm"
    if until is None:
        faults["until_day"] = "Enter a day and a time until which it is shown, like 25 November 2026 and 5pm"
    elif begins is not None and until <= begins:
        faults["until_day"] = "The end must come after the beginning"
    if faults or begins is None or until is None:
        return None, faults
    return Notice(name, begins, until, {code: words for code, words in texts.items() if words}), {}


def _name_fault(name: str, *, taken: bool) -> dict[str, str]:
    if not notices.NAME.fullmatch(name) or name == "new":
        return {"name": "Give it a short name of small letters a to z, digits and hyphens, such as lift"}
    return {"name": "There is a notice of this name: change that one, or give another name"} if taken else {}
