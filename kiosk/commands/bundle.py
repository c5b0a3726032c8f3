"""``kiosk bundle``: which published services and settings this terminal uses, and how fresh they are."""

import argparse

from kiosk.bundles import Bundles, Standing
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_folder, parser_for
from kiosk.keys import private_folder
from kiosk.telling import age_s

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 24 * 3600


def add(commands: Commands) -> None:
    """Add the command."""
    what = "show which published services and settings this terminal uses, and when central was last asked"
    parser = parser_for(commands, "bundle", what, "kiosk bundle")
    add_folder(parser)
    parser.set_defaults(carry_out=_bundle)


def _bundle(chosen: argparse.Namespace) -> int:
    now = Bundles(private_folder(chosen.data)).standing
    age = age_s(now.checked_at, SystemClock().now())
    print("\n".join(lines_of(now, age)))
    return 1 if now.refused or age >= DAY_S else 0


def lines_of(now: Standing, checked_s: float) -> list[str]:
    """Say how it stands; `checked_s` is how long ago central was asked."""
    in_use = f"Version {now.active} is in use." if now.active else "The folder of --config is in use."
    lines = [in_use, f"Last checked {_ago(checked_s)}." if now.checked_at else "Central was never asked."]
    if now.previous:
        lines.append(f"Version {now.previous} is kept to go back to.")
    if now.staged:
        lines.append(f"Version {now.staged} lies ready and is taken up between visits.")
    if now.refused:
        lines.append(f"Version {now.refused} was not taken up: {now.why}")
        lines.append("Next: put it right, then 'kiosk central publish' again.")
    return lines


def _ago(seconds: float) -> str:
    for size, word in ((DAY_S, "day"), (HOUR_S, "hour"), (MINUTE_S, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return "just now"
