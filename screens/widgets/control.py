"""What can be touched and stands on a ground of its own.

Responsible for: its event and its looks, pressed, chosen and not. Not responsible for: when a touch counts
(`screens.touch`), what an event means, or what is drawn on it (button, tile, option).
"""

from collections.abc import Callable
from typing import Any, Final

from kivy.properties import ObjectProperty, OptionProperty, StringProperty

from kiosk.core.touches import TouchEvent
from screens.touch import Touchable
from screens.widgets.plate import Plate

Send = Callable[[TouchEvent], None]

_LOOKS: Final = {
    "primary": ("primary", "primary", "primary_down", "on_primary"),
    "plain": ("surface", "line", "down", "ink"),
    "frame": ("surface", "line", "down", "ink"),
    "selected_frame": ("chosen", "primary", "down", "on_chosen"),
    "band": ("band", "on_band", "down", "on_band"),
    "selected": ("chosen", "primary", "down", "on_chosen"),
}
"""Ground, border, ground while pressed, and words of each kind."""
_AROUND: Final = frozenset({"frame", "selected_frame", "band"})


class Control(Touchable, Plate):
    """Something to touch.

    Attributes:
        kind: ``primary`` goes on, and there is one of it; ``plain``; ``frame`` and ``band`` around screens;
            ``selected`` is in force now.
        label, language, icon: what stands on it.
        event: what it sends. sends: to whom.
        ink: name of the colour of its words.
        least: name of the height that it never goes below.
    """

    kind = OptionProperty("plain", options=list(_LOOKS))
    label = StringProperty("")
    language = StringProperty("")
    icon = StringProperty("")
    event = ObjectProperty(None, allownone=True)
    sends = ObjectProperty(None, allownone=True)
    ink = StringProperty("ink")
    least = StringProperty("target")

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self.fbind("kind", self._show_kind)
        self.fbind("is_down", self._show_kind)
        self._show_kind()

    def on_event(self, _control: Any, _event: TouchEvent | None) -> None:
        """Forget a finger that was put down on something else."""
        self.forget_finger()

    def on_act(self) -> None:
        """Send the event."""
        if self.sends is not None and self.event is not None:
            self.sends(self.event)

    def height_at(self, width: int) -> int:
        """Be as tall as a target, or as its words need."""
        return max(self._least(), super().height_at(width))

    def natural_width(self) -> int:
        """Be as wide as the words, never narrower than a target."""
        return max(self._least(), super().natural_width())

    def _least(self) -> int:
        return int(getattr(self.theme, "frame_target" if self.kind in _AROUND else self.least))

    def _show_kind(self, *_changed: object) -> None:
        ground, edge, down, ink = _LOOKS[self.kind]
        self.ground = down if self.is_down else ground
        self.edge = down if self.is_down and self.kind == "primary" else edge
        self.ink = "ink" if self.is_down and self.kind == "band" else ink
        self.stroke = "bold_stroke" if self.kind in {"selected", "selected_frame"} else "stroke"
