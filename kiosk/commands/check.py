"""``kiosk check``: read the whole configuration and tell every problem at once."""

import argparse
import json

from kiosk.app import read_facility
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.settings import fill_translations
from kiosk.settings.report import as_json, as_lines


def add(commands: Commands) -> None:
    """Add the command."""
    what = "read the whole configuration and tell every problem, each with its place and what to do"
    parser = parser_for(commands, "check", what, "kiosk check --config /etc/kiosk")
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="for tools")
    parser.add_argument(
        "--fill",
        action="store_true",
        help="add an empty entry to translations/ for every text that lacks one",
    )
    parser.set_defaults(carry_out=_check)


def _check(chosen: argparse.Namespace) -> int:
    loaded = read_facility(chosen.config)
    added = fill_translations(chosen.config, loaded) if chosen.fill else {}
    if chosen.json:
        print(json.dumps(as_json(loaded), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_lines(loaded)))
        for path, count in added.items():
            print(f"{path}: {count} empty entries added. Write each translation between the quotation marks.")
    return 0 if loaded.is_usable else 1
