"""What stands around every view: the same ways out and aids, at the same place.

Responsible for: which parts of the frame a visit has at each stage.
Not responsible for: the body (`kiosk.core.seen`), or drawing (`screens.widgets.frame`).
"""

from dataclasses import replace

from kiosk.core.events import (
    AccessAsked,
    AccessClosed,
    HelpAsked,
    LanguageChosen,
    LanguagesAsked,
    Left,
    WentBack,
)
from kiosk.core.hardware import Condition
from kiosk.core.look import look_of
from kiosk.core.views import Button, Frame
from kiosk.core.visit import Over, Scene, Stage, Visit
from kiosk.core.words import ENGLISH, Words

STAFF = frozenset({Stage.STAFF_PIN, Stage.STAFF_CHECK, Stage.STAFF_LIST, Stage.STAFF_PRINT})
BUSY = frozenset({Stage.SAVING, Stage.PRINTING, Stage.STAFF_CHECK, Stage.STAFF_PRINT, Stage.LOOKING})
RESTING = frozenset({Stage.WELCOME, Stage.CLOSED, Stage.OUT_OF_ORDER, Stage.ENDED})
CANNOT_PRINT = frozenset({Condition.ABSENT, Condition.SILENT, Condition.BLOCKED, Condition.FAULT})
HELPED = frozenset({Over.NOTHING, Over.ACCESS})


def frame(visit: Visit, scene: Scene, words: Words) -> Frame:
    """Say what stands around the body; the access settings everywhere, the rest where it makes sense."""
    look = look_of(visit.access)
    plain = Frame(
        language=words.language,
        direction=words.direction,
        council=words.say(scene.facility.council),
        look=replace(look, companion=look.companion and words.language != ENGLISH),
        access=_access(visit, words),
        english=_english(visit, scene, words),
    )
    several = len(scene.facility.languages) > 1 and visit.over is not Over.LANGUAGES
    languages = Button(words.say("Language"), LanguagesAsked()) if several else None
    if visit.over is Over.STILL_THERE or visit.stage in (Stage.CLOSED, Stage.OUT_OF_ORDER):
        plain = replace(plain, languages=languages)
    if visit.over is Over.STILL_THERE or visit.stage in RESTING:
        return replace(plain, notice=notice(visit, scene, words))
    service = scene.facility.services.get(visit.service)
    leave = Button(words.say("Leave now"), Left())
    framed = replace(
        plain,
        title=words.say(service.name) if service else "",
        notice=notice(visit, scene, words),
        sensitive=service is not None and service.sensitive,
    )
    if visit.stage in BUSY:
        return framed
    if visit.stage in STAFF:
        return replace(framed, leave=leave)
    return replace(
        framed,
        back=Button(words.say("Back"), WentBack()) if _can_go_back(visit) else None,
        help=Button(words.say("Speak to reception"), HelpAsked()) if visit.over in HELPED else None,
        leave=leave,
        languages=languages,
    )


def _english(visit: Visit, scene: Scene, words: Words) -> Button | None:
    """Keep English one touch away for whoever began in another language, and for who stands beside."""
    if words.language == ENGLISH or visit.stage in (Stage.WELCOME, Stage.ENDED) or visit.stage in STAFF:
        return None
    english = scene.facility.words(ENGLISH)
    return Button(english.name, LanguageChosen(english.language), english.language)


def _access(visit: Visit, words: Words) -> Button | None:
    if visit.stage is Stage.ENDED:
        return None
    open_now = visit.over is Over.ACCESS
    event: AccessAsked | AccessClosed = AccessClosed() if open_now else AccessAsked()
    return Button(words.say("Easier to use"), event, selected=open_now)


def _can_go_back(visit: Visit) -> bool:
    if visit.over is Over.ACCESS:
        return visit.easing is not None
    stages = (Stage.GROUPS, Stage.SERVICES, Stage.STEP, Stage.REVIEW, Stage.NOT_FOUND)
    return visit.over is Over.NOTHING and visit.stage in stages


def notice(visit: Visit, scene: Scene, words: Words) -> str:
    """Say what the visitor must know on every screen; empty where there is nothing."""
    if visit.access.speaks and visit.language not in scene.voices:
        return words.say("This terminal has no voice for this language yet, so it reads English")
    told = visit.stage in STAFF or visit.stage in (Stage.DONE, Stage.CLOSED, Stage.OUT_OF_ORDER)
    if told or visit.printer is None or visit.printer.condition not in CANNOT_PRINT:
        return ""
    return words.say("This terminal cannot print at the moment. You will see your number on the screen")
