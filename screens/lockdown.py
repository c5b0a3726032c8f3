"""Close every hatch of Kivy before it is imported, and the few that open afterwards.

Responsible for: environment, Kivy's configuration, signals, the clipboard, core dumps, what is logged.
Not responsible for: the window manager, the X server, virtual consoles (the installation closes those).

Why each line is there, and how it was tried: docs/decisions/0040-glass-locked-from-inside.md.
Nothing here imports Kivy when this module is imported.
"""

import ctypes
import logging
import os
import resource
import signal
import sys
from collections.abc import MutableMapping
from types import FrameType
from typing import Any, Final

_OURS: Final = {
    "KIVY_NO_ARGS": "1",  # only lower-case 1, true or yes count
    "KIVY_NO_ENV_CONFIG": "1",  # only exactly 1 counts
    "KIVY_NO_CONFIG": "1",
    "KIVY_HOME": "/nonexistent/kiosk",  # so that no mods folder joins the path of modules
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",  # else Kivy takes over the root logger and stderr
    "KIVY_CLOCK": "interrupt",  # a view from the service does not wait for the next beat of the clock
    "KIVY_WINDOW": "sdl2",
    "KIVY_TEXT": "sdl2",
    "KIVY_IMAGE": "sdl2",
    "KIVY_CLIPBOARD": "dummy",
}
_SETTINGS: Final = (
    ("kivy", "exit_on_escape", "0"),
    ("kivy", "log_enable", "0"),
    ("kivy", "pause_on_minimize", "0"),
    ("kivy", "desktop", "1"),  # 0 brings selection handles
    ("kivy", "keyboard_mode", ""),
    ("graphics", "multisamples", "0"),  # each sample costs half of the frame rate in software
    ("graphics", "allow_screensaver", "0"),
    ("graphics", "resizable", "0"),
    ("graphics", "show_cursor", "0"),
    ("graphics", "window_state", "hidden"),
    ("graphics", "maxfps", "60"),
)
_PR_SET_DUMPABLE: Final = 4


def clean_environment(environ: MutableMapping[str, str]) -> None:
    """Take out whatever could steer Kivy from outside and put in what closes it; before Kivy is imported."""
    for name in [name for name in environ if name.startswith(("KIVY_", "KCFG_"))]:
        del environ[name]
    environ.update(_OURS)
    if not environ.get("DISPLAY") and "SDL_VIDEODRIVER" not in environ:
        environ["SDL_VIDEODRIVER"] = "offscreen"


def seal_process() -> None:
    """Leave no core dump, let nobody of this account read the memory, end at once when told to."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # SDL would turn the signal into a request to close, which a window may refuse. Nothing is kept here that
    # would need tidying away, so the process ends on the spot.
    os._exit(0)


def configure(width_px: int, height_px: int, *, fullscreen: bool) -> None:
    """Set Kivy's configuration; imports Kivy, but makes no window yet."""
    from kivy.config import Config  # noqa: PLC0415 - only after the environment is clean

    for section, option, value in _SETTINGS:
        Config.set(section, option, value)
    Config.set("graphics", "width", str(width_px))
    Config.set("graphics", "height", str(height_px))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "borderless", "1" if fullscreen else "0")
    for section in ("input", "modules", "postproc:ignore"):
        for option in list(Config.options(section)) if Config.has_section(section) else ():
            Config.remove_option(section, option)
    # The one source of touches: SDL turns the first finger into a mouse. Others would report the same finger
    # a second time, and the right button would paint dots.
    Config.set("input", "mouse", "mouse,disable_multitouch")


def quieten() -> None:
    """Keep Kivy's own words out of the log: they may hold what a visitor typed."""
    logging.getLogger("kivy").setLevel(logging.CRITICAL + 1)
    logging.disable(logging.CRITICAL)


def refuse_clipboard() -> None:
    """Let no part of Kivy ever load a clipboard: the name is taken, by nothing."""
    blocked: dict[str, Any] = sys.modules
    blocked.update(dict.fromkeys(("kivy.core.clipboard", "kivy.uix.textinput", "kivy.uix.vkeyboard")))
    blocked.update(
        dict.fromkeys(
            f"kivy.modules.{name}"
            for name in (
                "_webdebugger",
                "console",
                "inspector",
                "joycursor",
                "keybinding",
                "monitor",
                "recorder",
                "webdebugger",
            )
        )
    )


def refuse_keys(window: Any) -> None:
    """Swallow every key, chord and dropped file: the glass is touched, nothing else."""
    for event in (
        "on_key_down",
        "on_key_up",
        "on_keyboard",
        "on_textinput",
        "on_textedit",
        "on_request_close",
    ):
        window.bind(**{event: _swallow})
    for event in ("on_drop_begin", "on_drop_file", "on_drop_text", "on_drop_end"):
        window.bind(**{event: _swallow})


def _swallow(*_event: object, **_more: object) -> bool:
    return True
