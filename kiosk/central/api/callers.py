"""Who is calling: a terminal by its token and signature, a tool by its desk token, or staff by their sign-in.

Responsible for: letting in, keeping out, and saying which.
Not responsible for: the sign-in page (`kiosk.central.desk.sign_in`).
"""

import base64
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends, Path, Request
from sqlalchemy import Connection

from kiosk.central import signatures, tokens
from kiosk.central.credentials import token_hash
from kiosk.central.ground import Ground, Here
from kiosk.central.intake import Beginning
from kiosk.central.problems import Problem
from kiosk.central.tables import beginning, nonces, people, terminals
from kiosk.central.tables.standing import Standing
from kiosk.central.wire.words import Name

SESSION_COOKIE = "desk_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PEER_HEADER = "x-kiosk-peer"
OF_THIS_MACHINE = frozenset({"", "127.0.0.1", "::1"})
"""Where the proxy in front of us speaks from; a socket of the file system has no address."""
CHALLENGE = {"WWW-Authenticate": "Bearer"}


def bearer(request: Request) -> str:
    """Return the bearer token of a request, or an empty text."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def peer_of(request: Request, here: Ground) -> str:
    """Return the address of who is calling; behind TLS the proxy on this machine alone says it."""
    direct = request.client.host if request.client is not None else ""
    if here.settings.behind_tls and direct in OF_THIS_MACHINE:
        direct = request.headers.get(PEER_HEADER, "")
    try:
        return str(ip_address(direct))
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Caller:
    """A terminal whose request is signed. `nonce` was used in the signature, and is good once."""

    terminal: str
    enrolment: str
    public_bytes: bytes
    nonce: str
    peer: str


async def signed_caller(request: Request, here: Here, terminal: Annotated[Name, Path()]) -> Caller:
    """Return the terminal that calls: the one that its address, its token and its signature all name."""
    claim = _claim(request, here)
    found = await here.database.look(lambda connection: terminals.one(connection, claim.terminal))
    public_bytes = base64.b64decode(_let_in(found, claim.enrolment).public_key)
    return await _signed_by(public_bytes, request, here, claim, terminal)


async def known_caller(request: Request, here: Here, terminal: Annotated[Name, Path()]) -> Caller:
    """As `signed_caller`, for requests that begin with `once`, which asks whether the terminal is let in.

    The key of an enrolment never changes, so it is looked up once.
    """
    claim = _claim(request, here)
    public_bytes = here.known.get(claim)
    if public_bytes is not None:
        return await _signed_by(public_bytes, request, here, claim, terminal)
    caller = await signed_caller(request, here, terminal)
    if len(here.known) >= tokens.MOST_REMEMBERED:
        here.known.clear()
    here.known[claim] = caller.public_bytes
    return caller


def _let_in(found: terminals.Terminal | None, enrolment: str) -> terminals.Terminal:
    if found is None or found.enrolment != enrolment:
        raise Problem("token-unknown", headers=CHALLENGE)
    if found.revoked_at is not None:
        raise Problem("terminal-revoked")
    return found


async def _signed_by(
    public_bytes: bytes, request: Request, here: Ground, claim: tokens.Claim, terminal: str
) -> Caller:
    if claim.terminal != terminal:
        raise Problem("not-allowed")
    try:
        nonce = signatures.nonce_of(await _asked(request), terminal, public_bytes, here.now())
    except signatures.Unsigned as unsigned:
        raise Problem(unsigned.kind, headers=CHALLENGE) from unsigned
    return Caller(terminal, claim.enrolment, public_bytes, nonce, peer_of(request, here))


def _claim(request: Request, here: Ground) -> tokens.Claim:
    token = bearer(request)
    if not token:
        raise Problem("not-signed-in", headers=CHALLENGE)
    try:
        return tokens.read(here.signing, token, here.now())
    except tokens.TokenOver as over:
        raise Problem("token-over", headers=CHALLENGE) from over
    except tokens.TokenUnknown as unknown:
        raise Problem("token-unknown", headers=CHALLENGE) from unknown


async def _asked(request: Request) -> signatures.Asked:
    scope = request.scope
    path = scope.get("raw_path") or scope["path"].encode("utf-8")
    return signatures.Asked(
        method=request.method,
        path=path.decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        body=await request.body(),
        headers=request.headers,
    )


SignedCaller = Annotated[Caller, Depends(signed_caller)]
KnownCaller = Annotated[Caller, Depends(known_caller)]


async def calling_terminal(caller: SignedCaller) -> str:
    """Return the name of the terminal that calls."""
    return caller.terminal


CallingTerminal = Annotated[str, Depends(calling_terminal)]


def once(connection: Connection, here: Ground, caller: Caller) -> None:
    """Take a request that changes something once; first thing in the transaction of its effect.

    Raises:
        Problem: this very request came before, or the terminal is not let in any more.
    """
    if not nonces.take(connection, *_presented(here, caller)):
        raise _not_taken(connection, caller)


def beginning_of(here: Ground, caller: Caller) -> Beginning:
    """As `once`, for a batch, which must know too how things stand.

    Raises:
        Problem: when it is called, as `once`.
    """

    def begin(connection: Connection, names: Collection[str]) -> Standing:
        found = beginning.begin(connection, _presented(here, caller), names)
        if found is None:
            raise _not_taken(connection, caller)
        return found

    return begin


def _presented(here: Ground, caller: Caller) -> beginning.Presented:
    return beginning.Presented(caller.terminal, caller.enrolment, caller.nonce, here.now())


def _not_taken(connection: Connection, caller: Caller) -> Problem:
    """Find out which of both it is.

    Raises:
        Problem: the terminal is not let in.
    """
    _let_in(terminals.one(connection, caller.terminal), caller.enrolment)
    return Problem("request-repeated")


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who acts for the desk: staff by name, or a tool by its label. `csrf` is empty for tools.

    Attributes:
        ends_at: they are signed out then, if that is within the hour. may_stay: they may put it off.
    """

    actor: str
    csrf: str = ""
    rights: frozenset[people.Right] = frozenset()
    leaves_soon: bool = False
    ends_at: datetime | None = None
    may_stay: bool = False


