"""All access settings, each with what it is set to.

Responsible for: how they are drawn. Not responsible for: which settings there are.
"""

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
        under = self._text_placed(theme, bottom, width, height, beside=False)
        if self.is_wide or not self.is_tight():
            return
        if self._text_placed(theme, bottom, width, height, beside=True) <= under:
            self._text_placed(theme, bottom, width, height, beside=False)

    def _text_placed(self, theme: Theme, bottom: int, width: int, height: int, *, beside: bool) -> float:
        for tile in self.ids.tiles.children:
            tile.stand_hint(beside=beside)
        super()._place_body(theme, bottom, width, height)
        return float(self.ids.body.theme.density.text)


load_kv(__file__)
