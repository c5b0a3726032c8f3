"""What is attached to a case, opened for staff and handed out as a file that no browser runs or shows.

Responsible for: opening it with the council's key, and the headers that keep it a download.
Not responsible for: the list on the case's page (`kiosk.central.desk.cases`).
"""

import mimetypes
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from kiosk.central.desk.pages import SignedIn
from kiosk.central.problems import Problem
from kiosk.central.sealing import CannotBeOpened, open_sealed
from kiosk.central.tables import cases, journal, uploads
from kiosk.central.tables.uploads import Attached
from kiosk.central.wire.words import Sha256

routes = APIRouter()


@routes.get("/desk/cases/{case_id}/attachments/{sha256}")
async def hand_out(page: SignedIn, case_id: str, sha256: Annotated[Sha256, Path()]) -> Response:
    """Hand out one attachment; who took it is in the audit."""
    here = page.here

    def take(connection: Connection) -> tuple[Attached, bytes] | None:
        case = cases.one(connection, case_id)
        mine = uploads.of_case(connection, case.case_id) if case else ()
        for each in (each for each in mine if each.sha256 == sha256):
            journal.staff_did(connection, here.now(), page.desk.actor, "attachment-taken", each.case_id)
            return each, uploads.content(connection, each.terminal, sha256)
        return None

    found = await here.database.write(take)
    if found is None:
        raise Problem("not-found", "This case has no such attachment.")
    attached, content = found
    name = f"{sha256[:12]}{mimetypes.guess_extension(attached.media_type) or ''}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    if attached.key_id:
        content = _opened(page, attached, content)
    return Response(content, headers=headers, media_type="application/octet-stream")


def _opened(page: SignedIn, attached: Attached, content: bytes) -> bytes:
    key = page.here.keys.opener(attached.key_id)
    if key is None:
        raise Problem("not-now", f"Central does not have the key '{attached.key_id}'.")
    bound_to = f"council-kiosk attachment 1\n{attached.case_id}\n{attached.terminal}"
    try:
        return open_sealed(key, content, bound_to.encode())
    except CannotBeOpened as error:
        raise Problem("not-now", "The attachment does not open, or is of another case.") from error
