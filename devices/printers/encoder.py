"""Turns a ticket into the commands that print it.

Responsible for: letters in the printer's code page, pictures only for lines that no page carries, QR codes,
cut, the fence that asks whether it is all on paper. Pure: no port, no clock; shaping comes in as a function.
Not responsible for: sending, pausing, or believing the answer (`conversation`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from devices.printers import commands
from devices.printers.dots import RasterLine, ShapedText, picture_commands, qr_picture
from devices.printers.profile import FONT_A_DOTS, FONT_B_DOTS, MM_PER_INCH, CodePage, Profile
from devices.printers.wording import clean, encoded, page_for, runs_right_to_left, wrapped
from kiosk.core.hardware import Fence
from kiosk.core.ticket import Align, Code, Line, Logo, Pair, Part, Rule, Size, Space, Ticket
from kiosk.typeset.picture import Bitmap

QR_SIDE_MM: Final = 26
LONGEST_QR: Final = 400
QR_BYTES_AT_M: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412)
"""How many bytes a code of version 1, 2, 3 … carries at error correction M."""
SMALLEST_MODULE: Final = 3
LARGEST_MODULE: Final = 8
HUGE_SCALE: Final = 6
LARGE_SCALE: Final = 2
TEAR_OFF_MM: Final = 20.0
CUTTER_MM: Final = 12.0
"""From the print head to the cutter."""
LINE_MM: Final = 3.75
PAIR_GAP: Final = 2
RULE: Final = "─"
EM_DOTS: Final = {Size.SMALL: 17, Size.NORMAL: 24, Size.LARGE: 46, Size.HUGE: 120}


@dataclass(frozen=True, slots=True)
class FenceMark:
    """The question at the end of a ticket: which kind, and the mark that comes back with the answer."""

    kind: Fence = Fence.COMPLETION
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A ticket as the printer takes it.

    Attributes:
        commands: in order.
        height_dots: about how much paper it takes, in dots of the print head.
    """

    commands: tuple[bytes, ...]
    height_dots: int


def encode(
    ticket: Ticket,
    profile: Profile,
    fence: FenceMark,
    raster_line: RasterLine | None,
    *,
    copy: int = 0,
    logo: Bitmap | None = None,
) -> bytes:
    """Return a ticket as one run of bytes."""
    return b"".join(encode_commands(ticket, profile, fence, raster_line, copy=copy, logo=logo))


def encode_commands(
    ticket: Ticket,
    profile: Profile,
    fence: FenceMark,
    raster_line: RasterLine | None,
    *,
    copy: int = 0,
    logo: Bitmap | None = None,
) -> tuple[bytes, ...]:
    """Return a ticket as commands; what `encode_slip` does, without the length of the paper."""
    return encode_slip(ticket, profile, fence, raster_line, copy=copy, logo=logo).commands


def encode_slip(
    ticket: Ticket,
    profile: Profile,
    fence: FenceMark,
    raster_line: RasterLine | None,
    *,
    copy: int = 0,
    logo: Bitmap | None = None,
) -> Slip:
    """Return a ticket as commands; between two of them the printer may be asked for its status.

    Args:
        ticket: what is on the slip.
        profile: what the printer can do.
        fence: the question after the cut.
        raster_line: shapes a text that no code page of the printer carries; None prints ``?`` for letters.
        copy: over 0 for a reprint, which is marked as copy number so-and-so at the top and the bottom.
        logo: printed where the ticket says so.
    """
    writer = _Writer(profile, raster_line, logo)
    mark = [Line(f"*** COPY {copy} ***", bold=True, align=Align.CENTRE)] if copy else []
    body = [piece for part in (*mark, *ticket.parts, *mark) for piece in writer.part(part)]
    start = [commands.INIT, *([commands.AUTOMATIC_STATUS] if profile.automatic_status else [])]
    pieces = tuple(piece for piece in (*start, *body, *end_of_slip(profile), *_fence(fence)) if piece)
    return Slip(pieces, writer.height_dots + profile.dots(CUTTER_MM if profile.cut else TEAR_OFF_MM))


def end_of_slip(profile: Profile) -> tuple[bytes, ...]:
    """Return the commands that part a slip from what comes after it."""
    return (commands.FEED_AND_CUT if profile.cut else commands.feed_steps(_steps(profile, TEAR_OFF_MM)),)


def _fence(fence: FenceMark) -> tuple[bytes, ...]:
    match fence.kind:
        case Fence.COMPLETION:
            return (commands.completion(fence.mark),)
        case Fence.STATUS:
            return (commands.ASK_QUEUED,)
        case Fence.NONE:
            return ()
        case _:
            assert_never(fence.kind)


def _steps(profile: Profile, height_mm: float) -> int:
    return round(max(0.0, height_mm) * profile.feed_dpi / MM_PER_INCH)


