"""Text in, pixels out, any script: the one way from words to glass and paper.

Responsible for: pictures of texts, their sizes, places in them, and keeping finished ones for the next time.
Not responsible for: colour, textures, printer commands, or which words are shown.

Threads: every method may be called from any thread; one lock lets them through one at a time (a call is
mostly under 3 ms). Pictures are immutable. A thread that must never wait for another, as a frame of the glass
for a long ticket, has a `Typesetter` of its own: nothing is shared between two.

Text never raises, whatever is in it: what cannot be drawn is a visible box, what has no room ends in an
ellipsis.
"""

from pathlib import Path
from threading import RLock
from typing import Final

from kiosk.typeset.block import Block
from kiosk.typeset.drawing import draw
from kiosk.typeset.faces import FONTS, Faces
from kiosk.typeset.fitting import Fitted, fit
from kiosk.typeset.native import Libraries
from kiosk.typeset.picture import Caret, Measure, Picture
from kiosk.typeset.setting import LARGEST_SIDE_PX
from kiosk.typeset.shelf import Shelf
from kiosk.typeset.style import TextStyle
from kiosk.typeset.wording import shapeable

CACHE_BYTES: Final = 24 * 1024 * 1024
_MEASURE_CACHE_BYTES: Final = 1024 * 1024
_ENTRY_BYTES: Final = 512
_BYTES_PER_CHARACTER: Final = 4
_REFERENCE_PX: Final = 1000

_Key = tuple[str, TextStyle, int | None, int | None]