async def signed_in(request: Request, here: Ground) -> Desk | None:
    """Return who is signed in by the cookie, or None."""
    token = request.cookies.get(SESSION_COOKIE, "")
    if not token:
        return None
    hashed, now = token_hash(token), here.now()
    found = await here.database.read(lambda connection: people.session(connection, hashed, now))
    if found is None:
        return None
    live = "live" in request.query_params
    if not live:
        await here.database.write(lambda connection: people.used_session(connection, hashed, now))
    return desk_of(found, now, live=live)


def desk_of(found: people.DeskSession, now: datetime, *, live: bool = False) -> Desk:
    """Tell a member of staff what a page tells of their sign-in.

    Whoever leaves a page alone for an hour is signed out and told before; so an end that is further away
    than that is told on a later page.

    Args:
        found: the sign-in.
        now: the moment.
        live: the page came by itself, nobody did anything.
    """
    return Desk(
        f"staff {found.name}",
        found.csrf,
        found.rights,
        leaves_soon=live and found.leaves_soon,
        ends_at=found.ends_at if found.ends_at <= now + people.IDLE else None,
        may_stay=found.may_stay,
    )


async def calling_desk(request: Request, here: Here) -> Desk:
    """Return who acts for the desk; a browser's change must prove that it comes from our page."""
    token = bearer(request)
    if token:
        hashed, now = token_hash(token), here.now()
        label = await here.database.read(lambda c: people.desk_token_label(c, hashed, now))
        if label is None:
            raise Problem(
                "token-unknown", "Make a new token with: kiosk central desk-token", headers=CHALLENGE
            )
        return Desk(f"tool {label}")
    desk = await signed_in(request, here)
    if desk is None:
        raise Problem("not-signed-in", headers=CHALLENGE)
    if request.method not in SAFE_METHODS:
        proven(desk, request.headers.get("x-csrf-token", ""))
    return desk


def proven(desk: Desk, given: str) -> None:
    """Refuse a form that does not come from a page of this sign-in."""
    if not hmac.compare_digest(desk.csrf.encode(), given.encode("utf-8", "replace")):
        raise Problem("form-expired")


CallingDesk = Annotated[Desk, Depends(calling_desk)]
