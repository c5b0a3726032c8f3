"""Choose a group or a service.

Responsible for: tiles in columns, and the pager below. Not responsible for: which tiles there are.
"""

from kiosk.core import views
from screens.reach import least_share
from screens.theme import USUAL_CAP_MM, Theme
from screens.widgets import bulletins, pager  # noqa: F401 - named in the .kv file
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import Piece, load_kv
from screens.widgets.tile import Tile

_FEW = 4


class Menu(FramedScreen):
    """A list of large things to touch."""

    def fill(self, body: views.Menu) -> None:
        """Show the tiles."""
        parts = self.ids
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.text.is_absent = not body.text
        parts.bulletins.show(body.bulletins, wide=self.is_wide)
        for tile, drawn in zip(body.tiles, kept_tiles(parts.tiles, len(body.tiles)), strict=True):
            drawn.show_tile(tile, self.send)
        parts.tiles.columns = columns(len(body.tiles), wide=self.is_wide)
        self.show_pager(body.pager)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Before letters become lower than asked for, let something give way.

        In two languages or at one side of an upright panel labels are no larger than other words, and each
        line of tiles is as tall as its own. Then, or in large letters, tiles are left to their names; in
        others only where letters would be lower than they may be.
        """
        self.ids.tiles.is_even = True
        super()._place_body(theme, bottom, width, height)
        look = theme.look
        is_crowded = not self.is_wide and (look.companion or self._has_one_side)
        for give_way in (self._plain, self._uneven) if is_crowded else ():
            if not self.is_tight():
                return
            give_way()
            super()._place_body(theme, bottom, width, height)
        is_large = look.cap_height_mm > USUAL_CAP_MM or (is_crowded and look.companion)
        if self.is_tight() if is_large else self._is_too_low():
            self._names_only()
            super()._place_body(theme, bottom, width, height)

    def _is_too_low(self) -> bool:
        return bool(self.ids.body.theme.density.text < least_share(self.theme.look))

    def _plain(self) -> None:
        for tile in self.ids.tiles.children:
            tile.is_plain = True

    def _uneven(self) -> None:
        self.ids.tiles.is_even = False

    def _names_only(self) -> None:
        self._uneven()
        for tile in self.ids.tiles.children:
            tile.leave_to_name(keeps_icon=not self._is_narrow)


def kept_tiles(tiles: Piece, count: int) -> list[Tile]:
    """Give so many tiles in a place; what is there is kept, for making takes longer than filling."""
    while len(tiles.children) < count:
        tiles.add_widget(Tile())
    for spare in tiles.children[: len(tiles.children) - count]:
        tiles.remove_widget(spare)
    return list(reversed(tiles.children))


def columns(count: int, *, wide: bool) -> int:
    """Choose how many tiles stand in a line."""
    if wide:
        return 2 if count <= _FEW else 3 if count <= _FEW + 2 else 4
    return 1 if count <= _FEW else 2


load_kv(__file__)
