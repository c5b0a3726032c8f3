"""A terminal whose network is taken away and given back; run it in a network namespace of its own.

Argument: an empty folder. Tells what happened, a line each.
"""

import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kiosk.clocks import SystemClock
from kiosk.core.sync import CaseAccepted, CentralDown, SyncFact
from kiosk.sync import Courier, LinkWatch, Shelves
from tests.store.making import NOON
from tests.sync.test_courier import QUIET, on_round

LONG_PAUSE = replace(QUIET, base_s=600.0, poke_s=600.0, link_spread_s=0.2)
"""After one failure nothing is tried for five minutes, unless the link wakes the courier."""
NOT_YET_S = 1.5
SOON_S = 10.0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)  # noqa: S607 - a test's own words


def main() -> None:
    """Lose the network, get it back, and say when the case went."""
    down, accepted = threading.Event(), threading.Event()

    def told(fact: SyncFact) -> None:
        if isinstance(fact, CentralDown):
            down.set()
        if isinstance(fact, CaseAccepted):
            accepted.set()

    ip("link", "set", "lo", "up")
    with on_round(Path(sys.argv[1]), deadline_s=5.0) as walk:
        shelves = Shelves(walk.store.outbox, walk.store.orders, walk.store, walk.keys)
        courier = Courier(
            walk.client, shelves, told, clock=SystemClock(), chance=lambda: 0.99, today=NOON.date,
            facts=dict, pace=LONG_PAUSE,
        )  # fmt: skip
        with closing(courier), closing(LinkWatch(courier.link_returned)):
            ip("link", "set", "lo", "down")
            walk.save("c1")
            courier.start()
            say("down" if down.wait(SOON_S) else "central answered without a network")
            ip("link", "set", "lo", "up")
            say("tried too soon" if accepted.wait(NOT_YET_S) else "waits")
            ip("link", "add", "name", "lan0", "type", "veth", "peer", "name", "switch0")
            ip("link", "set", "switch0", "up")
            say("tried without a link" if accepted.wait(NOT_YET_S) else "waits")
            ip("link", "set", "lan0", "up")
            say("carried" if accepted.wait(SOON_S) else "not carried")


if __name__ == "__main__":
    main()
