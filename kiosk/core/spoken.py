"""The words of a view, in reading order, as they are read aloud.

Responsible for: everything that stands on the glass, as speech, and what of it is the visitor's own.
Not responsible for: what is read when (`kiosk.core.reading`), or voices (`kiosk.speech`).

Problems come first and the frame last, because who listens wants the news at once and knows the ways out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.core import views as v
from kiosk.core.bidi import ISOLATE, POP, strip_isolates
from kiosk.core.companion import parts
from kiosk.core.entries import CardSlot, Entry, Fields, Options, PageSlot, Reading
from kiosk.core.utterance import Said
from kiosk.core.words import Words

ENGLISH: Final = "en"
_ISOLATED: Final = re.compile(f"{ISOLATE}([^{POP}]*){POP}")
_CODE: Final = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9-]{2,20}|\+?[0-9][0-9 ]{6,20}")
"""References, numbers to call and telephone numbers; money, dates and times are read as they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a view; its language is the view's, where it names none."""

    text: str
    private: bool = False
    language: str = ""


def spoken(view: v.View, words: Words) -> tuple[Said, ...]:
    """Say everything that a view shows; pure, total."""
    pieces = (*_body(view, words), *_frame(view.frame))
    return tuple(said for piece in pieces for said in _said(piece, view.frame.language))


def spelled(code: str) -> str:
    """Write a code so that it is read character by character: ``K7-0001-C`` as ``K 7, 0 0 0 1, C``."""
    groups = re.split(r"[-\s]+", strip_isolates(code).strip())
    return ", ".join(" ".join(group) for group in groups if group)


def said_of(text: str, language: str, *, private: bool = False) -> tuple[Said, ...]:
    """Say one text of a view: its own language, then the English beside it, if there is one."""
    return tuple(_said(Piece(text, private), language))


def _said(piece: Piece, language: str) -> Iterator[Said]:
    own, english = parts(piece.text)
    for text, tongue in ((own, piece.language or language), (english, ENGLISH)):
        clean = strip_isolates(_ISOLATED.sub(_as_read, text)).strip()
        if clean:
            yield Said(clean, tongue, piece.private)


def _as_read(found: re.Match[str]) -> str:
    return spelled(found[1]) if _CODE.fullmatch(found[1]) else found[1]


def _frame(frame: v.Frame) -> Iterator[Piece]:
    yield from map(Piece, filter(None, (frame.notice, frame.title)))
    for button in (frame.back, frame.help, frame.languages, frame.access, frame.leave):
        if button is not None:
            yield Piece(button.label)


def _body(view: v.View, words: Words) -> Iterator[Piece]:
    body = view.body
    match body:
        case v.Question():
            yield from _question(body, words, sensitive=view.frame.sensitive)
        case v.Review():
            yield from _review(body)
        case v.Confirmation():
            yield from _confirmation(body, words, sensitive=view.frame.sensitive)
        case v.AccessChoice():
            yield from _access_choice(body, words)
        case v.SignIn() | v.StaffTickets():
            yield from _for_staff(body)
        case v.Welcome() | v.Languages() | v.Menu() | v.AccessPanel():
            yield from _choosing(body, words)
        case v.Working() | v.Notice() | v.StillThere():
            yield from _telling(body, words)
        case _ as never:
            assert_never(never)


def _choosing(body: v.Welcome | v.Languages | v.Menu | v.AccessPanel, words: Words) -> Iterator[Piece]:
    yield Piece(body.heading)
    match body:
        case v.Welcome(_, text, languages, bulletins, pager):
            yield from _bulletins(bulletins)
            yield Piece(text)
            yield from (_button(each, words) for each in languages)
            yield from _texts(*_paging(pager))
        case v.Languages(_, languages, close, pager):
            yield from (_button(each, words) for each in languages)
            yield from (*_texts(*_paging(pager)), _button(close, words))
        case v.Menu(_, tiles, text, pager) | v.AccessPanel(_, tiles, v.Button(text), pager):
            if isinstance(body, v.Menu):
                yield from _bulletins(body.bulletins)
            yield from (Piece(_with(tile.label, tile.hint)) for tile in tiles)
            yield from _texts(*_paging(pager), text)


def _bulletins(bulletins: tuple[v.BulletinLine, ...]) -> Iterator[Piece]:
    for each in bulletins:
        yield from _texts(each.mark)
        yield Piece(each.text, language=each.language)


def _telling(body: v.Working | v.Notice | v.StillThere, words: Words) -> Iterator[Piece]:
    yield Piece(body.heading)
    match body:
        case v.Working(_, text, stop):
            yield from _texts(text, stop.label if stop else "")
        case v.Notice(_, _, paragraphs, buttons, code):
            yield from _texts(*paragraphs, *(each.label for each in buttons), spelled(code))
        case v.StillThere(_, text, seconds, more, leave):
            left = words.say_number(seconds, "{count} second is left", "{count} seconds are left")
            yield from _texts(left, text)
            yield from _texts(more.label, leave.label)


