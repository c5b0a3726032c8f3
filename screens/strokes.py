"""Borders, lines and corners: the same at every density and in every look.

Responsible for: how broad they are. Not responsible for: their colours (`screens.palette`), or any other size
(`screens.theme`).
"""

from functools import cached_property


class Strokes:
    """Sizes that follow from the panel alone, in whole pixels."""

    def mm(self, millimetres: float) -> int:
        """Turn millimetres into whole pixels."""
        raise NotImplementedError

    @cached_property
    def stroke(self) -> int:
        """Border of what can be touched."""
        return max(2, self.mm(0.5))

    @cached_property
    def bold_stroke(self) -> int:
        """Border of what is chosen, typed into or wrong."""
        return max(4, self.mm(1.1))

    @cached_property
    def ring(self) -> int:
        """Each of the two tones around what has the keypad's focus; both fit into the smallest gap."""
        return max(4, self.mm(1.0))

    @cached_property
    def hairline(self) -> int:
        """A line that only parts."""
        return max(1, self.mm(0.3))

    @cached_property
    def stripe(self) -> int:
        """The stripe at the side of a notice."""
        return self.mm(2.4)

    @cached_property
    def radius(self) -> int:
        """Of corners."""
        return self.mm(2.2)

    @cached_property
    def small_radius(self) -> int:
        """Of corners of small things, and inside of a border."""
        return self.mm(1.4)
