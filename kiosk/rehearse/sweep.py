"""The sweep: every screen of a facility in every look, drawn on the real glass and judged by numbers.

Responsible for: which combinations there are, drawing them, and what is kept of what was found.
Not responsible for: what is wrong on one screen (`kiosk.rehearse.judging`), or the words of the table.

Where things stand does not depend on colours, and colours do not depend on where things stand. So every
language, size, reach and orientation is judged by where things are, every theme and language by a picture.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.clocks import SystemClock
from kiosk.core.access import Access, Reach, TextSize, ThemeName
from kiosk.core.companion import BOTH
from kiosk.core.glass_lines import Panel
from kiosk.core.views import View
from kiosk.errors import RehearsalError
from kiosk.glass import Glass, GlassPlace
from kiosk.rehearse.judging import Finding, drawn, placed
from kiosk.rehearse.keypad_hand import KeypadHand
from kiosk.rehearse.sheets import contact_sheet
from kiosk.rehearse.shown import every_view
from kiosk.settings import Loaded

OPEN_AT = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 - local time of the facility is naive by design
DRAW_S = 60.0
"""A first view waits until its glass has started, on a machine that may be busy."""
SIDES = ("upright", "wide")
ON_A_SHEET = ("welcome", "groups", "access", "access-text", "still-there", "help", "languages")
MOST_ON_A_SHEET = 16


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


@dataclass
class Swept:
    """What came of one combination."""

    combination: Combination
    views: int = 0
    found: list[tuple[str, Finding]] = field(default_factory=list)

    def sorts(self) -> Counter[str]:
        """Count the findings by their sort."""
        return Counter(finding.sort for _, finding in self.found)


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


class Sweep:
    """Draw everything and keep what was found below a folder.

    Args:
        loaded: the configuration to sweep.
        out: for pictures of what fails, contact sheets and the table.
        tell: takes each combination when it is done.
    """

    def __init__(self, loaded: Loaded, out: Path, tell: Callable[[Swept], None]) -> None:
        self._loaded = loaded
        self._failures, self._sheets = out / "failures", out / "sheets"
        self._tell = tell
        for folder in (self._failures, self._sheets):
            folder.mkdir(parents=True, exist_ok=True)

    def run(self, only: Only) -> list[Swept]:
        """Sweep; blocks for as long as it takes."""
        offered = tuple(w.language for w in self._loaded.facility.languages)
        wanted = tuple(filter(only.takes, combinations(offered)))
        swept: list[Swept] = []
        for lies in sorted({each.lies for each in wanted}):
            with _Drawing(self._loaded, _panel(self._loaded.terminal.panel, lies=lies)) as drawing:
                for each in (each for each in wanted if each.lies is lies):
                    swept.append(self._one(drawing, each, only))
                    self._tell(swept[-1])
        return swept

    def _one(self, drawing: "_Drawing", combination: Combination, only: Only) -> Swept:
        swept = Swept(combination)
        sheet: list[Path] = []
        views = every_view(self._loaded.facility, combination.language, combination.access, OPEN_AT)
        for name, view in views:
            if only.views and not name.startswith(only.views):
                continue
            swept.views += 1
            picture = self._failures / f"{combination.name}-{name}.png"
            found = drawing.judge(view, combination, picture)
            swept.found += [(name, each) for each in found]
            if combination.in_colour and len(sheet) < MOST_ON_A_SHEET and _belongs(name, sheet):
                sheet.append(drawing.picture(self._sheets / f".{combination.name}-{name}.png"))
            if not found:
                picture.unlink(missing_ok=True)
        if sheet:
            contact_sheet(sheet, self._sheets / f"{combination.name}.png")
        return swept


def _belongs(name: str, sheet: list[Path]) -> bool:
    return name in ON_A_SHEET or (len(sheet) < MOST_ON_A_SHEET - len(ON_A_SHEET) and "-" in name)


def _panel(panel: Panel, *, lies: bool) -> Panel:
    upright = panel.height_mm >= panel.width_mm
    if upright is not lies:
        return panel
    return Panel(panel.height_px, panel.width_px, panel.height_mm, panel.width_mm)


class _Drawing:
    """A glass to draw on, and eyes on it."""

    def __init__(self, loaded: Loaded, panel: Panel) -> None:
        self._panel = panel
        place = GlassPlace(panel, finger=True, outfit=loaded.terminal.outfit)
        self._glass = Glass(place, happened=_nothing, clock=SystemClock(), log=_nothing_is_logged)
        self._hand = KeypadHand(self._glass.finger, loaded.terminal.outfit.keypad)

    def __enter__(self) -> "_Drawing":
        return self

    def __exit__(self, *_ended: object) -> None:
        self._glass.close()

    def judge(self, view: View, combination: Combination, picture: Path) -> list[Finding]:
        """Draw a view and find what is wrong; a picture is left where something is."""
        self._glass.show(view)
        if not self._glass.wait_until_shown(DRAW_S):
            raise RehearsalError("WALK-037", "The glass did not show a view.", "Run the sweep again.")
        seen = self._hand.read()
        if combination.in_colour:
            self.picture(picture)
            return list(drawn(seen, picture))
        found = list(placed(seen, self._panel, combination.access))
        if combination.walks:
            found += [Finding("not-reached", each.name) for each in self._hand.missed(seen)]
        if found:
            self.picture(picture)
        return found

    def picture(self, path: Path) -> Path:
        """Take a picture of what is on the glass."""
        self._hand.picture(path)
        return path


def _nothing(_event: object) -> None:
    """Nobody is there to be listened to."""


def _nothing_is_logged(event: str, **_ids: str | float | bool) -> None:
    """Keep no log of views that nobody saw."""
    del event


def table(swept: list[Swept]) -> str:
    """Write the table of a sweep: one line for each combination, then every finding."""
    rows = [f"| {each.combination.name} | {each.views} | {len(each.found)} |" for each in swept]
    told = [
        f"| {each.combination.name} | {name} | {finding.sort} | {_cell(finding.what)} |"
        for each in swept
        for name, finding in each.found
    ]
    head = ["| combination | screens | findings |", "|---|---|---|", *rows]
    return "\n".join([*head, "", "| combination | screen | sort | what |", "|---|---|---|---|", *told]) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ").replace(BOTH, " / ")
