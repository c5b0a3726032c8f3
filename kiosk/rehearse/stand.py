"""A terminal to rehearse on: the real service and glass, simulated devices, a real central service.

Responsible for: putting all of it up in a folder of its own, and taking it down again.
Not responsible for: what is done on it (`kiosk.rehearse.performance`).

Visits live on a clock that the walk moves; devices and courier keep real time, because they speak with other
processes.
"""

import re
import secrets
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from devices.catalogue import token_of
from kiosk.app import Surroundings, Terminal
from kiosk.clocks import MovedClock, SystemClock
from kiosk.core.events import Ticked
from kiosk.core.facility import Facility
from kiosk.core.hardware import Headphones, HeadphonesChanged
from kiosk.core.staff import make_pin
from kiosk.core.utterance import Said
from kiosk.core.views import View
from kiosk.council_keys import KeyShelf
from kiosk.errors import RehearsalError
from kiosk.keys import keep_enrolment, private_folder, site_key, terminal_key
from kiosk.logs import JsonLog
from kiosk.rehearse.central import RehearsalCentral
from kiosk.rehearse.hand import Hand
from kiosk.rehearse.keypad_hand import KeypadHand
from kiosk.rehearse.listener import Listener
from kiosk.rehearse.processes import Process, say
from kiosk.settings import DocumentScannerPlace, Loaded, PrinterPlace, ReaderPlace
from kiosk.sync import CentralAddress, council_keys

SETTLE_S = 30.0
TICK_S = 1.0
LOOK_AGAIN_S = 0.05
FLATBED = "flatbed"
STAFF_BADGE = "0A00CE754C"
CODE_ON_PAPER = re.compile(r"\[QR code: (.+)\]")
OPEN_FOR = time_of_day(10, 30)


