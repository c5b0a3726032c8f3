"""A program that saves a case, is told that central has it and tidies, again and again; watched by strace.

Arguments: folder, how many rounds, and "tidies", or "tidies late" for one that is broken.
"""

import sys
from pathlib import Path

from kiosk.ports import Accepted
from kiosk.store.database import Database
from tests.store.making import NOON, draft, open_in, ticket


def tell(what: str) -> None:
    """Leave a mark in the trace."""
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def main() -> None:
    """Save, tidy, and save once more."""
    if sys.argv[3] == "tidies late":
        setattr(Database, "_begin_log", lambda _: None)  # noqa: B010
    store = open_in(Path(sys.argv[1]))
    for number in range(int(sys.argv[2])):
        case_id = f"c{number}"
        store.save(draft(case_id, text="x" * 1500), ticket, NOON)
        tell("kept")
        store.outbox.settle([Accepted(case_id, "central")], NOON)
        store.outbox.tidy()
        tell("tidied")
    store.save(draft("last"), ticket, NOON)
    tell("kept")


if __name__ == "__main__":
    main()
