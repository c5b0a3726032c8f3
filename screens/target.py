"""What is on the glass and where, as a person would find it.

Responsible for: the four properties by which a widget says what it is, and listing them in reading order.
Not responsible for: touching anything (`screens.touch`), or telling another program (`screens.finger`).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.core.glass_lines import Target, Told

ROLES: Final = frozenset({"button", "option", "key", "field", "secret", "text", "heading", "code", "picture"})


class Targeted:
    """Say what this widget is: mix in before a Kivy widget class.

    Attributes:
        target_role: one of `ROLES`; a widget without a role is not a target.
        target_name: the words it shows or is called by; a key's character.
        target_said: what is spoken of it instead, where the name alone does not tell.
        target_touchable: it acts when touched.
        target_selected: it is the chosen option, or the field that is typed into.
    """

    target_role = StringProperty("")
    target_name = StringProperty("")
    target_said = StringProperty("")
    target_touchable = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    target_selected = BooleanProperty(False)  # noqa: FBT003 - as above
    language = ""
    theme: Any = None

    def told(self) -> Told:
        """Say what else a program that reads screens is told of it."""
        return Told(language=self.language or self.theme.language, detail=self.target_said)


def targets(root: Widget, height_px: float, focused: Widget | None = None) -> tuple[Target, ...]:
    """List the targets under a widget in reading order, which is the order in which they were added.

    Args:
        root: the widget to begin with.
        height_px: of the window; Kivy measures from the bottom, people read from the top.
        focused: what the keypad's ring is around.
    """
    return tuple(
        replace(_target(widget, height_px), focused=widget is focused)
        for widget in visible(root)
        if getattr(widget, "target_role", "")
    )


def touchable(root: Widget) -> list[Widget]:
    """List what can be touched under a widget, in reading order."""
    return [each for each in visible(root) if getattr(each, "target_touchable", False) and not each.disabled]


def visible(widget: Widget) -> Iterator[Widget]:
    """Walk what is shown under a widget, in reading order."""
    if widget.opacity <= 0:
        return
    yield widget
    for child in reversed(widget.children):
        yield from visible(child)


def _target(widget: Widget, height_px: float) -> Target:
    x, y = widget.to_window(widget.x, widget.y)
    return Target(
        role=widget.target_role,
        name=widget.target_name,
        x=float(x),
        y=float(height_px - y - widget.height),
        width=float(widget.width),
        height=float(widget.height),
        touchable=bool(widget.target_touchable and not widget.disabled),
        selected=bool(widget.target_selected),
        told=widget.told(),
    )
