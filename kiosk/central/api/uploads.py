"""What terminals call to bring an attachment, before the case that names it.

Responsible for: the addresses, and the headers of draft-ietf-httpbis-resumable-upload.
Not responsible for: what becomes of a piece (`kiosk.central.uploading`).

GET says the same as HEAD with a body, for clients that believe nothing without one.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Request, Response
from sqlalchemy import Connection

from kiosk.central import uploading
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingTerminal, SignedCaller, once
from kiosk.central.ground import Here
from kiosk.central.problems import Problem
from kiosk.central.tables import uploads
from kiosk.central.tables.uploads import Upload
from kiosk.central.wire import uploads as wire
from kiosk.central.wire.words import Sha256

routes = APIRouter(prefix="/v1", tags=["terminal"])
AUTH = (401, 403, 410)
PLACE = "/terminals/{terminal}/uploads/{sha256}"
PIECE = {"application/partial-upload": {"schema": {"type": "string", "format": "binary"}}}
Digest = Annotated[Sha256, Path()]


@routes.get(PLACE, response_model=wire.UploadProgress, responses=problems(*AUTH, 422))
async def tell_upload(caller: CallingTerminal, here: Here, sha256: Digest) -> Response:
    """Return how far an upload is; one that nobody began is at 0."""
    return _told(await here.database.read(lambda c: uploads.one(c, caller, sha256)))


@routes.head(PLACE, status_code=204, responses=problems(*AUTH, 422))
async def tell_offset(caller: CallingTerminal, here: Here, sha256: Digest) -> Response:
    """Return how far an upload is, in headers alone."""
    upload = await here.database.read(lambda c: uploads.one(c, caller, sha256))
    return Response(status_code=204, headers=_headers(upload))


@routes.patch(
    PLACE,
    response_model=wire.UploadProgress,
    responses=problems(*AUTH, 409, 413, 422, 429),
    openapi_extra={"requestBody": {"content": PIECE, "required": True}},
)
async def take_piece(  # noqa: PLR0917 - each is a header or a part of the address
    request: Request,
    caller: SignedCaller,
    here: Here,
    sha256: Digest,
    upload_offset: Annotated[int, Header(ge=0, le=uploading.LARGEST)],
    upload_complete: Annotated[Literal["?0", "?1"], Header()],
) -> Response:
    """Keep the next bytes of an attachment; with the last of them, compare all with the digest."""
    content = await request.body()
    piece = uploading.Piece(caller.terminal, sha256, upload_offset, content, last=upload_complete == "?1")

    def take(connection: Connection) -> tuple[Upload, Problem | None]:
        once(connection, here, caller)
        return uploading.take(connection, piece, here.now())

    upload, problem = await here.database.write(take)
    if problem is not None:
        raise problem
    return _told(upload)


def _told(upload: Upload) -> Response:
    told = wire.UploadProgress(sha256=upload.sha256, offset=upload.received, complete=upload.complete)
    return Response(told.model_dump_json(), headers=_headers(upload), media_type="application/json")


def _headers(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.received),
        "Upload-Complete": "?1" if upload.complete else "?0",
        "Upload-Limit": f"max-size={uploading.LARGEST}",
        "Cache-Control": "no-store",
    }
