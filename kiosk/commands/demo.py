"""``kiosk demo``: see the terminal, with simulated devices and a central of its own."""

import argparse
import os
from pathlib import Path

from kiosk.app import usable
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.demo import perform_visits, show_terminal


def add(commands: Commands) -> None:
    """Add the command."""
    what = "see the terminal: on this screen, or as pictures of two visits where there is none"
    parser = parser_for(commands, "demo", what, "kiosk demo")
    add_config(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("out/demo"), metavar="DIR", help="pictures and tickets"
    )
    parser.add_argument(
        "--no-screen", action="store_true", help="pictures only, even where there is a screen"
    )
    parser.set_defaults(carry_out=_demo)


def _demo(chosen: argparse.Namespace) -> int:
    loaded = usable(chosen.config)
    if os.environ.get("DISPLAY") and not chosen.no_screen:
        return show_terminal(loaded, chosen.out)
    return perform_visits(loaded, chosen.config, chosen.out)
