"""The store is what the ports promise; the type checker reads these assignments."""

from kiosk.ports import (
    AppointmentBook,
    CaseStore,
    Journal,
    OrderBook,
    Outbox,
    PaperMemory,
    StaffDirectory,
    UnitMemory,
)
from kiosk.store import Store


def test_the_store_has_every_side_that_the_ports_name(store: Store) -> None:
    cases: CaseStore = store
    journal: Journal = store
    appointments: AppointmentBook = store
    outbox: Outbox = store.outbox
    orders: OrderBook = store.orders
    staff: StaffDirectory = store.staff
    paper: PaperMemory = store.printers
    units: UnitMemory = store.printers
    assert all((cases, journal, appointments, outbox, orders, staff, paper, units))
