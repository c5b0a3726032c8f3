"""What holds for every visit: nothing raises, everything can be shown and sent, and each journey ends."""

from typing import Any, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core import events as e
from kiosk.core import transitions
from kiosk.core.access import Setting, values
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.frames import from_line, to_line
from kiosk.core.hardware import CardPresented, CardUnreadable, Held, Printed, Reason
from kiosk.core.scans import PageNotScanned, PageScanned, ScanFault, ScannedPage
from kiosk.core.seen import seen
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.transitions import advance, begin
from kiosk.core.views import Fields, Options, View
from kiosk.core.visit import Stage, Visit
from tests.core.facility_for_tests import BOOKED, scene, visit

FACILITY = scene().facility
STEPS = sorted({step.step for service in FACILITY.services.values() for step in service.journey})
ANY_TEXT = st.text(max_size=40) | st.sampled_from(["", "4111 1111 1111 1111", "\ud800", "[b]", "x" * 10_001])
PAGE = ScannedPage(b"a letter", "YQ==", 99, 140)
SAVED = SavedCase(CaseId("case-1"), "K-1", "B001", "job-1")


def something() -> st.SearchStrategy[e.Event]:
    step = st.sampled_from(STEPS)
    fields = st.sampled_from(["text", "day", "month", "year", "postcode", "line_1", "town", "nonsense"])
    fixed = [
        e.WentBack(), e.Sent(), e.HelpAsked(), e.HelpClosed(), e.LanguagesAsked(), e.Left(), e.Touched(),
        e.MoreTimeAsked(), e.Ticked(), e.CaseSaved(SAVED), e.CaseNotSaved("S"), e.FacilityClosed(),
        e.FacilityOpened(), e.OutOfOrder("X"), e.Repaired(), e.Failed("F"), e.PinDeleted(), e.PinEntered(),
        e.StaffSignedIn("Sam"), e.StaffRefused(2, 0), e.StaffJobsListed(()), e.TicketDone("job-1", Printed()),
        e.TicketDone("job-1", Held(Reason.JAM)), e.StaffPrintDone("job-1", Printed()), e.DeviceChanged(None),
        e.PaperForeseen(40), e.PaperForeseen(None),
        e.CardRead(CardPresented("r", "badge", "t")), e.CardRead(CardUnreadable("r", "noise")),
        e.AppointmentsFound("which", (BOOKED,)), e.AppointmentsFound("which", ()), e.AccessCardAsked(),
        e.AccessAsked(), *map(e.AccessAsked, Setting), e.AccessClosed(), *map(e.Wished, e.Wish),
        *(e.AccessChanged(setting, value) for setting in Setting for value in (*values(setting), "x")),
        e.ScanDone(PageScanned("case-1/1", PAGE)), e.ScanDone(PageNotScanned("case-1/1", ScanFault.JAM)),
        e.Focused("button", "Continue", 1, 2),
    ]  # fmt: skip
    return st.one_of(
        st.sampled_from(fixed),
        st.builds(e.LanguageChosen, st.sampled_from(["en", "cy", "xx"])),
        st.builds(e.GroupChosen, st.sampled_from(["bins", "arrive", "read", "none"])),
        st.builds(e.ServiceChosen, st.sampled_from([*FACILITY.services, "none"])),
        st.builds(e.Typed, step, fields, ANY_TEXT),
        st.builds(e.OptionTouched, step, st.sampled_from(["brown", "green", "yes", "no", "a1", "zz"])),
        st.builds(e.Continued, step),
        st.builds(e.ChangeAsked, step),
        st.builds(e.ScanAsked, step),
        st.builds(e.ScanStopped, step),
        st.builds(e.PageUsed, step),
        st.builds(e.PageRemoved, step),
        st.builds(e.PinDigit, st.sampled_from(["1", "", "x", "12"])),
        st.builds(e.PageTurned, st.integers(-5, 50)),
        st.builds(e.StaffPrintAsked, st.sampled_from(["job-1", ""])),
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(something(), st.floats(0, 60)), max_size=40))
def test_no_event_in_any_state_raises_and_every_state_can_be_drawn(
    happened: list[tuple[e.Event, float]],
) -> None:
    now_s = 0.0
    current = begin(visit(), scene()).visit
    for event, later_s in happened:
        now_s += later_s
        current = advance(current, event, scene(now_s)).visit
        view = seen(current, scene(now_s))
        assert from_line(to_line(view), View) == view


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FACILITY.services)), st.data())
def test_every_journey_ends_when_each_question_is_answered(service: str, data: st.DataObject) -> None:
    current = advance(begin(visit(), scene()).visit, e.LanguageChosen("en"), scene()).visit
    current = advance(current, e.ServiceChosen(service), scene()).visit
    for _ in range(3 * len(STEPS)):
        if current.stage in (Stage.DONE, Stage.ENDED):
            return
        for event in _what_a_person_would_do(current, data):
            current = advance(current, event, scene()).visit
    raise AssertionError(f"{service} does not end: at {current.at} in {current.stage}")


GOOD = {
    "short": "abc", "full-name": "Ŵyn", "number": "3", "money": "4.50", "booking": "HX2K9", "name": "Ann",
    "day": "27", "month": "3", "year": "2007", "postcode": "aa3 1ab", "line_1": "1 High Street", "town": "X",
}  # fmt: skip


def _what_a_person_would_do(current: Visit, data: st.DataObject) -> list[e.Event]:
    match current.stage:
        case Stage.REVIEW:
            return [e.Sent()]
        case Stage.SAVING:
            return [e.CaseSaved(SAVED)]
        case Stage.PRINTING:
            return [e.TicketDone("job-1", Printed())]
        case Stage.LOOKING:
            return [e.AppointmentsFound(current.at, (BOOKED,))]
        case _:
            return [*_answers(current, data), e.Continued(current.at)]


def _answers(current: Visit, data: st.DataObject) -> list[e.Event]:
    step = current.step(FACILITY)
    assert step is not None
    entry = step.entry({}, FACILITY.words("en"))
    if isinstance(entry, Options):
        option = data.draw(st.sampled_from([o.option for o in entry.options]))
        return [e.OptionTouched(step.step, option)]
    if isinstance(entry, Fields) and not step.optional:
        return [e.Typed(step.step, f.name, GOOD.get(f.name, GOOD.get(step.step, ""))) for f in entry.fields]
    return []


def test_each_rule_of_the_table_names_the_event_it_stands_for() -> None:
    for (_, event), rule in (transitions.TABLE | transitions.OVER).items():  # type: ignore[operator]
        declared: Any = get_type_hints(rule)["event"]
        assert declared in (event, e.Event), f"{rule.__name__} takes {declared}, the table gives {event}"


def test_every_kind_of_step_is_walked_by_these_tests() -> None:
    kinds = {type(step) for service in FACILITY.services.values() for step in service.journey}
    assert {AppointmentStep, ReviewStep, ConfirmationStep} < kinds
    assert len(kinds) == 19
