"""The ring of the keypad: what has the focus, and how it moves.

Responsible for: one focus in reading order, drawn in two tones that stand out from everything; moving it,
pressing what it is around, and telling where it is.
Not responsible for: which key was pressed (`screens.keypad`), or what a control does. Moving changes nothing.

The ring is shown only while the keypad is used: the first key shows it, a finger takes it away. A view that
lies over another is the whole screen, so the focus cannot leave it.
"""

from collections.abc import Callable
from typing import Any, Final

from kivy.graphics import Color, InstructionGroup, Line
from kivy.uix.widget import Widget

from kiosk.core.keypad import KeypadAct
from kiosk.core.touches import BETWEEN_KEYS, Focused, TouchEvent, Wish, Wished
from screens.surface import Surface
from screens.target import touchable
from screens.walking import beside, nearest, stops_by_row, upright

_FRAME: Final = {
    KeypadAct.BACK: ("frame_back", "frame_back_low", "close"),
    KeypadAct.HELP: ("frame_help",),
    KeypadAct.ACCESS: ("frame_access",),
    KeypadAct.LANGUAGE: ("frame_languages",),
}
"""Buttons that a key presses wherever the focus is; the first that is there."""
_STEPS: Final = {KeypadAct.NEXT: 1, KeypadAct.PREVIOUS: -1, KeypadAct.DOWN: 1, KeypadAct.UP: -1}
_WISHES: Final = frozenset(wish.value for wish in Wish)
_KEY: Final = "key"


