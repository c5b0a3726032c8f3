"""A program that opens a store as the service does, and so sets a damaged file aside; to be killed anywhere.

Arguments: folder; with a second it is broken and takes the mark away before anything was carried over.
"""

import sys
from pathlib import Path

from kiosk.store import open_store, opening
from kiosk.store.setting_aside import trust
from tests.store.making import NOON, settings


def main() -> None:
    """Open, and end."""
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        carry_over = vars(opening)["salvage"]

        def hasty(*what: object) -> object:
            trust(settings(folder).path)
            return carry_over(*what)

        vars(opening)["salvage"] = hasty
    open_store(settings(folder), NOON).store.close()


if __name__ == "__main__":
    main()
