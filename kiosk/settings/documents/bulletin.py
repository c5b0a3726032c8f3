"""One bulletin as it stands in `bulletins/NAME.yaml`.

Responsible for: the keys of the file, and what may stand after them.
Not responsible for: when it is shown (`kiosk.core.bulletin`).

Central writes these files for `kiosk central bulletin`; where there is no central, people write them by hand.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from kiosk.core.bulletin import Bulletin
from kiosk.core.words import ENGLISH
from kiosk.settings.documents.document import Document, wrong
from kiosk.settings.problems import quoted

LONGEST = 120
MOMENT = "%Y-%m-%d %H:%M"


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), MOMENT)  # noqa: DTZ007 - local time of the facility
    except ValueError as fault:
        raise wrong(
            "SET-440",
            f"{quoted(value)} cannot be read as day and time.",
            "Write them like 2026-05-04 09:00, in local time.",
        ) from fault


def _line(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if not 0 < len(text) <= LONGEST or not text.isprintable():
        raise wrong(
            "SET-441",
            f"A bulletin has 1 to {LONGEST} characters in each language, but {quoted(text)} has {len(text)}.",
            "Say only what visitors need to know now.",
        )
    return text


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "description": "Local time, such as 2026-05-04 09:00."}),
]
Line = Annotated[str, BeforeValidator(_line)]


class BulletinDocument(Document):
    """A short text for every visitor, for a while."""

    begins: Moment = Field(alias="from")
    until: Moment
    text: dict[str, Line] = Field(description="By language; English (en) is shown where there is no other.")

    @model_validator(mode="after")
    def _can_be_shown(self) -> "BulletinDocument":
        if ENGLISH not in self.text:
            raise wrong("SET-442", "The bulletin has no English text.", "Add a line 'en: …' under 'text'.")
        if self.until <= self.begins:
            raise wrong("SET-443", "The bulletin ends before it begins.", "Set 'until' after 'from'.")
        return self

    def built(self) -> Bulletin:
        """Return the bulletin as the core needs it."""
        return Bulletin(self.begins, self.until, self.text)
