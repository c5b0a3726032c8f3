"""A version that cannot be used at start gives way to the one before, and `kiosk bundle` says so."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app import read_facility, usable
from kiosk.bundles import Bundles
from kiosk.clocks import SystemClock
from kiosk.keys import private_folder
from kiosk.logs import JsonLog
from kiosk.ports import BundleFile, Manifest
from kiosk.taking_up import TakingUp
from kiosk.telling import services_in_use, services_told

CONFIG = Path(__file__).resolve().parents[2] / "config"
PATTERNS = ("kiosk.yaml", "services/*.yaml", "tickets/*.yaml", "translations/*.po")
MADE_AT = "2026-05-04T09:00:00+00:00"
BROKEN = "services/street-light.yaml"


class Shelf:
    """A terminal's folders without the terminal: what is published to it, and what it starts with."""

    def __init__(self, folder: Path) -> None:
        self.keeps = private_folder(folder / "data")
        self.local = folder / "etc"
        shutil.copytree(CONFIG, self.local)
        self.log = io.StringIO()

    def take_up(self, version: int, **changed: str) -> None:
        """Lay a version ready and use it, as a terminal that did not look into it would."""
        paths = [path for pattern in PATTERNS for path in sorted(CONFIG.glob(pattern))]
        files = {path.relative_to(CONFIG).as_posix(): path.read_text("utf-8") for path in paths}
        files.update(changed)
        named = tuple(_named(path, text) for path, text in files.items())
        listed = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in named]
        bundles = Bundles(self.keeps)
        for one, text in zip(named, files.values(), strict=True):
            bundles.take_file(one, text.encode())
        text = json.dumps({"files": listed, "made_at": MADE_AT})
        bundles.checked(SystemClock().now())
        assert bundles.stage(Manifest(version, SystemClock().now(), named, text, f'"{version}"'))
        bundles.take_up(version)

    def start(self) -> set[str]:
        """Return the services that a start ends with."""
        taking_up = TakingUp(
            Bundles(self.keeps), self.local, read_facility, JsonLog(self.log, SystemClock().now)
        )
        return set(taking_up.begin(usable(self.local)).facility.services)

    def told(self) -> tuple[int, str]:
        """Return how `kiosk bundle` ends and what it prints."""
        words = [sys.executable, "-m", "kiosk", "bundle", "--data", str(self.keeps)]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def _named(path: str, text: str) -> BundleFile:
    return BundleFile(path, hashlib.sha256(text.encode()).hexdigest(), len(text.encode()))


@pytest.mark.timeout(120)
def test_a_version_that_does_not_load_gives_way_to_the_one_before(shelf: Shelf) -> None:
    (shelf.local / BROKEN).unlink()
    shelf.take_up(1)
    shelf.take_up(2, **{BROKEN: "service: [no service at all\n"})
    assert "street-light" in shelf.start(), "version 1 has it, the folder made by hand has not"
    standing = Bundles(shelf.keeps).standing
    assert (standing.active, standing.refused) == (1, 2)
    assert "street-light.yaml" in standing.why
    assert '"bundle.went-back", "version": 2, "to": 1' in shelf.log.getvalue()
    assert services_told(Bundles(shelf.keeps))["made_at"] == MADE_AT
    in_use = services_in_use(Bundles(shelf.keeps))
    assert in_use is not None
    assert (in_use.version, in_use.made_at.isoformat()) == (1, MADE_AT)
    assert "street-light" in shelf.start(), "and stays with it at the next start"


@pytest.mark.timeout(120)
def test_where_no_version_loads_the_folder_made_by_hand_is_used(shelf: Shelf) -> None:
    (shelf.local / BROKEN).unlink()
    for version in (1, 2):
        shelf.take_up(version, **{BROKEN: "service: [no service at all\n"})
    assert "street-light" not in shelf.start()
    assert Bundles(shelf.keeps).standing.active == 0


@pytest.mark.timeout(120)
def test_the_command_says_which_version_is_in_use_and_how_fresh_it_is(shelf: Shelf) -> None:
    assert shelf.told() == (0, "The folder of --config is in use.\nCentral was never asked.\n")
    shelf.take_up(1)
    assert shelf.told() == (0, "Version 1 is in use.\nLast checked just now.\n")
    shelf.take_up(2)
    Bundles(shelf.keeps).checked(SystemClock().now() - timedelta(hours=30))
    code, told = shelf.told()
    assert (code, told.splitlines()[1:]) == (
        1,
        ["Last checked 1 day ago.", "Version 1 is kept to go back to."],
    )


@pytest.mark.timeout(120)
def test_the_command_says_what_was_refused_and_what_to_do(shelf: Shelf) -> None:
    shelf.take_up(1)
    shelf.take_up(2, **{BROKEN: "service: [no service at all\n"})
    shelf.start()
    code, told = shelf.told()
    assert code == 1
    assert told.startswith("Version 1 is in use.\n")
    assert "Version 2 was not taken up: " in told
    assert told.endswith("Next: put it right, then 'kiosk central publish' again.\n")
