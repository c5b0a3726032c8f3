"""The glass as the service sees it: a process for each visitor, and a spare that waits unseen.

Responsible for: starting, replacing and watching glasses, carrying views to the front one and events from it.
Not responsible for: drawing (`screens`), or what a touch means (`kiosk.core`).

Only the glass in front is listened to: what a killed one still said is dropped, so that nothing of one visit
reaches the next.
"""

import contextlib
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import kiosk
from kiosk.core.events import TouchEvent
from kiosk.core.frames import FrameError, from_line, to_line
from kiosk.core.glass_lines import Broke, Did, FromGlass, Outfit, Panel, Ping, Pong, Ready, Show, Shown
from kiosk.core.views import View
from kiosk.errors import GlassError
from kiosk.logs import Log
from kiosk.ports import Clock

KEPT_VARIABLES: Final[tuple[str, ...]] = (
    "DISPLAY", "HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "VIRTUAL_ENV", "XAUTHORITY", "XDG_RUNTIME_DIR",
    "SDL_VIDEODRIVER", "LIBGL_ALWAYS_SOFTWARE",
)  # fmt: skip
DISTRIBUTION: Final = Path(kiosk.__file__).parent.parent
"""Where `screens` stands beside `kiosk`, wherever the service was started."""
BEAT_S: Final = 5.0
SILENT_S: Final = 15.0
BUFFER_BYTES: Final = 1024 * 1024
SEND_S: Final = 5
"""Whoever shows a view holds the lock that the watch needs: a glass that stands still, its socket full of
pictures of pages, must not be waited for."""
MOST_CALM_S: Final = 60.0
CALM_S: Final = 2.0
"""Between two starts after a glass ended by itself, so that a broken one cannot keep the machine busy."""


@dataclass(frozen=True, slots=True)
class GlassPlace:
    """Where and how a glass is shown.

    Attributes:
        finger: open the second socket, for rehearsals.
        in_window: on a desktop, as large as fits.
        outfit: keys of the keypad, and how touches are taken.
        assistive: tell programs that read screens what stands on it (decision 59).
    """

    panel: Panel
    finger: bool = False
    in_window: bool = False
    outfit: Outfit = field(default_factory=Outfit)
    assistive: bool = False


def wants_assistive(environ: Mapping[str, str]) -> bool:
    """Say whether the environment asks for a glass that programs can read.

    Raises:
        GlassError: KIOSK-040, it does, and the package for it is not installed.
    """
    wanted = environ.get("KIOSK_ASSISTIVE") == "1"
    if wanted and find_spec("accesskit") is None:
        raise GlassError(
            "KIOSK-040",
            "KIOSK_ASSISTIVE is set, and the package for it is not installed.",
            "Install it: pip install 'council-kiosk[assistive]'.",
        )
    return wanted


class _Pane:
    """One process of the glass, with its sockets and the thread that listens to it."""

    def __init__(self, place: GlassPlace, heard: Callable[["_Pane", FromGlass | None], None]) -> None:
        self.ready = threading.Event()
        self.ponged_s: float | None = None
        self.shown = 0
        self.finger: socket.socket | None = None
        self._heard = heard
        self._socket, theirs = _pair()
        words = [sys.executable, "-E", "-s", "-m", "screens", "--socket", str(theirs.fileno())]
        words += ["--panel", to_line(place.panel).decode().strip()]
        words += ["--outfit", to_line(place.outfit).decode().strip()]
        given = [theirs]
        if place.finger:
            self.finger, their_finger = _pair()
            words += ["--finger", str(their_finger.fileno())]
            given.append(their_finger)
        if place.in_window:
            words.append("--in-window")
        kept = KEPT_VARIABLES
        if place.assistive:
            words.append("--assistive")
            kept += ("DBUS_SESSION_BUS_ADDRESS",)
        self._child = _start(words, [end.fileno() for end in given], kept)
        for end in given:
            end.close()
        self._thread = threading.Thread(target=self._listen, name="glass", daemon=True)
        self._thread.start()

    def send(self, message: Show | Ping) -> None:
        """Send one line; a glass that reads nothing for a while is ended, which the listener notices."""
        try:
            self._socket.sendall(to_line(message))
        except OSError:
            self._child.kill()

    def end(self) -> None:
        """Kill the process; returns at once but for the moment it takes to die. May be called twice."""
        self._child.kill()
        self._child.wait()
        for end in (self._socket, self.finger):
            if end is not None:
                end.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._socket.makefile("rb") as lines:
            for line in lines:
                try:
                    self._heard(self, from_line(line, FromGlass))
                except FrameError:
                    break
        self._heard(self, None)


def _nobody() -> None:
    """Tell nobody that a view could not be drawn."""


