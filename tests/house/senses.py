"""Sentences that need a sense to be followed: a place, a colour, a shape, a size or a sound (WCAG 1.3.3).

Responsible for: gathering every sentence in English that visitors and staff meet, and finding such words.
Not responsible for: whether a sentence is right all the same, which a person says in `test_senses.py`.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from tests.house.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from tests.house.sources import Source

GLASS = ("kiosk/words/en.po", "config/translations/cy.po")
DESK = (
    "acts answers bodies bulletins bundles notices pairing printing problems publishing status story wording"
)
DESK_FILES = tuple(f"kiosk/central/{each}" for each in ("desk/", *DESK.split()))
TEMPLATES = ROOT / "kiosk/central/desk/templates"
PLACES = "left right above below beneath underneath top bottom upper lower upwards downwards beside opposite"
PLACES += " middle corner edge leftmost rightmost sideways behind next-to"
COLOURS = (
    "red green blue yellow orange grey gray black white brown purple pink colour colours coloured shaded"
)
SHAPES = "round square circle triangle rectangle star arrow cross tick box bar dot icon symbol pointed"
SIZES = "large larger largest big bigger biggest small smaller smallest bold bright dark light thick thin"
SOUNDS = "beep beeps tone sound bell chime ring click rings flash flashes flashing blink blinks blinking"
SENSED = re.compile(rf"\b(?:{'|'.join(f'{PLACES} {COLOURS} {SHAPES} {SIZES} {SOUNDS}'.split())})\b")


def sensed(sentence: str) -> list[str]:
    """Give the words of a sentence that need a sense."""
    return SENSED.findall(re.sub(r"\{[^}]*\}", " ", sentence).lower().replace("next to", "next-to"))


def said_on_the_glass() -> Iterator[str]:
    """Give every sentence of the frame and of the services, as translators have them."""
    for path in GLASS:
        with (ROOT / path).open("rb") as file:
            for message in read_po(file):
                forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
                yield from (each for each in forms if each)


def said_at_the_desk(sources: Collection[Source]) -> Iterator[str]:
    """Give every text of the desk's pages, of what they tell and of its problems."""
    for source in sources:
        if source.path.startswith(DESK_FILES) and source.path.endswith(".py"):
            yield from sentences_in(source.tree)
    for path in sorted(TEMPLATES.glob("*.html")):
        yield from texts_of(path)


def sentences_in(tree: ast.Module) -> Iterator[str]:
    """Give the strings of a module that are words for people: its docstrings and its names are not."""
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from [node.value] if " " in node.value.strip() else []


def texts_of(path: Path) -> Iterator[str]:
    """Give what a template says, without its marks; what it says in its own strings is said too."""
    source = path.read_text("utf-8")
    bare = re.sub(r"<style>.*?</style>|\{#.*?#\}", " ", source, flags=re.DOTALL)
    for quoted in re.findall(r"\{[{%](.*?)[%}]\}", bare, re.DOTALL):
        yield from (each for each in re.findall(r'"([^"<]*)"', quoted) if " " in each.strip())
    words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", bare, flags=re.DOTALL)
    for text in re.split(r"<(?!/?(?:span|strong|em|code|a)\b)[^>]*>", words, flags=re.DOTALL):
        plain = " ".join(re.sub(r"<[^>]*>", "", text).split())
        if plain:
            yield plain
