"""A keyboard of the glass as it stands in a file.

Responsible for: the keys of the file.
Not responsible for: what rows of keys must keep to (`kiosk.settings.typing_keys`).
"""

from typing import Annotated, Literal

from pydantic import Field

from kiosk.settings.documents.document import Document, Said


class KeyboardDocument(Document):
    """Pages of rows of keys, and what is spoken for signs."""

    pages: dict[Literal["letters", "accents", "symbols"], str] = Field(
        min_length=1, description="Rows of keys, one a line; capitals follow from small letters."
    )
    last_row_of_lines: str = Field(
        default="", description="Instead of the last row of letters where an answer has several lines."
    )
    spoken: Annotated[
        dict[str, str], Said(40), Field(default_factory=dict, description="What is spoken for a sign.")
    ]
