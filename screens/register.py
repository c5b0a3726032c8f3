"""Which screen draws which body.

Responsible for: one screen for every kind of body, none missing. Not responsible for: making or keeping them
(`screens.app`).

A screen is imported when its first body comes: a spare is ready sooner, and warms the others up afterwards.
"""

from importlib import import_module
from typing import Final, get_args

from kiosk.core import views
from screens.widgets.frame import FramedScreen

SCREENS: Final[dict[type, str]] = {
    views.Welcome: "welcome",
    views.Languages: "languages",
    views.AccessPanel: "access_panel",
    views.AccessChoice: "access_choice",
    views.Menu: "menu",
    views.Question: "question",
    views.Review: "review",
    views.Working: "working",
    views.Confirmation: "confirmation",
    views.Notice: "notice",
    views.StillThere: "still_there",
    views.SignIn: "sign_in",
    views.StaffTickets: "staff_tickets",
}
"""The module that draws a body; its class is named like the body."""

BODIES: Final = frozenset(get_args(views.Body))


def screen_for(body: views.Body) -> type[FramedScreen]:
    """Give the class that draws a body; called as ``screen_for(body)(theme=..., send=...)``."""
    kind = type(body)
    screen: type[FramedScreen] = getattr(import_module(f"screens.{SCREENS[kind]}"), kind.__name__)
    return screen
