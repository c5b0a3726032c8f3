"""What stands around every screen: the council's name, Back, and in reach at the bottom help and the way out.

Responsible for: the parts that are the same on every screen, always in the same place, and finding the
density at which a screen's own part fits between them.
Not responsible for: what a screen shows (one module for each body).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kivy.core.window import Window

from kiosk.core import views
from kiosk.core.access import CAP_MM, Reach, TextSize
from kiosk.core.companion import parts as both_parts
from screens.reach import narrow, one_sided
from screens.target import touchable
from screens.theme import LADDER, PLAIN, Theme
from screens.widgets import (  # noqa: F401 - named in the .kv file
    button,
    cells,
    icon,
    label,
    layout,
    sheet,
    spread,
    ways_out,
)
from screens.widgets.control import Send
from screens.widgets.keyboards import Keyboards
from screens.widgets.piece import Piece, load_kv

_LEAST_MM: Final = 6.4
"""Of letters in the band, where larger ones were asked for, or two languages share it."""
_MARGIN_MM: Final = 2.0
"""Above and below the buttons of the band."""
_MOST_GROWN: Final = 1.75
"""Of the band, for a long title in large letters; a low panel has no room for that."""
_WIDE: Final = 1.15
"""A panel that is so many times as wide as high has room for two columns."""


Room = tuple[Theme, int, int, int]
"""A theme, and where the room for a screen's own part begins, how wide and how tall it is."""


