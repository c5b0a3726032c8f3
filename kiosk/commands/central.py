"""``kiosk central``: the reference central service."""

import argparse
from importlib.util import find_spec

from kiosk.app import read_facility
from kiosk.commands.arguments import Commands
from kiosk.errors import UsageError


def add(commands: Commands) -> None:
    """Add the command; its arguments come from the central room, which is an extra of the installation."""
    parser = commands.add_parser("central", help="the reference central service, with the staff desk")
    if find_spec("fastapi") is None:
        parser.set_defaults(carry_out=_missing)
        return
    from kiosk.central import command  # noqa: PLC0415 - an extra, and slow to import

    command.add_arguments(parser)

    def carry_out(chosen: argparse.Namespace) -> int:
        if chosen.act == "publish":
            looked_at = not chosen.list and chosen.again is None
            chosen.problems = read_facility(chosen.config).problems if looked_at else ()
        return command.run(chosen)

    parser.set_defaults(carry_out=carry_out)


def _missing(_chosen: argparse.Namespace) -> int:
    raise UsageError(
        "KIOSK-004",
        "The central service is not installed.",
        "Install it: pip install 'council-kiosk[central]'.",
    )
