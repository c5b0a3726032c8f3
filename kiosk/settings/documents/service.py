"""One service as it stands in `services/NAME.yaml`, without its steps.

Responsible for: the keys at the top of the file.
Not responsible for: the steps (`kiosk.settings.documents.steps`), which are chosen by their kind.
"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from kiosk.settings.documents.document import Document, Id, Said

HIGHEST_LGSL = 9999


class ServiceDocument(Document):
    """What a visitor can come for. The file's name is the service's id."""

    name: Annotated[str, Said(48), Field(min_length=1, description="On the button; verb and noun.")]
    group: Id = Field(description="One of the groups in kiosk.yaml.")
    hint: Annotated[str, Said(100), Field(description="A line under the name.")] = ""
    icon: str = Field(default="", description="A drawing; without it that of the group.")
    lgsl: int = Field(
        default=0,
        ge=0,
        le=HIGHEST_LGSL,
        description="Its number in the Local Government Service List, if any.",
    )
    queue: Annotated[str, StringConstraints(pattern="^[A-Z]?$")] = Field(
        default="", description="Letter of the queue that the visitor joins."
    )
    ticket: Id = Field(default="", description="A file in tickets/; without it no ticket is printed.")
    sensitive: bool = Field(default=False, description="The ticket must not tell what the visit was about.")
    steps: list[Any] = Field(min_length=1, max_length=40)
