"""What printers have taught outlives a restart."""

from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from kiosk.core.hardware import Fence, PaperUse, PrinterUnit
from kiosk.errors import StoreError
from kiosk.store import Store
from tests.store.making import open_in

UNIT = PrinterUnit("TM-T20III", "X5NF012345")


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.builds(PaperUse))
def test_the_paper_of_each_printer_is_read_back_as_it_was_kept(store: Store, use: PaperUse) -> None:
    counts = (use.used, use.tickets, use.ticket_length, use.near_end_at, use.whole_roll, use.after_near_end)
    if min(counts) < 0 or max(counts) >= 1 << 63:
        with pytest.raises((StoreError, OverflowError)):
            store.printers.keep("printer", use)
        return
    store.printers.keep("printer", use)
    assert store.printers.recall("printer") == use
    assert store.printers.recall("another") is None


def test_a_unit_is_known_by_model_and_serial_number_until_it_is_forgotten(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.printers.keep_fence(UNIT, Fence.COMPLETION)
    store.close()
    store = open_in(tmp_path)
    assert store.printers.fence_of(UNIT) is Fence.COMPLETION
    assert store.printers.fence_of(PrinterUnit("TM-T20III", "another")) is None
    store.printers.keep_fence(UNIT, Fence.STATUS)
    assert store.printers.fence_of(UNIT) is Fence.STATUS
    store.printers.forget(UNIT)
    assert store.printers.fence_of(UNIT) is None
    store.close()


def test_that_a_unit_confirms_nothing_is_not_remembered(store: Store) -> None:
    with pytest.raises((StoreError, apsw.ConstraintError)):
        store.printers.keep_fence(UNIT, Fence.NONE)
