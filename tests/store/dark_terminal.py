"""A terminal without a glass: a real conductor, real errands and a real store."""

import itertools
from collections.abc import Callable
from datetime import UTC

from kiosk.clocks import MovedClock
from kiosk.conductor import Conductor, Crew, House
from kiosk.core import events as e
from kiosk.core.case import CaseId
from kiosk.core.facility import Facility
from kiosk.core.sealing import SealedDraft
from kiosk.core.views import View
from kiosk.errands import Desk, Errands
from kiosk.store import Store
from tests.core.facility_for_tests import MONDAY, facility


class DarkGlass:
    """A glass that nobody looks at."""

    def __init__(self, shown: Callable[[View], None]) -> None:
        self.show = shown

    def replace(self) -> None: ...
    def close(self) -> None: ...


class Terminal:
    """A conductor with its errands and a store; each touch is decided at once."""

    def __init__(
        self, store: Store, *, here: Facility | None = None, shown: Callable[[View], None] = lambda _: None
    ) -> None:
        self.store = store
        place, ids = here or facility(), itertools.count(1)
        clock = MovedClock(MONDAY.replace(tzinfo=UTC))
        house = House(place, clock, UTC, lambda: CaseId(f"visit-{next(ids)}"), lambda *_, **__: None)
        self.conductor = Conductor(house)
        self.errands = Errands(
            Desk(place, store, store.orders, store.staff, clock, UTC),
            post=self.conductor.post,
            submit=self.conductor.submit,
            saved=lambda: None,
            log=lambda *_, **__: None,
        )
        self.conductor.employ(Crew(DarkGlass(shown), None, (), self.errands))

    def touch(self, *touches: e.Event) -> None:
        """Decide touches at once, on the thread that calls."""
        for each in touches:
            self.conductor.happen(each)

    def ready(self) -> SealedDraft | None:
        """Return what lies sealed once all errands so far are done: one worker runs them in order."""
        self.errands._worker.submit(lambda: None).result()
        return self.errands._ready
