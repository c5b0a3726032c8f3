"""The looks in which a sweep sees every screen, and which of them are wanted.

Responsible for: what combinations there are of language, size, reach, side and colours, and their names.
Not responsible for: drawing or judging them (`kiosk.rehearse.sweep`).

Where things stand does not depend on colours, and colours do not depend on where things stand. So every
language, size, reach and orientation is judged by where things are, every theme and language by a picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.core.access import Access, Reach, TextSize, ThemeName

SIDES = ("upright", "wide")


@dataclass(frozen=True, slots=True)
class Combination:
    """One way to look at all screens.

    Attributes:
        in_colour: judge a picture of each screen, not where things are.
    """

    language: str
    access: Access
    lies: bool = False
    in_colour: bool = False

    @property
    def walks(self) -> bool:
        """Also walk every screen by keypad: where the ring goes does not depend on the look."""
        return self.access == Access() and not self.lies and not self.in_colour

    @property
    def side(self) -> str:
        """Say how the panel stands; one of `SIDES`."""
        return SIDES[self.lies]

    @property
    def name(self) -> str:
        """Name it as a file can be named."""
        look = self.access
        told = [self.language, look.text, look.theme, look.reach, self.side]
        told += ["companion"] if look.companion else []
        told += [] if look.pictures else ["plain"]
        return "-".join([*map(str, told), *(["colours"] if self.in_colour else [])])


@dataclass(frozen=True, slots=True)
class Only:
    """What to leave out; empty leaves nothing out.

    Attributes:
        views: beginnings of names of screens. languages: their codes.
        looks: beginnings of names of combinations.
        sizes, themes, reaches, sides: of the slice, so that slices can run side by side.
    """

    views: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    def takes(self, each: Combination) -> bool:
        """Say whether a combination is to be swept."""
        look = each.access
        aspects = ((self.sizes, look.text), (self.themes, look.theme), (self.reaches, look.reach))
        sliced = all(not wanted or own in wanted for wanted, own in (*aspects, (self.sides, each.side)))
        spoken = not self.languages or each.language in self.languages
        return sliced and spoken and (not self.looks or each.name.startswith(self.looks))


def combinations(languages: tuple[str, ...]) -> Iterator[Combination]:
    """Give every combination, the usual one first."""
    for language in languages:
        for lies in (False, True):
            for text in TextSize:
                for reach in Reach:
                    yield Combination(language, Access(text=text, reach=reach), lies)
        yield Combination(language, Access(companion=True))
        yield Combination(language, Access(text=TextSize.LARGEST, companion=True))
        yield Combination(language, Access(pictures=False))
        for theme in ThemeName:
            yield Combination(language, Access(theme=theme), in_colour=True)
