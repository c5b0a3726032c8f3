"""What is on the glass as a tree of AccessKit: each control with its role, name, bounds and actions.

Responsible for: turning a list into a tree; it looks at no widget and knows nobody who listens.
Not responsible for: publishing it (`screens.assistive`). Needs the extra package `accesskit`.
"""

import zlib
from collections.abc import Sequence
from typing import Final

from accesskit import Action, Node, Rect, Role, Toggled, Tree, TreeUpdate

from kiosk.core.glass_lines import Target

ROOT: Final = 1
_ROLES: Final = {
    "button": Role.BUTTON,
    "option": Role.BUTTON,
    "key": Role.BUTTON,
    "field": Role.TEXT_INPUT,
    "text": Role.LABEL,
    "heading": Role.HEADING,
    "code": Role.IMAGE,
}


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

    Args:
        seen: what is on the glass, in pixels from its top left.
        size: of the glass in pixels.
    """
    nodes = numbered(seen)
    root = Node(Role.WINDOW)
    root.set_label(next((each.name for each in seen if each.role == "heading"), ""))
    root.set_bounds(Rect(0, 0, *size))
    root.set_children(list(nodes))
    focus = next((number for number, each in nodes.items() if each.focused), ROOT)
    update = TreeUpdate(focus)
    update.tree = Tree(ROOT)
    update.nodes = [(ROOT, root), *((number, _node(each)) for number, each in nodes.items())]
    return update


def _node(target: Target) -> Node:
    role = _ROLES[target.role]
    node = Node(role)
    if role == Role.LABEL:
        node.set_value(target.name)  # of a label AccessKit reads the value
    else:
        node.set_label(target.name)
    node.set_bounds(Rect(target.x, target.y, target.x + target.width, target.y + target.height))
    if target.role == "option":
        node.set_toggled(Toggled.TRUE if target.selected else Toggled.FALSE)
    if target.touchable:
        node.add_action(Action.CLICK)
        node.add_action(Action.FOCUS)
    return node
