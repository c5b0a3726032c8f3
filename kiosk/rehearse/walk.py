"""A walk: what a visitor (or staff) does at the terminal, as data.

Responsible for: reading a walk file and saying what is wrong with it, by line.
Not responsible for: performing it (`kiosk.rehearse.performance`).
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from kiosk.core.keypad import KeypadAct
from kiosk.errors import RehearsalError


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer steps by id: every touch that a person would make, Continue included."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Type:
    """Type into fields by step id, key by key, without touching Continue."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tap:
    """Touch what carries this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Printer:
    """Do something to the simulated printer."""

    fault: str


@dataclass(frozen=True, slots=True)
class DocumentScanner:
    """Do something to the simulated document scanner."""

    fault: str


@dataclass(frozen=True, slots=True)
class Central:
    """Make the central service up, down, slow, or refuse."""

    mode: str


@dataclass(frozen=True, slots=True)
class Card:
    """Hold a card or badge with this number to the reader."""

    number: str


@dataclass(frozen=True, slots=True)
class Scan:
    """Show the code on the newest paper to the scanner, as at another terminal."""

    what: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Sign in as the rehearsal's member of staff: badge, then PIN, digit by digit."""

    who: str


@dataclass(frozen=True, slots=True)
class Plug:
    """Plug headphones in, or pull them out."""

    state: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time go by on the injected clock; nothing sleeps."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Expect:
    """What must be true now, or become true within a few seconds.

    Attributes:
        view: kind of view, such as ``confirmation``.
        step: id of the step being asked.
        text: words that must stand on the glass.
        look: colours of the glass, or the height of its capitals, such as ``dark`` or ``6.8 mm``.
        job: word of the latest print outcome, ``none`` for no ticket.
        heard: words that were read aloud in this visit.
        case: ``accepted``, ``waiting``, ``parked`` or ``none``.
    """

    view: str = ""
    step: str = ""
    text: str = ""
    look: str = ""
    heard: str = ""
    job: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Press keys of the keypad, one after another."""

    acts: tuple[KeypadAct, ...]


House = Printer | DocumentScanner | Central | Card | Plug | Scan | Wait
Act = Key | Answer | Type | Tap | House | SignIn | Expect


@dataclass(frozen=True, slots=True)
class Placed:
    """One act and the line of the file it stands on."""

    line: int
    act: Act


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk through the terminal.

    Attributes:
        service: reached from the welcome by touches; empty to stay at the welcome.
        by: ``finger``, or ``keypad`` to do everything with its keys alone.
        at: local date and time at which the walk begins; None for the next opening hour.
    """

    path: Path
    service: str = ""
    language: str = "en"
    by: str = "finger"
    at: datetime | None = None
    steps: tuple[Placed, ...] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        """Return the file's name without its ending."""
        return self.path.stem


HANDS = ("finger", "keypad")
PRINTER_WORDS = ("ok", "paper-out", "cover-open", "jam", "mute", "stall", "unplug", "near-end", "paper")
SCANNER_WORDS = ("ok", "lid-open", "jam", "no-page", "unplug", "lost", "slow", "garbage")
CENTRAL_WORDS = ("up", "down", "slow", "refuse")
JOBS = ("printed", "printed-unconfirmed", "held", "not-printed", "unknown", "none")
CASES = ("accepted", "waiting", "parked", "none")


def read_walk(path: Path) -> Walk:
    """Read a walk.

    Raises:
        RehearsalError: the file cannot be read or is not a walk; names the line and what to do.
    """
    try:
        document = YAML(typ="rt").load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise _wrong(path, 1, f"this file cannot be read ({type(problem).__name__})") from problem
    except YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise _wrong(path, (mark.line if mark else 0) + 1, "this is not YAML") from problem
    if not isinstance(document, CommentedMap):
        raise _wrong(path, 1, "a walk needs 'service:' and 'steps:'")
    _known_keys(path, document, ("service", "language", "by", "at", "steps"))
    steps = document.get("steps") or CommentedSeq()
    if not isinstance(steps, CommentedSeq):
        raise _wrong(path, document.lc.key("steps")[0] + 1, "'steps' must be a list, one step a line")
    return Walk(
        path=path,
        service=str(document.get("service") or ""),
        language=str(document.get("language") or "en"),
        by=_by(path, document),
        at=_moment(path, document),
        steps=tuple(_placed(path, steps, place) for place in range(len(steps))),
    )


