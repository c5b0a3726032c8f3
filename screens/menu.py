"""Choose a group or a service.

Responsible for: tiles in columns, and the pager below. Not responsible for: which tiles there are.
"""

from kiosk.core import views
from screens.widgets import pager  # noqa: F401 - named in the .kv file
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv
from screens.widgets.tile import Tile

_FEW = 4


class Menu(FramedScreen):
    """A list of large things to touch."""

    def fill(self, body: views.Menu) -> None:
        """Show the tiles."""
        parts = self.ids
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.text.is_absent = not body.text
        for tile, drawn in zip(body.tiles, self._tiles(len(body.tiles)), strict=True):
            drawn.show_tile(tile, self.send)
        parts.tiles.columns = self._columns(len(body.tiles))
        parts.pager.show(body.pager, self.send)

    def _tiles(self, count: int) -> list[Tile]:
        """Give so many tiles; what is there is kept, for making takes longer than filling."""
        tiles = self.ids.tiles
        while len(tiles.children) < count:
            tiles.add_widget(Tile())
        for spare in tiles.children[: len(tiles.children) - count]:
            tiles.remove_widget(spare)
        return list(reversed(tiles.children))

    def _columns(self, count: int) -> int:
        if self.is_wide:
            return 2 if count <= _FEW else 3 if count <= _FEW + 2 else 4
        return 1 if count <= _FEW else 2


load_kv(__file__)
