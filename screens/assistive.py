"""The glass for a program that reads screens: what stands on it, published over AT-SPI by AccessKit.

Responsible for: keeping a tree of what `screens.target` lists current while somebody listens, and doing what
is asked of it with the keypad's ring. Not responsible for: whether anybody may listen (decision 59).
Imported only where it was asked for: the package `accesskit` is an extra.
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from accesskit import Action, ActionRequest, Rect, unix
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.core.glass_lines import Target
from screens.described import Numbers, tree_of
from screens.target import targets, touchable, visible

if TYPE_CHECKING:
    from screens.app import Glass


_UNTIL_LISTENING_S: Final = 0.1
"""While AccessKit asks for the first tree it holds its lock, and waits for Python's: whoever held that and
called the adapter would wait for ever. Kivy's loop sleeps several times in this while: the asking is done."""


class Bridge:
    """Publish a glass, and do what is asked of it.

    Requests come on a thread of AccessKit's; they are done in Kivy's loop, in their order. The adapter is
    called only while somebody listens, and never from its own thread.

    Args:
        glass: what is published; its ring does what is asked.
    """

    def __init__(self, glass: "Glass") -> None:
        self._glass = glass
        self._asked: deque[ActionRequest] = deque()
        self._act = Clock.create_trigger(self._take, 0)
        self._begin = Clock.create_trigger(self._first, _UNTIL_LISTENING_S)
        self._is_heard = False
        self._numbers = Numbers()
        self._then: Callable[[], None] = glass.on_frame
        self._adapter = unix.Adapter(self._begin, self._hear, self._nobody_left)
        glass.on_frame = self._frame

    def _first(self, _dt: float) -> None:
        """Answer the first who listens, in the loop, which alone may look at widgets."""
        self._is_heard = True
        whole = Rect(0, 0, *Window.size)
        self._adapter.set_root_window_bounds(whole, whole)
        self._adapter.update_window_focus_state(True)  # noqa: FBT003 - AccessKit takes it by place
        self._publish()

    def _nobody_left(self) -> None:
        """Go on in silence: the next one who listens begins again."""
        self._is_heard = False

    def _hear(self, request: ActionRequest) -> None:
        self._asked.append(request)
        self._act()

    def _take(self, _dt: float) -> None:
        while self._asked:
            self._do(self._asked.popleft())

    def _do(self, request: ActionRequest) -> None:
        widget = self._widget(request.target)
        if widget is None:
            return
        if request.action == Action.FOCUS:
            self._glass.ring.put(widget)
        elif request.action == Action.CLICK:
            self._glass.ring.press(widget)

    def _widget(self, number: int) -> Widget | None:
        """Find what can be touched by its number, if it is still there."""
        shown = [each for each in visible(self._glass.surface) if getattr(each, "target_role", "")]
        place = self._numbers.place(number, self._seen())
        return shown[place] if place is not None and shown[place] in touchable(self._glass.surface) else None

    def _seen(self) -> tuple[Target, ...]:
        return targets(self._glass.surface, Window.height, self._glass.ring.widget)

    def _frame(self) -> None:
        self._then()
        self._publish()

    def _publish(self) -> None:
        if self._is_heard:
            nodes = self._numbers.give(self._seen())
            self._adapter.update_if_active(lambda: tree_of(nodes, Window.size))
