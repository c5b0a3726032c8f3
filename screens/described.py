"""What is on the glass as a tree of AccessKit: each control with its role, name, bounds, state and actions.

Responsible for: turning a list into a tree; it looks at no widget and knows nobody who listens.
Not responsible for: publishing it (`screens.assistive`). Needs the extra package `accesskit`.
"""

import zlib
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
_ROLES: Final = {
    "button": Role.BUTTON,
    "option": Role.RADIO_BUTTON,
    "key": Role.BUTTON,
    "field": Role.TEXT_INPUT,
    "secret": Role.PASSWORD_INPUT,
    "text": Role.LABEL,
    "heading": Role.HEADING,
    "code": Role.IMAGE,
}
_HOLDS: Final = frozenset({"field", "secret"})
_LIVE: Final = {"polite": Live.POLITE, "assertive": Live.ASSERTIVE}


def number_of(target: Target, turn: int) -> int:
    """Give a node the same number while it is called the same.

    A request that was meant for a control of the view before finds nothing, and presses nothing else.

    Args:
        target: what is on the glass.
        turn: how many of the same role and name came before it.
    """
    return (zlib.crc32(f"{target.role}\n{target.name}\n{turn}".encode()) << 1) + 2


def numbered(seen: Sequence[Target]) -> dict[int, Target]:
    """Number everything on the glass, in reading order."""
    found: dict[int, Target] = {}
    for target in seen:
        turn = 0
        while (number := number_of(target, turn)) in found:
            turn += 1
        found[number] = target
    return found


def tree_of(seen: Sequence[Target], size: tuple[float, float]) -> TreeUpdate:
    """Describe the glass as one window, called by its heading, with everything on it in reading order.

    Its first heading is news whenever another one comes: with it, a view has come.

    Args:
        seen: what is on the glass, in pixels from its top left.
        size: of the glass in pixels.
    """
    nodes = numbered(seen)
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
    runs = [(_number_of_line(number, at), _run(line)) for at, line in enumerate(held)]
    before = told.value[: told.at]
    caret = TextPosition(_number_of_line(number, before.count("\n")), len(before.rsplit("\n", 1)[-1]))
    node.set_children([each for each, _ in runs])
    node.set_text_selection(TextSelection(caret, caret))
    return runs


def _number_of_line(number: int, line: int) -> int:
    """Number a line of a field: odd, as no target is."""
    return (zlib.crc32(f"{number}\n{line}".encode()) << 1) + 3


def _run(line: str) -> Node:
    node = Node(Role.TEXT_RUN)
    node.set_value(line)
    node.set_character_lengths([len(character.encode()) for character in line])
    return node
