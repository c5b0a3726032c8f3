"""Real screens on a window that nobody sees. Import it only after `screens.lockdown` has prepared Kivy."""

from __future__ import annotations

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

from kiosk.core.events import TouchEvent
from kiosk.core.glass_lines import Panel
from kiosk.core.views import View
from kiosk.typeset import Typesetter
from screens.png import png
from screens.register import screen_for
from screens.theme import Theme
from screens.widgets.frame import FramedScreen
from screens.widgets.keyboards import Keyboards
from tests.screens.shipped import shipped_keyboards

EventLoop.ensure_window()


class Easel:
    """Draw views on a panel, with the screens kept between them as the glass keeps them."""

    def __init__(self, panel: Panel, typesetter: Typesetter | None = None) -> None:
        self.panel = panel
        self.theme = Theme(typesetter or Typesetter(), panel)
        self.keyboards = Keyboards(shipped_keyboards())
        self.sent: list[TouchEvent] = []
        self._screens: dict[type[FramedScreen], FramedScreen] = {}

    def show(self, view: View) -> FramedScreen:
        """Give the screen of a view, everything in its place."""
        kind = screen_for(view.body)
        if kind not in self._screens:
            self._screens[kind] = kind(theme=self.theme, send=self.sent.append, keyboards=self.keyboards)
        self._screens[kind].show(view)
        return self._screens[kind]

    def picture(self, screen: FramedScreen) -> bytes:
        """Give what the window shows, as a PNG file.

        All tests of one process share a window: the last `prepare` before the first of them made it.
        """
        assert tuple(Window.size) == (self.panel.width_px, self.panel.height_px)
        for child in list(Window.children):
            Window.remove_widget(child)
        Window.add_widget(screen)
        EventLoop.idle()
        EventLoop.idle()
        width, height = self.panel.width_px, self.panel.height_px
        return png(width, height, glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE))
