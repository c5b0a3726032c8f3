"""``kiosk pair``: make this terminal known to central by a one-time code."""

import argparse

from kiosk.app import central_url, usable
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, add_folder, parser_for
from kiosk.council_keys import KeyShelf
from kiosk.keys import keep_enrolment, private_folder, terminal_key
from kiosk.sync import CentralAddress, council_keys, pair


def add(commands: Commands) -> None:
    """Add the command."""
    what = "make this terminal known to central with the code that the desk shows"
    parser = parser_for(commands, "pair", what, "kiosk pair 4F7K-Q2M9")
    parser.add_argument(
        "code", metavar="CODE", help="shown at central under Terminals; good for 15 minutes, once"
    )
    parser.add_argument("--central", default="", metavar="URL", help="instead of the address in kiosk.yaml")
    add_config(parser)
    add_folder(parser)
    parser.set_defaults(carry_out=_pair)


def _pair(chosen: argparse.Namespace) -> int:
    loaded = usable(chosen.config)
    folder = private_folder(chosen.data)
    url = chosen.central or central_url(loaded)
    key, ca_file = terminal_key(folder), loaded.terminal.ca_file
    enrolment = pair(url, chosen.code, key, SystemClock(), ca_file=ca_file)
    keep_enrolment(folder, enrolment)
    address = CentralAddress(url, enrolment, key, ca_file)
    KeyShelf(folder).keep(council_keys(address, SystemClock()))
    print(f"This terminal is paired as {enrolment.terminal}.")
    return 0
