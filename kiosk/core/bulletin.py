"""Bulletins: short texts of the council that every visitor may read for a while.

Responsible for: which of them are told at a moment, and in which language.
Not responsible for: reading them from files (`kiosk.settings`), how they come from central (the bundle), or
drawing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.core.bulletin_line import BulletinLine
from kiosk.core.words import ENGLISH, Words

MOST_SHOWN: Final = 2
"""More at once, and nobody reads any; the languages or services below must stay as large as they are."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One text by language, with English always among them.

    Attributes:
        begins, ends: local time of the facility, without a zone; the end itself is no longer in it.
    """

    begins: datetime
    ends: datetime
    texts: Mapping[str, str]


def told(bulletins: Sequence[Bulletin], local: datetime, words: Words) -> tuple[BulletinLine, ...]:
    """Say what holds at a local time, the newest first; what is not translated is English and marked so."""
    now = local.replace(tzinfo=None)
    holding = [each for each in bulletins if each.begins <= now < each.ends]
    newest = sorted(holding, key=lambda each: each.begins, reverse=True)[:MOST_SHOWN]
    return tuple(_line(each, words) for each in newest)


def _line(bulletin: Bulletin, words: Words) -> BulletinLine:
    own = bulletin.texts.get(words.language)
    if own is not None:
        return BulletinLine(own, words.language)
    return BulletinLine(bulletin.texts[ENGLISH], ENGLISH, words.say("This notice is in English"))
