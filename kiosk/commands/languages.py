"""``kiosk languages``: how much of the terminal and of the facility each language has."""

import argparse
import json

from devices.catalogue import profile_names, reader_kinds
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.settings import load_facility
from kiosk.settings.coverage import as_json, as_lines, is_wanting


def add(commands: Commands) -> None:
    """Add the command."""
    what = "show how much each language has: read by a reader of it, not read yet, missing"
    parser = parser_for(commands, "languages", what, "kiosk languages --config /etc/kiosk")
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="for tools")
    parser.set_defaults(carry_out=_languages)


def _languages(chosen: argparse.Namespace) -> int:
    loaded = load_facility(chosen.config, profiles=profile_names(), reader_kinds=reader_kinds())
    if chosen.json:
        print(json.dumps(as_json(loaded), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_lines(loaded)))
    return 1 if is_wanting(loaded) else 0
