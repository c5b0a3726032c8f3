"""Saves, hands over and tidies until the power goes, and tells each thing only once it is done.

Run as a process of its own by `test_power_cuts`; the pipe is the visitor who was told a reference.
"""

from multiprocessing.connection import Connection
from pathlib import Path

from kiosk.ports import Accepted
from kiosk.store import database
from tests.store.making import NOON, draft, open_in, ticket

SETTINGS = {"as it is": "", "not synced": "NORMAL"}
TIDY_EVERY = 8


def live(folder: str, turn: int, told: Connection, durability: str) -> None:
    """Keep cases for ever; `durability` chooses a mutant that does not wait for the disk."""
    if SETTINGS[durability]:
        database._SETTINGS = tuple(
            ("synchronous", "NORMAL", 1) if setting[0] == "synchronous" else setting
            for setting in database._SETTINGS
        )
    store = open_in(Path(folder))
    number = 0
    while True:
        number += 1
        saved = store.save(draft(f"{turn}-{number}", text="x" * 1500), ticket, NOON)
        told.send(("kept", str(saved.case_id), saved.reference))
        if number % 3 == 0:
            store.outbox.settle([Accepted(str(saved.case_id), "central")], NOON)
            told.send(("accepted", str(saved.case_id), saved.reference))
        if number % TIDY_EVERY == 0:
            store.outbox.tidy()