class Glass:
    """The front glass and its spare; any thread may call.

    Args:
        place: panel and window.
        happened: takes what a person did, on the listening thread; must not block.
        broke: told that the front glass could not draw the last view; as `happened`.
        clock: for watching; real time.
        log: takes events.
    """

    def __init__(
        self,
        place: GlassPlace,
        *,
        happened: Callable[[TouchEvent], None],
        broke: Callable[[], None] = _nobody,
        clock: Clock,
        log: Log,
    ) -> None:
        self._place = place
        self._happened = happened
        self._broke = broke
        self._clock = clock
        self._log = log
        self._changed = threading.Condition(threading.RLock())
        self._closing = threading.Event()
        self._serial = 0
        self._unready = 0
        self._view: View | None = None
        with self._changed:  # whoever speaks at once waits until there is a front
            self._front = self._new_pane()
            self._spare = self._new_pane()
        self._watch = threading.Thread(target=self._watching, name="glass-watch", daemon=True)
        self._watch.start()

    # -- what the service asks

    def show(self, view: View) -> None:
        """Draw a view on the front glass."""
        with self._changed:
            self._serial += 1
            self._view = view
            self._front.send(Show(self._serial, view))

    def replace(self) -> None:
        """Throw the front glass away with all it holds; the spare takes its place, and a new spare starts."""
        with self._changed:
            last, self._front = self._front, self._spare
            self._front.ponged_s = None
            self._spare = self._new_pane()
        last.end()

    def close(self) -> None:
        """End both glasses and the watch; may be called twice."""
        self._closing.set()
        with self._changed:
            panes = (self._front, self._spare)
        for pane in panes:
            pane.end()
        if self._watch is not threading.current_thread():
            self._watch.join()

    # -- what a rehearsal asks

    def last_view(self) -> View:
        """Return the view that was last sent.

        Raises:
            GlassError: none was sent yet.
        """
        with self._changed:
            if self._view is None:
                raise GlassError("GLASS-001", "The glass has shown nothing yet.", "Start the terminal first.")
            return self._view

    def wait_until_shown(self, timeout_s: float) -> bool:
        """Wait until the last view sent is on the display; False when it took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._front.shown >= self._serial, timeout_s)

    def finger(self) -> socket.socket:
        """Return the finger's socket of the front glass.

        Raises:
            GlassError: this glass was started without one.
        """
        with self._changed:
            if self._front.finger is None:
                raise GlassError("GLASS-002", "This glass has no finger.", "Start it for a rehearsal.")
            return self._front.finger

    # -- listening and watching

    def _new_pane(self) -> _Pane:
        return _Pane(self._place, self._hear)

    def _is_front(self, pane: _Pane) -> bool:
        with self._changed:
            return pane is self._front

    def _hear(self, pane: _Pane, said: FromGlass | None) -> None:
        match said:
            case Did(event):
                if self._is_front(pane):
                    self._happened(event)
            case Shown(serial):
                with self._changed:
                    pane.shown = serial
                    self._changed.notify_all()
            case Pong():
                pane.ponged_s = self._clock.monotonic()
            case Ready():
                pane.ready.set()
                self._unready = 0
            case Broke(_, place):
                self._log("glass.broke", place=place)
                if pane is self._front:
                    self._broke()
            case None:
                self._gone(pane)

    def _gone(self, pane: _Pane) -> None:
        with self._changed:
            if self._closing.is_set() or pane not in (self._front, self._spare):
                return
        self._log("glass.gone", front=pane is self._front)
        self._closing.wait(0 if pane.ready.is_set() else self._calm_s())
        with self._changed:
            if self._closing.is_set():
                return
            if pane is self._front:
                self._front, self._spare = self._spare, self._new_pane()
                self._show_again()
            elif pane is self._spare:
                self._spare = self._new_pane()
        pane.end()

    def _calm_s(self) -> float:
        """Wait longer after each glass that ended before it could draw."""
        self._unready += 1
        return min(CALM_S * 2.0 ** (self._unready - 1), MOST_CALM_S)

    def _show_again(self) -> None:
        if self._view is not None:
            self._front.send(Show(self._serial, self._view))

    def _watching(self) -> None:
        beat = 0
        while not self._closing.wait(BEAT_S):
            beat += 1
            with self._changed:
                front = self._front
            if front.ponged_s is None:  # its silence counts from the first time it is asked
                front.ponged_s = self._clock.monotonic()
            quiet_s = self._clock.monotonic() - front.ponged_s
            if quiet_s > SILENT_S:
                self._log("glass.silent", seconds=round(quiet_s))
                front.end()
            else:
                front.send(Ping(beat))


def _pair() -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_S, 0))
    ours.settimeout(None)
    return ours, theirs


def _start(words: list[str], descriptors: list[int], kept: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    if "DISPLAY" not in environment:
        environment.setdefault("SDL_VIDEODRIVER", "offscreen")
    try:
        return subprocess.Popen(
            words,
            pass_fds=descriptors,
            env=environment,
            cwd=DISTRIBUTION,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    except OSError as problem:
        raise GlassError(
            "GLASS-003", f"The glass cannot be started ({problem.strerror}).", "Install the terminal again."
        ) from problem
