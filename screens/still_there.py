"""Nobody touched anything for a while: the answers are hidden, and there is time to say so.

Responsible for: two large buttons and the seconds left. Not responsible for: the clock.
"""

from kiosk.core import views
from kiosk.core.reading import COUNTED_S
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import Piece, load_kv


class StillThere(FramedScreen):
    """More time, or the end."""

    def first_focus(self) -> Piece | None:
        """Begin with what keeps everything."""
        return self.ids.more  # type: ignore[no-any-return]

    def fill(self, body: views.StillThere) -> None:
        """Show what will happen and when."""
        parts = self.ids
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.seconds.live = "" if body.seconds_left % COUNTED_S else "assertive"
        parts.seconds.text = str(body.seconds_left)
        parts.more.show(body.more, self.send)
        parts.leave_now.show(body.leave, self.send)


load_kv(__file__)
