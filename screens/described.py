"""What is on the glass as a tree of AccessKit: each control with its role, name, bounds, state and actions.

Responsible for: turning a list into a tree; it looks at no widget and knows nobody who listens.
Not responsible for: publishing it (`screens.assistive`). Needs the extra package `accesskit`.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from accesskit import (
    Action,
    Invalid,
    Live,
    Node,
    Rect,
    Role,
    TextPosition,
    TextSelection,
    Toggled,
    Tree,
    TreeUpdate,
)

from kiosk.core.glass_lines import Target

ROOT: Final = 1
_ROOM: Final = 1 << 16
"""Numbers that a target has for itself: behind its own, one for each line that a field holds."""
_Known = tuple[str, str, int]
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_ROLES: Final = {
    "button": Role.BUTTON,
    "option": Role.RADIO_BUTTON,
    "key": Role.BUTTON,
    "field": Role.TEXT_INPUT,
    "secret": Role.PASSWORD_INPUT,
    "text": Role.LABEL,
    "heading": Role.HEADING,
    "code": Role.IMAGE,
    "picture": Role.IMAGE,
}
_HOLDS: Final = frozenset({"field", "secret"})
_LIVE: Final = {"polite": Live.POLITE, "assertive": Live.ASSERTIVE}


class Numbers:
    """Number what is on the glass: it keeps its number while it stays, and nothing else ever gets it.

    A request that was meant for what is gone finds nothing. A program that reads screens remembers a number
    that went as dead, and is deaf to whatever came back under it.
    """

    def __init__(self) -> None:
        self._given: dict[_Known, int] = {}
        self._unused = itertools.count(2 * _ROOM, _ROOM)

    def give(self, seen: Sequence[Target]) -> dict[int, Target]:
        """Number everything on the glass, in reading order."""
        known = _known(seen)
        self._given = {each: self._given.get(each) or next(self._unused) for each in known}
        return dict(zip(self._given.values(), seen, strict=True))

    def place(self, number: int, seen: Sequence[Target]) -> int | None:
        """Say where in reading order something is by the number it was last given; None, if it is gone."""
        numbers = [self._given.get(each) for each in _known(seen)]
        return numbers.index(number) if number in numbers else None


def _known(seen: Sequence[Target]) -> list[_Known]:
    """Tell all by role and name; of those that are called the same, by how many came before."""
    turns: Counter[tuple[str, str]] = Counter()
    known = []
    for each in seen:
        known.append((each.role, each.name, turns[each.role, each.name]))
        turns[each.role, each.name] += 1
    return known


def tree_of(nodes: dict[int, Target], size: tuple[float, float]) -> TreeUpdate:
    """Describe the glass as one window, called by its heading, with everything on it in reading order.

    Its first heading is news whenever another one comes: with it, a view has come.

    Args:
        nodes: what is on the glass by its numbers, in pixels from its top left.
        size: of the glass in pixels.
    """
    first = next((number for number, each in nodes.items() if each.role == "heading"), ROOT)
    root = Node(Role.WINDOW)
    root.set_label(nodes[first].name if first in nodes else "")
    root.set_bounds(Rect(0, 0, *size))
    root.set_children(list(nodes))
    described = {number: _node(each) for number, each in nodes.items()}
    if first in nodes and not nodes[first].told.live:
        described[first].set_live(Live.POLITE)
    update = TreeUpdate(_focus(nodes))
    update.tree = Tree(ROOT)
    update.nodes = [(ROOT, root), *described.items()]
    for number, each in nodes.items():
        if each.role in _HOLDS:
            update.nodes += _hold(number, described[number], each)
    return update


def _focus(nodes: dict[int, Target]) -> int:
    """Give what the keypad's ring is around, else the field that is typed into."""
    ringed = (number for number, each in nodes.items() if each.focused)
    typed = (number for number, each in nodes.items() if each.role == "field" and each.selected)
    return next(ringed, next(typed, ROOT))


def _node(target: Target) -> Node:
    told = target.told
    role = Role.CHECK_BOX if told.many else _ROLES[target.role]
    node = Node(role)
    if role == Role.LABEL:
        node.set_value(target.name)  # of a label AccessKit reads the value
    else:
        node.set_label(target.name)
    node.set_bounds(Rect(target.x, target.y, target.x + target.width, target.y + target.height))
    node.set_language(told.language)
    if told.detail:
        node.set_description(told.detail)
    if told.live:
        node.set_live(_LIVE[told.live])
    if target.touchable:
        node.add_action(Action.CLICK)
        node.add_action(Action.FOCUS)
    _set_state(node, target)
    return node


def _set_state(node: Node, target: Target) -> None:
    if target.role == "option":
        node.set_toggled(Toggled.TRUE if target.selected else Toggled.FALSE)
    elif target.selected and target.role != "field":
        node.set_selected(True)
    if target.told.required:
        node.set_required()
    if target.told.wrong:
        node.set_invalid(Invalid.TRUE)


def _hold(number: int, node: Node, target: Target) -> list[tuple[int, Node]]:
    """Give a field what it holds: a node for each line, and the caret in one of them."""
    told = target.told
    lines = told.value.split("\n")
    held = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    runs = [(number + 1 + at, _run(line)) for at, line in enumerate(held)]
    before = told.value[: told.at]
    caret = TextPosition(number + 1 + before.count("\n"), len(before.rsplit("\n", 1)[-1]))
    node.set_children([each for each, _ in runs])
    node.set_text_selection(TextSelection(caret, caret))
    return runs


def _run(line: str) -> Node:
    node = Node(Role.TEXT_RUN)
    node.set_value(line)
    node.set_character_lengths([len(character.encode()) for character in line])
    node.set_word_lengths([len(word) for word in _WORDS.findall(line)])
    return node
