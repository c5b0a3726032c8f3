"""What is attached to a case, opened for staff and handed out as a file that no browser runs or shows.

Responsible for: opening it with the council's key, and the headers that keep it a download.
Not responsible for: the list on the case's page (`kiosk.central.desk.cases`).
"""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlalchemy import Connection

from kiosk.central.desk.pages import SignedIn
from kiosk.central.handing_out import name_of, opened
from kiosk.central.problems import Problem
from kiosk.central.sealing import CannotBeOpened
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
    headers = {
        "Content-Disposition": f'attachment; filename="{name_of(attached)}"',
        "Cache-Control": "no-store",
    }
    try:
        content = opened(attached, content, here.keys.opener)
    except CannotBeOpened as error:
        why = str(error) or "The attachment does not open, or is of another case."
        raise Problem("not-now", why) from error
    return Response(content, headers=headers, media_type="application/octet-stream")