def _for_staff(body: v.SignIn | v.StaffTickets) -> Iterator[Piece]:
    """Read to staff; the digits of a PIN never."""
    yield from _texts(body.heading, body.text)
    match body:
        case v.SignIn():
            yield from _texts(body.problem)
        case v.StaffTickets():
            for row in body.rows:
                yield Piece(_with(row.time, row.number, row.service, row.status), private=True)
                yield Piece(row.act.label)
            yield from _texts(*_paging(body.pager), body.finish.label)


def _question(body: v.Question, words: Words, *, sensitive: bool) -> Iterator[Piece]:
    yield from _texts(body.problems_heading, *(problem.text for problem in body.problems))
    yield from _texts(body.part, body.heading, body.hint, body.why)
    yield from _entry(body.entry, words, sensitive=sensitive)
    yield from _texts(*_paging(body.pager))
    yield from _texts(body.forward.label, body.skip.label if body.skip else "")


def _entry(entry: Entry, words: Words, *, sensitive: bool) -> Iterator[Piece]:
    match entry:
        case Options():
            yield from _options(entry, words, sensitive=sensitive)
        case Fields(fields):
            for field in fields:
                yield from _texts(_with(field.label, field.hint, "" if field.text else field.prefix))
                if field.text:
                    yield Piece(_with(field.prefix, field.text), private=field.spoken_private)
        case CardSlot(text):
            yield Piece(text)
        case PageSlot(text, more, _, name, remove=remove, code=code):
            yield from _texts(text, more, name, remove.label if remove else "", spelled(code))
        case Reading(paragraphs, private):
            yield from (Piece(paragraph, private) for paragraph in paragraphs)
        case _ as never:
            assert_never(never)


def _options(entry: Options, words: Words, *, sensitive: bool) -> Iterator[Piece]:
    """Read each option, then those that are chosen; what is chosen of a sensitive visit is private."""
    for option in entry.options:
        yield Piece(_with(option.label, option.hint))
        if option.chosen:
            yield Piece(words.say("{option}, chosen", option=option.label), private=sensitive)
        elif entry.many:
            yield Piece(words.say("{option}, not chosen", option=option.label), private=sensitive)


def _access_choice(body: v.AccessChoice, words: Words) -> Iterator[Piece]:
    yield from _texts(body.heading, body.text)
    yield from _options(body.options, words, sensitive=False)
    for stepper in body.steppers:
        ways = [each.label for each in (stepper.less, stepper.more) if each]
        yield from _texts(_with(stepper.label, stepper.text), *ways)
    yield Piece(body.close.label)


def _review(body: v.Review) -> Iterator[Piece]:
    yield from _texts(body.heading, body.text)
    for row in body.rows:
        yield Piece(row.label)
        yield Piece(row.answer, private=True)
        yield Piece(row.change.said or row.change.label)
    yield from _texts(*_paging(body.pager), body.send.label)


def _confirmation(body: v.Confirmation, words: Words, *, sensitive: bool) -> Iterator[Piece]:
    yield Piece(body.heading)
    if body.number:
        yield from _texts(body.number_label, spelled(body.number))
    if body.reference:
        yield from _texts(body.reference_label, spelled(body.reference))
    yield from _texts(body.paper.heading, body.paper.text, body.next_heading, *body.next)
    known = {body.number_label, body.next_heading, *body.next, " ".join(body.next)}
    news = [line for line in body.on_ticket if line not in known]
    if news:
        yield Piece(words.say("Your ticket says"))
        yield from (Piece(line, private=sensitive) for line in news)
    yield from _texts(body.code_label, body.finish.label)


def _button(button: v.Button, words: Words) -> Piece:
    label = words.say("{option}, chosen", option=button.label) if button.selected else button.label
    return Piece(label, language=button.language)


def _paging(pager: v.Pager | None) -> tuple[str, ...]:
    if pager is None:
        return ()
    return (pager.text, *(each.label for each in (pager.previous, pager.next) if each))


def _texts(*texts: str) -> Iterator[Piece]:
    return (Piece(text) for text in texts if text)


def _with(*texts: str) -> str:
    """Read texts that stand together in one breath; two languages beside each other stay apart."""
    apart = [parts(text) for text in texts if text]
    own = ", ".join(own for own, _ in apart)
    english = ", ".join(second or first for first, second in apart)
    return f"{own}\u2029{english}" if any(second for _, second in apart) else own
