"""A bulletin as it is seen: one text in one language.

Responsible for: the value that goes with a view.
Not responsible for: which bulletins are told (`kiosk.core.bulletin`), or pixels.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A short text of the council.

    Attributes:
        language: of the text.
        mark: that the text is in English, said in the visitor's language; empty where it is translated.
    """

    text: str
    language: str
    mark: str = ""
