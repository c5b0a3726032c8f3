"""A terminal takes up what central publishes between visits, never during one, and goes back if it must."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app import Surroundings, Terminal, usable
from kiosk.clocks import MovedClock, SystemClock
from kiosk.core.events import LanguageChosen, Left
from kiosk.core.views import Menu, Welcome
from kiosk.errors import GlassError, RehearsalError
from kiosk.keys import keep_enrolment, private_folder, terminal_key
from kiosk.logs import JsonLog
from kiosk.rehearse.central import RehearsalCentral
from kiosk.rehearse.hand import Hand
from kiosk.rehearse.processes import run_once

CONFIG = Path(__file__).resolve().parents[2] / "config"
SOON_S = 40.0
MORNING, NOON = datetime(2026, 5, 5, 10, tzinfo=UTC), datetime(2026, 5, 5, 11, tzinfo=UTC)
DEVICES = "devices:\n"


class Town:
    """A central, what facilities publish, and one terminal with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.local, self.published = folder / "etc", folder / "publish"
        for place in (self.local, self.published):
            shutil.copytree(CONFIG, place)
        _without_devices(self.local / "kiosk.yaml")
        self.central = RehearsalCentral(private_folder(folder / "central"), "Demo", "Europe/London")
        self.keeps = private_folder(folder / "data")
        keep_enrolment(self.keeps, self.central.pair("lobby-1", terminal_key(self.keeps)))
        self._open = ExitStack()
        self.terminal = self.start()

    def start(self) -> Terminal:
        log = JsonLog(self._open.enter_context((self.folder / "terminal.log").open("a")), SystemClock().now)
        self.clock = MovedClock(MORNING, runs=True)
        around = Surroundings(
            self.keeps, log, self.clock, central=self.central.url, config=self.local, finger=True
        )
        terminal = Terminal(usable(self.local), around)
        self._open.enter_context(terminal)
        runner = threading.Thread(target=terminal.run, name="conductor")
        runner.start()
        self._open.callback(runner.join)
        self._open.callback(terminal.stop)
        return terminal

    def publish(self) -> str:
        return self.console("publish", "--config", str(self.published))

    def console(self, *words: str) -> str:
        """Do something at central's console; options that say where are put behind."""
        database = f"sqlite:///{self.folder / 'central' / 'central.sqlite'}"
        return run_once(["kiosk", "central", words[0], "--database", database, *words[1:]])

    def reads(self, text: str) -> bool:
        """Say whether a text stands on the glass, as it is drawn."""
        try:
            return any(text in seen.name for seen in Hand(self.terminal.glass.finger).look().targets)
        except (GlassError, RehearsalError):
            return False

    def services(self) -> set[str]:
        return set(self.terminal.conductor._house.facility.services)

    def version(self) -> int:
        assert self.terminal.taking_up is not None
        return self.terminal.taking_up.bundles.standing.active

    def shows(self, body: type) -> bool:
        try:
            return isinstance(self.terminal.glass.last_view().body, body)
        except GlassError:
            return False

    def pull(self) -> None:
        courier = self.terminal._courier
        assert courier is not None
        courier.look_for_bundle()

    def becomes(self, holds: Callable[[], bool]) -> bool:
        never = threading.Event()
        for _ in range(int(SOON_S / 0.05)):
            if holds():
                return True
            never.wait(0.05)
        return False

    def stop(self) -> None:
        self._open.close()

    def close(self) -> None:
        self.stop()
        self.central.close()


def _without_devices(path: Path) -> None:
    """Leave only the terminal's own name, so that the test sees what stays local."""
    text = path.read_text("utf-8")
    begin = text.index(DEVICES)
    end = text.index("# 'embedded' runs")
    text = text[:begin] + text[end:]
    path.write_text(text.replace("reference-prefix: K7", "reference-prefix: K9"), "utf-8")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.close()


@pytest.mark.timeout(240)
def test_what_is_published_is_taken_up_between_visits_and_never_during_one(town: Town) -> None:
    assert town.becomes(lambda: town.shows(Welcome))
    town.terminal.conductor.post(LanguageChosen("en"))
    assert town.becomes(lambda: town.shows(Menu))
    (town.published / "services" / "street-light.yaml").unlink()
    town.publish()
    town.pull()
    taking_up = town.terminal.taking_up
    assert taking_up is not None
    assert town.becomes(lambda: taking_up.bundles.standing.staged == 1)
    town.terminal.conductor.drain(5)
    assert "street-light" in town.services()
    assert town.shows(Menu)

    town.terminal.conductor.post(Left())
    assert town.becomes(lambda: town.version() == 1)
    assert "street-light" not in town.services()
    assert town.terminal.conductor._house.facility.reference_prefix == "K9"

    # A version that this terminal cannot start with is left, and the one in use goes on.
    assert taking_up.bundles.standing.refused == 0
    _break_local(town.local)
    (town.published / "services" / "bus-pass.yaml").unlink()
    town.publish()
    town.pull()
    assert town.becomes(lambda: taking_up.bundles.standing.refused == 2)
    assert town.version() == 1
    assert "kiosk.yaml" in taking_up.bundles.standing.why


LIFT = "The lift is out of order"
UNTIL_NOON = ("--from", "2026-05-05 09:00", "--until", "2026-05-05 12:00")


@pytest.mark.timeout(240)
def test_a_bulletin_stands_on_the_glass_after_the_visit_and_goes_at_its_end(
    town: Town, tmp_path: Path
) -> None:
    town.publish()
    town.pull()
    assert town.becomes(lambda: town.version() == 1)
    town.terminal.conductor.post(LanguageChosen("en"))
    assert town.becomes(lambda: town.reads("What do you need today?"))

    town.console("bulletin", "add", "lift", *UNTIL_NOON, "--text", f"en={LIFT}")
    town.pull()
    taking_up = town.terminal.taking_up
    assert taking_up is not None
    assert town.becomes(lambda: taking_up.bundles.standing.staged == 2)
    town.terminal.conductor.drain(5)
    assert not town.reads(LIFT)

    town.terminal.conductor.post(Left())
    assert town.becomes(lambda: town.reads(LIFT))
    town.terminal.conductor.post(LanguageChosen("pl"))
    assert town.becomes(lambda: town.reads("To ogłoszenie jest po angielsku"))
    assert town.reads(LIFT)
    Hand(town.terminal.glass.finger).picture(tmp_path / "bulletin.png")

    town.terminal.conductor.post(Left())
    assert town.becomes(lambda: town.shows(Welcome) and town.reads(LIFT))
    town.clock.move((NOON - town.clock.now()).total_seconds())
    assert town.becomes(lambda: town.shows(Welcome) and not town.reads(LIFT))
    assert town.reads("Touch your language to begin")


def _break_local(folder: Path) -> None:
    path = folder / "kiosk.yaml"
    path.write_text(path.read_text("utf-8").replace("reference-prefix: K9", "reference-prefix: I1"), "utf-8")
