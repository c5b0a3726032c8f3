"""Easier to use: moves and views of the access settings.

Responsible for: opening and closing them over whatever is shown, changing one, and what they look like.
Not responsible for: the settings as a value (`kiosk.core.access`), or idle times (`kiosk.core.patience`).
"""

from dataclasses import replace
from typing import Final

from kiosk.core import access as a
from kiosk.core.access import Access, Setting, Speech
from kiosk.core.effects import PrintAccessCard
from kiosk.core.entries import Option, Options
from kiosk.core.events import (
    AccessAsked,
    AccessCardAsked,
    AccessChanged,
    AccessClosed,
    Event,
    PageTurned,
    Wish,
    Wished,
)
from kiosk.core.moves import Move, stay
from kiosk.core.pages import paged, room
from kiosk.core.passport import written
from kiosk.core.views import AccessChoice, AccessPanel, Button, Stepper, Tile
from kiosk.core.visit import Over, Scene, Visit, can_print
from kiosk.core.words import Words

_PANEL: Final = (
    (Setting.TEXT, "Text size", "text-size"),
    (Setting.THEME, "Colours", "contrast"),
    (Setting.SPEECH, "Read aloud", "speech"),
    (Setting.TIME, "More time", "clock"),
    (Setting.REACH, "Lower on the screen", "reach"),
    (Setting.COMPANION, "Two languages at once", "companion"),
    (Setting.PICTURES, "Pictures", "picture"),
)
_HEADINGS: Final = {
    Setting.TEXT: "How large should letters be?",
    Setting.THEME: "Which colours are easiest to read?",
    Setting.SPEECH: "Should this terminal read aloud?",
    Setting.TIME: "How much time do you need?",
    Setting.REACH: "Where should everything you touch be?",
    Setting.COMPANION: "Show English beside your language?",
    Setting.PICTURES: "Show pictures?",
}
_TEXTS: Final = {
    Setting.SPEECH: "Plug in your headphones to listen alone",
    Setting.TIME: "We ask if you are still there before anything is wiped",
    Setting.COMPANION: "For when somebody helps you who reads another language",
}
_NO_ROOM: Final = "Two languages at once leave no room for the largest letters"
_VALUES: Final = {
    (Setting.TEXT, "small"): "Small letters",
    (Setting.TEXT, "usual"): "Usual letters",
    (Setting.TEXT, "large"): "Large letters",
    (Setting.TEXT, "largest"): "Largest letters",
    (Setting.THEME, "light"): "Dark on light",
    (Setting.THEME, "dark"): "Light on dark",
    (Setting.THEME, "yellow-on-black"): "Yellow on black",
    (Setting.THEME, "soft"): "Soft colours",
    (Setting.REACH, "whole"): "Anywhere on the screen",
    (Setting.REACH, "low"): "In the lower half",
    (Setting.REACH, "low-left"): "Low, at the left",
    (Setting.REACH, "low-right"): "Low, at the right",
    (Setting.SPEECH, "off"): "No",
    (Setting.SPEECH, "on"): "Yes",
    (Setting.SPEECH, "all"): "Yes, and my own answers too",
    (Setting.TIME, "usual"): "Usual time",
    (Setting.TIME, "x2"): "Twice the time",
    (Setting.TIME, "x10"): "Ten times the time",
    (Setting.TIME, "off"): "No time limit",
}
_STEPPERS: Final = ((Setting.RATE, "Speed"), (Setting.VOLUME, "Volume"))
TILES_PAGE: Final = 8

# -- moves


def opened(visit: Visit, event: AccessAsked, scene: Scene) -> Move:
    """Open the settings, or one of them, over what is shown; a touch means that somebody is there."""
    under = visit.under if visit.over is Over.ACCESS else visit.over
    under = Over.NOTHING if under is Over.STILL_THERE else under
    return stay(replace(visit, over=Over.ACCESS, under=under, easing=event.setting, over_page=0))


def closed(visit: Visit, event: Event, scene: Scene) -> Move:
    """Go back to what the settings lay over; from one setting, to all of them."""
    if visit.easing is not None:
        return stay(replace(visit, easing=None))
    return stay(replace(visit, over=visit.under, under=Over.NOTHING))


