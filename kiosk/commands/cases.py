"""``kiosk cases``: what this terminal keeps, and what central has of it."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kiosk.app import store_settings, usable
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, add_folder, parser_for
from kiosk.store import Store, look_into


def add(commands: Commands) -> None:
    """Add the command and its acts."""
    what = "list, show, send again or export the cases that this terminal keeps"
    parser = parser_for(commands, "cases", what, "kiosk cases list")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listing = parser_for(acts, "list", "list all cases, newest first, without answers", "kiosk cases list")
    listing.add_argument("--json", action="store_true", help="for tools")
    listing.set_defaults(carry_out=_list)
    show = parser_for(acts, "show", "show what became of one case", "kiosk cases show K7-0001-X")
    retry = parser_for(acts, "retry", "send a parked case again", "kiosk cases retry K7-0001-X")
    for act, carry_out in ((show, _show), (retry, _retry)):
        act.add_argument("name", metavar="REFERENCE", help="reference or id of the case")
        act.set_defaults(carry_out=carry_out)
    export = parser_for(
        acts,
        "export",
        "write what central does not have to a file, in clear, readable by you only",
        "kiosk cases export /media/usb/cases.jsonl",
    )
    export.add_argument("target", type=Path, metavar="FILE")
    export.set_defaults(carry_out=_export)
    for act in (listing, show, retry, export):
        add_config(act)
        add_folder(act)


def _store(chosen: argparse.Namespace) -> Store:
    return look_into(store_settings(usable(chosen.config), chosen.data), SystemClock().now())


def _list(chosen: argparse.Namespace) -> int:
    lines = _store(chosen).cases()
    if chosen.json:
        print(json.dumps([asdict(line) for line in lines], default=str, indent=2))
        return 0
    for line in lines:
        ticket = line.print_outcome or "no ticket"
        print(
            f"{line.reference:12} {line.created_at:%d %b %H:%M}  {line.delivery:9} {ticket:20} {line.service}"
        )
    print(f"{len(lines)} cases, {sum(line.delivery == 'parked' for line in lines)} parked")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    state, jobs, history = _store(chosen).case(chosen.name)
    print(f"{state.line.reference}  {state.line.service}  {state.line.delivery}")
    if state.line.problem:
        print(f"  {state.line.problem}")
        print(f"  Next: put right what it says, then 'kiosk cases retry {state.line.reference}'.")
    for job in jobs:
        print(f"  ticket {job.job_id}: {job.outcome or 'no outcome yet'}{_why(job.reason)}")
    for row in history:
        print(f"  {row.at}  {row.event} {row.detail}".rstrip())
    return 0


def _why(reason: str) -> str:
    return f" ({reason})" if reason not in ("", "none") else ""


def _retry(chosen: argparse.Namespace) -> int:
    count = _store(chosen).unpark(chosen.name, SystemClock().now())
    print("It will be sent again." if count else "It is not parked: there is nothing to send again.")
    return 0 if count else 1


def _export(chosen: argparse.Namespace) -> int:
    count = _store(chosen).export(chosen.target)
    print(f"{count} cases written to {chosen.target}. They are in clear: keep the file safe.")
    return 0
