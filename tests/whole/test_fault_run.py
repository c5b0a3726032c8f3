"""Both ends killed at any moment, and a network that does all that networks do: nothing lost or twice."""

import hashlib
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest

from kiosk.clocks import SystemClock
from kiosk.council_keys import KeyShelf
from kiosk.keys import keep_enrolment, terminal_key
from kiosk.rehearse.central import RehearsalCentral
from kiosk.sync import CentralAddress, council_keys
from tests.whole.carrier import PHOTO_EVERY
from tests.whole.fault_proxy import SHARES, FaultProxy, faulty_way

ROOT = Path(__file__).resolve().parents[2]
CASES, KILLS = 800, 6
CASES_TO_PROVE, KILLS_TO_PROVE = 20_000, 120
BETWEEN_KILLS_S = (0.6, 2.0)


@dataclass
class FaultRun:
    """One terminal and one central, and what became of the cases between them."""

    folder: Path
    cases: int
    kills: int
    told: dict[str, str] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)
    done: threading.Event = field(default_factory=threading.Event)

    def go(self, seed: int) -> FaultProxy:
        """Run until the terminal says that central has everything."""
        chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
        (self.folder / "central").mkdir()
        with closing(RehearsalCentral(self.folder / "central", "Test Council", "UTC")) as central:
            self.pair(central)
            with faulty_way(int(central.url.rsplit(":", 1)[1]), seed) as proxy:
                while not self.done.is_set():
                    self.live(central, f"http://127.0.0.1:{proxy.port}", chance)
                return proxy

    def pair(self, central: RehearsalCentral) -> None:
        key = terminal_key(self.folder)
        enrolment = central.pair("lobby-1", key)
        keep_enrolment(self.folder, enrolment)
        KeyShelf(self.folder).keep(council_keys(CentralAddress(central.url, enrolment, key), SystemClock()))

    def live(self, central: RehearsalCentral, url: str, chance: random.Random) -> None:
        """Let the terminal live until it is done or it is its turn to be killed; central may go first."""
        words = [sys.executable, "-m", "tests.whole.carrier", str(self.folder), url, str(self.cases)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as terminal:
            listener = threading.Thread(target=self.listen, args=(terminal,))
            listener.start()
            while terminal.poll() is None and not self.done.wait(chance.uniform(*BETWEEN_KILLS_S)):
                if self.killed.total() >= self.kills or not self.told:
                    continue
                if chance.random() < 0.5:
                    self.killed["terminal"] += 1
                    terminal.kill()
                else:
                    self.killed["central"] += 1
                    kill_and_start(central)
            listener.join()
            terminal.wait()

    def listen(self, terminal: "subprocess.Popen[str]") -> None:
        assert terminal.stdout is not None
        for line in terminal.stdout:
            if line == "done\n":
                self.done.set()
            elif line.endswith("\n"):
                case_id, reference = line.split()
                self.told[case_id] = reference


def kill_and_start(central: RehearsalCentral) -> None:
    central._running().signal(signal.SIGKILL)
    central.close()
    central.mood("up")


def rows(path: Path, sql: str) -> list[tuple[str, str]]:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return [(str(row[0]), str(row[-1])) for row in connection.execute(sql)]
    finally:
        connection.close()


def nothing_lost_and_nothing_twice(run: FaultRun, proxy: FaultProxy) -> None:
    kept = rows(run.folder / "terminal.sqlite", "SELECT case_id, reference FROM cases")
    at_central = rows(run.folder / "central" / "central.sqlite", "SELECT case_id, reference FROM cases")
    keys = rows(run.folder / "central" / "central.sqlite", "SELECT key FROM intake")
    print(  # noqa: T201 - the figures
        f"\n  {len(kept)} cases, {proxy.met.total()} requests: {dict(proxy.met)}, killed {dict(run.killed)};"
        f" lost {len(set(kept) - set(at_central))}, twice {len(at_central) - len(set(at_central))}"
    )
    assert run.told.items() <= dict(kept).items()
    assert len(kept) == run.cases
    assert sorted(at_central) == sorted(kept)
    assert len(keys) == len(kept)
    every_photo_is_whole(run)
    assert rows(run.folder / "terminal.sqlite", "SELECT key FROM outbox WHERE state <> 'accepted'") == []


def every_photo_is_whole(run: FaultRun) -> None:
    """Look that central has each photo, byte for byte, and the terminal none any more."""
    at_central = apsw.Connection(
        str(run.folder / "central" / "central.sqlite"), flags=apsw.SQLITE_OPEN_READONLY
    )
    pieces = at_central.execute("SELECT sha256, content FROM upload_pieces ORDER BY sha256, start").fetchall()
    named = at_central.execute("SELECT case_id, sha256 FROM attachments").fetchall()
    at_central.close()
    whole: dict[str, bytes] = {}
    for sha256, content in pieces:
        whole[str(sha256)] = whole.get(str(sha256), b"") + bytes(content)  # type: ignore[arg-type]
    assert {sha256: hashlib.sha256(content).hexdigest() for sha256, content in whole.items()} == {
        sha256: sha256 for sha256 in whole
    }
    assert {str(sha256) for _, sha256 in named} == set(whole)
    assert len({case_id for case_id, _ in named}) == len(named) == -(-run.cases // PHOTO_EVERY)
    assert rows(run.folder / "terminal.sqlite", "SELECT case_id, sha256 FROM attachments") == []


@pytest.mark.timeout(240)
def test_faults_and_kills_at_both_ends_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    run = FaultRun(tmp_path, CASES, KILLS)
    proxy = run.go(seed=4)
    nothing_lost_and_nothing_twice(run, proxy)
    assert run.killed.total() > 0


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_twenty_thousand_cases_through_every_fault(tmp_path: Path) -> None:
    run = FaultRun(tmp_path, CASES_TO_PROVE, KILLS_TO_PROVE)
    began = time.monotonic()
    proxy = run.go(seed=20)
    nothing_lost_and_nothing_twice(run, proxy)
    assert {name for name, _ in SHARES} <= set(proxy.met)
    assert set(run.killed) == {"terminal", "central"}
    print(f"  {time.monotonic() - began:.0f} s")  # noqa: T201 - the figure
