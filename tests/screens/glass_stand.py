"""A glass to test: the real process, its two sockets, and a finger that finds what is called something."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.core.events import Continued, Focused, LanguageChosen, Typed, WentBack
from kiosk.core.frames import from_line, to_line
from kiosk.core.glass_lines import (
    Did,
    FromFinger,
    FromGlass,
    Look,
    Outfit,
    Panel,
    Press,
    Pressed,
    Ready,
    Seen,
    Show,
    Shown,
    Strike,
    Target,
)
from kiosk.core.keypad import KeypadAct
from kiosk.core.views import (
    Button,
    Direction,
    Field,
    Fields,
    Frame,
    Keyboard,
    KeyWords,
    Question,
    View,
    Welcome,
)
from kiosk.rehearse.hand import Hand, Typist
from kiosk.settings.documents.kiosk_yaml import KeypadDocument
from tests.screens.shipped import shipped_keyboards

ROOT = Path(__file__).parents[2]
PANEL = Panel(540, 960, 268.0, 476.0)
WAIT_S = 8.0
IDLE = ("Touched", "Focused")
"""Events that move no visit."""
KEYPAD = Outfit(KeypadDocument().meanings(), keyboards=shipped_keyboards())
KEYS = KeyWords("Space", "Delete", "Capitals", "Symbols", "Letters", "Accents", "Next line")
ENGLISH, POLISH = LanguageChosen("en"), LanguageChosen("pl")


def welcome(heading: str = "Welcome") -> View:
    buttons = (Button("English", ENGLISH), Button("Polski", POLISH))
    return View(Frame("en", Direction.LTR, "Demo Council"), Welcome(heading, "Touch to begin", buttons))


def asking(text: str = "", keyboard: Keyboard = Keyboard.LETTERS, lines: int = 1, longest: int = 200) -> View:
    frame = Frame("en", Direction.LTR, "Demo Council", "Report it", back=Button("Back", WentBack()))
    field = Field("name", "Full name", text, keyboard, lines=lines, longest=longest, required=True)
    entry = Fields((field,), KEYS)
    return View(frame, Question("who", "What is your name?", entry, Button("Continue", Continued("who"))))


def with_question(view: View, **changes: Any) -> View:
    assert isinstance(view.body, Question)
    return replace(view, body=replace(view.body, **changes))


class GlassStand:
    """Start `python -m screens` as the service would, and speak with it."""

    def __init__(
        self,
        extra: Mapping[str, str] | None = None,
        panel: Panel = PANEL,
        outfit: Outfit = KEYPAD,
        more: Sequence[str] = (),
    ) -> None:
        self.service, theirs = socket.socketpair()
        self.finger, their_finger = socket.socketpair()
        words = [sys.executable, "-m", "screens", "--socket", str(theirs.fileno())]
        words += ["--finger", str(their_finger.fileno()), "--panel", to_line(panel).decode()]
        words += ["--outfit", to_line(outfit).decode(), *more]
        environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        self.child = subprocess.Popen(
            words,
            pass_fds=[theirs.fileno(), their_finger.fileno()],
            cwd=ROOT,
            env=environment | {"SDL_VIDEODRIVER": "offscreen"} | dict(extra or {}),
            stderr=subprocess.PIPE,
        )
        for end in (theirs, their_finger):
            end.close()
        for end in (self.service, self.finger):
            end.settimeout(WAIT_S)
        self._lines, self._answers = self.service.makefile("rb"), self.finger.makefile("rb")
        self._serial = 0
        assert self.hear() == Ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.kill()
        self.child.communicate()
        for end in (self._lines, self._answers, self.service, self.finger):
            end.close()

    # --- as the service

    def hear(self) -> Any:
        return from_line(self._lines.readline(), FromGlass)

    def show(self, view: View, *, and_ask: object = None) -> None:
        """Send a view, ask the finger something in the same moment if told to, and wait for the frame."""
        self._serial += 1
        self.service.sendall(to_line(Show(self._serial, view)))
        if and_ask is not None:
            self.finger.sendall(to_line(and_ask))
        while self.hear() != Shown(self._serial):
            pass

    def next_event(self) -> Any:
        """Give the next event that says more than that somebody touched."""
        while True:
            match self.hear():
                case Did(event) if type(event).__name__ not in IDLE:
                    return event

    def said_nothing(self) -> bool:
        """Say whether nothing but touches and the focus was told before the glass shows another view."""
        self._serial += 1
        self.service.sendall(to_line(Show(self._serial, welcome("Something else"))))
        told = []
        while (heard := self.hear()) != Shown(self._serial):
            told.append(heard)
        return all(isinstance(each, Did) and type(each.event).__name__ in IDLE for each in told)

    # --- as a person

    def ask(self, asked: object) -> Any:
        self.finger.sendall(to_line(asked))
        return self.answer()

    def answer(self) -> Any:
        """Read what the finger answers."""
        return from_line(self._answers.readline(), FromFinger)

    def look(self) -> Seen:
        seen: Seen = self.ask(Look())
        return seen

    def find(self, name: str) -> Target:
        return next(each for each in self.look().targets if each.touchable and each.name == name)

    def names(self) -> set[str]:
        return {each.name for each in self.look().targets}

    def press(self, name: str, after_s: float = 2.0) -> Pressed:
        answer: Pressed = self.ask(Press(*middle(self.find(name)), after_s))
        return answer

    def type(self, text: str) -> None:
        """Type on the keys of the glass, turning pages where needed."""
        Typist(Hand(lambda: self.finger), KEYS).type(text)

    def tap_thrice(self, name: str) -> None:
        """Press three times as fast as frames go by; the answer waits for a view, so it is not waited for."""
        press = to_line(Press(*middle(self.find(name)), 0.0))
        self.finger.sendall(press * 3)

    def strike(self, key: int, character: str = "", *held: str, code: int = 0) -> None:
        self.ask(Strike(key, character, held, code))

    def keys(self, *acts: KeypadAct) -> None:
        """Press keys of the keypad."""
        codes = {meaning.act: meaning.code for meaning in reversed(KEYPAD.keypad)}
        for act in acts:
            self.ask(Strike(0, "", (), codes[act]))

    def hold(self, code: int) -> None:
        """Let a key of the keypad repeat, as one that is held does: down again without having been lifted."""
        self.ask(Strike(0, "", (), code, lifted=False))

    def strike_at_once(self, code: int) -> None:
        """Strike a key again before the person could have meant it."""
        self.ask(Strike(0, "", (), code, 0.2))

    def touch_nothing(self) -> None:
        """Touch where nothing is."""
        self.ask(Press(1.0, 1.0))

    def next_focus(self, role: str = "") -> Focused:
        """Give the next word about the focus, or about one of a role."""
        while True:
            match self.hear():
                case Did(Focused() as focus) if role in ("", focus.role):
                    return focus

    def focused(self) -> str:
        """Name what the keypad's ring is around, or nothing."""
        return next((each.name for each in self.look().targets if each.focused), "")

    def typed(self) -> str:
        event = self.next_event()
        assert isinstance(event, Typed)
        return event.text


def middle(target: Target) -> tuple[float, float]:
    return target.x + target.width / 2, target.y + target.height / 2
