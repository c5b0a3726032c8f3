"""All access settings, each with what it is set to.

Responsible for: how they are drawn. Not responsible for: which settings there are.
"""

from functools import partial

from kiosk.core import views
from screens.menu import columns, kept_tiles
from screens.theme import Theme
from screens.widgets import pager  # noqa: F401 - named in the .kv file
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class AccessPanel(FramedScreen):
    """A list of what can be made easier, and the way back."""

    def fill(self, body: views.AccessPanel) -> None:
        """Show the tiles."""
        parts = self.ids
        parts.heading.text = body.heading
        for tile, drawn in zip(body.tiles, kept_tiles(parts.tiles, len(body.tiles)), strict=True):
            drawn.show_tile(tile, self.send)
        parts.tiles.columns = columns(len(body.tiles), wide=self.is_wide)
        self.show_pager(body.pager)
        parts.close.show(body.close, self.send)
        parts.ways_on.is_wide = self.is_wide and not self._is_narrow

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """On an upright panel, stand what a setting is at beside its name if letters are larger so."""
        ways = [partial(self._stand_hints, beside=beside) for beside in (False, True)]
        self._place_best((theme, bottom, width, height), ways[:1] if self.is_wide else ways)

    def _stand_hints(self, *, beside: bool) -> None:
        for tile in self.ids.tiles.children:
            tile.stand_hint(beside=beside)


load_kv(__file__)
