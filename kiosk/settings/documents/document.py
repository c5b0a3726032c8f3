"""What every shape has in common: keys with hyphens, nothing unknown, visitor texts that say they are.

Responsible for: the kinds of value that several shapes share.
Not responsible for: any one shape, or the words for what is wrong (`kiosk.settings.fit`).
"""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_FORM = r"^[a-z0-9][a-z0-9-]{0,39}$"


def _with_hyphens(name: str) -> str:
    return name.replace("_", "-")


class Document(BaseModel):
    """A table in a file; keys are written with hyphens."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=_with_hyphens, str_strip_whitespace=True
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Marks a text that visitors read: it is translated, and kept to the rules of style.

    Attributes:
        longest: characters that fit on the glass at the largest usual size.
    """

    longest: int


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Id = Annotated[str, StringConstraints(pattern=ID_FORM)]
Paragraphs = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    ),
    Said(300),
]


def wrong(code: str, what: str, do: str) -> PydanticCustomError:
    """Return the error for a validator to raise: stable code, what is wrong, what to do.

    Braces are not templates here: whatever the file holds is told as it stands.
    """
    return PydanticCustomError("kiosk", "{what}", {"code": code, "what": what, "do": do})
