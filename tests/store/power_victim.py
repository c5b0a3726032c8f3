"""Saves, hands over and tidies until the power goes, and tells each thing only once it is done.

Run as a process of its own by `test_power_cuts`; the pipe is the visitor who was told a reference.
"""

from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import apsw

from kiosk.core.case import Attachment
from kiosk.ports import Accepted
from kiosk.store import attachments, database
from tests.store.making import NOON, draft, open_in, ticket

SETTINGS = {"as it is": "", "not synced": "NORMAL", "attached later": ""}
TIDY_EVERY = 8
PHOTO = bytes(20_000)


def live(folder: str, turn: int, told: Connection, durability: str) -> None:
    """Keep cases for ever; `durability` chooses a mutant, or none."""
    if SETTINGS[durability]:
        database._SETTINGS = tuple(
            ("synchronous", "NORMAL", 1) if setting[0] == "synchronous" else setting
            for setting in database._SETTINGS
        )
    later: list[Callable[[apsw.Connection], None]] = []
    earlier: list[Callable[[apsw.Connection], None]] = []
    if durability == "attached later":
        add = attachments.add
        vars(attachments)["add"] = lambda _, *what: later.append(lambda c: add(c, *what))
    store = open_in(Path(folder))
    number = 0
    while True:
        number += 1
        made = draft(f"{turn}-{number}", text="x" * 1500)
        if number % 2:
            made = replace(made, attachments=(Attachment("image/jpeg", PHOTO),))
        saved = store.save(made, ticket, NOON)
        for late in earlier:
            store._ground.database.write(late)
        earlier, later[:] = later[:], []
        told.send(("kept", str(saved.case_id), saved.reference))
        if number % 3 == 0:
            store.outbox.settle([Accepted(str(saved.case_id), "central")], NOON)
            told.send(("accepted", str(saved.case_id), saved.reference))
        if number % TIDY_EVERY == 0:
            store.outbox.tidy()
