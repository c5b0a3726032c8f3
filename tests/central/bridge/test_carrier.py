"""Cases go to a back office over HTTP, and back comes how far they are; its faults make no second request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central.bridge.carrier import OfficeCarrier, kind_of
from kiosk.central.bridge.updates import UpdateReader
from kiosk.central.effects import Carried, End, Later, Never
from kiosk.central.settings_outward import Office
from kiosk.central.tables import handovers, statuses
from kiosk.central.tables.effects import Effect
from tests.central.bridge.back_office import KEY, BackOffice, open_office
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.central.room import Central

CASE = "0193a1f4-7c55-7b60-9f0e-2f1f6f6f2a11"
ANSWERS = {"where": "By the bridge", "which": ["a", "b"], "phone": "01632 960001"}


class Stand:
    """One case, one office, and a clock that moves as far as it is told to wait."""

    def __init__(self, central: Central, carrier: OfficeCarrier, office: BackOffice) -> None:
        self.central, self.carrier, self.office = central, carrier, office
        self.attempts = 0

    def carry(self) -> End:
        self.attempts += 1
        payload = json.dumps({"case_id": CASE})
        now = self.central.clock.now
        effect = Effect("e1", kind_of("streets"), f"case:{CASE}", payload, self.attempts, now)
        assert self.central.browser.portal is not None
        return self.central.browser.portal.call(self.carrier.carry, effect)

    def carry_on(self, most: int = 12) -> End:
        """Carry until it ends, waiting as long as it says."""
        for _ in range(most):
            end = self.carry()
            if not isinstance(end, Later):
                return end
            self.central.clock.pass_by(seconds=(end.after_s or 0) + 1)
        return end

    def staff_try_again(self) -> End:
        self.attempts = 0
        return self.carry_on()

    def history(self) -> list[tuple[str, str]]:
        case = self.central.ask("GET", f"/cases/{CASE}").json()
        return [(each["what"], each["detail"]) for each in case["history"]]


@pytest.fixture
def office() -> BackOffice:
    return BackOffice()


@pytest.fixture
def make_stand(central: Central, office: BackOffice, tmp_path: Path) -> Iterator[Any]:
    key = tmp_path / "office.key"
    key.write_text(f"{KEY}\n", "utf-8")
    central.pair()
    central.deliver(case_item(case_id=CASE, service="report-pothole", answers=ANSWERS))
    with open_office(office) as url:

        def made(profile: str = "open311-adapter") -> Stand:
            settings = Office(
                endpoint=url, profile=profile, api_key_file=key, services={"report-pothole": "POT"}
            )
            return Stand(
                central, OfficeCarrier(central.ground, "streets", settings, allow_private=True), office
            )

        yield made


def test_a_case_is_handed_over_with_its_words_and_our_reference(make_stand: Any) -> None:
    stand = make_stand()
    assert stand.carry_on() == Carried()
    (request,) = stand.office.requests
    assert request["service_code"] == "POT"
    assert request["description"].endswith("[K7-3042-X]")
    assert request["attribute[which][]"] == "a, b"
    assert request["attribute[fixmystreet_id]"] == CASE
    assert request["phone"] == "01632 960001"
    assert ("handed-on", "streets B1") in stand.history()


def test_a_strict_office_is_sent_nothing_that_it_does_not_know(make_stand: Any) -> None:
    stand = make_stand("strict")
    assert stand.carry_on() == Carried()
    known = {"service_request_id", "api_key", "service_code", "description"}
    assert set(stand.office.requests[0]) == known


FAULTS = [
    ["lost"],
    ["cut"],
    ["500 kept"],
    ["portal"],
    ["down", "down"],
    ["down", "lost"],
    ["cut", "lost"],
    ["token"],
    ["lost", "lost", "lost"],
]


@pytest.mark.parametrize("faults", FAULTS, ids="-".join)
def test_each_fault_ends_with_one_request(make_stand: Any, faults: list[str]) -> None:
    stand = make_stand()
    stand.office.faults = list(faults)
    assert stand.carry_on() == Carried()
    assert len(stand.office.requests) == 1


def test_a_look_up_that_fails_is_tried_again_before_anything_is_sent(make_stand: Any) -> None:
    stand = make_stand()
    stand.office.faults, stand.office.blind = ["lost"], 3
    assert stand.carry_on() == Carried()
    assert stand.office.calls.count("POST requests") == 1
    assert stand.office.calls.count("GET requests") == 4


def test_without_a_look_up_staff_are_asked_and_may_send_it_again(make_stand: Any) -> None:
    stand = make_stand("standard")
    stand.office.faults = ["cut"]
    end = stand.carry_on()
    assert isinstance(end, Never)
    assert "Nobody can say whether streets has K7-3042-X" in end.reason
    assert stand.office.requests == []
    assert ("handing-on-uncertain", "streets") in stand.history()
    assert stand.carry() == end, "nothing is sent until staff say so"
    assert stand.staff_try_again() == Carried()
    assert len(stand.office.requests) == 1


def test_a_token_is_asked_for_until_it_has_an_identifier(make_stand: Any) -> None:
    stand = make_stand()
    stand.office.faults, stand.office.tokens_ready = ["token"], False
    assert isinstance(stand.carry_on(7), Later)
    stand.office.tokens_ready = True
    assert stand.carry_on() == Carried()
    assert len(stand.office.requests) == 1


def test_a_wrong_key_goes_to_a_person_and_sends_nothing_twice(make_stand: Any, tmp_path: Path) -> None:
    stand = make_stand()
    (tmp_path / "office.key").write_text("wrong", "utf-8")
    end = stand.carry_on()
    assert isinstance(end, Never)
    assert "403" in end.reason
    (tmp_path / "office.key").write_text(KEY, "utf-8")
    assert stand.staff_try_again() == Carried()


def test_a_missing_key_is_told_with_its_code_and_reaches_nobody(make_stand: Any, tmp_path: Path) -> None:
    stand = make_stand()
    (tmp_path / "office.key").unlink()
    end = stand.carry()
    assert isinstance(end, Later)
    assert "CENTRAL-053" in end.reason
    assert stand.office.calls == []


def test_an_office_that_fails_five_times_is_left_alone(make_stand: Any) -> None:
    stand = make_stand()
    stand.office.faults = ["cut"]
    stand.office.blind = 9
    stand.carry_on(5)
    asked = len(stand.office.calls)
    end = stand.carry()
    assert isinstance(end, Later)
    assert "nothing is sent until it does" in end.reason
    assert len(stand.office.calls) == asked


def test_what_the_office_says_comes_back_onto_the_case_once(make_stand: Any, central: Central) -> None:
    stand = make_stand()
    stand.carry_on()
    stand.office.updates = [
        {
            "update_id": "u1",
            "service_request_id": "B1",
            "status": "INVESTIGATING",
            "description": "An inspector is coming.",
            "updated_datetime": "2026-11-24T10:00:00Z",
        },
        {
            "update_id": "u2",
            "service_request_id": "B1",
            "status": "fixed",
            "description": "Filled.",
            "updated_datetime": "2026-11-24T11:00:00Z",
        },
        {"update_id": "u3", "service_request_id": "B1", "status": "gone", "updated_datetime": "yesterday"},
    ]
    reader = UpdateReader(central.ground, "streets", stand.carrier.office, allow_private=True)
    assert central.browser.portal is not None
    assert central.browser.portal.call(reader.step) == 2
    central.clock.pass_by(minutes=6)
    assert central.browser.portal.call(reader.step) == 0
    last = central.ground.database.write_now(lambda c: statuses.one(c, CASE))
    assert last is not None
    assert (last.status, last.notes) == ("fixed", "Filled.")
    told = [detail for what, detail in stand.history() if what == "status"]
    assert told == ["investigating An inspector is coming.", "fixed Filled."]


def test_a_handover_is_known_by_the_offices_identifier(make_stand: Any, central: Central) -> None:
    make_stand().carry_on()
    found = central.ground.database.write_now(lambda c: handovers.case_of(c, "streets", "B1"))
    assert found == CASE
