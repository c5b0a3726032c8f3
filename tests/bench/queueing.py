"""Puts rows into one of the queues that the store is measured against; strace counts what it syncs.

Usage: python -m tests.bench.queueing FOLDER QUEUE ROWS
"""

import sys
from pathlib import Path

from tests.bench.contest import ack_queue, huey_queue, unsealed

QUEUES = {"persist-queue": ack_queue, "huey": huey_queue}


def main(folder: str, queue: str, rows: str) -> None:
    contestant = QUEUES[queue](Path(folder), bytes(3358))
    for _ in range(int(rows)):
        contestant.keep(unsealed(0))


if __name__ == "__main__":
    main(*sys.argv[1:])
