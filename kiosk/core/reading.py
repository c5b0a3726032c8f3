"""What is read aloud now: of a view that changed, of a focus that moved, of a letter that was typed.

Responsible for: reading what is new and nothing twice, and keeping what is the visitor's own to headphones.
Not responsible for: the words of a view (`kiosk.core.spoken`), or making sound (`kiosk.speech`). Pure.
"""

from collections.abc import Mapping
from typing import Final

from kiosk.core import views as v
from kiosk.core.access import Access, Speech
from kiosk.core.events import Focused
from kiosk.core.hardware import Headphones
from kiosk.core.spoken import said_of, spelled, spoken
from kiosk.core.touches import BETWEEN_KEYS
from kiosk.core.utterance import Manner, Said
from kiosk.core.words import Words

COUNTED_S: Final = 10
"""While time runs out, the seconds are read this often, not each second."""


def manner(access: Access) -> Manner:
    """Return how fast and how loud the visitor wants it."""
    return Manner(access.rate, access.volume)


def hears_all(access: Access, headphones: Headphones) -> bool:
    """Say whether the visitor's own answers may be read: to headphones, or where it was chosen.

    Headphones that nobody can tell of are none (EN 301 549, 5.1.3.8).
    """
    return headphones is Headphones.IN or access.speech is Speech.ALL


def whole(view: v.View, words: Words, *, everything: bool) -> tuple[Said, ...]:
    """Read all of a view."""
    speech = spoken(view, words)
    if everything or not any(said.private for said in speech):
        return speech
    hint = words.say("Your own answers are read to headphones only")
    return (*(said for said in speech if not said.private), Said(hint, words.language))


def news(before: v.View | None, now: v.View, words: Words, *, everything: bool) -> tuple[Said, ...]:
    """Read a view that has just come, or what changed of one that was there."""
    if before is None or _place(before) != _place(now):
        return whole(now, words, everything=everything)
    if isinstance(now.body, v.StillThere):
        left = now.body.seconds_left
        counts = left > 0 and left % COUNTED_S == 0
        return said_of(str(left), now.frame.language) if counts else ()
    known = set(spoken(before, words))
    return tuple(
        said for said in spoken(now, words) if said not in known and (everything or not said.private)
    )


def focus(event: Focused, view: v.View, words: Words, signs: Mapping[str, str]) -> tuple[Said, ...]:
    """Read what the focus stands on; a key by its letter or the name of its sign, a row by its keys."""
    name = event.name
    if event.role == "key":
        name = key_said(name, words, signs)
    elif event.role == "row":
        name = ", ".join(key_said(each, words, signs, one_case=True) for each in name.split(BETWEEN_KEYS))
    text = words.say("{option}, chosen", option=name) if event.selected else name
    return said_of(text, view.frame.language)


def key_said(character: str, words: Words, signs: Mapping[str, str], *, one_case: bool = False) -> str:
    """Name what a key types in the visitor's language; a letter is its own name, a longer word itself.

    Args:
        character: what stands on the key.
        words: of the visitor's language.
        signs: English names of signs by the sign.
        one_case: nothing turns on whether it is a capital.
    """
    if character == " ":
        return words.say("Space")
    if character in signs:
        return words.say(signs[character])
    if len(character) == 1 and character.isupper() and not one_case:
        return words.say("Capital {letter}", letter=character)
    return character


def echo(
    before: str,
    after: str,
    words: Words,
    signs: Mapping[str, str],
    *,
    everything: bool,
    one_case: bool = False,
) -> tuple[Said, ...]:
    """Read what was typed: the new letters, or those that were taken away."""
    if not everything:
        return ()
    longer, shorter = (after, before) if len(after) >= len(before) else (before, after)
    typed = longer[len(shorter) :] if longer.startswith(shorter) else after
    named = key_said(typed, words, signs, one_case=one_case) if len(typed) == 1 else spelled(typed)
    return said_of(named, words.language, private=True)


def has_one_case(view: v.View, name: str) -> bool:
    """Say whether the keys of a field have no small letters."""
    entry = view.body.entry if isinstance(view.body, v.Question) else None
    fields = entry.fields if isinstance(entry, v.Fields) else ()
    return any(each.name == name and each.keyboard is v.Keyboard.CODE for each in fields)


def _place(view: v.View) -> tuple[object, ...]:
    """Tell views apart that are another screen, not the same one with something changed."""
    body = view.body
    heading = getattr(body, "heading", "")
    step = (body.step, body.part) if isinstance(body, v.Question) else ()
    page = getattr(getattr(body, "pager", None), "text", "")
    return type(body), heading, step, page, view.frame.language
