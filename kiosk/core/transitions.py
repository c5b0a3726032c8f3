"""How a visit moves: one table from stage and event to what follows.

Responsible for: `advance`, the only way from one visit to the next.
Not responsible for: what is shown (`kiosk.core.seen`), or carrying effects out (`kiosk.conductor`).

Theory of operation. A visit has a stage and, for a while, something lying over it (help, languages, the
question whether somebody is still there). What the world reports goes to the stage, whatever lies over it;
what a person touches goes to what lies on top. A pair that is not in the tables means nothing at that
moment (a second tap that was already on its way, a late card): the visit stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from kiosk.core import arrivals, asking, easing, ending, scanning, staffing
from kiosk.core.access import Access
from kiosk.core.effects import CheckStore, Note, ReadCard, StopReading
from kiosk.core.events import (
    AccessAsked,
    AccessCardAsked,
    AccessChanged,
    AccessClosed,
    AppointmentsFound,
    CardRead,
    CaseNotSaved,
    CaseSaved,
    ChangeAsked,
    Continued,
    DeviceChanged,
    Event,
    FacilityClosed,
    FacilityOpened,
    Failed,
    Focused,
    GroupChosen,
    HelpAsked,
    HelpClosed,
    LanguageChosen,
    LanguagesAsked,
    Left,
    MoreTimeAsked,
    OptionTouched,
    OutOfOrder,
    PageRemoved,
    PageTurned,
    PageUsed,
    PaperForeseen,
    PinDeleted,
    PinDigit,
    PinEntered,
    Repaired,
    ScanAsked,
    ScanDone,
    ScanStopped,
    Sent,
    ServiceChosen,
    StaffJobsListed,
    StaffPrintAsked,
    StaffPrintDone,
    StaffRefused,
    StaffSignedIn,
    Ticked,
    TicketDone,
    Touched,
    TouchEvent,
    Typed,
    WentBack,
    Wished,
)
from kiosk.core.hardware import CardPresented, CardPurpose, HeadphonesChanged
from kiosk.core.listening import headphones_changed, listening
from kiosk.core.moves import Move, end, stay
from kiosk.core.passport import read as read_passport
from kiosk.core.patience import ends_at_s, idle_of, is_untouched
from kiosk.core.visit import Over, Scene, Stage, Visit

Rule = Callable[[Visit, Any, Scene], Move]
"""Each rule names the event it takes; a test holds that against its place in the tables."""

TOUCHES = get_args(TouchEvent)
AT_REST = frozenset({Stage.WELCOME, Stage.CLOSED, Stage.OUT_OF_ORDER, Stage.ENDED})
AT_WORK = frozenset({Stage.SAVING, Stage.PRINTING, Stage.STAFF_PRINT})


def begin(visit: Visit, scene: Scene) -> Move:
    """Start a visit: welcome when the facility is open, and watch for a badge of staff."""
    stage = Stage.WELCOME if scene.facility.is_open(scene.local) else Stage.CLOSED
    fresh = listening(replace(visit, access=scene.facility.access))
    started = replace(fresh.enter(stage, scene), touched_s=scene.monotonic_s)
    return Move(started, (ReadCard(CardPurpose.STAFF),))


def advance(visit: Visit, event: Event, scene: Scene) -> Move:
    """Move a visit by one event; pure, total, under a millisecond.

    Returns:
        The visit after the event, and what must be done now, in order.
    """
    if isinstance(event, Focused) or (visit.stage is Stage.ENDED and isinstance(event, TOUCHES)):
        return stay(visit)
    if isinstance(event, TOUCHES):
        visit = replace(visit, touched_s=scene.monotonic_s)
        if visit.over is not Over.NOTHING:
            return _on_top(visit, event, scene)
    rule = TABLE.get((visit.stage, type(event))) or ANYWHERE.get(type(event))
    return _still_open(visit, rule(visit, event, scene)) if rule else stay(visit)


def _on_top(visit: Visit, event: Event, scene: Scene) -> Move:
    rule = OVER.get((visit.over, type(event))) or ON_TOP.get(type(event))
    return rule(visit, event, scene) if rule else stay(visit)


def _still_open(visit: Visit, move: Move) -> Move:
    """Leave the access settings open while the world goes on beneath them, but for staff and the end."""
    then = move.visit
    gone = then.over is not Over.NOTHING or then.stage in (Stage.ENDED, Stage.STAFF_PIN)
    if visit.over is not Over.ACCESS or gone:
        return move
    return replace(move, visit=replace(then, over=Over.ACCESS))


def _uncover(visit: Visit, event: Event, scene: Scene) -> Move:
    return stay(replace(visit, over=Over.NOTHING))


def _cover(over: Over) -> Rule:
    def rule(visit: Visit, event: Event, scene: Scene) -> Move:
        return stay(visit if visit.stage in AT_REST else replace(visit, over=over))

    return rule


def _leave(visit: Visit, event: Event, scene: Scene) -> Move:
    if visit.stage in AT_REST or visit.stage in (Stage.SAVING, Stage.PRINTING):
        return stay(visit)
    return end(visit)


def _language(visit: Visit, event: LanguageChosen, scene: Scene) -> Move:
    offered = {words.language for words in scene.facility.languages}
    language = event.language if event.language in offered else visit.language
    over = visit.over if visit.over in (Over.HELP, Over.ACCESS) else Over.NOTHING
    spoken = replace(visit, language=language, over=over)
    if visit.stage is Stage.STEP:
        return stay(asking.recheck(spoken, scene))
    if visit.stage is Stage.WELCOME:
        return Move(spoken.enter(Stage.GROUPS, scene), (StopReading(),))
    return stay(spoken)


def _languages(visit: Visit, event: LanguagesAsked, scene: Scene) -> Move:
    """Show all languages, on a closed terminal too; the welcome shows them already."""
    busy = visit.stage in AT_WORK or visit.stage in (Stage.WELCOME, Stage.ENDED)
    return stay(visit if busy else replace(visit, over=Over.LANGUAGES, over_page=0))


def _group(visit: Visit, event: GroupChosen, scene: Scene) -> Move:
    services = scene.facility.services_of(event.group)
    if not services:
        return stay(visit)
    chosen = replace(visit, group=event.group)
    if len(services) == 1:
        return asking.start(chosen, services[0].service, scene)
    return stay(chosen.enter(Stage.SERVICES, scene))


def _service(visit: Visit, event: ServiceChosen, scene: Scene) -> Move:
    if event.service not in scene.facility.services:
        return stay(visit)
    return asking.start(visit, event.service, scene)


def _to_welcome(visit: Visit, event: Event, scene: Scene) -> Move:
    return end(visit)


def _to_groups(visit: Visit, event: Event, scene: Scene) -> Move:
    return stay(visit.enter(Stage.GROUPS, scene))


def _turn_page(visit: Visit, event: PageTurned, scene: Scene) -> Move:
    return stay(replace(visit, page=max(0, event.page)))


def _tick(visit: Visit, event: Event, scene: Scene) -> Move:
    if visit.stage in AT_REST and visit.over is Over.NOTHING and is_untouched(visit, scene):
        return Move(_hours(visit, scene), (CheckStore(),))
    if visit.stage in AT_WORK:
        return ending.waited(visit, scene)
    if visit.over is Over.STILL_THERE:
        return end(visit) if scene.monotonic_s >= ends_at_s(visit, scene) else stay(visit)
    if scene.monotonic_s - visit.touched_s >= idle_of(visit, scene).after_s:
        return stay(replace(visit, over=Over.STILL_THERE, warned_s=scene.monotonic_s))
    return stay(visit)


def _hours(visit: Visit, scene: Scene) -> Visit:
    opened = scene.facility.is_open(scene.local)
    if visit.stage is Stage.WELCOME and not opened:
        return visit.enter(Stage.CLOSED, scene)
    if visit.stage is Stage.CLOSED and opened:
        return visit.enter(Stage.WELCOME, scene)
    return visit


def _close(visit: Visit, event: Event, scene: Scene) -> Move:
    return stay(visit.enter(Stage.CLOSED, scene) if visit.stage is Stage.WELCOME else visit)


def _open(visit: Visit, event: Event, scene: Scene) -> Move:
    return stay(visit.enter(Stage.WELCOME, scene) if visit.stage is Stage.CLOSED else visit)


def _out_of_order(visit: Visit, event: OutOfOrder, scene: Scene) -> Move:
    if visit.stage not in AT_REST:
        return stay(visit)
    return stay(replace(visit.enter(Stage.OUT_OF_ORDER, scene), code=event.code))


def _repaired(visit: Visit, event: Event, scene: Scene) -> Move:
    if visit.stage is not Stage.OUT_OF_ORDER:
        return stay(visit)
    return stay(replace(visit.enter(Stage.WELCOME, scene), code=""))


def _device(visit: Visit, event: DeviceChanged, scene: Scene) -> Move:
    return stay(replace(visit, printer=event.printer))


def _paper(visit: Visit, event: PaperForeseen, scene: Scene) -> Move:
    return stay(replace(visit, paper_left=event.tickets_left))


def _failed(visit: Visit, event: Failed, scene: Scene) -> Move:
    if visit.stage in AT_REST or visit.stage is Stage.DONE:
        return Move(visit, (Note("FAILED", event.code),))
    broken = replace(visit.enter(Stage.FAILED, scene), code=event.code)
    return Move(broken, (StopReading(), Note("FAILED", event.code)))


def _badge(visit: Visit, event: CardRead, scene: Scene) -> Move:
    if isinstance(event.outcome, CardPresented):
        passport = read_passport(event.outcome.number, visit.access)
        if passport is not None:
            return _passport(visit, *passport, scene)
        return staffing.sit_down(visit, event.outcome.token, scene)
    return stay(visit)


def _passport(visit: Visit, language: str, access: Access, scene: Scene) -> Move:
    """Take what a visitor chose at another terminal; a language that is offered begins the visit."""
    ready = replace(visit, access=access, touched_s=scene.monotonic_s)
    if visit.stage is Stage.WELCOME and language in {w.language for w in scene.facility.languages}:
        return _language(ready, LanguageChosen(language), scene)
    return stay(ready)


ANYWHERE: Mapping[type, Rule] = {
    Ticked: _tick,
    Left: _leave,
    HelpAsked: _cover(Over.HELP),
    LanguagesAsked: _languages,
    LanguageChosen: _language,
    AccessAsked: easing.opened,
    Wished: easing.wished,
    DeviceChanged: _device,
    HeadphonesChanged: headphones_changed,
    PaperForeseen: _paper,
    Failed: _failed,
    FacilityClosed: _close,
    FacilityOpened: _open,
    OutOfOrder: _out_of_order,
    Repaired: _repaired,
    PageTurned: _turn_page,
}
"""What holds at every stage that has no rule of its own for the event."""

ON_TOP: Mapping[type, Rule] = {
    AccessAsked: easing.opened,
    Wished: easing.wished,
    LanguageChosen: _language,
    LanguagesAsked: _languages,
}
"""What a touch means whatever lies on top."""

OVER: Mapping[tuple[Over, type], Rule] = {
    (Over.LANGUAGES, WentBack): _uncover,
    (Over.LANGUAGES, PageTurned): easing.page_turned,
    (Over.LANGUAGES, Left): _leave,
    (Over.HELP, HelpClosed): _uncover,
    (Over.HELP, Left): _leave,
    (Over.ACCESS, AccessChanged): easing.changed,
    (Over.ACCESS, AccessClosed): easing.closed,
    (Over.ACCESS, WentBack): easing.closed,
    (Over.ACCESS, AccessCardAsked): easing.card_asked,
    (Over.ACCESS, PageTurned): easing.page_turned,
    (Over.ACCESS, HelpAsked): _cover(Over.HELP),
    (Over.ACCESS, Left): _leave,
    (Over.STILL_THERE, MoreTimeAsked): _uncover,
    (Over.STILL_THERE, Touched): _uncover,
    (Over.STILL_THERE, Left): _leave,
}

TABLE: Mapping[tuple[Stage, type], Rule] = {
    (Stage.WELCOME, LanguageChosen): _language,
    (Stage.WELCOME, CardRead): _badge,
    (Stage.CLOSED, CardRead): _badge,
    (Stage.GROUPS, GroupChosen): _group,
    (Stage.GROUPS, ServiceChosen): _service,
    (Stage.GROUPS, WentBack): _to_welcome,
    (Stage.SERVICES, ServiceChosen): _service,
    (Stage.SERVICES, WentBack): _to_groups,
    (Stage.STEP, Typed): asking.typed,
    (Stage.STEP, OptionTouched): asking.option_touched,
    (Stage.STEP, Continued): asking.continued,
    (Stage.STEP, WentBack): asking.went_back,
    (Stage.STEP, CardRead): asking.card_read,
    (Stage.STEP, ScanAsked): scanning.asked,
    (Stage.STEP, ScanStopped): scanning.stopped,
    (Stage.STEP, ScanDone): scanning.done,
    (Stage.STEP, PageUsed): scanning.used,
    (Stage.STEP, PageRemoved): scanning.removed,
    (Stage.LOOKING, AppointmentsFound): arrivals.found,
    (Stage.LOOKING, WentBack): asking.went_back,
    (Stage.NOT_FOUND, WentBack): asking.went_back,
    (Stage.REVIEW, ChangeAsked): asking.change_asked,
    (Stage.REVIEW, WentBack): asking.went_back,
    (Stage.REVIEW, Sent): ending.sent,
    (Stage.SAVING, CaseSaved): ending.saved,
    (Stage.SAVING, CaseNotSaved): ending.not_saved,
    (Stage.FAILED, CaseSaved): ending.saved,
    (Stage.FAILED, WentBack): ending.try_again,
    (Stage.PRINTING, TicketDone): ending.ticket_done,
    (Stage.DONE, TicketDone): ending.ticket_done,
    (Stage.STAFF_PIN, PinDigit): staffing.digit,
    (Stage.STAFF_PIN, PinDeleted): staffing.deleted,
    (Stage.STAFF_PIN, PinEntered): staffing.entered,
    (Stage.STAFF_PIN, CardRead): staffing.code_shown,
    (Stage.STAFF_CHECK, StaffSignedIn): staffing.signed_in,
    (Stage.STAFF_CHECK, StaffRefused): staffing.refused,
    (Stage.STAFF_LIST, StaffJobsListed): staffing.listed,
    (Stage.STAFF_LIST, StaffPrintAsked): staffing.print_asked,
    (Stage.STAFF_PRINT, StaffPrintDone): staffing.print_done,
}
"""What each stage does with the events that mean something there."""