class RehearsalStand:
    """Everything a walk needs, in one folder; entering starts it, leaving ends it.

    Args:
        loaded: the configuration to rehearse.
        folder: for data, tickets and logs; made if need be. Sockets and ports are elsewhere (`wires`):
            their paths may have no more than 107 bytes (unix(7)), a folder's may.
        at: local time at which the walk begins; None for the next opening hour.
        by: ``finger`` or ``keypad``: what everything is done with.
        in_window: show the glass in a window, where there is a display.
        runs: time goes by itself, as in a demonstration.
    """

    def __init__(
        self,
        loaded: Loaded,
        folder: Path,
        *,
        at: datetime | None = None,
        by: str = "finger",
        in_window: bool = False,
        runs: bool = False,
    ) -> None:
        self._facility = loaded.facility
        self._stack = ExitStack()
        self._folder = private_folder(folder)
        self.tickets = private_folder(folder / "tickets")
        self.wires = Path(self._stack.enter_context(TemporaryDirectory(prefix="kiosk-")))
        self.clock = MovedClock(_beginning(loaded.facility, at, SystemClock().now()), runs=runs)
        self._never = threading.Event()
        self.ear = Listener()
        self._listens = not in_window
        self._pin = make_pin(secrets.randbelow)
        self._devices()
        self.central_service = self._start_central()
        self.terminal = self._build(loaded, in_window=in_window)
        self.keypad = KeypadHand(self.terminal.glass.finger, loaded.terminal.outfit.keypad)
        self.hand = self.keypad if by == "keypad" else Hand(self.terminal.glass.finger)
        self._runner = threading.Thread(target=self.terminal.run, name="conductor")

    def __enter__(self) -> Self:
        """Start the terminal, and wait until it shows the welcome.

        Raises:
            RehearsalError: it does not; everything is taken down again.
        """
        self.terminal.__enter__()
        self.terminal.store.staff.add("Rehearsal", self._badge_token(), self._pin, self.clock.now())
        self._runner.start()
        try:
            self.settle()
        except RehearsalError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything, the terminal first."""
        self.terminal.stop()
        if self._runner.is_alive():
            self._runner.join(SETTLE_S)
        self.terminal.__exit__(kind, problem, trace)
        self._stack.close()

    # -- putting it up

    def _devices(self) -> None:
        devices = ("printer", "--out", str(self.tickets)), ("badge", "--kind", "uid-line"), ("scanner",)
        for name, *more in devices:
            link, control = self.wires / name, self.wires / f"{name}.control"
            words = ["devices.simulators", name, "--link", str(link), "--control", str(control), *more]
            process = Process(f"simulated {name}", words, self._folder / f"{name}.log")
            self._stack.callback(process.close)
            process.wait_for(control)
            process.wait_for(link)

    def _start_central(self) -> RehearsalCentral:
        service = RehearsalCentral(self._folder, self._facility.council, self._facility.time_zone)
        self._stack.callback(service.close)
        key = terminal_key(self._folder)
        enrolment = service.pair(self._facility.terminal, key)
        keep_enrolment(self._folder, enrolment)
        address = CentralAddress(service.url, enrolment, key)
        KeyShelf(self._folder).keep(council_keys(address, SystemClock()))
        service.book(self.clock.now())
        return service

    def _build(self, loaded: Loaded, *, in_window: bool) -> Terminal:
        logo = loaded.terminal.printer.logo if loaded.terminal.printer else None
        printer = PrinterPlace(f"serial:{self.wires / 'printer'}?baud=38400", "generic-80mm", logo)
        reader = ReaderPlace(f"serial:{self.wires / 'badge'}?baud=9600", "uid-line")
        scanner = ReaderPlace(f"serial:{self.wires / 'scanner'}?baud=9600", "scanner")
        simulated = replace(
            loaded.terminal,
            printer=printer,
            readers=(reader, scanner),
            document_scanner=self._document_scanner(loaded),
        )
        written = self._stack.enter_context((self._folder / "terminal.log").open("a", encoding="utf-8"))
        log = JsonLog(written, self.clock.now)
        around = Surroundings(
            self._folder,
            log,
            self.clock,
            central=self.central_service.url,
            speaker=self.ear if self._listens else None,
            finger=True,
            in_window=in_window,
        )
        return Terminal(replace(loaded, found=(loaded.facility, simulated)), around)

    def _document_scanner(self, loaded: Loaded) -> DocumentScannerPlace | None:
        """Simulate the document scanner, where the facility has one; each page is a process of its own."""
        configured = loaded.terminal.document_scanner
        if configured is None:
            return None
        self.document_scanner("ok")
        words = (sys.executable, "-m", "devices.simulators.flatbed", str(self.wires / FLATBED))
        return replace(configured, address="sane:any", source="", program=words)

    def _badge_token(self) -> str:
        return token_of(STAFF_BADGE, site_key(self._folder))

    # -- what a performance asks

    def view(self) -> View:
        """Return the view that was last sent to the glass."""
        return self.terminal.glass.last_view()

    def settle(self) -> None:
        """Wait until what happened was decided and the glass shows it; as long as a slow machine needs."""
        self.terminal.conductor.drain(SETTLE_S)
        if not self.terminal.glass.wait_until_shown(SETTLE_S):
            raise RehearsalError("WALK-037", "The glass did not show the last view.", "Look at terminal.log.")

    def group_of(self, service: str) -> str:
        """Return the group of a service."""
        found = self._facility.services.get(service)
        if found is None:
            known = ", ".join(self._facility.services)
            raise RehearsalError("WALK-017", f"There is no service '{service}'.", f"There are: {known}.")
        return found.group

    def printer(self, fault: str) -> None:
        """Do something to the simulated printer; ok undoes all."""
        control = self.wires / "printer.control"
        if not say(control, fault).get("plugged", True) and fault == "ok":
            say(control, "replug")

    def central(self, mode: str) -> None:
        """Make the central service up, down, slow, or refuse."""
        self.central_service.mood(mode)
        self.terminal.poke()

    def document_scanner(self, fault: str) -> None:
        """Do something to the simulated document scanner; ok undoes all."""
        (self.wires / FLATBED).write_text(fault, "utf-8")

    def card(self, number: str) -> None:
        """Hold a card to the reader."""
        say(self.wires / "badge.control", f"card {number}")

    def scan_paper(self) -> None:
        """Read the code from the newest paper that was cut, and show it to the scanner."""
        codes: list[str] = []

        def is_there() -> bool:
            text = self.paper()[0]
            codes[:] = CODE_ON_PAPER.findall(Path(text).read_text("utf-8")) if text else []
            return bool(codes)

        if not self.becomes(is_there, SETTLE_S):
            raise RehearsalError("WALK-038", "No code stands on the newest paper.", "Correct the walk.")
        say(self.wires / "scanner.control", f"card {codes[-1]}")

    def staff(self) -> tuple[str, str]:
        """Return badge number and PIN of the rehearsal's member of staff."""
        return STAFF_BADGE, self._pin

    def headphones(self, state: str) -> None:
        """Plug headphones in, or pull them out."""
        self.terminal.conductor.device_fact(HeadphonesChanged("rehearsal", Headphones(state)))
        self.settle()

    def heard(self) -> tuple[Said, ...]:
        """Return what was read aloud in this visit."""
        return self.ear.heard()

    def let_pass(self, seconds: float) -> None:
        """Move the injected clock on, with a tick for each second."""
        whole, rest = divmod(seconds, TICK_S)
        for step in [TICK_S] * int(whole) + ([rest] if rest else []):
            self.clock.move(step)
            self.terminal.conductor.post(Ticked())
            self.terminal.conductor.drain(SETTLE_S)
        self.settle()

    def job(self) -> str:
        """Return the word of the latest print outcome, or ``none``."""
        jobs = self.terminal.store.jobs_today(self._today())
        return str(jobs[0].outcome or "none") if jobs else "none"

    def case(self) -> str:
        """Return what became of the latest case."""
        cases = self.terminal.store.cases()
        return cases[0].delivery if cases else "none"

    def becomes(self, holds: Callable[[], bool], within_s: float) -> bool:
        """Wait until something holds; False when it does not in time."""
        until = time.monotonic() + within_s
        while not holds():
            if time.monotonic() > until:
                return False
            self._never.wait(LOOK_AGAIN_S)
        return True

    def paper(self) -> tuple[str, str]:
        """Return text and picture of the newest ticket; of one that sticks out unfinished, a picture."""
        if say(self.wires / "printer.control", "status").get("unfinished"):
            say(self.wires / "printer.control", "view")
            return "", str(self.tickets / "unfinished.png")
        cut = sorted(self.tickets.glob("ticket-*.png"))
        return (str(cut[-1].with_suffix(".txt")), str(cut[-1])) if cut else ("", "")

    def _today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self._facility.time_zone)).date()


def _beginning(facility: Facility, at: datetime | None, now: datetime) -> datetime:
    zone = ZoneInfo(facility.time_zone)
    if at is not None:
        return at.replace(tzinfo=zone).astimezone(UTC)
    for days in range(8):
        day = (now.astimezone(zone) + timedelta(days=days)).date()
        moment = datetime.combine(day, OPEN_FOR, zone)
        if facility.is_open(moment):
            return moment.astimezone(UTC)
    return now
