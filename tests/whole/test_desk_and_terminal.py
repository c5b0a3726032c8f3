"""Staff at the desk print at a terminal, and see what really became of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from kiosk.rehearse.performance import Performance
from kiosk.rehearse.stand import RehearsalStand
from kiosk.rehearse.walk import Placed, SignIn, Walk

SOON_S = 20.0


def desk(stand: RehearsalStand, method: str, path: str, **body: object) -> dict[str, object]:
    central = stand.central_service
    answer = requests.request(
        method,
        f"{central.url}/v1/desk{path}",
        json=body or None,
        headers={"Authorization": f"Bearer {central.token}"},
        timeout=5,
    )
    answer.raise_for_status()
    found: dict[str, object] = answer.json()
    return found


def first_appointment(stand: RehearsalStand) -> str:
    day = stand.clock.now().date().isoformat()
    listed = desk(stand, "GET", f"/appointments?day={day}")["appointments"]
    assert isinstance(listed, list)
    return str(listed[0]["appointment_id"])


def soon(stand: RehearsalStand, holds: Callable[[], bool]) -> bool:
    return stand.becomes(holds, SOON_S)


def outcome(stand: RehearsalStand, order: str) -> str:
    return str(desk(stand, "GET", f"/print-orders/{order}")["outcome"])


@pytest.mark.timeout(90)
@pytest.mark.parametrize(("fault", "word"), [("ok", "printed"), ("cover-open", "not-printed")])
def test_the_desk_prints_an_appointment_ticket_and_sees_the_true_outcome(
    stand: RehearsalStand, fault: str, word: str
) -> None:
    stand.printer(fault)
    appointment = first_appointment(stand)
    made = desk(stand, "POST", "/print-orders", appointment_id=appointment, terminal="lobby-1")
    order = str(made["order_id"])
    assert soon(stand, lambda: outcome(stand, order) == word), outcome(stand, order)
    assert (word == "printed") == bool(list(stand.tickets.glob("*.png")))


@pytest.mark.timeout(90)
def test_staff_at_the_terminal_print_todays_tickets_with_the_network_down(
    stand: RehearsalStand, tmp_path: Path
) -> None:
    assert soon(stand, lambda: bool(stand.terminal.store.appointments(stand.clock.now().date())))
    stand.central("down")
    walk = Walk(path=tmp_path / "staff.yaml", steps=(Placed(1, SignIn("staff")),))
    performance = Performance(stand, walk, tmp_path)
    assert performance.perform(), performance.done[-1].failed
    performance.tap("Print")
    assert soon(stand, lambda: stand.job() == "printed"), stand.job()
    assert "Mair" not in "".join(path.read_text("utf-8") for path in stand.tickets.glob("*.txt"))
