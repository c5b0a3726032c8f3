"""What terminals are told to forget.

Responsible for: the documents.
Not responsible for: the rows (`kiosk.central.tables.tombstones`).
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.wire.words import Answered

MOST = 500


class TombstoneLine(Answered):
    """An erased case, by its identifier, or by its reference if it never came to central; the other is empty.

    A reference covers only cases that were made before `made_at`.
    """

    case_id: str
    reference: str
    made_at: AwareDatetime


class Tombstones(Answered):
    """What a terminal that still has it must delete; a list of `most` may go on."""

    tombstones: Annotated[list[TombstoneLine], Field(json_schema_extra={"maxItems": MOST})]
    most: int
