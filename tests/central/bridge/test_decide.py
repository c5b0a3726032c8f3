"""Whatever an office does, a case is there once, or a person is asked: the rules alone, on a model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.bridge import decide, decode
from kiosk.central.bridge.decide import Act, Circuit, Handover, Stand
from kiosk.central.bridge.profile import Profile, profiles

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FINDS = profiles()["standard"].model_copy(update={"look_up": "description", "down_as_400": True})
BLIND = FINDS.model_copy(update={"look_up": "none"})


@dataclass
class ModelOffice:
    """Keeps requests; a lost one may appear only after a while, within the profile's time."""

    profile: Profile
    seen_at: list[datetime] = field(default_factory=list)

    def sent(self, how: str, now: datetime) -> decode.Told:
        late = timedelta(seconds=self.profile.settle_s * 0.9) if how == "lost late" else timedelta(0)
        if how in {"fine", "token", "lost", "lost late"}:
            self.seen_at.append(now + late)
        match how:
            case "fine":
                return decode.Confirmed(f"B{len(self.seen_at)}")
            case "token":
                return decode.Taken(f"B{len(self.seen_at)}")
            case "not sent":
                return decode.NotSent("no route")
            case "down":
                return decode.Refused(400, "The CRM is down")
            case _:
                return decode.Lost("no answer")

    def looked_up(self, how: str, now: datetime) -> decode.Found:
        if how == "not sent":
            return decode.Lost("no route")
        return decode.Confirmed("B1") if any(at <= now for at in self.seen_at) else decode.NotThere()


HOW = st.sampled_from(["fine", "token", "not sent", "down", "lost", "lost late", "cut"])


def walk(profile: Profile, faults: list[str]) -> tuple[Handover, ModelOffice]:
    office, now, handover = ModelOffice(profile), START, Handover(next_at=START)
    for how in [*faults, *["fine"] * 8]:
        match decide.act(handover, profile):
            case Act.SEND:
                handover = decide.about_to_send(handover, profile, now)
                handover = decide.heard(handover, office.sent(how, now), profile, now, 0.5)
            case Act.ASK_TOKEN:
                handover = decide.token_asked(handover, decode.Confirmed(handover.token), profile, now)
            case Act.LOOK_UP:
                handover = decide.looked_up(handover, office.looked_up(how, now), profile, now, 0.5)
            case Act.LEAVE:
                break
        now = max(now, handover.next_at or now) + timedelta(seconds=1)
    return handover, office


@given(st.lists(HOW, max_size=8))
def test_an_office_that_can_be_asked_has_every_case_exactly_once(faults: list[str]) -> None:
    handover, office = walk(FINDS, faults)
    assert len(office.seen_at) <= 1
    if handover.stand is Stand.CONFIRMED:
        assert len(office.seen_at) == 1


@given(st.lists(HOW, max_size=8))
def test_an_office_that_cannot_be_asked_never_gets_a_case_twice(faults: list[str]) -> None:
    handover, office = walk(BLIND, faults)
    assert len(office.seen_at) <= 1
    if any(fault in faults for fault in ("lost", "cut")) and handover.stand is not Stand.CONFIRMED:
        assert handover.stand is Stand.UNCERTAIN


def test_a_bridge_that_sends_again_without_looking_is_found_out() -> None:
    """The mutant: take the memory away that it may be there."""
    handover = decide.about_to_send(Handover(), FINDS, START)
    forgetful = replace(handover, stand=Stand.WAITING, maybe_there=False)
    assert decide.act(forgetful, FINDS) is Act.SEND
    remembering = replace(handover, stand=Stand.WAITING)
    assert decide.act(remembering, FINDS) is Act.LOOK_UP


def test_a_day_of_down_ends_with_a_person() -> None:
    handover = decide.about_to_send(Handover(), FINDS, START)
    down = decode.Refused(400, "The CRM is down")
    soon = decide.heard(handover, down, FINDS, START + timedelta(hours=23), 1.0)
    late = decide.heard(handover, down, FINDS, START + timedelta(hours=25), 1.0)
    assert (soon.stand, late.stand) == (Stand.WAITING, Stand.STUCK)
    assert "The CRM is down" in late.problem


def test_a_400_of_an_office_that_means_it_goes_to_a_person_at_once() -> None:
    strict = profiles()["strict"]
    handover = decide.about_to_send(Handover(), strict, START)
    refused = decode.Refused(400, "unknown parameter")
    assert decide.heard(handover, refused, strict, START, 0.5).stand is Stand.STUCK


def test_a_crash_after_sending_leaves_it_uncertain_and_not_waiting() -> None:
    assert decide.about_to_send(Handover(), BLIND, START).stand is Stand.UNCERTAIN
    assert decide.about_to_send(Handover(), BLIND, START).next_at is None
    assert decide.about_to_send(Handover(), FINDS, START).next_at is not None


def test_five_failures_open_the_circuit_and_one_answer_closes_it() -> None:
    circuit = Circuit()
    for _ in range(5):
        assert circuit.lets_through(START)
        circuit = circuit.after(decode.Lost("no answer"), START)
    assert not circuit.lets_through(START)
    assert circuit.lets_through(START + timedelta(hours=1))
    assert circuit.after(decode.NotThere(), START) == Circuit()


@pytest.mark.parametrize("name", sorted(profiles()))
def test_every_profile_says_where_its_deviations_were_seen(name: str) -> None:
    assert profiles()[name].seen in {"documents", "run"}
    assert (profiles()[name].look_up == "parameter") is bool(profiles()[name].look_up_parameter)


@given(st.binary(max_size=300), st.integers(100, 599))
def test_any_answer_is_read_as_something(content: bytes, status: int) -> None:
    answer = decode.Answer(status, content)
    told = decode.told(answer)
    if isinstance(told, decode.Confirmed):
        assert status in {200, 201}
        assert told.request_id
    assert decode.updates(answer) == ()
    decode.with_mark(answer, "[K7-3042-X]")


@pytest.mark.parametrize(
    "content",
    [
        b"<service_requests><request><service_request_id>B1</service_request_id></request></service_requests>",
        b'[{"service_request_id": "B1"}]',
        b'{"service_requests": [{"service_request_id": "B1"}]}',
        b'[{"service_request_id": "B1", "metadata": "true"}]',
        b'[{"service_request_id": "B1", "token": ""}]',
    ],
)
def test_both_formats_wrapped_or_bare_are_understood(content: bytes) -> None:
    assert decode.told(decode.Answer(200, content)) == decode.Confirmed("B1")


def test_a_bomb_in_xml_is_no_answer() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">]><service_requests><request>&b;</request></service_requests>'
    assert isinstance(decode.told(decode.Answer(200, bomb)), decode.Lost)
