"""Two languages at once: a view in the visitor's language with the English of every text beside it.

Responsible for: putting two views of one visit together, text by text.
Not responsible for: making either view (`kiosk.core.seen`), or drawing two texts (`screens.widgets.label`).

Both views are made by the same rules from the same visit, so they have the same shape; where they differ, a
text was translated. Keys keep one language: there is no room for two on them.
"""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final

from kiosk.core.entries import KeyWords
from kiosk.core.views import BulletinLine, Frame, View

BOTH: Final = "\u2029"
"""Between a text and its English: a paragraph separator, which no translation holds."""
_ONE_ONLY: Final[dict[type, frozenset[str]]] = {
    Frame: frozenset({"language", "direction", "look"}),
    BulletinLine: frozenset({"language", "mark"}),
}


def beside(own: View, english: View) -> View:
    """Put the English of every text behind the text."""
    both: View = _both(own, english)
    return both


def parts(text: str) -> tuple[str, str]:
    """Return a text and its English; the English is empty where there is only one text."""
    first, _, second = text.partition(BOTH)
    return first, second


def _both(own: Any, english: Any) -> Any:
    if isinstance(own, Enum | KeyWords) or type(own) is not type(english):
        return own
    if isinstance(own, str):
        return own if own == english or not own else own + BOTH + english
    if isinstance(own, tuple):
        same = len(own) == len(english)
        return tuple(_both(a, b) for a, b in zip(own, english, strict=True)) if same else own
    if is_dataclass(own) and not isinstance(own, type):
        kept = _ONE_ONLY.get(type(own), frozenset())
        names = [each.name for each in fields(own) if each.init and each.name not in kept]
        return replace(own, **{name: _both(getattr(own, name), getattr(english, name)) for name in names})
    return own
