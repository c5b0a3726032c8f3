"""What other systems hear of cases, by feed or by webhook.

Responsible for: the shape of an event; there is no personal data in it.
Not responsible for: which events there are (`kiosk.central.tables.events`).
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kiosk.central.wire.words import Answered


class AboutCase(Answered):
    """Which case; `central_id`, `reference` and `service` are empty once the case is erased."""

    case_id: str
    status: str
    central_id: str = ""
    reference: str = ""
    service: str = ""


class CaseEvent(Answered):
    """One thing that happened; a webhook has the same document, with `event_id` as its header webhook-id."""

    event_id: str
    type: Literal["case.created", "case.status"]
    timestamp: AwareDatetime
    about: Annotated[AboutCase, Field(alias="data")]


class EventPage(Answered):
    """Events in order; `next` is the cursor to go on from."""

    events: list[CaseEvent]
    next: str
