"""python -m screens: the glass, as the service starts it.

Responsible for: the command line, and the order: lock down first, then Kivy.
Not responsible for: anything that needs Kivy (`screens.app`); a person has no reason to call this.
"""

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from functools import partial

from kiosk.core.frames import FrameError, from_line
from kiosk.core.glass_lines import Outfit, Panel, ToFinger, ToGlass
from screens import lockdown
from screens.display import display_size, fitted
from screens.link import Link
from screens.type_ahead import TypeAhead

UNUSABLE = 64


def main(arguments: Sequence[str]) -> None:
    """Lock down, connect, and be the glass until the service goes."""
    asked = _parse(arguments)
    lockdown.clean_environment(os.environ)
    lockdown.seal_process()
    link = Link(socket.socket(fileno=asked.socket), ToGlass, ended=_leave)
    link.start()
    typesetter = TypeAhead()
    panel = fitted(asked.panel, display_size()) if asked.in_window else asked.panel
    on_display = "DISPLAY" in os.environ and not asked.in_window
    lockdown.refuse_clipboard()
    lockdown.configure(panel.width_px, panel.height_px, fullscreen=on_display)

    from kivy.core.window import Window  # noqa: PLC0415 - only after lockdown

    if Window is None:
        sys.exit(
            "The glass found no display: set DISPLAY, or install the Mesa packages for drawing without one."
        )
    lockdown.quieten()
    lockdown.refuse_keys(Window)

    from screens.app import Opening, run  # noqa: PLC0415 - as above

    if asked.finger is None:
        run(
            link,
            Opening(panel, asked.outfit, asked.in_window, typesetter=typesetter, assistive=asked.assistive),
            None,
        )
    else:
        from screens.finger import PersonTime, put_finger  # noqa: PLC0415 - only a rehearsal needs it

        person = PersonTime()
        finger = Link(socket.socket(fileno=asked.finger), ToFinger, ended=_leave)
        opening = Opening(panel, asked.outfit, asked.in_window, person.now, typesetter, asked.assistive)
        run(link, opening, partial(put_finger, finger, person))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m screens", description="The glass; the service starts it."
    )
    parser.add_argument("--socket", type=int, required=True, help="descriptor of the socket to the service")
    parser.add_argument("--panel", type=_panel, required=True, help="the panel's size, as a line of JSON")
    parser.add_argument(
        "--outfit", type=_outfit, default=Outfit(), help="keypad and touch, as a line of JSON"
    )
    parser.add_argument("--finger", type=int, help="descriptor of the socket of a rehearsal's finger")
    parser.add_argument(
        "--assistive", action="store_true", help="tell programs that read screens over AT-SPI"
    )
    parser.add_argument("--in-window", action="store_true", help="on a desk, as large as fits")
    return parser.parse_args(arguments)


def _panel(text: str) -> Panel:
    try:
        panel: Panel = from_line(text.encode(), Panel)
    except FrameError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem
    return panel


def _outfit(text: str) -> Outfit:
    try:
        outfit: Outfit = from_line(text.encode(), Outfit)
    except FrameError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem
    return outfit


def _leave() -> None:
    # Called on the thread that reads: nothing is kept here, and the main thread may be busy drawing.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