def changed(visit: Visit, event: AccessChanged, scene: Scene) -> Move:
    """Set one setting; the view shows it at once."""
    return stay(replace(visit, access=a.changed(visit.access, event.setting, event.value)))


def page_turned(visit: Visit, event: PageTurned, scene: Scene) -> Move:
    """Turn the page of a list that lies over others, not of what it lies over."""
    return stay(replace(visit, over_page=max(0, event.page)))


def card_asked(visit: Visit, event: AccessCardAsked, scene: Scene) -> Move:
    """Print the settings as a code that any terminal can read; nothing about the person is in it."""
    if not can_print(visit.printer):
        return stay(visit)
    return Move(visit, (PrintAccessCard(written(visit.language, visit.access), visit.language),))


def wished(visit: Visit, event: Wished, scene: Scene) -> Move:
    """Change sound by a key of the keypad, wherever one is; to repeat changes nothing here."""
    now = visit.access
    match event.wish:
        case Wish.LOUDER | Wish.QUIETER:
            now = a.stepped(now, Setting.VOLUME, 1 if event.wish is Wish.LOUDER else -1)
        case Wish.FASTER | Wish.SLOWER:
            now = a.stepped(now, Setting.RATE, 1 if event.wish is Wish.FASTER else -1)
        case Wish.SPEECH:
            now = replace(now, speech=Speech.OFF if now.speaks else Speech.ON)
        case Wish.REPEAT:
            pass
    return stay(replace(visit, access=now))


# -- views


def seen_panel(visit: Visit, scene: Scene, words: Words) -> AccessPanel | AccessChoice:
    """Show all settings, or the one that is open."""
    if visit.easing in _HEADINGS:
        return _choice(visit.access, visit.easing, words)
    tiles = tuple(
        Tile(words.say(label), AccessAsked(setting), _now(visit.access, setting, words), icon)
        for setting, label, icon in _PANEL
        if (setting is not Setting.COMPANION or len(scene.facility.languages) > 1)
        and (setting is not Setting.SPEECH or scene.voices)
    )
    if can_print(visit.printer):
        card = words.say("Print them, to show to another terminal")
        tiles += (Tile(words.say("Keep these settings"), AccessCardAsked(), card, "printer"),)
    size = room(visit.access, TILES_PAGE)
    page, pager = paged(len(tiles), size, visit.over_page, words)
    return AccessPanel(
        heading=words.say("What would make this easier to use?"),
        tiles=tiles[page * size : (page + 1) * size],
        close=Button(words.say("Go on"), AccessClosed()),
        pager=pager,
    )


def _choice(access: Access, setting: Setting, words: Words) -> AccessChoice:
    options = tuple(
        Option(
            each, _value(setting, each, words), AccessChanged(setting, each), access.value(setting) == each
        )
        for each in a.values(setting)
    )
    crowded = access.has_no_room and setting in (Setting.TEXT, Setting.COMPANION)
    text = _NO_ROOM if crowded else _TEXTS.get(setting, "")
    spoken = setting is Setting.SPEECH and access.speaks
    return AccessChoice(
        heading=words.say(_HEADINGS[setting]),
        text=words.say(text) if text else "",
        options=Options(options),
        close=Button(words.say("That is right"), AccessClosed()),
        steppers=tuple(_stepper(access, each, label, words) for each, label in _STEPPERS if spoken),
    )


def _value(setting: Setting, value: str, words: Words) -> str:
    return words.say(_VALUES.get((setting, value)) or ("Yes" if value == a.ON else "No"))


def _now(access: Access, setting: Setting, words: Words) -> str:
    return _value(setting, access.value(setting), words)


def _stepper(access: Access, setting: Setting, label: str, words: Words) -> Stepper:
    value = access.value(setting)
    text = words.say("{share} percent", share=value) if setting is Setting.RATE else value
    signs = (("Slower", -1), ("Faster", 1)) if setting is Setting.RATE else (("Quieter", -1), ("Louder", 1))
    less, more = (_step(access, setting, sign, by, words) for sign, by in signs)
    return Stepper(words.say(label), text, less, more)


def _step(access: Access, setting: Setting, label: str, by: int, words: Words) -> Button | None:
    to = a.stepped(access, setting, by)
    return Button(words.say(label), AccessChanged(setting, to.value(setting))) if to != access else None
