"""Signing in and out of the desk.

Responsible for: the door: one password, a slow-down that nobody can skip, a cookie that scripts cannot read.
Not responsible for: making accounts, which is done at the console only.
"""

import asyncio
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from kiosk.central import credentials, wording
from kiosk.central.api.callers import SESSION_COOKIE, desk_of
from kiosk.central.desk.kept import Kept, brought, taken
from kiosk.central.desk.pages import (
    AGAIN,
    MOST_FIELDS,
    SIGN_IN,
    Page,
    SignedIn,
    go_to,
    read_form,
    signed_out_page,
)
from kiosk.central.ground import Ground, Here
from kiosk.central.problems import KINDS, Problem
from kiosk.central.tables import journal, people
from kiosk.central.tables.once import take_turns

routes = APIRouter()

FORM_COOKIE = "desk_form"
BUCKETS = 1024
FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class Fault(NamedTuple):
    """Why somebody is not let in: a code, a sentence, and the next step."""

    code: str
    what: str
    do: str


NOT_RIGHT = Fault("CENTRAL-017", "The name or the password is not right.", "Check both and try again.")


@routes.get(SIGN_IN)
async def show(request: Request, here: Here) -> Response:
    """Show the sign-in form."""
    return await _form(request, here)


@routes.post(AGAIN)
async def again(request: Request, here: Here, to: str = "") -> Response:
    """Let somebody sign in again whose sign-in ran out while they typed; what they sent is kept, not done."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    hashed = credentials.token_hash(request.cookies.get(SESSION_COOKIE, ""))
    was = await here.database.read(lambda c: people.over(c, hashed))
    kept = taken(fields, to, was)
    return go_to(SIGN_IN) if kept is None else await _form(request, here, kept=kept)


async def _form(
    request: Request,
    here: Ground,
    *,
    problem: Fault | None = None,
    status: int = 200,
    kept: Kept | None = None,
) -> Response:
    anybody = await here.database.read(people.anybody)
    word = request.cookies.get(FORM_COOKIE) or credentials.make_token(here.chance.random_bytes)
    words = {"problem": problem, "anybody": anybody, "form_word": _proof(word), "kept": kept}
    response = signed_out_page(request, here, "sign_in.html", status=status, **words)
    _set_cookie(response, here, FORM_COOKIE, word)
    return response


def _proof(word: str) -> str:
    return hashlib.sha256(f"desk form {word}".encode("utf-8", "replace")).hexdigest()


def _set_cookie(response: Response, here: Ground, name: str, value: str) -> None:
    secure = here.settings.secure_cookies
    response.set_cookie(name, value, path="/", httponly=True, samesite="strict", secure=secure)


@routes.post(SIGN_IN)
async def sign_in(request: Request, here: Here) -> Response:
    """Compare the password; a wrong one is counted on disk before it is answered."""
    given = await read_form(request)
    proof = _proof(request.cookies.get(FORM_COOKIE, ""))
    if not hmac.compare_digest(proof.encode(), given.get("form_word", "").encode("utf-8", "replace")):
        raise Problem("form-expired")
    name = " ".join(given.get("name", "").split())[:80]
    bucket, now = bucket_of(name), here.now()
    wait = await here.database.write(lambda c: count_try(c, bucket, now))
    if wait:
        shut = Fault(
            KINDS["too-many-tries"].code, "Too many wrong tries.", f"Try again in {_in_words(wait)}."
        )
        response = await _form(request, here, problem=shut, status=429, kept=brought(given))
        response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return response
    kept = await here.database.read(lambda c: people.password_hash(c, name))
    right = await asyncio.to_thread(
        credentials.password_is, given.get("password", ""), kept or credentials.NOBODY
    )
    token = await _let_in(here, name, kept) if kept is not None and right else None
    if token is None:
        return await _form(request, here, problem=NOT_RIGHT, status=401, kept=brought(given))
    late = brought(given)
    inside: Response = go_to("/desk")
    if late is not None and late.by == name:
        inside = await _ask_whether_to_send(request, here, token, late)
    _set_cookie(inside, here, SESSION_COOKIE, token)
    return inside


async def _ask_whether_to_send(request: Request, here: Ground, token: str, kept: Kept) -> Response:
    """Show what was kept to whoever typed it: they send it, or not."""
    hashed, now = credentials.token_hash(token), here.now()
    found = await here.database.read(lambda c: people.session(c, hashed, now))
    if found is None:
        raise Problem("not-signed-in")
    return Page(request, here, desk_of(found, now)).show("kept.html", kept=kept, languages=wording.LANGUAGES)


async def _let_in(here: Ground, name: str, password: str) -> str | None:
    """Open a sign-in; return its token, or None where the account went while its password was compared."""
    token, csrf = (credentials.make_token(here.chance.random_bytes) for _ in range(2))
    now = here.now()

    def enter(connection: Connection) -> bool:
        if not people.still_has(connection, name, password):
            return False
        people.forget_tries(connection, bucket_of(name))
        people.open_session(connection, name, credentials.token_hash(token), csrf=csrf, at=now)
        journal.staff_did(connection, now, f"staff {name}", "signed-in")
        return True

    return token if await here.database.write(enter) else None


def bucket_of(name: str) -> int:
    """Return where tries of a name are counted; names that nobody has are counted alike."""
    return int.from_bytes(hashlib.sha256(name.casefold().encode("utf-8", "replace")).digest()[:4]) % BUCKETS


def count_try(connection: Connection, bucket: int, now: datetime) -> timedelta | None:
    """Count a try as wrong before it is made; return how long to wait when it is too early."""
    take_turns(connection, f"tries {bucket}")
    before = people.tries(connection, bucket)
    if before is not None and now < before.open_at:
        return before.open_at - now
    if before is None or now - before.open_at > FORGOTTEN_AFTER:
        before = people.Tries(0, now)
    wrong = before.wrong + 1
    people.put_tries(connection, bucket, people.Tries(wrong, now + wait_after(wrong)))
    return None


def wait_after(wrong: int) -> timedelta:
    """Return how long the door stays shut after so many wrong tries in a row."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    doublings = min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _in_words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"  # noqa: PLR2004


@routes.post("/desk/stay")
async def stay(page: SignedIn) -> Response:
    """Put off being signed out; to come here counts as use."""
    await page.form()
    hashed = credentials.token_hash(page.request.cookies.get(SESSION_COOKIE, ""))
    if page.desk.ends_at is not None:
        await page.here.database.write(lambda c: people.stay(c, hashed))
    return go_to("/desk/stay")


@routes.get("/desk/stay")
async def stayed(page: SignedIn) -> Response:
    """Say until when, in the tab that the click opened."""
    return page.show("stay.html")


@routes.post("/desk/sign-out")
async def sign_out(page: SignedIn) -> Response:
    """Sign out; the cookie is worth nothing any more."""
    await page.form()
    hashed = credentials.token_hash(page.request.cookies.get(SESSION_COOKIE, ""))
    await page.here.database.write(lambda c: people.close_session(c, hashed))
    response = go_to(SIGN_IN)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response
