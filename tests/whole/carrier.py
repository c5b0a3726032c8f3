"""A terminal without a glass: it keeps cases and carries them to central, until it is killed or done.

Arguments: folder of a paired terminal, address of central, how many cases it shall have kept in all. Tells
each case on its output once it is on disk, and `done` when central has them all.
"""

import random
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.clocks import SystemClock
from kiosk.core.case import Attachment, CaseDraft, CaseId
from kiosk.core.sync import CaseAccepted, SyncFact
from kiosk.core.ticket import Line, Ticket
from kiosk.council_keys import KeyShelf
from kiosk.keys import kept_enrolment, terminal_key
from kiosk.store import StoreSettings, open_store
from kiosk.sync import CentralAddress, CentralClient, Courier, Pace, Shelves

HURRIED = Pace(
    base_s=0.02,
    cap_s=0.3,
    poke_s=0.02,
    orders_s=0.5,
    appointments_s=5.0,
    ahead_s=60.0,
    keys_s=5.0,
    heartbeat_s=1.0,
    tidy_s=0.5,
)
"""The courier's own ways, in a hurry: a test has no five minutes to wait."""
LOOK_S = 0.05
AT_ONCE = 20
PHOTO_EVERY = 50
PHOTO = bytes(600_000)
"""Three pieces on the way to central."""


def main() -> None:
    """Keep and carry until done."""
    folder, url, total = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    shelf, clock = KeyShelf(folder), SystemClock()
    settings = StoreSettings(folder / "terminal.sqlite", "lobby-1", "K7", ZoneInfo("UTC"), shelf.known)
    store = open_store(settings, datetime.now(UTC)).store  # noqa: TID251 - a program of its own
    enrolment = kept_enrolment(folder)
    assert enrolment is not None
    client = CentralClient(CentralAddress(url, enrolment, terminal_key(folder), deadline_s=3.0), clock)
    accepted = threading.Event()

    def told(fact: SyncFact) -> None:
        if isinstance(fact, CaseAccepted):
            accepted.set()

    courier = Courier(
        client,
        Shelves(store.outbox, store.orders, store, shelf),
        told,
        clock=clock,
        chance=random.Random().random,  # noqa: S311 - jitter is no secret
        today=lambda: clock.now().date(),
        facts=dict,
        pace=HURRIED,
    )
    courier.start()
    kept = len(store.cases())
    while kept < total:
        for number in range(kept, min(kept + AT_ONCE, total)):
            case_id = CaseId(f"case-{number:06d}")
            draft = CaseDraft(case_id, "report-missed-bin", 524, "en", {"bin": f"brown {number}"}, "A")
            if number % PHOTO_EVERY == 0:
                draft = replace(draft, attachments=(Attachment("image/jpeg", PHOTO),))
            saved = store.save(draft, lambda r, q: Ticket((Line(r), Line(q))), clock.now())
            sys.stdout.write(f"{saved.case_id} {saved.reference}\n")
        sys.stdout.flush()
        kept = len(store.cases())
        courier.poke()
    while store.outbox.depth().waiting:
        courier.poke()
        accepted.wait(LOOK_S)
        accepted.clear()
    sys.stdout.write("done\n")
    sys.stdout.flush()
    courier.close()
    store.close()


if __name__ == "__main__":
    main()
