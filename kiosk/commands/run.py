"""``kiosk run``: the terminal service."""

import argparse
import signal
import sys

from kiosk.app import Surroundings, Terminal, usable
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, add_folder, parser_for
from kiosk.keys import private_folder
from kiosk.logs import JsonLog
from kiosk.settings import Loaded

START_SPREAD_S = 30.0


def add(commands: Commands) -> None:
    """Add the command."""
    parser = parser_for(
        commands,
        "run",
        "run the terminal: glass, devices, store and courier",
        "kiosk run --config /etc/kiosk",
    )
    add_config(parser)
    add_folder(parser)
    parser.set_defaults(carry_out=_run)


def _run(chosen: argparse.Namespace) -> int:
    clock = SystemClock()
    log = JsonLog(sys.stdout, clock.now)
    surroundings = Surroundings(
        private_folder(chosen.data), log, clock, config=chosen.config, start_spread_s=START_SPREAD_S
    )
    loaded = usable(chosen.config)
    while _once(loaded, surroundings):
        pass
    return 0


def _once(loaded: Loaded, surroundings: Surroundings) -> bool:
    """Run one terminal to its end; True when the next one has a damaged database to set aside."""
    with Terminal(loaded, surroundings) as terminal:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: terminal.stop())
        terminal.run()
        return terminal.begins_anew
