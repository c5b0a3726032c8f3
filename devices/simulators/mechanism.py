"""The inside of a simulated receipt printer: buffer, sensors, paper transport, answers.

Responsible for: doing what the commands say at the speed of a mechanism, stopping when it must, and the bytes
of every status answer. Not responsible for: the wire, the control socket, or drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.simulators.faults import Faults
from devices.simulators.grammar import Command, take
from devices.simulators.interpreter import Interpreter
from devices.simulators.realtime import DC4, ENQ, EOT, RealTime, RealTimeFilter
from devices.simulators.slip import Slip

BUFFER: Final = 4096
DOTS_PER_MM: Final = 8
ROWS_PER_LINE: Final = 30
CUT_S: Final = 0.2
CUTTER_DISTANCE: Final = 96
LONG_AGO: Final = 0.0
CLEAR_BUFFER: Final = 2
PROCESS_ID: Final = b"\x30\x30"


@dataclass(frozen=True, slots=True)
class Build:
    """What sort of printer it is.

    Attributes:
        width: printable dots across.
        mm_per_s: how quickly paper moves; 0 for at once.
        model: what it answers when asked for its model.
        serial: and for its serial number.
    """

    width: int = 576
    mm_per_s: float = 150.0
    model: str = "TM-T20III"
    serial: str = "SIM0000001"


class Mechanism:
    """A receipt printer without its wire.

    Args:
        build: what sort of printer it is.
        say: takes bytes for the host.
        keep: takes a slip when it is cut off.
    """

    def __init__(self, build: Build, say: Callable[[bytes], None], keep: Callable[[Slip], None]) -> None:
        self.faults = Faults()
        self._build = build
        self._say = say
        self._keep = keep
        self._paper = Interpreter(build.width, Slip(build.width))
        self._filter = RealTimeFilter()
        self._buffer = b""
        self._is_inside = False
        self._busy_until = LONG_AGO
        self._asb = 0
        self._last_asb = b""
        self._late: list[tuple[float, bytes]] = []
        self._off_until = LONG_AGO
        self._is_off = False

    @property
    def room(self) -> int:
        """How many bytes can still be taken; a picture runs through the buffer while it comes in."""
        running = self._is_inside and not self.faults.stopped
        return BUFFER if running else max(0, BUFFER - len(self._buffer))

    @property
    def slip(self) -> Slip:
        """The paper since the last cut."""
        return self._paper.slip

    @property
    def waiting_bytes(self) -> int:
        """Bytes received and not yet carried out."""
        return len(self._buffer)

    def receive(self, came: bytes) -> None:
        """Take bytes from the wire; real-time commands are answered at once."""
        if self._is_off:
            return
        for piece in self._filter.feed(came):
            if isinstance(piece, RealTime):
                self._real_time(piece)
            else:
                self._buffer += piece

    def run(self, now: float) -> float | None:
        """Do what can be done by now, and return when there is more to do; None when nothing is left."""
        if self._is_off and now < self._off_until:
            return self._off_until
        self._is_off = False
        self._report_changes()
        self._send_late(now)
        while not self.faults.stopped and now >= self._busy_until:
            taken = take(self._buffer)
            self._is_inside = taken is None and bool(self._buffer)
            if taken is None:
                break
            command, self._buffer = taken
            self._do(command, now)
            self._report_changes()
        moments = [at for at, _ in self._late]
        if self._buffer and not self.faults.stopped:
            moments.append(self._busy_until)
        return min(moments, default=None)

    def new_roll(self) -> None:
        """Put in a new roll; what was on the old one is torn off with it."""
        if self.faults.paper_out and not self.slip.is_blank:
            self.slip.join_rolls()
        self.faults.new_roll()

    def power_cycle(self, until: float = LONG_AGO) -> None:
        """Switch off, and on again at a moment: buffers and modes are forgotten, paper and cover stay.

        What comes while it is off is lost.
        """
        self._off_until = until
        self._is_off = until > LONG_AGO
        self._buffer = b""
        self._asb = 0
        self._late = []
        self._filter = RealTimeFilter()
        slip = self.slip
        self._paper = Interpreter(self._build.width, slip)

    def _do(self, command: Command, now: float) -> None:
        match command.name:
            case b"\x1dV" | b"\x1bi" | b"\x1bm":
                self._cut(command, now)
            case b"\x1da":
                self._asb = command.rest[0]
                self._last_asb = b""
            case b"\x1dr":
                self._answer_queued(command.rest[0], now)
            case b"\x1dI":
                self._identify(command.rest[0])
            case b"\x1d(" if command.rest[:1] == b"H" and command.rest[3:5] == PROCESS_ID:
                self._confirm(command.rest[5:9], now)
            case _:
                self._move(self._paper.obey(command), now)

    def _move(self, rows: int, now: float) -> None:
        if rows and self._build.mm_per_s:
            self._busy_until = now + rows / (DOTS_PER_MM * self._build.mm_per_s)
        self.faults.use_paper(rows)

    def _cut(self, command: Command, now: float) -> None:
        feeds = command.name == b"\x1dV" and command.rest[0] in (65, 66)
        before = self.slip.height
        self.slip.feed(CUTTER_DISTANCE + command.rest[1] if feeds else 0)
        self._move(self.slip.height - before, now)
        if self._build.mm_per_s:
            self._busy_until += CUT_S
        if not self.slip.is_blank:
            self._keep(self.slip)
        self._paper.slip = Slip(self._build.width)

    def _confirm(self, mark: bytes, now: float) -> None:
        if self.faults.has_completion:
            self._answer_in_order(b"\x37\x22" + mark + b"\x00", now)

    def _answer_queued(self, which: int, now: float) -> None:
        if self.faults.has_queued_status and which in (1, 49):
            self._answer_in_order(bytes([self.faults.paper_bits()]), now)

    def _answer_in_order(self, answer: bytes, now: float) -> None:
        if self.faults.late_s:
            self._late.append((now + self.faults.late_s, answer))
        else:
            self._say(answer)

    def _send_late(self, now: float) -> None:
        due = [answer for at, answer in self._late if at <= now]
        self._late = [(at, answer) for at, answer in self._late if at > now]
        for answer in due:
            self._say(answer)

    def _identify(self, which: int) -> None:
        words = {65: "1.00 SIM", 66: "SIMULATED", 67: self._build.model, 68: self._build.serial}
        if which in words and not self.faults.nameless:
            self._say(b"_" + words[which].encode() + b"\x00")

    def _real_time(self, asked: RealTime) -> None:
        if asked.verb == EOT and 1 <= asked.rest[0] <= 4:  # noqa: PLR2004 - the four questions
            self._say(self.faults.real_time(asked.rest[0]))
        elif asked.verb == ENQ and asked.rest[0] == CLEAR_BUFFER:
            self._buffer = b""
        elif asked.verb == DC4 and asked.rest[:1] == b"\x08" and self.faults.has_clear:
            self._buffer = b""
            self._say(b"\x37\x25\x00")

    def _report_changes(self) -> None:
        """Send the four status bytes if they are asked for and not as they were."""
        if not self._asb or self.faults.lacks_asb:
            return
        current = self.faults.automatic()
        if current != self._last_asb:
            self._last_asb = current
            self._say(current)