class Typesetter:
    """The engine with its pinned fonts and its cache; one per process, or per thread that must not wait.

    Args:
        cache_bytes: the most that finished pictures may take.
        fonts: a folder of font files with a fonts.conf; for tests.

    Raises:
        TypesettingUnavailable: Pango is not installed, or the fonts are not where the project put them.
    """

    def __init__(self, cache_bytes: int = CACHE_BYTES, fonts: Path = FONTS) -> None:
        self._libraries = Libraries()
        self._faces = Faces(self._libraries, fonts)
        self._lock = RLock()
        self._pictures: Shelf[_Key, Picture] = Shelf(cache_bytes)
        self._measures: Shelf[_Key, Measure] = Shelf(min(cache_bytes, _MEASURE_CACHE_BYTES))

    def typeset(
        self, text: str, style: TextStyle, width_px: int | None = None, max_lines: int | None = None
    ) -> Picture:
        """Draw a text.

        Args:
            text: plain text; line feeds begin new lines; no markup.
            style: its looks.
            width_px: break lines at this width and make the picture exactly this wide; None for one line per
                line feed, as wide as needed. Values outside 1 to 8192 are taken as the nearest of them.
            max_lines: the rest gives way to an ellipsis, never within a number; None for no such limit.
        """
        key = (text, style, _width(width_px), max_lines)
        with self._lock:
            picture = self._pictures.find(key)
            if picture is None:
                picture = self._draw(key)
                self._pictures.keep(key, picture, len(picture.coverage) + _cost(text))
        return picture

    def measure(
        self, text: str, style: TextStyle, width_px: int | None = None, max_lines: int | None = None
    ) -> Measure:
        """Give the size that `typeset` would give for the same arguments, without drawing."""
        key = (text, style, _width(width_px), max_lines)
        with self._lock:
            measure = self._measures.find(key)
            if measure is None:
                fitted = self._fit(key)
                with fitted.block:
                    setting = fitted.setting
                    measure = Measure(
                        setting.width_px, setting.height_px, len(setting.lines_x), fitted.is_shortened
                    )
                self._measures.keep(key, measure, _cost(text))
        return measure

    def caret_at(self, text: str, index: int, style: TextStyle, width_px: int | None = None) -> Caret:
        """Place a caret before the character at an index, in the picture of the same arguments.

        The picture is one without `max_lines`. An index past the end is the end. In text of both directions
        the caret stands at the leading edge.
        """
        with self._lock:
            fitted = self._fit((text, style, _width(width_px), None))
            with fitted.block as block:
                line, x = block.line_and_x(max(0, min(index, len(block.text))))
                return self._caret(fitted, min(line, len(fitted.setting.lines_x) - 1), x, style)

    def _caret(self, fitted: Fitted, line: int, x: float, style: TextStyle) -> Caret:
        setting = fitted.setting
        ascent, height = (em * style.size_px for em in self._caret_em(style))
        beyond_pitch = max(0.0, height - setting.pitch_px)
        return Caret(
            x_px=max(0, min(round(setting.lines_x[line] + x), setting.width_px)),
            top_px=setting.baseline_px(line) - round(ascent - beyond_pitch / 2),
            height_px=round(height - beyond_pitch),
            line=line,
        )

    def _caret_em(self, style: TextStyle) -> tuple[float, float]:
        """Give the caret's height above the baseline and in all: a line of the main font."""
        with self._reference(style) as block:
            letter = block.extents(1)[0]
        height = (letter.ascent + letter.descent) / _REFERENCE_PX
        return letter.ascent / _REFERENCE_PX, height

    def index_at(
        self, text: str, point_px: tuple[float, float], style: TextStyle, width_px: int | None = None
    ) -> int:
        """Find the caret index nearest to a point (x, y from the top left) of the picture."""
        x_px, y_px = point_px
        with self._lock:
            fitted = self._fit((text, style, _width(width_px), None))
            with fitted.block as block:
                setting = fitted.setting
                top = setting.first_baseline_px - setting.pitch_px * 3 / 4
                line = max(0, min(int((y_px - top) // setting.pitch_px), len(setting.lines_x) - 1))
                return min(block.index_at(line, x_px - setting.lines_x[line]), len(text))

    def caret_stops(self, text: str, style: TextStyle) -> tuple[int, ...]:
        """List the indices where a caret may stand, from 0 to the length; a deletion ends at one."""
        with self._lock, self._unwrapped(text, style) as block:
            return tuple(block.caret_stops())

    def unknown_glyphs(self, text: str, style: TextStyle) -> int:
        """Count the characters that no bundled font can draw, and that are shown as boxes."""
        with self._lock, self._unwrapped(text, style) as block:
            return block.unknown_glyphs

    def cap_height_em(self, *, bold: bool = False) -> float:
        """Measure the height of a capital H in the main font, as a part of the size."""
        with self._lock, self._reference(TextStyle(_REFERENCE_PX, bold=bold)) as block:
            return block.extents(1)[0].ink_ascent / _REFERENCE_PX

    def size_for_cap_height(self, cap_px: float, *, bold: bool = False) -> float:
        """Give the size in px at which capitals of the main font are so many px high."""
        return cap_px / self.cap_height_em(bold=bold)

    def forget(self) -> None:
        """Drop every kept picture and measure, so that no text of a visitor stays behind."""
        with self._lock:
            self._pictures.clear()
            self._measures.clear()

    @property
    def kept_bytes(self) -> int:
        """Bytes that the finished pictures take now."""
        return self._pictures.used_bytes

    def _reference(self, style: TextStyle) -> Block:
        return Block(self._faces, "H", TextStyle(_REFERENCE_PX, bold=style.bold), LARGEST_SIDE_PX)

    def _unwrapped(self, text: str, style: TextStyle) -> Block:
        return Block(self._faces, shapeable(text, style.language), style, LARGEST_SIDE_PX)

    def _draw(self, key: _Key) -> Picture:
        fitted = self._fit(key)
        with fitted.block:
            setting = fitted.setting
            return Picture(
                width_px=setting.width_px,
                height_px=setting.height_px,
                coverage=draw(self._libraries, fitted.block, setting),
                baseline_px=setting.first_baseline_px,
                line_count=len(setting.lines_x),
                line_pitch_px=setting.pitch_px,
                is_shortened=fitted.is_shortened,
            )

    def _fit(self, key: _Key) -> Fitted:
        text, style, width_px, max_lines = key

        def lay(words: str, wrap_px: int) -> Block:
            return Block(self._faces, words, style, wrap_px)

        return fit(shapeable(text, style.language), style, lay, width_px=width_px, max_lines=max_lines)


def _width(width_px: int | None) -> int | None:
    return None if width_px is None else max(1, min(int(width_px), LARGEST_SIDE_PX))


def _cost(text: str) -> int:
    return _ENTRY_BYTES + _BYTES_PER_CHARACTER * len(text)
