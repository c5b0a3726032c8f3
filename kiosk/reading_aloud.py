"""Follows a visit and has it read aloud.

Responsible for: asking the core what is to be read after each event, and the speaker to read it.
Not responsible for: words (`kiosk.core.spoken`), what is new (`kiosk.core.reading`), sound (`kiosk.speech`).

Threads. `follow` and `rest` belong to the conductor's thread; `hush` is for any, because a touch must cut
what is being read before it is decided.
"""

from dataclasses import replace

from kiosk.core import reading
from kiosk.core.events import Event, Focused, Typed, Wished
from kiosk.core.listening import voice_language
from kiosk.core.seen import seen
from kiosk.core.utterance import Said
from kiosk.core.views import View
from kiosk.core.visit import Scene, Visit
from kiosk.ports import Speaker


class ReadingAloud:
    """Read what a visitor who listens must know.

    Args:
        speaker: None where nothing can speak.
    """

    def __init__(self, speaker: Speaker | None) -> None:
        self._speaker = speaker
        self._read: View | None = None

    def voices(self) -> frozenset[str]:
        """Return the languages that can be read here."""
        return self._speaker.languages() if self._speaker else frozenset()

    def hush(self) -> None:
        """Be silent at once; any thread."""
        if self._speaker is not None:
            self._speaker.hush()

    def rest(self) -> None:
        """Forget the visit."""
        self._read = None
        if self._speaker is not None:
            self._speaker.rest()

    def follow(self, event: Event, before: Visit, now: Visit, scene: Scene) -> None:
        """Read what an event made of the visit."""
        if self._speaker is None:
            return
        if not now.access.speaks:
            if self._read is not None:
                self.rest()
            return
        heard = replace(now, language=voice_language(now, scene))
        view = seen(heard, scene)
        speech = self._speech(event, before, heard, scene, view)
        self._read = view
        if speech:
            self._speaker.say(speech, reading.manner(now.access))

    def _speech(self, event: Event, before: Visit, now: Visit, scene: Scene, view: View) -> tuple[Said, ...]:
        words, signs = now.words(scene.facility), scene.facility.spoken_keys
        everything = reading.hears_all(now.access, now.headphones)
        match event:
            case Focused():
                return reading.focus(event, view, words, signs) if event.moved else ()
            case Typed(step, field, text):
                typed = before.drafts.get(step, {}).get(field, "")
                one_case = reading.has_one_case(view, field)
                return reading.echo(str(typed), text, words, signs, everything=everything, one_case=one_case)
            case Wished():
                return reading.whole(view, words, everything=everything)
            case _:
                return reading.news(self._read, view, words, everything=everything)
