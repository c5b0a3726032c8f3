"""A program that reads screens, as small as it can be: Debian's client of AT-SPI, asked on standard input.

Run with the system's Python, which has the Debian package `python3-pyatspi`. Each line asked is answered by a
line of JSON: ``tree`` lists everything in all windows, or nothing when it changed meanwhile; ``do ROLE|NAME``
acts on the first such; ``heard`` gives what was announced since the last such question, with its politeness.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi
from gi.repository import Atspi, GLib

HEARD: list[Any] = []


def everything(node: Any) -> Iterator[Any]:
    """Walk a tree in its order."""
    yield node
    for child in node:
        if child is not None:
            yield from everything(child)


def said(node: Any) -> dict[str, Any]:
    """Give role, name, bounds and actions of one node."""
    interfaces = pyatspi.utils.listInterfaces(node)
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS) if "Component" in interfaces else None
    acts = node.queryAction() if "Action" in interfaces else None
    text = node.queryText() if "Text" in interfaces else None
    return {
        "role": node.getRoleName(),
        "name": node.name,
        "box": [box.x, box.y, box.width, box.height] if box else None,
        "holds": [text.getText(0, -1), text.caretOffset] if text else None,
        "detail": node.description,
        "states": [pyatspi.stateToString(each) for each in node.getState().getStates()],
        "acts": [acts.getName(each) for each in range(acts.nActions)] if acts else [],
    }


def announced(event: Any) -> None:
    """Remember what a window announces."""
    HEARD.append([event.detail1, event.any_data])


def hear() -> list[Any]:
    """Give what was announced, and forget it."""
    turn()
    heard = HEARD[:]
    HEARD.clear()
    return heard


def turn() -> None:
    """Take what has come over the bus."""
    while GLib.MainContext.default().iteration(False):  # noqa: FBT003 - GLib takes it by place
        pass


def windows() -> Iterator[Any]:
    """Give every node inside of every program's windows, as they are now and not as they were remembered."""
    turn()
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.clearCache()
    for program in desktop:
        for window in program:
            yield from everything(window)


def answer(asked: str) -> Any:
    """Do what one line asks."""
    if asked == "heard":
        return hear()
    if asked == "tree":
        try:
            return [said(node) for node in windows()]
        except (GLib.Error, AttributeError, NotImplementedError) as gone:
            sys.stderr.write(f"{type(gone).__name__}: {gone}\n")
            return []
    role, name = asked.removeprefix("do ").split("|", 1)
    node = next(each for each in windows() if (each.getRoleName(), each.name) == (role, name))
    return node.queryAction().doAction(0)


if __name__ == "__main__":
    listener = Atspi.EventListener.new(announced)
    listener.register("object:announcement")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(line.strip())) + "\n")
        sys.stdout.flush()
