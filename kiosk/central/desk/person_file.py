"""What is handed to a person of all that is kept of them, as one file.

Responsible for: a page to read, the same for programs, and the attachments, as far as they open.
Not responsible for: what is kept of somebody (`kiosk.central.erasure`), or who may have it.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.central import erasure, wording
from kiosk.central.answers import answer_lines
from kiosk.central.desk.cases import WHAT_HAPPENED
from kiosk.central.desk.pages import TEMPLATES, Page
from kiosk.central.erasure import Person
from kiosk.central.handing_out import opened, place_of
from kiosk.central.printing import service_title
from kiosk.central.sealing import CannotBeOpened
from kiosk.central.story import story_of
from kiosk.central.tables import uploads
from kiosk.central.tables.cases import Case


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One attachment; with no name when it could not be opened, and then `why`."""

    media_type: str
    name: str
    content: bytes
    why: str


def write(connection: Connection, page: Page, person: Person) -> bytes:
    """Return the file, and write into the audit what was handed out."""
    now = page.here.now()
    told = erasure.hand_out(connection, now, person, page.desk.actor)
    enclosed = {case.case_id: _enclosed(connection, page, case) for case in person.cases}
    parts = [
        ("what-is-kept.html", _to_read(connection, page, person, enclosed).encode("utf-8", "replace")),
        ("what-is-kept.json", told.encode("utf-8", "replace")),
        *((each.name, each.content) for all_of in enclosed.values() for each in all_of if each.name),
    ]
    return _packed(parts, page.here.local(now))


def _enclosed(connection: Connection, page: Page, case: Case) -> tuple[Enclosed, ...]:
    return tuple(_one(connection, page, each) for each in uploads.of_case(connection, case.case_id))


def _one(connection: Connection, page: Page, attached: uploads.Attached) -> Enclosed:
    content = uploads.content(connection, attached.terminal, attached.sha256)
    try:
        content = opened(attached, content, page.here.keys.opener)
    except CannotBeOpened as error:
        return Enclosed(attached.media_type, "", b"", str(error))
    return Enclosed(attached.media_type, place_of(attached), content, "")


def _to_read(
    connection: Connection, page: Page, person: Person, enclosed: dict[str, tuple[Enclosed, ...]]
) -> str:
    parts: list[dict[str, Any]] = [
        {
            "case": case,
            "service": service_title(connection, case.service),
            "answers": answer_lines(case.body),
            "attachments": enclosed[case.case_id],
            "history": story_of(connection, case),
        }
        for case in person.cases
    ]
    return TEMPLATES.get_template("person_file.html").render(
        facility=page.here.settings.facility,
        cases=parts,
        appointments=person.appointments,
        moment=lambda when: _dated(page.here.local(when)),
        made_at=page.here.now(),
        what=WHAT_HAPPENED,
    )


def _dated(local: datetime) -> str:
    """Write a moment so that it is true on any day the file is read."""
    return f"{wording.clock_time(local)}, {wording.calendar_day(local.date())}"


def _packed(parts: list[tuple[str, bytes]], local: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(
                zipfile.ZipInfo(name, local.timetuple()[:6]), content, compress_type=zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()
