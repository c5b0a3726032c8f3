"""Arguments that several commands share, and what is told when they cannot be understood."""

import argparse
import difflib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from kiosk.errors import UsageError

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name
else:
    Commands = object

FOLDER = "~/.local/share/kiosk"
_CHOICE = re.compile(r"invalid choice: '(?P<word>.*?)' \(choose from (?P<known>.*)\)")
_MISSING = re.compile(r"the following arguments are required: (?P<names>.+)")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<words>.+)")


class PlainParser(argparse.ArgumentParser):
    """A parser whose complaints are errors of the house: a code, a sentence and a next step."""

    def error(self, message: str) -> NoReturn:
        """Tell what was not understood.

        Raises:
            UsageError: always.
        """
        what, hint = _complaint(message, _options(self))
        raise not_understood(what, f"{hint}Look at '{self.prog} --help'.")


def not_understood(what: str, do: str) -> UsageError:
    """Say which words of a command were not understood, and what to do."""
    return UsageError("KIOSK-006", f"This was not understood: {what}.", do)


def not_a_command(word: str, commands: Sequence[str]) -> UsageError:
    """Say that there is no such command, and which may be meant."""
    do = f"{_meant(word, commands)}Look at 'kiosk --help'."
    return not_understood(f"'{word}' is not known here" if word else "a command is missing", do)


def _options(parser: argparse.ArgumentParser) -> list[str]:
    """List the options of a parser and of the commands below it."""
    options: list[str] = []
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list
        options += action.option_strings
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            options += [option for below in action.choices.values() for option in _options(below)]
    return options


def _complaint(message: str, options: list[str]) -> tuple[str, str]:
    if found := _CHOICE.search(message):
        known = re.findall(r"'(.*?)'", found["known"])
        return f"'{found['word']}' is not known here", _meant(found["word"], known)
    if found := _UNKNOWN.search(message):
        word = found["words"].split()[0]
        return f"'{found['words']}' is not known here", _meant(word, options)
    if found := _MISSING.search(message):
        return f"{found['names']} is missing", ""
    return message, ""


def _meant(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"Did you mean '{close[0]}'? " if close else ""


def parser_for(
    commands: Commands, name: str, what: str, example: str, *, add_help: bool = True
) -> argparse.ArgumentParser:
    """Add one command with its sentence and an example."""
    return commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"Example: {example}",
        add_help=add_help,
    )


def add_config(parser: argparse.ArgumentParser) -> None:
    """Give a command the folder of the configuration."""
    parser.add_argument(
        "--config", type=Path, default=Path("config"), metavar="DIR", help="folder with kiosk.yaml (config)"
    )


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Give a command the folder where this terminal keeps its data; KIOSK_DATA names another one."""
    folder = Path(os.environ.get("KIOSK_DATA", FOLDER)).expanduser()
    parser.add_argument(
        "--data", type=Path, default=folder, metavar="DIR", help=f"folder of this terminal's data ({FOLDER})"
    )