class FramedScreen(Piece):
    """A screen with its frame; one for each kind of body, kept and filled anew for each view.

    Subclasses put their own part into `ids.body` by their .kv file and say in `fill` what it shows.

    Args:
        theme: of the panel; look, language and direction come with each view.
        send: takes the event of what is touched.
        keyboards: for the screens that somebody types on.
    """

    def __init__(self, theme: Theme, send: Send, keyboards: Keyboards, **properties: Any) -> None:
        self.send = send
        self.keyboards = keyboards
        self.panel_theme = theme
        self._shown: views.View | None = None
        self._ladder: tuple[Theme, ...] | None = None
        self._is_reached_low = self._is_narrow = self._has_one_side = False
        super().__init__(**properties)
        footer = self.ids.footer  # is read last, so it stands last
        self.remove_widget(footer)
        self.add_widget(footer)

    def show(self, view: views.View) -> None:
        """Show a view; everything stands in its place when this returns."""
        if view == self._shown:
            return
        self.fill_frame(view.frame)
        self.fill(view.body)
        self._shown = view
        self.arrange(self._theme_of(view.frame))

    def _theme_of(self, frame: views.Frame) -> Theme:
        """Keep the theme while look and language stay as they are: it remembers what it computed."""
        theme = self.panel_theme.framed(frame)
        if self._ladder is None or self._ladder[0].at(PLAIN) != theme:
            self._ladder = tuple(theme.at(density) for density in LADDER)
        return self._ladder[LADDER.index(PLAIN)]

    def fill(self, body: Any) -> None:
        """Show the screen's own part."""
        raise NotImplementedError

    def first_focus(self) -> Piece | None:
        """Say where the keypad's focus begins: with the first thing of the screen's own part."""
        return next(iter(touchable(self.ids.body)), None)

    def fill_frame(self, frame: views.Frame) -> None:
        """Show the frame."""
        parts = self.ids
        council = both_parts(frame.council)[0] if frame.title else frame.council  # the band has four lines
        parts.frame_council.text, parts.frame_title.text = council, frame.title
        parts.frame_title.is_absent = not frame.title
        low = self._is_reached_low = frame.look.reach is not Reach.WHOLE
        self._is_narrow, self._has_one_side = narrow(frame.look), one_sided(frame.look)
        parts.frame_back.show(None if low else frame.back, self.send)
        parts.frame_back_low.show(frame.back if low else None, self.send)
        parts.frame_english.show(None if low else frame.english, self.send)
        parts.frame_english_low.show(frame.english if low else None, self.send)
        parts.frame_access.show(frame.access, self.send)
        parts.frame_access.kind = "selected_frame" if frame.access and frame.access.selected else "frame"
        parts.frame_help.show(frame.help, self.send)
        parts.frame_languages.show(frame.languages, self.send)
        parts.frame_leave.show(frame.leave, self.send)
        parts.footer.is_absent = not (frame.access or frame.help or frame.languages or frame.leave)
        parts.frame_notice.text = frame.notice
        parts.notice_bar.is_absent = not frame.notice

    def show_pager(self, pager: views.Pager | None) -> None:
        """Show a list's pager, and where one is in the list: between its buttons, or under the heading.

        Where nobody reaches high on an upright panel, nothing that is only read stands among what is touched.
        """
        parts, above = self.ids, self._is_reached_low and not self.is_wide
        parts.pager.show(pager, self.send, told=not above)
        parts.page.text = pager.text if pager else ""
        parts.page.is_absent = pager is None or not above

    @property
    def is_wide(self) -> bool:
        """The panel stands on its long side."""
        panel = self.panel_theme.panel
        return panel.width_px > panel.height_px * _WIDE

    def arrange(self, theme: Theme) -> None:
        """Stand frame and body, as roomy as fits."""
        self.dress(theme.around)
        Window.clearcolor = theme.palette.paper  # a rectangle would cost a third of a frame
        width, height = theme.panel.width_px, theme.panel.height_px
        self.pos, self.size = (0, 0), (width, height)
        top = height - self._place_top(width, height)
        bottom = self._place_bottom(width)
        self._place_body(theme, bottom, width, top - bottom)
        self.draw()

    def _place_top(self, width: int, height: int) -> int:
        parts, theme = self.ids, self.theme
        band = self._place_band(height, width)
        parts.trim.place(0, height - band - theme.trim, width, theme.trim)
        taken = band + theme.trim
        if not parts.notice_bar.is_absent:
            taken += self._place_notice(height - taken, width)
        return int(taken)

    def _place_notice(self, top: int, width: int) -> int:
        """Stand the notice, and give its height.

        In two languages its sign gives way where that spares a line, then its margins at the sides.
        """
        bar, sign = self.ids.notice_bar, self.ids.notice_sign
        pictures, may_go = self.theme.look.pictures, self.theme.look.companion
        standings = [(pictures, "notice_sides"), *([(False, "notice_sides"), (False, "no_gap")] * may_go)]

        def height(standing: tuple[bool, str]) -> int:
            sign.is_absent, bar.sides = not standing[0], standing[1]
            return int(bar.height_at(width))

        tall = height(min(standings, key=height))
        bar.place(0, top - tall, width, tall)
        return tall

    def _place_band(self, top: int, width: int) -> int:
        """Stand the band and what is in it, and give its height.

        Before the title's letters become smaller, the council's name and then its mark give way; before they
        become too low, the band grows.
        """
        parts, theme = self.ids, self.theme
        band, may_go = theme.band, [parts.frame_council, parts.frame_mark]
        parts.frame_council.is_absent, parts.frame_mark.is_absent = False, not theme.look.pictures
        self._stand_band(top, band, width)
        for each in may_go:
            if not parts.frame_title.is_absent and parts.masthead.is_strained():
                each.is_absent = True
                self._stand_band(top, band, width)
        if self._is_band_low():
            tallest = band if theme.is_low else band * _MOST_GROWN
            buttons = max(parts.frame_back.height_at(width), parts.frame_english.height_at(width))
            wanted = max(parts.band.height_at(width), buttons + 2 * theme.mm(_MARGIN_MM))
            band = int(max(band, min(wanted, tallest)))
            self._stand_band(top, band, width)
        return int(band)

    def _stand_band(self, top: int, tall: int, width: int) -> None:
        """Stand what is in the band: its words may have all its height, its buttons keep their margin."""
        parts = self.ids
        parts.band.place(0, top - tall, width, tall)
        most = int(tall - 2 * self.theme.mm(_MARGIN_MM))
        for each in (parts.frame_back, parts.frame_english):
            if each.height > most and not each.is_absent:
                each.place(each.x, top - tall + (tall - most) // 2, each.width, most)

    def _is_band_low(self) -> bool:
        """Say whether words in the band are lower than asked for, or than the least."""
        look = self.theme.look
        spares = look.companion or look.cap_height_mm > CAP_MM[TextSize.LARGE]
        least = min(look.cap_height_mm, _LEAST_MM) if spares else look.cap_height_mm
        return any(each.cap_mm() < least for each in _letterings(self.ids.masthead))

    def _place_bottom(self, width: int) -> int:
        parts, theme = self.ids, self.theme
        if parts.footer.is_absent:
            return 0
        begin, wide = theme.side(width - 2 * theme.edge)
        buttons = parts.ways_out.height_at(wide)
        height = int(buttons + 2 * theme.inset)
        parts.footer.place(0, 0, width, height)
        parts.ways_out.place(theme.edge + begin, theme.inset, wide, buttons)
        parts.footer_line.place(0, height, width, theme.hairline)
        return height

    def is_tight(self) -> bool:
        """Say whether, where it stands, letters of the screen's own part are lower than asked for."""
        body = self.ids.body
        return bool(body.theme.density.text < 1 or body.is_strained())

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Stand the screen's own part; where it is tight, a screen lets something give way, and again."""
        body = self.ids.body
        for roomy in self._ladder or (theme,):
            body.dress(roomy)
            margin = body.theme.margin
            x, inner = self._across(body, margin, width)
            y, tall = bottom + margin, height - 2 * margin
            low = roomy.reach_line - y
            if body.height_at(inner) <= tall and body.low_height_at(inner) <= low:
                body.place(x, y, inner, tall)
                if not body.is_strained():
                    return
        body.place(x, y, inner, tall)

    def _place_best(self, room: Room, ways: Iterable[Callable[[], None]], enough: float = 1.0) -> None:
        """Stand the screen's own part in the first way that leaves letters large enough, else in the best.

        Args:
            room: what `_place_body` is given.
            ways: each makes something give way.
            enough: share of the letters asked for.
        """
        best, most = None, -1.0
        for way in ways:
            way()
            FramedScreen._place_body(self, *room)
            body = self.ids.body
            share = 0.0 if body.is_strained() else float(body.theme.density.text)
            if share >= enough:
                return
            if share > most:
                best, most = way, share
        if best is not None:
            best()
            FramedScreen._place_body(self, *room)

    def _across(self, body: Piece, margin: int, width: int) -> tuple[int, int]:
        """Say where a body begins and how wide it is; one that can stand at a side by itself is given all."""
        inner = width - 2 * margin
        if body.sides_itself:
            return margin, inner
        begin, inner = body.theme.side(inner)
        return margin + begin, inner


def _letterings(piece: Piece) -> Iterator[label.Lettering]:
    for each in piece.pieces:
        if isinstance(each, label.Lettering):
            yield each
        else:
            yield from _letterings(each)


load_kv(__file__)
