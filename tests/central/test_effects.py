"""What is to be told to other systems is told at least once, by one at a time, and never dropped."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.effects import LONGEST, MOST_ATTEMPTS, Carried, End, Later, Never, verdict
from kiosk.central.tables import effects, journal
from kiosk.central.tables.effects import Effect, State
from kiosk.central.worker import Worker
from tests.central.room import field_of

if TYPE_CHECKING:
    from tests.central.room import Central


@dataclass
class Told:
    """A carrier that answers as it is told to and remembers what it was asked."""

    answers: list[End | Exception] = field(default_factory=list)
    asked: list[Effect] = field(default_factory=list)

    async def carry(self, effect: Effect) -> End:
        self.asked.append(effect)
        answer = self.answers.pop(0) if self.answers else Carried()
        if isinstance(answer, Exception):
            raise answer
        return answer


def put(central: Central, effect_id: str = "e1", kind: str = "test") -> None:
    new = Effect(effect_id, kind, "case:c1", "{}", 0, central.clock.now)
    central.ground.database.write_now(lambda c: effects.put(c, new))


def step(central: Central, carrier: Told) -> int:
    portal = central.browser.portal
    assert portal is not None
    return portal.call(Worker(central.ground, {"test": carrier}).step)


def counts(central: Central) -> dict[str, int]:
    return central.ground.database.write_now(effects.counts)


def test_an_effect_is_carried_once(central: Central) -> None:
    put(central)
    carrier = Told()
    assert [step(central, carrier), step(central, carrier)] == [1, 0]
    assert counts(central) == {State.DONE: 1}


def test_an_effect_nobody_carries_waits(central: Central) -> None:
    put(central, kind="nobody")
    assert step(central, Told()) == 0
    assert counts(central) == {State.WAITING: 1}


def test_work_that_is_undone_leaves_no_effect(central: Central) -> None:
    def fail(connection: Any) -> None:
        effects.put(connection, Effect("e1", "test", "case:c1", "{}", 0, central.clock.now))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        central.ground.database.write_now(fail)
    assert counts(central) == {}


def test_a_later_is_tried_again_in_time_and_the_reason_is_kept(central: Central) -> None:
    put(central)
    carrier = Told([Later("The back office is shut.", 60)])
    step(central, carrier)
    central.clock.pass_by(seconds=59)
    assert step(central, carrier) == 0
    central.clock.pass_by(seconds=10)
    assert step(central, carrier) == 1
    assert [each.uncertain for each in carrier.asked] == [False, False]
    assert counts(central) == {State.DONE: 1}


def test_a_carrier_that_fails_tells_the_kind_of_fault_and_none_of_its_text(central: Central) -> None:
    put(central)
    step(central, Told([ValueError("Olivia Hartley")]))
    (late,) = central.ground.database.write_now(
        lambda c: effects.late(c, central.clock.now + timedelta(1), 9)
    )
    assert late.reason == "It could not be handed on (ValueError)."


def test_an_effect_whose_end_nobody_wrote_down_is_uncertain_when_its_turn_comes_again(
    central: Central,
) -> None:
    put(central)
    now = central.clock.now
    until = now + timedelta(minutes=2)
    central.ground.database.write_now(lambda c: effects.begin(c, ("test",), now=now, until=until, most=5))
    carrier = Told()
    assert step(central, carrier) == 0
    central.clock.pass_by(minutes=2, seconds=1)
    assert step(central, carrier) == 1
    assert (carrier.asked[0].uncertain, carrier.asked[0].attempts) == (True, 2)


def test_two_processes_never_carry_the_same_effect(central: Central) -> None:
    for number in range(40):
        put(central, f"e{number}")
    carrier = Told()

    async def both() -> None:
        workers = [Worker(central.ground, {"test": carrier}) for _ in range(4)]
        for _ in range(3):
            await asyncio.gather(*(worker.step() for worker in workers))

    portal = central.browser.portal
    assert portal is not None
    portal.call(both)
    assert len(carrier.asked) == 40
    assert len({each.effect_id for each in carrier.asked}) == 40


def test_what_could_not_be_handed_on_is_shown_and_can_be_retried_or_closed(central: Central) -> None:
    for name in ("e1", "e2"):
        put(central, name)
    step(central, Told([Never("There is no such street."), Never("There is no such street.")]))
    central.sign_in(central.add_staff())
    page = central.browser.get("/desk/handing-on")
    assert page.text.count("There is no such street.") == 2
    form = {"csrf": field_of(page, "csrf")}
    for name, act in (("e1", "retry"), ("e2", "close")):
        assert central.browser.post(f"/desk/handing-on/{name}/{act}", data=form).status_code == 200
    assert central.browser.post("/desk/handing-on/e2/retry", data=form).status_code == 409
    assert step(central, Told()) == 1
    assert counts(central) == {State.DONE: 1, State.CLOSED: 1}
    acts = [entry.what for entry in central.ground.database.write_now(lambda c: journal.acts(c, 9))]
    assert acts[:2] == ["effect-closed", "effect-retried"]


@given(attempts=st.integers(1, 100), chance=st.floats(0, 1, exclude_max=True))
def test_the_wait_grows_to_an_hour_and_then_staff_are_asked(attempts: int, chance: float) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    effect = Effect("e", "test", "", "{}", attempts, datetime(2026, 11, 24, tzinfo=UTC))
    decided = verdict(effect, Later("Shut."), chance)
    assert decided.state == (State.DEAD if attempts >= MOST_ATTEMPTS else State.WAITING)
    assert timedelta(0) <= decided.wait <= min(LONGEST, timedelta(seconds=5 * 2 ** min(attempts, 16)))
