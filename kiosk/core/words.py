"""Words in the visitor's language, looked up by the English sentence.

Responsible for: one language as a value: its catalogue, direction and name, and filling in what varies.
Not responsible for: reading catalogues from files (`kiosk.settings`) or deciding which language it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.views import Direction


@dataclass(frozen=True)
class Words:
    """One language.

    Attributes:
        language: BCP 47 code, such as ``cy``.
        name: what the language calls itself.
        catalogue: translation by English sentence; what is missing stays English.
    """

    language: str
    name: str
    direction: Direction = Direction.LTR
    catalogue: Mapping[str, str] = field(default_factory=dict)

    def say(self, english: str, **values: str) -> str:
        """Translate a sentence and put values in the places named ``{like_this}``.

        Never raises: a place without a value stays as it is written.
        """
        text = self.catalogue.get(english) or english
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text
