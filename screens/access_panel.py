"""All access settings, each with what it is set to.

Responsible for: how they are drawn. Not responsible for: which settings there are.
"""

from kiosk.core import views
from screens.menu import columns, kept_tiles
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
        parts.pager.show(body.pager, self.send)
        parts.close.show(body.close, self.send)


load_kv(__file__)