class _Writer:
    """Remember the modes that the printer is in, so that none is set twice."""

    def __init__(self, profile: Profile, raster_line: RasterLine | None, logo: Bitmap | None) -> None:
        self._profile = profile
        self._logo = logo
        self._raster_line = raster_line
        self.height_dots = 0
        self._modes: dict[str, bytes] = {
            "bold": commands.BOLD_OFF,
            "font": commands.FONT_A,
            "scale": commands.scale(1, 1),
            "align": commands.align(0),
        }

    def part(self, part: Part) -> Iterator[bytes]:
        """Yield the commands of one part of the ticket."""
        match part:
            case Line():
                yield from self._line(part)
            case Pair():
                yield from self._pair(part)
            case Rule():
                yield from self._line(Line(RULE * self._profile.columns))
            case Space():
                yield self._feed(part.height_mm)
            case Code():
                yield from self._code(part)
            case Logo():
                yield from self._picture(self._logo)
            case _:
                assert_never(part)

    def _line(self, line: Line) -> Iterator[bytes]:
        text = clean(line.text)
        if set(text) == {RULE} and page_for(text, self._profile.code_pages) is None:
            text = "-" * len(text)
        page = page_for(text, self._profile.code_pages)
        if page is None and self._raster_line is not None:
            yield from self._shaped(self._raster_line, text, line)
            return
        page = page or self._profile.code_pages[0]
        font, width = (
            (commands.FONT_B, FONT_B_DOTS) if line.size is Size.SMALL else (commands.FONT_A, FONT_A_DOTS)
        )
        times = _scale(line.size, text, self._profile.width_dots // width)
        modes = {
            "bold": commands.BOLD_ON if line.bold else commands.BOLD_OFF,
            "font": font,
            "scale": commands.scale(times, times),
            "align": commands.align(_place(line.align, line.language)),
        }
        lines = wrapped(text, self._profile.width_dots // (width * times))
        self.height_dots += self._profile.dots(LINE_MM) * times * len(lines)
        yield self._set(modes, page) + b"".join(encoded(row, page) + commands.LINE_FEED for row in lines)

    def _pair(self, pair: Pair) -> Iterator[bytes]:
        label, value = clean(pair.label).strip(), clean(pair.text).strip()
        room = self._profile.columns - len(label) - len(value)
        page = page_for(label + value, self._profile.code_pages)
        if page is None or room < PAIR_GAP or runs_right_to_left(pair.language):
            yield from self._line(Line(label, language=pair.language))
            yield from self._line(Line(value, bold=True, language=pair.language))
            return
        self.height_dots += self._profile.dots(LINE_MM)
        start = self._set({"align": commands.align(0), **_ORDINARY, "bold": commands.BOLD_OFF}, page)
        yield start + encoded(label + " " * room, page) + self._bold(value, page) + commands.LINE_FEED

    def _bold(self, value: str, page: CodePage) -> bytes:
        return self._set({"bold": commands.BOLD_ON}, page) + encoded(value, page)

    def _shaped(self, shape: RasterLine, text: str, line: Line) -> Iterator[bytes]:
        """Print a text as a picture; alignment is the printer's."""
        bitmap = shape(
            ShapedText(text, EM_DOTS[line.size], line.bold, line.language, self._profile.width_dots)
        )
        yield self._set({"align": commands.align(_place(line.align, line.language))}, None)
        self.height_dots += bitmap.height_px
        yield from picture_commands(bitmap)

    def _picture(self, bitmap: Bitmap | None) -> Iterator[bytes]:
        if bitmap is not None:
            yield self._set({"align": commands.align(1)}, None)
            self.height_dots += bitmap.height_px
            yield from picture_commands(bitmap)

    def _code(self, code: Code) -> Iterator[bytes]:
        content = "".join(letter for letter in clean(code.content) if letter != " ")
        if content and len(content.encode("utf-8")) <= LONGEST_QR:
            yield self._set({"align": commands.align(1)}, None)
            yield from self._code_dots(content)
            yield self._feed(2.0)
        if code.caption:
            caption = Line(code.caption, size=Size.SMALL, align=Align.CENTRE, language=code.language)
            yield from self._line(caption)

    def _code_dots(self, content: str) -> Iterator[bytes]:
        wanted = min(self._profile.dots(QR_SIDE_MM), self._profile.width_dots)
        self.height_dots += wanted
        if not self._profile.native_qr:
            yield qr_picture(content, self._profile.width_dots, wanted)
            return
        stored = content.encode("utf-8")
        module = commands.qr_module(_module(len(stored), wanted))
        yield (
            commands.QR_MODEL_2 + module + commands.QR_LEVEL_M + commands.qr_store(stored) + commands.QR_PRINT
        )

    def _feed(self, height_mm: float) -> bytes:
        self.height_dots += self._profile.dots(max(0.0, height_mm))
        return commands.feed_steps(_steps(self._profile, height_mm))

    def _set(self, modes: dict[str, bytes], page: CodePage | None) -> bytes:
        """Return what must change to come into these modes."""
        if page is not None:
            modes = {**modes, "page": commands.code_page(page.number)}
        changed = {name: setting for name, setting in modes.items() if self._modes.get(name) != setting}
        self._modes |= changed
        return b"".join(changed.values())


_ORDINARY: Final = {"font": commands.FONT_A, "scale": commands.scale(1, 1)}


def _scale(size: Size, text: str, columns: int) -> int:
    """How many times larger letters are; huge words shrink until the longest fits on a line."""
    match size:
        case Size.SMALL | Size.NORMAL:
            return 1
        case Size.LARGE:
            return LARGE_SCALE
        case Size.HUGE:
            longest = max((len(word) for word in text.split()), default=1)
            return max(LARGE_SCALE, min(HUGE_SCALE, columns // longest))
        case _:
            assert_never(size)


def _place(align: Align, language: str) -> int:
    """Turn start, centre and end into left, centre and right."""
    backwards = runs_right_to_left(language)
    match align:
        case Align.START:
            return 2 if backwards else 0
        case Align.CENTRE:
            return 1
        case Align.END:
            return 0 if backwards else 2
        case _:
            assert_never(align)


def _module(length: int, wanted_dots: int) -> int:
    """Choose the size of a code's squares so that the whole comes near the wanted side."""
    version = next(
        (number for number, most in enumerate(QR_BYTES_AT_M, 1) if length <= most), len(QR_BYTES_AT_M)
    )
    return max(SMALLEST_MODULE, min(LARGEST_MODULE, wanted_dots // (17 + 4 * version)))