class Ring:
    """Move one focus over the screen of the moment.

    Args:
        surface: holds the screen, and draws the ring over it.
        send: takes `Focused`, and the wishes of keys that belong to speech.
    """

    def __init__(self, surface: Surface, send: Callable[[TouchEvent], None]) -> None:
        self._surface = surface
        self._send = send
        self._drawn = InstructionGroup()
        self._subject: object = None
        self._told: tuple[str, str] = ("", "")
        self._centre = (0.0, 0.0)
        self._row: tuple[Widget, ...] = ()
        self.widget: Any = None
        surface.canvas.after.add(self._drawn)
        surface.on_finger = self.hide

    # --- what happens

    def act(self, act: KeypadAct) -> None:
        """Do what a key stands for; the first key only shows where the focus is."""
        self._surface.key_pressed()
        if act in _FRAME:
            self._press_of_frame(_FRAME[act])
        elif act.value in _WISHES:
            self._send(Wished(Wish(act.value)))
        elif self.widget is None:
            self._focus(self._first(), moved=True)
        elif act is KeypadAct.SELECT:
            self._select()
        else:
            self._move(act)

    def put(self, widget: Widget) -> None:
        """Go to one control, as an assistive program asks for; like moving, it changes nothing."""
        self._row = ()
        self._focus(widget, moved=True)

    def press(self, widget: Widget) -> None:
        """Go to one control and press it, as the keypad would."""
        self.put(widget)
        self._select()

    def hide(self) -> None:
        """Take the ring away: a finger is there."""
        self.widget, self._row = None, ()
        self._drawn.clear()

    def shown(self, subject: object) -> None:
        """Find the focus again after a view was drawn; on another subject it begins anew."""
        is_same, self._subject = subject == self._subject, subject
        if self.widget is not None:
            self._row = ()
            self._focus(self._again() if is_same else self._first(), moved=False)

    # --- moving

    def _stops(self) -> list[Widget]:
        return touchable(self._surface)

    def _first(self) -> Widget | None:
        """Begin with what the screen is about, not with Back above it."""
        screen: Any = next(iter(self._surface.children), None)
        stops = self._stops()
        wanted = screen.first_focus() if screen is not None else None
        # Kivy's ids are proxies: what is equal to one is the widget itself.
        return next((each for each in stops if each == wanted), next(iter(stops), None))

    def _again(self) -> Widget | None:
        """Stay where the focus was, or at what is called the same, or at what stands nearest to it."""
        stops = self._stops()
        if self.widget in stops and (self.widget.target_role, self.widget.target_name) == self._told:
            return self.widget
        named = [each for each in stops if (each.target_role, each.target_name) == self._told]
        alike = [each for each in stops if each.target_role == self._told[0]]
        return nearest(self._centre, named or alike or stops)

    def _move(self, act: KeypadAct) -> None:
        stops = self._stops()
        if self.widget not in stops:
            self._focus(self._again(), moved=True)
            return
        if self._row or (act is KeypadAct.NEXT and self._goes_by_rows(stops)):
            self._move_by_switch(stops)
            return
        by = _STEPS.get(act) or self._sideways(act)
        if self.widget.target_role == _KEY and act not in {KeypadAct.NEXT, KeypadAct.PREVIOUS}:
            across = act in {KeypadAct.LEFT, KeypadAct.RIGHT}
            to = beside(self.widget, stops, by) if across else upright(self.widget, stops, by)
        else:
            to = stops[(stops.index(self.widget) + by) % len(stops)]
        self._focus(to, moved=True)

    def _sideways(self, act: KeypadAct) -> int:
        """Keys stand alike in every language; all else is read in its direction."""
        theme: Any = getattr(self.widget, "theme", None)
        mirrored = theme is not None and theme.is_mirrored and self.widget.target_role != _KEY
        return (1 if act is KeypadAct.RIGHT else -1) * (-1 if mirrored else 1)

    # --- two switches: a row of keys first, then a key of it

    def _goes_by_rows(self, stops: list[Widget]) -> bool:
        """Go by rows into the keys, and from the end of a row to the next one."""
        following = stops[(stops.index(self.widget) + 1) % len(stops)]
        if self.widget.target_role != _KEY:
            return bool(following.target_role == _KEY)
        row = next(row for row in stops_by_row(stops) if self.widget in row)
        if self.widget != row[-1]:
            return False
        self._row = row
        return True

    def _move_by_switch(self, stops: list[Widget]) -> None:
        rows = stops_by_row(stops)
        at = next((n for n, row in enumerate(rows) if row == self._row), -1)
        if at + 1 < len(rows):
            self._focus_row(rows[at + 1])
            return
        after = stops[(stops.index(rows[-1][-1]) + 1) % len(stops)]
        self._row = ()
        self._focus(after, moved=True)

    def _focus_row(self, row: tuple[Widget, ...]) -> None:
        self._row = row
        self.widget = row[0]
        self._draw(row)
        name = BETWEEN_KEYS.join(each.target_name for each in row)
        self._told, self._centre = (_KEY, row[0].target_name), row[0].center
        self._send(Focused("row", name, 1, len(row)))

    # --- pressing

    def _select(self) -> None:
        if self._row:
            first, self._row = self._row[0], ()
            self._focus(first, moved=True)
            return
        if self.widget not in self._stops():
            return
        was_on = self.widget.target_selected
        if self.widget.press(self._surface.discipline):
            again: Any = self._again()
            turned = again is not None and again.target_role == _KEY and again.target_selected != was_on
            self._focus(again, moved=turned)

    def _press_of_frame(self, names: tuple[str, ...]) -> None:
        screen: Any = next(iter(self._surface.children), None)
        stops = self._stops()
        for name in names:
            button = screen.ids.get(name) if screen is not None else None
            if button is not None and button in stops:
                button.press(self._surface.discipline)
                return

    # --- drawing and telling

    def _focus(self, widget: Widget | None, *, moved: bool) -> None:
        if widget is None:
            self.hide()
            return
        self.widget = widget
        known = (widget.target_role, widget.target_name)
        is_news = moved or known != self._told
        self._told, self._centre = known, widget.center
        self._draw((widget,))
        if is_news:
            self._tell(widget, moved=moved)

    def _tell(self, widget: Any, *, moved: bool) -> None:
        stops = self._stops()
        name = widget.target_said or widget.target_name
        place = stops.index(widget) + 1
        self._send(Focused(widget.target_role, name, place, len(stops), widget.target_selected, moved))

    def _draw(self, widgets: tuple[Any, ...]) -> None:
        """Draw two rings around what has the focus, in the gap that every control keeps around it."""
        theme = widgets[0].theme
        tone = theme.ring
        left, low = min(w.x for w in widgets), min(w.y for w in widgets)
        right, top = max(w.right for w in widgets), max(w.top for w in widgets)
        self._drawn.clear()
        for colour, out in ((theme.palette.ring_inner, tone / 2), (theme.palette.ring_outer, tone * 1.5)):
            box = (left - out, low - out, right - left + 2 * out, top - low + 2 * out, theme.radius + out)
            self._drawn.add(Color(*colour))
            self._drawn.add(Line(rounded_rectangle=box, width=tone / 2))
