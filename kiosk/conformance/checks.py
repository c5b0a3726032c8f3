"""What a check is, what it finds, and running all of them.

Responsible for: names, rules, findings, and that what writes is done only when it was allowed.
Not responsible for: any one rule (`open311_reading`, `open311_writing`, `central_api`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kiosk.conformance.line import Unmet
from kiosk.conformance.silence import NoAnswer

S = TypeVar("S")


class Found(StrEnum):
    """What became of a check."""

    KEPT = "kept"
    BROKEN = "broken"
    NO_ANSWER = "no answer"
    NOT_TRIED = "not tried"


class NotTried(Exception):
    """A check has nothing to try here; says why."""


@dataclass(frozen=True, slots=True)
class Check(Generic[S]):
    """One rule, by name.

    Attributes:
        rule: the rule in one sentence.
        source: where it is written.
        act: tries it on a subject; raises Unmet, NotTried or NoAnswer.
        must: False for what is good practice, which does not decide the exit code.
        writes: it may leave something at the server.
    """

    name: str
    rule: str
    source: str
    act: Callable[[S], None]
    must: bool = True
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; `how` says what was broken, or why it was not tried or not answered."""

    name: str
    rule: str
    source: str
    must: bool
    found: Found
    how: str = ""


def run(checks: Iterable[Check[S]], subject: S, *, may_write: bool) -> tuple[Finding, ...]:
    """Try every check, in order."""
    return tuple(_tried(check, subject, may_write=may_write) for check in checks)


def _tried(check: Check[S], subject: S, *, may_write: bool) -> Finding:
    if check.writes and not may_write:
        return _finding(check, Found.NOT_TRIED, "it writes: allow it with --write, on a test system")
    try:
        check.act(subject)
    except Unmet as unmet:
        return _finding(check, Found.BROKEN, str(unmet))
    except NoAnswer as silent:
        return _finding(check, Found.NO_ANSWER, str(silent))
    except NotTried as reason:
        return _finding(check, Found.NOT_TRIED, str(reason))
    return _finding(check, Found.KEPT)


def _finding(check: Check[S], found: Found, how: str = "") -> Finding:
    return Finding(check.name, check.rule, check.source, check.must, found, how)


def unless(kept: object, how: str) -> None:
    """Say how a rule is broken, unless it is kept.

    Raises:
        Unmet: it is not.
    """
    if not kept:
        raise Unmet(how)
