"""The one thread that speaks.

Responsible for: saying what was asked last and nothing else, and being silent at once when told so.
Not responsible for: words (`kiosk.core.spoken`), voices (`voices`), processes (`programs`).

Theory of operation. Everything that makes sound is a process. To cut speech, whoever calls ends those
processes: that takes no longer than sending two signals, whatever the thread is doing. The thread meets
closed pipes, tidies up, and takes the next order. A player that is already connected to the sound server
waits as a spare, as the glass has one, because connecting is what takes long.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.core.hardware import Condition, DeviceStatus, Reason
from kiosk.core.utterance import Manner, Said
from kiosk.ports import DeviceSink
from kiosk.speech import voices
from kiosk.speech.clips import Clips
from kiosk.speech.programs import Player, Programs, Voice
from kiosk.speech.sound import silence

SPEECH: Final = "speech"
PAUSE: Final = silence(0.25)
"""Between two pieces, as a reader would pause."""
CLOSE_S: Final = 5.0


class _Runs(Protocol):
    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Order:
    serial: int
    speech: Sequence[Said]
    manner: Manner


class _Cut(Exception):
    """Something else is wanted by now."""


class Speaker:
    """Say what was asked last.

    Args:
        programs: what makes sound.
        clips: recordings, which come before voices.
        sink: told when speech breaks and when it works again; on the speaker's thread.
    """

    def __init__(self, programs: Programs, clips: Clips, sink: DeviceSink) -> None:
        self._programs = programs
        self._clips = clips
        self._sink = sink
        self._gate = threading.Condition()
        self._serial = 0
        self._order: _Order | None = None
        self._running: list[_Runs] = []
        self._spare: Player | None = None
        self._is_wanted = False
        self._is_closing = False
        self._status = DeviceStatus(SPEECH, Condition.READY)
        self._thread = threading.Thread(target=self._run, name=SPEECH, daemon=True)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the condition; never what is said."""
        return f"Speaker({self._status.condition.value})"

    # --- any thread

    def say(self, speech: Sequence[Said], manner: Manner) -> None:
        """Cut what is being said and begin with this."""
        with self._gate:
            self._cut()
            self._is_wanted = True
            self._order = _Order(self._serial, tuple(speech), manner)
            self._gate.notify()

    def hush(self) -> None:
        """Be silent at once."""
        with self._gate:
            self._cut()

    def rest(self) -> None:
        """Be silent at once, forget what was to be said, and keep nothing ready."""
        with self._gate:
            self._cut()
            self._is_wanted = False
            self._gate.notify()

    def languages(self) -> frozenset[str]:
        """Return the languages that can be spoken here: those with a voice, and those with recordings."""
        return voices.voice_languages() | self._clips.languages()

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        return self._status

    def close(self) -> None:
        """End everything; may be called twice."""
        with self._gate:
            self._cut()
            self._is_wanted, self._is_closing = False, True
            self._gate.notify()
        self._thread.join(CLOSE_S)

    def _cut(self) -> None:
        """Make whatever sounds the past; the gate is held."""
        self._serial += 1
        self._order = None
        for each in self._running:
            each.end()

    # --- the speaker's thread

    def _run(self) -> None:
        while True:
            with self._gate:
                self._gate.wait_for(lambda: self._order or self._is_closing or self._is_idle_spare())
                order, self._order = self._order, None
                is_wanted, is_closing = self._is_wanted, self._is_closing
            if order is not None:
                self._try(order)
            if not is_wanted:
                self._drop_spare()
            if is_closing:
                return

    def _try(self, order: _Order) -> None:
        try:
            self._carry_out(order)
            self._stand_ready(order.manner)
        except OSError:  # a program was taken away, or the system has no room for another process
            self._tell(good=False)

    def _is_idle_spare(self) -> bool:
        return self._spare is not None and not self._is_wanted

    def _carry_out(self, order: _Order) -> None:
        player = self._player(order.manner)
        try:
            self._enlist(player, order)
            for place, said in enumerate(order.speech):
                if place:
                    player.write(PAUSE)
                for samples in self._samples(said, order):
                    player.write(samples)
            self._tell(good=player.finish() or self._is_past(order))
        except _Cut:
            pass
        except BrokenPipeError:
            self._tell(good=self._is_past(order))
        finally:
            with self._gate:
                self._running.clear()
            player.reap()

    def _samples(self, said: Said, order: _Order) -> Iterator[bytes]:
        recorded = self._clips.samples(said.language, said.text)
        if recorded is not None:
            yield recorded
            return
        voice = voices.voice_of(said.language)
        if voice is None:
            return
        reading = Voice(self._programs.espeak, voice, order.manner.rate, said.text)
        try:
            self._enlist(reading, order)
            yield from reading.samples()
        finally:
            reading.end()
            reading.reap()

    def _enlist(self, each: _Runs, order: _Order) -> None:
        """From now on a cut ends this process too; one that came before it has its way."""
        with self._gate:
            if order.serial != self._serial:
                raise _Cut
            self._running.append(each)

    def _is_past(self, order: _Order) -> bool:
        with self._gate:
            return order.serial != self._serial

    def _player(self, manner: Manner) -> Player:
        spare, self._spare = self._spare, None
        if spare is not None and spare.volume == manner.volume and spare.is_running:
            return spare
        if spare is not None:
            spare.reap()
        return Player(self._programs.pacat, manner.volume)

    def _stand_ready(self, manner: Manner) -> None:
        if self._spare is None and self._status.condition is Condition.READY:
            self._spare = Player(self._programs.pacat, manner.volume)

    def _drop_spare(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.reap()

    def _tell(self, *, good: bool) -> None:
        condition, reason = (Condition.READY, Reason.NONE) if good else (Condition.FAULT, Reason.NO_ANSWER)
        if condition is not self._status.condition:
            self._status = DeviceStatus(SPEECH, condition, reason)
            self._sink(self._status)
