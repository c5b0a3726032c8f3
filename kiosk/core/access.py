"""How a visitor wants the terminal to be: sizes, colours, reach, sound, time, languages, pictures.

Responsible for: the settings of one visit as a frozen value, and changing one of them.
Not responsible for: how they are chosen (`kiosk.core.easing`), drawn (`screens`) or spoken.

Nothing here says anything about a person: a setting is what somebody touched, not why.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final


class TextSize(StrEnum):
    """How high a capital letter is; the four ranges of VVSG 2.0, 7.1-E."""

    SMALL = "small"
    USUAL = "usual"
    LARGE = "large"
    LARGEST = "largest"


CAP_MM: Final = {TextSize.SMALL: 4.0, TextSize.USUAL: 4.8, TextSize.LARGE: 6.8, TextSize.LARGEST: 9.0}
"""Height of a capital in millimetres. From 600 mm away, 7.3 mm is 0.7 degrees (EN 301 549, 5.1.4)."""


class ThemeName(StrEnum):
    """Which colours."""

    LIGHT = "light"
    DARK = "dark"
    YELLOW_ON_BLACK = "yellow-on-black"
    SOFT = "soft"


class Reach(StrEnum):
    """Where everything that is touched stands: anywhere, in the lower half, or there at one side."""

    WHOLE = "whole"
    LOW = "low"
    LOW_LEFT = "low-left"
    LOW_RIGHT = "low-right"


class MoreTime(StrEnum):
    """How much longer nobody need touch anything (WCAG 2.2.1); off still ends a forgotten visit."""

    USUAL = "usual"
    TWICE = "x2"
    TEN_TIMES = "x10"
    OFF = "off"


class Speech(StrEnum):
    """What is read aloud.

    ``on`` reads what stands on the glass; what is the visitor's own only to headphones. ``all`` is the
    explicit choice to hear that over loudspeakers too (EN 301 549, 5.1.3.8).
    """

    OFF = "off"
    ON = "on"
    ALL = "all"


class Setting(StrEnum):
    """One of the things that can be changed."""

    TEXT = "text"
    THEME = "theme"
    REACH = "reach"
    SPEECH = "speech"
    RATE = "rate"
    VOLUME = "volume"
    TIME = "time"
    COMPANION = "companion"
    PICTURES = "pictures"


RATES: Final = (50, 75, 100, 125, 150, 175, 200)
"""Percent of 125 words a minute (VVSG 2.0, 7.1-K)."""
VOLUMES: Final = (1, 2, 3, 4, 5, 6, 7, 8)
"""Steps; how loud each is, the speaker knows."""
ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class Access:
    """All settings of one visit.

    Attributes:
        rate: of speech, in percent; one of `RATES`.
        volume: of speech; one of `VOLUMES`.
        companion: everything is shown in English as well.
        pictures: icons are shown.
    """

    text: TextSize = TextSize.USUAL
    theme: ThemeName = ThemeName.LIGHT
    reach: Reach = Reach.WHOLE
    speech: Speech = Speech.OFF
    rate: int = 100
    volume: int = 4
    time: MoreTime = MoreTime.USUAL
    companion: bool = False
    pictures: bool = True

    @property
    def speaks(self) -> bool:
        """Say whether anything is read aloud."""
        return self.speech is not Speech.OFF

    @property
    def letters(self) -> TextSize:
        """Return the letters that are drawn: two languages at once leave no room for the largest."""
        return TextSize.LARGE if self.has_no_room else self.text

    @property
    def has_no_room(self) -> bool:
        """Say whether the largest letters are asked for in two languages at once."""
        return self.companion and self.text is TextSize.LARGEST

    @property
    def cap_height_mm(self) -> float:
        """Return how high capitals are, in millimetres."""
        return CAP_MM[self.letters]

    def value(self, setting: Setting) -> str:
        """Return what a setting is set to, as `changed` takes it."""
        value = getattr(self, setting.value)
        if isinstance(value, bool):
            return ON if value else OFF
        return str(value)


_KINDS: Final = {
    Setting.TEXT: TextSize,
    Setting.THEME: ThemeName,
    Setting.REACH: Reach,
    Setting.SPEECH: Speech,
    Setting.TIME: MoreTime,
}
_STEPS: Final = {Setting.RATE: RATES, Setting.VOLUME: VOLUMES}


def values(setting: Setting) -> tuple[str, ...]:
    """Return everything a setting can be set to, in order."""
    if setting in _KINDS:
        return tuple(str(each) for each in _KINDS[setting])
    if setting in _STEPS:
        return tuple(str(each) for each in _STEPS[setting])
    return (ON, OFF)


def changed(access: Access, setting: Setting, value: str) -> Access:
    """Set one setting; a value that is not known changes nothing."""
    if value not in values(setting):
        return access
    to: dict[str, Any] = {setting.value: value == ON}
    if setting in _KINDS:
        to = {setting.value: _KINDS[setting](value)}
    elif setting in _STEPS:
        to = {setting.value: int(value)}
    return replace(access, **to)


def stepped(access: Access, setting: Setting, by: int) -> Access:
    """Make rate or volume so many steps more or less; at the end of its range it stays."""
    steps = values(setting)
    at = min(max(steps.index(access.value(setting)) + by, 0), len(steps) - 1)
    return changed(access, setting, steps[at])
