"""``kiosk simulate``: simulated devices for rehearsal and training, each a process of its own."""

import argparse
from importlib import import_module

from kiosk.commands.arguments import Commands, parser_for


def add(commands: Commands) -> None:
    """Add the command; what follows it is the simulator's own."""
    what = "start a simulated printer, card reader, or the panel that drives them"
    example = "kiosk simulate printer --page 8090"
    parser = parser_for(commands, "simulate", what, example, add_help=False)
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="WORDS")
    parser.set_defaults(carry_out=_simulate)


def _simulate(chosen: argparse.Namespace) -> int:
    # Looked up by name: no room imports the simulators, so that they can share no code with the drivers.
    simulators = import_module("devices.simulators.__main__")
    code: int = simulators.main(["--help"] if chosen.help else chosen.words)
    return code
