"""Arguments that several commands share."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name
else:
    Commands = object

FOLDER = "~/.local/share/kiosk"


def parser_for(commands: Commands, name: str, what: str, example: str) -> argparse.ArgumentParser:
    """Add one command with its sentence and an example."""
    return commands.add_parser(
        name, help=what, description=f"{what[0].upper()}{what[1:]}.", epilog=f"Example: {example}"
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
