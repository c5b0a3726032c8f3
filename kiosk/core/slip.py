"""The slip that a visitor takes along: a layout filled in with the facts of one case.

Responsible for: turning a layout and its places into a `Ticket`.
Not responsible for: layouts (`config/tickets`), bytes or dots (`devices.printers`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core.appointment import Appointment
from kiosk.core.bidi import isolate, strip_isolates
from kiosk.core.facility import Facility, LayoutPart
from kiosk.core.journey import Service
from kiosk.core.steps.dates import spell_date
from kiosk.core.steps.ending import ConfirmationStep
from kiosk.core.ticket import Align, Code, Line, Logo, Pair, Part, Rule, Size, Space, Ticket
from kiosk.core.times import spell_time
from kiosk.core.words import Words


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What varies from slip to slip; nothing of it is personal."""

    reference: str
    queue_number: str
    local: datetime


def slip(facility: Facility, service: Service, language: str, facts: SlipFacts) -> Ticket | None:
    """Lay out the slip of a service in the visitor's language, with English where the layout wants both."""
    layout = facility.layouts.get(service.ticket)
    if layout is None:
        return None
    words, english = facility.words(language), facility.words("en")
    filled = _places(facility, service, words, facts)
    is_english = words.language == english.language
    in_english = filled if is_english else _places(facility, service, english, facts)
    parts: list[Part] = []
    for part in _wanted(layout, filled):
        own = _part(part, words, filled)
        if is_english or not part.both:
            parts.append(own)
            continue
        parts += _both(own, _part(part, english, in_english))
    return Ticket(tuple(parts))


def slip_by_ear(facility: Facility, service: Service, language: str, facts: SlipFacts) -> tuple[str, ...]:
    """Give the words of a slip in one language, line by line; none where the service has no slip.

    Source: EN 301 549, 5.1.3.16: what a receipt or ticket says must be spoken.
    """
    words = facility.words(language)
    layout = facility.layouts.get(service.ticket, ())
    filled = _places(facility, service, words, facts)
    told: list[str] = []
    for part in _wanted(layout, filled):
        match _part(part, words, filled):
            case Line(text):
                told.append(text)
            case Pair(label, text):
                told.append(f"{label}: {text}")
    return tuple(told)


def _wanted(layout: Iterable[LayoutPart], filled: Mapping[str, str]) -> Iterator[LayoutPart]:
    return (part for part in layout if not part.only_if or filled.get(part.only_if))


def _both(own: Part, english: Part) -> tuple[Part, ...]:
    """Say a part in two languages; a value that is the same in both, such as a reference, stands once."""
    match own, english:
        case Pair(label, text), Pair(in_english, same) if strip_isolates(text) == strip_isolates(same):
            return (replace(own, label=f"{label} / {in_english}"),)
    return own, english


def _places(facility: Facility, service: Service, words: Words, facts: SlipFacts) -> Mapping[str, str]:
    ending = next((s for s in service.journey if isinstance(s, ConfirmationStep)), None)
    return {
        "council": words.say(facility.council),
        "facility": words.say(facility.facility),
        "terminal": facility.terminal,
        "service": words.say(service.name),
        "reference": isolate(facts.reference),
        "queue_number": isolate(facts.queue_number),
        "date": spell_date(facts.local.date(), words),
        "time": spell_time(facts.local, words.formats),
        "next": " ".join(words.say(text) for text in ending.next) if ending else "",
        "host": isolate(facility.host),
    }


def _part(part: LayoutPart, words: Words, places: Mapping[str, str]) -> Part:
    match part.part:
        case "logo":
            return Logo()
        case "rule":
            return Rule()
        case "space":
            return Space(part.height_mm)
        case "pair":
            return Pair(_fill(part.label, words, places), _fill(part.text, words, places), words.language)
        case "code":
            content = strip_isolates(_fill(part.text, words, places))
            return Code(content, _fill(part.label, words, places), words.language)
        case _:
            text = _fill(part.text, words, places)
            return Line(text, part.size, part.bold, part.align, words.language)


def _fill(text: str, words: Words, places: Mapping[str, str]) -> str:
    filled = words.say(text, **places)
    return strip_isolates(filled) if words.direction == "ltr" else filled


def access_card(facility: Facility, language: str, passport: str) -> Ticket:
    """Lay out an access passport: the code, and what it is for in the visitor's language and English."""
    words, english = facility.words(language), facility.words("en")
    told: list[Part] = []
    for each in dict.fromkeys((words.language, english.language)):
        said = facility.words(each)
        told += [
            Line(said.say("Your settings"), Size.LARGE, bold=True, align=Align.CENTRE, language=each),
            Line(said.say("Show this code to any of our terminals"), align=Align.CENTRE, language=each),
        ]
    head = Line(words.say(facility.council), align=Align.CENTRE, language=words.language)
    return Ticket((head, Rule(), *told, Space(), Code(passport)))


def slip_of_lines(lines: tuple[str, ...]) -> Ticket:
    """Lay out lines that the desk sent ready for paper: the first is the heading, the last stands out."""
    last = len(lines) - 1
    parts: list[Part] = []
    for place, text in enumerate(lines):
        stands_out = place in (0, last)
        size = Size.LARGE if stands_out else Size.NORMAL
        parts.append(Line(text, size, bold=stands_out, align=Align.CENTRE))
    return Ticket(tuple(parts))


def slip_of_appointment(facility: Facility, booked: Appointment) -> Ticket:
    """Lay out the slip of a booked appointment: when, the reference, what for unless sensitive, never a name.

    Args:
        facility: whose name stands on top.
        booked: with `starts_at` in local time.
    """
    english = facility.words("en")
    when = f"{spell_time(booked.starts_at)}, {spell_date(booked.starts_at.date(), english)}"
    lines = [facility.council, english.say("Appointment"), strip_isolates(when)]
    offered = facility.services.get(booked.service)
    if offered is None or not offered.sensitive:
        lines.append(facility.service_name(booked.service))
    return slip_of_lines((*lines, booked.reference))
