"""Many threads at one store: each gets its own numbers, and a list never waits for a save."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.core.case import SavedCase
from kiosk.core.ticket import Ticket
from kiosk.errors import StoreFull
from kiosk.store import Store
from kiosk.store.database import Database
from kiosk.store.ground import Ground
from kiosk.store.room import Room
from tests.store.making import LONDON, NOON, draft, open_in, ticket


def test_cases_saved_at_the_same_time_have_different_numbers_without_a_gap(store: Store) -> None:
    def save(number: int) -> SavedCase:
        return store.save(draft(f"c{number % 80}"), ticket, NOON)

    with ThreadPoolExecutor(8) as threads:
        saved = set(threads.map(save, range(160)))
    assert len(saved) == 80
    assert {one.queue_number for one in saved} == {f"A{n:03d}" for n in range(1, 81)}
    assert len({one.reference for one in saved}) == 80


def test_lists_are_read_while_a_save_is_under_way(store: Store) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow_ticket(reference: str, number: str) -> Ticket:
        begun.set()
        assert may_end.wait(5)
        return ticket(reference, number)

    with ThreadPoolExecutor(1) as other:
        saving = other.submit(store.save, draft("c1"), slow_ticket, NOON)
        assert begun.wait(5)
        assert store.cases() == ()
        assert store.outbox.depth().waiting == 0
        may_end.set()
        assert saving.result(5).queue_number == "A001"
    assert len(store.cases()) == 1


def test_a_second_process_can_look_while_the_first_works(tmp_path: Path) -> None:
    service, command = open_in(tmp_path), open_in(tmp_path)
    service.save(draft("c1"), ticket, NOON)
    assert [line.case_id for line in command.cases()] == ["c1"]
    command.save(draft("c2"), ticket, NOON)
    assert service.save(draft("c3"), ticket, NOON).queue_number == "A003"
    command.close()
    service.close()


def test_what_was_promised_is_finished_with_the_ballasts_room(tmp_path: Path) -> None:
    """The disk is full: the write fails, the ballast goes, the same write is done again."""
    ballast = tmp_path / "ballast"
    room = Room(ballast, lambda: 1 << 30, floor_bytes=0, ballast_bytes=4096)
    room.take_ballast()
    database = Database(tmp_path / "x.sqlite3")
    ground = Ground(database, room, LONDON, lambda _: "id")
    attempts: list[bool] = []

    def needs_room(_connection: object) -> str:
        attempts.append(ballast.exists())
        if ballast.exists():
            raise StoreFull("STORE-002", "The disk is full.", "Free space.")
        return "done"

    assert ground.write(needs_room) == "done"
    assert attempts == [True, False]
    assert not room.admits_case()
    room.take_ballast()
    assert room.admits_case()
    database.close()
