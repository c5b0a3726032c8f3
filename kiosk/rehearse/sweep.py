"""The sweep: every screen of a facility in every look, put on the real glass and judged by numbers.

Responsible for: going through the combinations on several glasses, and keeping what was found.
Not responsible for: what combinations there are (`kiosk.rehearse.looks`), what is wrong on one screen
(`kiosk.rehearse.judging`), or how what was found is written down (`kiosk.rehearse.swept`).
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.rehearse.easel import Easel, Named
from kiosk.rehearse.looks import Combination, Only, combinations
from kiosk.rehearse.sheets import contact_sheet
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.swept import Kept, Swept
from kiosk.settings import Loaded

OPEN_AT = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 - local time of the facility is naive by design
ON_A_SHEET = ("welcome", "groups", "access", "access-text", "still-there", "help", "languages")
MOST_ON_A_SHEET = 16


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is, each time a combination is done: of so many, this one is the latest."""

    done: int
    of: int
    latest: Swept


class Sweep:
    """Put every view on a glass and keep what was found below a folder.

    Args:
        loaded: the configuration to sweep.
        out: for pictures of what fails, contact sheets and what is kept of each combination.
        tell: takes each combination when it is done, on the thread that had it.
        fingerprint: of program and configuration, under which what is done is kept and found again.
        glasses: so many draw side by side.
    """

    def __init__(
        self,
        loaded: Loaded,
        out: Path,
        tell: Callable[[Progress], None],
        *,
        fingerprint: str = "",
        glasses: int = 1,
    ) -> None:
        self._loaded, self._tell, self._glasses = loaded, tell, glasses
        self._failures, self._sheets = out / "failures", out / "sheets"
        self._kept = Kept(out / "kept", fingerprint) if fingerprint else None
        for folder in (self._failures, self._sheets):
            folder.mkdir(parents=True, exist_ok=True)

    def run(self, only: Only) -> list[Swept]:
        """Sweep; blocks for as long as it takes."""
        offered = tuple(w.language for w in self._loaded.facility.languages)
        wanted = tuple(filter(only.takes, combinations(offered)))
        done = {each: kept for each in wanted if (kept := self._found(each, only)) is not None}
        with ThreadPoolExecutor(self._glasses) as threads:
            for lies in (False, True):
                todo = deque(each for each in wanted if each.lies is lies and each not in done)
                working = [
                    threads.submit(self._work_off, todo, only, done, len(wanted))
                    for _ in range(min(self._glasses, len(todo)))
                ]
                for each in working:
                    each.result()
        return [done[each] for each in wanted]

    def _found(self, combination: Combination, only: Only) -> Swept | None:
        return None if only.views or self._kept is None else self._kept.find(combination)

    def _work_off(
        self, todo: deque[Combination], only: Only, done: dict[Combination, Swept], wanted: int
    ) -> None:
        """Sweep combinations of one side until none is left; a glass that fails leaves none to the others."""
        try:
            with Easel(self._loaded, self._failures, lies=todo[0].lies) as easel:
                while todo:
                    swept = self._one(easel, todo.popleft(), only)
                    done[swept.combination] = swept
                    self._tell(Progress(len(done), wanted, swept))
        except BaseException:
            todo.clear()
            raise

    def _one(self, easel: Easel, combination: Combination, only: Only) -> Swept:
        every = every_view(self._loaded.facility, combination.language, combination.access, OPEN_AT)
        views = [(name, view) for name, view in every if not only.views or name.startswith(only.views)]
        swept = Swept(combination, len(views), list(easel.judge(views, combination)))
        if combination.in_colour:
            self._sheet(easel, views, combination)
        if self._kept is not None and not only.views:
            self._kept.keep(swept)
        return swept

    def _sheet(self, easel: Easel, views: list[Named], combination: Combination) -> None:
        """Draw some of the screens on one sheet, for people to look at."""
        sheet: list[Path] = []
        for name, view in views:
            if len(sheet) < MOST_ON_A_SHEET and _belongs(name, sheet):
                sheet.append(easel.picture(view, self._sheets / f".{combination.name}-{name}.png"))
        if sheet:
            contact_sheet(sheet, self._sheets / f"{combination.name}.png")


def _belongs(name: str, sheet: list[Path]) -> bool:
    return name in ON_A_SHEET or (len(sheet) < MOST_ON_A_SHEET - len(ON_A_SHEET) and "-" in name)