def _wrong(
    path: Path, line: int, what: str, do: str = "Correct the walk and rehearse again."
) -> RehearsalError:
    return RehearsalError("WALK-001", what[0].upper() + what[1:] + ".", do, f"{path}:{line}")


def _known_keys(path: Path, mapping: CommentedMap, known: Sequence[str]) -> None:
    for key in mapping:
        if key not in known:
            line = mapping.lc.key(key)[0] + 1
            raise _wrong(path, line, f"unknown key '{key}'{_did_you_mean(str(key), known)}")


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}"


def _moment(path: Path, document: CommentedMap) -> datetime | None:
    given = document.get("at")
    if given is None:
        return None
    try:
        return given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError as problem:
        line = document.lc.key("at")[0] + 1
        raise _wrong(path, line, "'at' must be a date and time, like 2026-11-23 10:30") from problem


def _by(path: Path, document: CommentedMap) -> str:
    by = str(document.get("by") or HANDS[0])
    if by not in HANDS:
        line = document.lc.key("by")[0] + 1
        raise _wrong(path, line, f"'{by}' is no hand{_did_you_mean(by, HANDS)}")
    return by


def _placed(path: Path, steps: CommentedSeq, place: int) -> Placed:
    line = steps.lc.item(place)[0] + 1
    step = steps[place]
    if not isinstance(step, CommentedMap) or len(step) != 1:
        raise _wrong(path, line, "a step is one word and what belongs to it, like '- tap: Continue'")
    ((word, value),) = step.items()
    make = ACTS.get(str(word))
    if make is None:
        raise _wrong(path, line, f"unknown step '{word}'{_did_you_mean(str(word), tuple(ACTS))}")
    try:
        return Placed(line, make(value))
    except (ValueError, TypeError) as problem:
        raise _wrong(path, line, f"'{word}': {problem}") from problem


def _one_of(words: Sequence[str], value: object) -> str:
    if str(value).split(" ")[0] not in words:
        raise ValueError(f"'{value}' is not known{_did_you_mean(str(value), words)}")
    return str(value)


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, CommentedMap):
        raise TypeError("it needs step ids and values, like {which-bin: brown}")
    return dict(value)


def _expect(value: object) -> Expect:
    wanted = _mapping(value)
    for key in wanted:
        if key not in Expect.__dataclass_fields__:
            raise ValueError(f"unknown key '{key}'{_did_you_mean(key, tuple(Expect.__dataclass_fields__))}")
    if "job" in wanted:
        _one_of(JOBS, wanted["job"])
    if "case" in wanted:
        _one_of(CASES, wanted["case"])
    return Expect(**{key: str(text) for key, text in wanted.items()})


def _keys(value: object) -> Key:
    words = value if isinstance(value, list) else [value]
    known = tuple(act.value for act in KeypadAct)
    return Key(tuple(KeypadAct(_one_of(known, word)) for word in words))


def _seconds(value: object) -> Wait:
    seconds = float(str(value))
    if not 0 <= seconds <= 24 * 3600:
        raise ValueError("it must be between 0 and 86400 seconds")
    return Wait(seconds)


ACTS: Mapping[str, Callable[[Any], Act]] = {
    "answer": lambda value: Answer(_mapping(value)),
    "type": lambda value: Type(_mapping(value)),
    "key": _keys,
    "tap": lambda value: Tap(str(value)),
    "printer": lambda value: Printer(_one_of(PRINTER_WORDS, value)),
    "document-scanner": lambda value: DocumentScanner(_one_of(SCANNER_WORDS, value)),
    "central": lambda value: Central(_one_of(CENTRAL_WORDS, value)),
    "card": lambda value: Card(str(value)),
    "headphones": lambda value: Plug(_one_of(("in", "out"), value)),
    "scan": lambda value: Scan(_one_of(("paper",), value)),
    "sign-in": lambda value: SignIn(_one_of(("staff",), value)),
    "wait": _seconds,
    "expect": _expect,
}
