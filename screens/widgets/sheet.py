"""A flat ground from edge to edge: the band at the top, the strip at the bottom.

Responsible for: one colour behind pieces. Not responsible for: what stands on it.
"""

from kivy.properties import StringProperty

from screens.widgets.layout import Column
from screens.widgets.piece import load_kv


class Sheet(Column):
    """Pieces under one another on a flat ground.

    Attributes:
        ground: name of a colour of the palette.
    """

    ground = StringProperty("paper")


load_kv(__file__)
