"""How a terminal becomes known to central, and stays so.

Responsible for: exchanging a one-time code for a place in the list and a token, and renewing tokens.
Not responsible for: making codes (`kiosk.central.pairing`), or who is let in (`kiosk.central.api.callers`).
"""

import base64
import binascii

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from kiosk.central import credentials, signatures, tokens
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import SignedCaller, once, peer_of
from kiosk.central.ground import Ground, Here
from kiosk.central.problems import Problem
from kiosk.central.tables import journal, terminals
from kiosk.central.wire import enrolment as wire

routes = APIRouter(prefix="/v1", tags=["terminal"])


@routes.post("/pairings", status_code=201, response_model=wire.Paired, responses=problems(410, 422))
async def pair(here: Here, request: Request, asked: wire.PairingRequest) -> JSONResponse:
    """Enrol the key of a terminal that knows a one-time code; the code is used up."""
    public_bytes = _proven_key(asked)
    code_hash, now = credentials.token_hash(credentials.as_made(asked.code)), here.now()
    enrolment, peer = here.chance.new_id(), peer_of(request, here)

    def exchange(connection: Connection) -> str:
        terminal = terminals.use_code(connection, code_hash, now)
        if terminal:
            terminals.pair(
                connection, terminal, enrolment=enrolment, public_key=asked.public_key, peer=peer, at=now
            )
            journal.staff_did(connection, now, f"terminal {terminal}", "terminal-paired", f"from {peer}")
        return terminal

    terminal = await here.database.write(exchange)
    if not terminal:
        raise Problem("code-unknown")
    return _enrolled(here, tokens.Claim(terminal, enrolment), public_bytes)


@routes.post(
    "/terminals/{terminal}/tokens",
    status_code=201,
    response_model=wire.Paired,
    responses=problems(401, 403, 409, 410, 422),
)
async def renew(caller: SignedCaller, here: Here) -> JSONResponse:
    """Give a terminal that is let in a fresh token; the one it has stays good until its own time is over."""
    await here.database.write(lambda connection: once(connection, here, caller))
    return _enrolled(here, tokens.Claim(caller.terminal, caller.enrolment), caller.public_bytes)


def _proven_key(request: wire.PairingRequest) -> bytes:
    """Return the key, once it is shown that its secret half is with whoever sends it."""
    try:
        public_bytes = base64.b64decode(request.public_key, validate=True)
        proof = base64.b64decode(request.proof, validate=True)
    except binascii.Error as error:
        raise Problem("proof-wrong") from error
    if not signatures.pairing_is_proven(request.code, public_bytes, proof):
        raise Problem("proof-wrong")
    return public_bytes


def _enrolled(here: Ground, claim: tokens.Claim, public_bytes: bytes) -> JSONResponse:
    token = tokens.issue(here.signing, claim, public_bytes, here.now())
    told = wire.Paired(
        terminal=claim.terminal,
        token=token.text,
        issued_at=token.issued_at,
        expires_at=token.expires_at,
        signing_keys=[wire.SigningKey(key_id=here.signing.key_id, public_key=here.signing.public_text())],
    )
    return JSONResponse(told.model_dump(mode="json"), 201, headers={"Cache-Control": "no-store"})
