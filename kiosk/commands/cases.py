"""``kiosk cases``: what this terminal keeps, and what central has of it."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kiosk.app import identified, store_settings
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, add_folder, parser_for
from kiosk.core.reference import parse
from kiosk.ports import CaseLine
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
        "write what central does not have to a USB stick, sealed, to be taken in with 'kiosk central import'",
        "kiosk cases export --to /media/usb",
    )
    export.add_argument(
        "--to", type=Path, required=True, metavar="DIR", dest="target", help="such as /media/usb"
    )
    export.set_defaults(carry_out=_export)
    for act in (listing, show, retry, export):
        add_config(act)
        add_folder(act)


def _store(chosen: argparse.Namespace) -> Store:
    return look_into(store_settings(identified(chosen.config), chosen.data), SystemClock().now())


def _named(typed: str) -> str:
    """Return a reference as it is kept, however it was typed; an id stays as it is."""
    return parse(typed) or typed


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
    print(f"Cases: {len(lines)}, parked: {sum(line.delivery == 'parked' for line in lines)}")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    state, jobs, history = _store(chosen).case(_named(chosen.name))
    print(f"{state.line.reference}  {state.line.service}  {state.line.delivery}")
    print("  What the visitor said is sealed; only central can read it.")
    if state.line.problem:
        print(f"  {state.line.problem}")
        print(f"  Next: {_next(state.line)}")
    for job in jobs:
        print(f"  ticket {job.job_id}: {job.outcome or 'no outcome yet'}{_why(job.reason)}")
    for row in history:
        print(f"  {row.at}  {row.event} {row.detail}".rstrip())
    return 0


def _next(line: CaseLine) -> str:
    if line.delivery == "parked":
        return f"put right what it says, then 'kiosk cases retry {line.reference}'."
    return "nothing; it is sent by itself once central takes it."


def _why(reason: str) -> str:
    return f" ({reason})" if reason not in ("", "none") else ""


def _retry(chosen: argparse.Namespace) -> int:
    count = _store(chosen).unpark(_named(chosen.name), SystemClock().now())
    print("It will be sent again." if count else "It is not parked: there is nothing to send again.")
    return 0 if count else 1


def _export(chosen: argparse.Namespace) -> int:
    done = _store(chosen).export(chosen.target, SystemClock().now())
    print(f"{done.cases} cases written to {done.path}.")
    if done.left_out:
        print(f"{done.left_out} of an earlier version are not sealed and stay here until central has them.")
    print("What visitors said is sealed: only central can read it. Nothing was deleted here.")
    print("Take the file in at central: kiosk central import FILE")
    return 1 if done.left_out else 0
