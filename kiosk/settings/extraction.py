"""A method of extraction for Babel: how sentences are found in the source of the core.

Responsible for: what counts as a sentence in a source file, and the names of signs in a keyboard.
Not responsible for: layouts of screens, which hold no words (a rule of the house), the list of sentences
(`kiosk.settings.frame_words`), or the facility's YAML, whose sentences are found by the mark `Said` of its
shapes (`kiosk.settings.said`).

Sentences reach `Words.say` in many ways (tables, defaults of fields, conditions), so they are not searched
for at the calls: every text in `kiosk/core` that reads like words is one, unless it is raised, compared, a
pattern, or named below. A pair for one and for many is found at its call of `say_number`.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

NOT_SAID = frozenset({"Europe/London", "Scan", "Visit"})
_READS_LIKE_WORDS = re.compile(r"[A-Z][a-z]+([ ,.?:{]|$)|[a-z]+ [a-z{]|^\{[a-z]+\}[ ,]|^[A-Z] [a-z]")

Found = tuple[int, str | None, str | tuple[str, str], list[str]]
"""Line, function, text or texts, comments: what Babel wants of a method of extraction."""


def core(source: BinaryIO, *_: Any, **_options: Any) -> Iterator[Found]:
    """Find the sentences of a module of the core."""
    tree = ast.parse(source.read())
    silent = {id(inner) for node in ast.walk(tree) if _is_silent(node) for inner in ast.walk(node)}
    for one, many in _pairs(tree):
        silent |= {id(one), id(many)}
        yield one.lineno, "ngettext", (str(one.value), str(many.value)), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value
            if reads_like_words(text):
                yield node.lineno, None, text, []


def keyboard(source: BinaryIO, *_: Any, **_options: Any) -> Iterator[Found]:
    """Find what is spoken for the signs of one of the terminal's own keyboards."""
    document = YAML(typ="rt").load(source.read())
    spoken = document.get("spoken", CommentedMap())
    for sign, name in spoken.items():
        yield spoken.lc.key(sign)[0] + 1, None, str(name), []


def reads_like_words(text: str) -> bool:
    """Say whether a text in a program is one that people read."""
    return bool(_READS_LIKE_WORDS.search(text)) and text not in NOT_SAID


def _pairs(tree: ast.Module) -> Iterator[tuple[ast.Constant, ast.Constant]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="say_number"),
                args=[_, ast.Constant() as one, ast.Constant() as many, *_],
            ):
                yield one, many


def _is_silent(node: ast.AST) -> bool:
    """Say whether no text in a part of the source is ever said: docstrings, patterns, what is compared."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.JoinedStr() | ast.Compare():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")) | ast.Name(id="NewType")):
            return True
        case _:
            return False
