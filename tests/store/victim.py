"""A program that saves cases for ever and tells each only when it is kept; to be killed at any moment.

Arguments: folder, turn, how many cases; with a fourth it is broken and tells each case before the
transaction is at its end.
"""

import sys
from pathlib import Path

from kiosk.core.ticket import Ticket
from tests.store.making import NOON, draft, open_in, ticket


def tell(case_id: str, reference: str) -> None:
    """Say that a case is kept."""
    sys.stdout.write(f"{case_id} {reference}\n")
    sys.stdout.flush()


def main() -> None:
    """Save, then say which, until the end."""
    store = open_in(Path(sys.argv[1]))
    turn, cases, is_hasty = sys.argv[2], int(sys.argv[3]), len(sys.argv) > 4
    for number in range(cases):
        case_id = f"{turn}-{number}"

        def make(reference: str, place: str, name: str = case_id) -> Ticket:
            if is_hasty:
                tell(name, reference)
            return ticket(reference, place)

        saved = store.save(draft(case_id, text="x" * 1500), make, NOON)
        if not is_hasty:
            tell(saved.case_id, saved.reference)


if __name__ == "__main__":
    main()
