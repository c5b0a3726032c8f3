"""What terminals pull between visits: the services and settings that facilities published.

Responsible for: the newest signed manifest, and files by their hash.
Not responsible for: publishing (`kiosk.central.publishing`).
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from kiosk.central import bundles
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingTerminal
from kiosk.central.api.tags import tags_of
from kiosk.central.ground import Here
from kiosk.central.problems import Problem
from kiosk.central.tables import bundles as versions
from kiosk.central.wire import bundle as wire
from kiosk.central.wire.words import Sha256

routes = APIRouter(prefix="/v1", tags=["terminal"])
AUTH = (401, 403, 410)


@routes.get(
    "/terminals/{terminal}/bundle",
    response_model=wire.SignedBundle,
    responses={**problems(*AUTH), 304: {"description": "The newest version is as the tag says."}},
)
async def tell_bundle(request: Request, _caller: CallingTerminal, here: Here) -> Response:
    """Return the newest version that was published; with If-None-Match, only when there is a newer one."""
    newest = await here.database.read(versions.newest)
    headers = {"ETag": bundles.etag_of(newest), "Cache-Control": "private, no-cache"}
    if headers["ETag"] in tags_of(request):
        return Response(status_code=304, headers=headers)
    told = wire.SignedBundle(
        manifest=newest.manifest if newest else None,
        signature=newest.signature if newest else None,
        key_id=newest.key_id if newest else None,
    )
    return Response(told.model_dump_json(), headers=headers, media_type="application/json")


@routes.get(
    "/terminals/{terminal}/bundle/files/{sha256}",
    response_model=wire.BundleFile,
    responses=problems(*AUTH, 404, 422),
)
async def tell_file(
    _caller: CallingTerminal, here: Here, sha256: Annotated[Sha256, Path()]
) -> wire.BundleFile:
    """Return one file of a version; it never changes."""
    content = await here.database.read(lambda connection: versions.content(connection, sha256))
    if content is None:
        raise Problem("not-found", "No published version has this file.")
    return wire.BundleFile(sha256=sha256, content=content)
