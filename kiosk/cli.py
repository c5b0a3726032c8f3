"""The commands: words from the keyboard to the room that does the work.

Responsible for: arguments, exit codes, and one plain sentence for every error.
Not responsible for: any decision; each command is a few lines that call a room.

Exit codes: 0 done, 1 done and something is wrong (problems in configuration, a walk that failed),
2 the command was not understood or could not be carried out.
"""

import argparse
import ast
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from kiosk import __version__
from kiosk.commands.arguments import PlainParser, not_a_command
from kiosk.errors import KioskError
from kiosk.logs import place_of

COMMANDS = (
    "run",
    "check",
    "languages",
    "rehearse",
    "demo",
    "devices",
    "cases",
    "staff",
    "pair",
    "bundle",
    "services",
    "conformance",
    "central",
    "simulate",
)
"""In the order of the help; each is a module of `kiosk.commands` of that name."""
UNFORESEEN = "KIOSK-001"
NOT_DONE = 2


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; returns the exit code, and never lets a traceback out."""
    words = sys.argv[1:] if words is None else words
    try:
        chosen = _parser(_needed(words)).parse_args(words)
        carry_out: Callable[[argparse.Namespace], int] = chosen.carry_out
        return carry_out(chosen)
    except KioskError as problem:
        return _told(str(problem))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except KeyboardInterrupt:
        return _told("Stopped.")
    except Exception as problem:
        if os.environ.get("KIOSK_TRACEBACK"):
            raise
        return _told(
            f"{UNFORESEEN} This command met something it does not know ({place_of(problem)}). "
            "Report this line as a fault; KIOSK_TRACEBACK=1 shows more."
        )


def _told(text: str) -> int:
    print(text, file=sys.stderr)
    return NOT_DONE


def _needed(words: Sequence[str]) -> Sequence[str]:
    """Say which commands must be loaded for the words: what is not asked for costs no second."""
    match words:
        case ["--version" | "-h" | "--help", *_]:
            return ()
        case [name, *_] if name in COMMANDS:
            return (name,)
        case [name, *_]:
            raise not_a_command(name, COMMANDS)
        case _:
            raise not_a_command("", COMMANDS)


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = PlainParser(
        prog="kiosk",
        description="The council reception kiosk: run a terminal, configure it, rehearse it.",
        epilog="Example: kiosk check --config /etc/kiosk",
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        if name in names:
            import_module(f"kiosk.commands.{name}").add(commands)
        else:
            commands.add_parser(name, help=_sentence(name))
    return parser


def _sentence(name: str) -> str:
    """Read what a command does off the first line of its module, without loading it."""
    found = find_spec(f"kiosk.commands.{name}")
    origin = found.origin if found else None
    doc = ast.get_docstring(ast.parse(Path(origin).read_text("utf-8"))) if origin else None
    return doc.splitlines()[0].partition("``: ")[2].replace("``", "'").rstrip(".") if doc else ""
