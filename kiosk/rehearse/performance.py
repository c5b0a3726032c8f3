"""Performing a walk: each act by touches on the real glass, each expectation held against what is there.

Responsible for: turning acts into presses, waiting for what follows, and telling what did not come true.
Not responsible for: starting the terminal (`kiosk.rehearse.stand`), or the report (`kiosk.rehearse.report`).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from kiosk.core.bidi import strip_isolates
from kiosk.core.events import GroupChosen, LanguageChosen, PageUsed, ServiceChosen
from kiosk.core.glass_lines import Seen
from kiosk.core.keypad import KeypadAct
from kiosk.core.views import (
    CardSlot,
    Fields,
    Menu,
    Options,
    PageSlot,
    Question,
    Reading,
    SignIn,
    View,
    Welcome,
)
from kiosk.errors import RehearsalError
from kiosk.rehearse.hand import Typist, find
from kiosk.rehearse.needs import Stand
from kiosk.rehearse.walk import (
    Act,
    Answer,
    Card,
    Central,
    DocumentScanner,
    Expect,
    House,
    Key,
    Placed,
    Plug,
    Printer,
    Scan,
    Tap,
    Type,
    Wait,
    Walk,
)
from kiosk.rehearse.walk import SignIn as SignInAct

LEADS_ON = frozenset({KeypadAct.SELECT, KeypadAct.BACK, KeypadAct.HELP, KeypadAct.ACCESS, KeypadAct.LANGUAGE})
"""Keys after which another view may come."""
PATIENCE_S = 20.0
TAP_S = 5.0
"""How long a person looks for a label, for instance while something is being kept or checked."""


@dataclass
class Done:
    """What one act led to."""

    line: int
    act: str
    view: str = ""
    step: str = ""
    picture: str = ""
    touch_ms: list[float] = field(default_factory=list)
    failed: str = ""


class Performance:
    """Perform one walk on a stand, with a picture after each act."""

    def __init__(self, stand: Stand, walk: Walk, out: Path) -> None:
        self._stand = stand
        self._walk = walk
        self._out = out
        self._presses: list[float] = []
        self.done: list[Done] = []

    def perform(self) -> bool:
        """Go through the walk; False at the first act that fails, which stays in `done` with its reason."""
        if not self._try(0, f"service {self._walk.service or '(none)'}", self._to_service):
            return False
        return all(self._try(p.line, _title(p.act), partial(self._act, p)) for p in self._walk.steps)

    def _try(self, line: int, title: str, act: Callable[[], None]) -> bool:
        done = Done(line, title)
        self._presses = done.touch_ms
        self.done.append(done)
        try:
            act()
            self._stand.settle()
        except RehearsalError as problem:
            done.failed = f"{problem.what} {problem.do}"
        self._note(done)
        return not done.failed

    def _note(self, done: Done) -> None:
        path = self._out / f"{len(self.done):02d}-{kind_of(self._stand.view())}.png"
        try:
            self._stand.hand.picture(path)
            done.picture = str(path)
        except RehearsalError as problem:
            done.failed = done.failed or f"{problem.what} {problem.do}"
        view = self._stand.view()
        done.view = kind_of(view)
        done.step = view.body.step if isinstance(view.body, Question) else ""

    # -- acts

    def _act(self, placed: Placed) -> None:
        match placed.act:
            case Answer(values):
                for step, value in values.items():
                    self._answer(step, value)
            case Type(values):
                for step, text in values.items():
                    self._fill(self._question(step), text)
            case Tap(label):
                self.tap(label)
            case Key(acts):
                self._keys(acts)
            case SignInAct():
                self._sign_in()
            case Expect() as wanted:
                self._expect(wanted)
            case act:
                self._in_the_house(act)

    def _in_the_house(self, act: House) -> None:
        """Let something happen that nobody does at the glass."""
        match act:
            case Printer(fault):
                self._stand.printer(fault)
            case DocumentScanner(fault):
                self._stand.document_scanner(fault)
            case Central(mode):
                self._stand.central(mode)
            case Card(number):
                self._stand.card(number)
            case Plug(state):
                self._stand.headphones(state)
            case Scan():
                self._stand.scan_paper()
            case Wait(seconds):
                self._stand.let_pass(seconds)
            case _ as never:
                assert_never(never)

    def _keys(self, acts: tuple[KeypadAct, ...]) -> None:
        hand = self._stand.keypad
        for act in acts:
            before = self._stand.view()
            hand.strike(act)
            if act in LEADS_ON:
                self._changed(before)

    def _to_service(self) -> None:
        self._until("the welcome is shown", lambda: isinstance(self._stand.view().body, Welcome))
        if not self._walk.service:
            return
        group = self._stand.group_of(self._walk.service)
        self._press_for(LanguageChosen(self._walk.language))
        self._press_for(GroupChosen(group))
        if isinstance(self._stand.view().body, Menu):
            self._press_for(ServiceChosen(self._walk.service))

    def _press_for(self, event: object) -> None:
        self._stand.settle()
        body = self._stand.view().body
        buttons: tuple[Any, ...] = ()
        if isinstance(body, Welcome):
            buttons = body.languages
        elif isinstance(body, Menu):
            buttons = body.tiles
        label = next((b.label for b in buttons if b.event == event), None)
        if label is None:
            raise RehearsalError("WALK-013", f"Nothing on the glass leads to {event}.", "Correct the walk.")
        self.tap(label)

    def tap(self, label: str) -> None:
        """Touch what carries this label, and wait for what follows."""
        until = time.monotonic() + TAP_S
        target = None
        while target is None and time.monotonic() < until:
            self._stand.settle()
            seen = self._stand.hand.look()
            target = find(seen, label)
        if target is None:
            raise RehearsalError(
                "WALK-014",
                f"Nothing on the glass can be touched that says '{label}'. There is: {_touchable(seen)}.",
                "Use one of these labels, word by word.",
            )
        before = self._stand.view()
        self._presses.append(self._stand.hand.press(target))
        self._changed(before)

    def _changed(self, before: View) -> None:
        until = time.monotonic() + 0.3
        while self._stand.view() == before and time.monotonic() < until:
            self._stand.settle()
        self._stand.settle()

    def _question(self, step: str) -> Question:
        def there() -> bool:
            body = self._stand.view().body
            if isinstance(body, Question) and body.step != step and isinstance(body.entry, Reading):
                self.tap(body.forward.label)
            return isinstance(body, Question) and body.step == step

        self._until(f"the step '{step}' is asked", there)
        body = self._stand.view().body
        assert isinstance(body, Question)  # noqa: S101 - what was waited for
        return body

    def _answer(self, step: str, value: Any) -> None:
        question: Question | None = self._question(step)
        while question is not None:
            self._fill(question, value)
            self._stand.settle()
            body = self._stand.view().body
            self.tap(body.forward.label if isinstance(body, Question) else question.forward.label)
            question = self._next_page(question)

    def _next_page(self, question: Question) -> Question | None:
        """Return the next page of the same form; none where another screen or a problem came."""
        if not question.part:
            return None

        def turned() -> bool:
            body = self._stand.view().body
            is_same = isinstance(body, Question) and (body.step, body.part) == (question.step, question.part)
            return not is_same or bool(getattr(body, "problems", ()))

        self._until(f"'{question.part}' of '{question.step}' is left", turned)
        body = self._stand.view().body
        is_next = isinstance(body, Question) and body.step == question.step and not body.problems
        return body if isinstance(body, Question) and is_next else None

    def _fill(self, question: Question, value: Any) -> None:
        match question.entry:
            case Options():
                for wanted in value if isinstance(value, list) else [value]:
                    self._choose(wanted)
            case Fields(fields=fields, keys=keys):
                texts = _texts([f.name for f in fields], value)
                for place, text in enumerate(texts):
                    if text:
                        self._focus(place)
                        self._presses += Typist(self._stand.hand, keys).type(text)
            case CardSlot():
                self._stand.card(str(value))
                self._until("the card is read", self._card_read)
            case PageSlot():
                self._scan_pages(int(value))
            case Reading():
                return
            case _ as never:
                assert_never(never)

    def _card_read(self) -> bool:
        body = self._stand.view().body
        return isinstance(body, Question) and isinstance(body.entry, CardSlot) and body.entry.read

    def _scan_pages(self, pages: int) -> None:
        """Scan so many pages, and use each; none where the step is passed over."""
        for place in range(pages):
            body = self._stand.view().body
            assert isinstance(body, Question)  # noqa: S101 - what was waited for
            button = body.skip if place else body.forward
            self.tap(button.label if button else "")
            self._until("the page is shown", self._page_shown)
            self._press_forward()

    def _page_shown(self) -> bool:
        body = self._stand.view().body
        event = body.forward.event if isinstance(body, Question) else None
        return isinstance(event, PageUsed)

    def _press_forward(self) -> None:
        body = self._stand.view().body
        assert isinstance(body, Question)  # noqa: S101 - what was waited for
        self.tap(body.forward.label)

    def _choose(self, wanted: Any) -> None:
        word = (
            {True: "yes", False: "no"}.get(wanted, str(wanted)) if isinstance(wanted, bool) else str(wanted)
        )
        body = self._stand.view().body
        options = body.entry.options if isinstance(body, Question) and isinstance(body.entry, Options) else ()
        label = next((o.label for o in options if o.option == word), None)
        if label is None and isinstance(body, Question) and body.pager and body.pager.next:
            self.tap(body.pager.next.label)
            self._choose(wanted)
            return
        if label is None:
            known = ", ".join(o.option for o in options)
            raise RehearsalError(
                "WALK-015", f"There is no option '{word}'; there are {known}.", "Use one of them."
            )
        self.tap(label)

    def _focus(self, place: int) -> None:
        fields = [t for t in self._stand.hand.look().targets if t.role == "field"]
        if place >= len(fields):
            raise RehearsalError(
                "WALK-016", "A field of this step is not on the glass.", "Report this fault."
            )
        if not fields[place].selected:
            self._presses.append(self._stand.hand.press(fields[place]))

    def _sign_in(self) -> None:
        badge, pin = self._stand.staff()
        self._stand.card(badge)
        self._until("the PIN is asked", lambda: isinstance(self._stand.view().body, SignIn))
        for digit in pin:
            self.tap(digit)
        body = self._stand.view().body
        assert isinstance(body, SignIn)  # noqa: S101 - what was waited for
        self.tap(body.enter.label)

    # -- expectations

    def _expect(self, wanted: Expect) -> None:
        if wanted.view:
            self._until(f"the view is {wanted.view}", lambda: kind_of(self._stand.view()) == wanted.view)
        if wanted.step:
            self._until(f"the step is {wanted.step}", lambda: self._step() == wanted.step)
        if wanted.job:
            self._until(f"the ticket is {wanted.job}", lambda: self._stand.job() == wanted.job)
        if wanted.case:
            self._until(f"the case is {wanted.case}", lambda: self._stand.case() == wanted.case)
        if wanted.heard:
            self._until(f"'{wanted.heard}' is read aloud", lambda: self._reads(wanted.heard))
        if wanted.look:
            self._until(f"the glass is {wanted.look}", lambda: wanted.look in _looks(self._stand.view()))
        if wanted.text:
            self._until(f"the glass says '{wanted.text}'", lambda: self._says(wanted.text))

    def _step(self) -> str:
        body = self._stand.view().body
        return body.step if isinstance(body, Question) else ""

    def _says(self, text: str) -> bool:
        wanted = strip_isolates(text).casefold()
        return any(wanted in strip_isolates(t.name).casefold() for t in self._stand.hand.look().targets)

    def _reads(self, text: str) -> bool:
        return any(text.casefold() in said.text.casefold() for said in self._stand.heard())

    def _until(self, what: str, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > until:
                raise RehearsalError(
                    "WALK-020", f"It did not come true that {what}. {self._now()}", "Correct walk or service."
                )
            self._stand.settle()

    def _now(self) -> str:
        view = kind_of(self._stand.view())
        step = f" at step '{self._step()}'" if self._step() else ""
        return f"Now: view {view}{step}, ticket {self._stand.job()}, case {self._stand.case()}."


def _looks(view: View) -> tuple[str, str]:
    return view.frame.look.theme, f"{view.frame.look.cap_height_mm:g} mm"


def kind_of(view: View) -> str:
    """Name the kind of a view, such as ``still-there``."""
    name = type(view.body).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _title(act: Act) -> str:
    members = ", ".join(
        f"{k}={v}" for k in act.__dataclass_fields__ if (v := getattr(act, k)) not in ("", None)
    )
    return f"{type(act).__name__.lower()} {members}"


def _touchable(seen: Seen) -> str:
    return ", ".join(repr(t.name) for t in seen.targets if t.touchable and t.role != "key")


def _texts(names: list[str], value: Any) -> list[str]:
    if isinstance(value, date):
        parts = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return [parts.get(name, "") for name in names]
    if isinstance(value, dict):
        given = {str(key).replace("-", "_"): str(text) for key, text in value.items()}
        return [given.get(name, "") for name in names]
    return [str(value)] + [""] * (len(names) - 1)
