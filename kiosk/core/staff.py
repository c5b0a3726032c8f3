"""Who among staff may see the staff view, and what wrong PINs cost.

Responsible for: the outcomes of signing in, the lock after wrong PINs, and which PINs are too easy.
Not responsible for: keeping badges and counts (`kiosk.store.staff`), or the PIN pad (views).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

PIN_DIGITS = 6
FREE_TRIES = 3
LAST_TRY = 10
FIRST_LOCK_S = 15
_FEWEST_DIFFERENT = 3


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Badge and PIN were right."""

    name: str


@dataclass(frozen=True, slots=True)
class WrongPin:
    """The PIN was wrong; `left` more tries cost no waiting."""

    left: int


@dataclass(frozen=True, slots=True)
class LockedUntil:
    """No PIN is looked at before this moment (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Too many wrong PINs: no PIN is looked at until somebody unlocks the badge."""


@dataclass(frozen=True, slots=True)
class UnknownBadge:
    """Nobody has this badge."""


SignIn = SignedIn | WrongPin | LockedUntil | LockedOut | UnknownBadge


def refusal(failures: int, failed_at: datetime) -> WrongPin | LockedUntil | LockedOut:
    """Say what the given number of wrong PINs in a row means, the latest at `failed_at`."""
    if failures >= LAST_TRY:
        return LockedOut()
    if failures <= FREE_TRIES:
        return WrongPin(FREE_TRIES - failures)
    wait_s = FIRST_LOCK_S * 2 ** (failures - FREE_TRIES - 1)
    return LockedUntil(failed_at + timedelta(seconds=wait_s))


def pin_is_weak(pin: str) -> bool:
    """Say whether a PIN is not six digits, or one that people guess first."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    runs = len(steps) == 1
    repeats = pin[:3] == pin[3:] or pin == pin[:2] * 3
    return runs or repeats or pin == pin[::-1] or len(set(pin)) < _FEWEST_DIFFERENT


def make_pin(randbelow: Callable[[int], int]) -> str:
    """Make a PIN that is not weak; `randbelow(n)` gives a number from 0 to n - 1, from a safe source."""
    while pin_is_weak(pin := f"{randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"):
        continue
    return pin
