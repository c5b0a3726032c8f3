"""A visitor scans a letter by touches on the glass, with SANE's real program; staff open that very letter."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import tempfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import requests
from PIL import Image, ImageChops, ImageStat

from devices.documents.scanimage import ScannerAsked, words_to_scan
from kiosk.core.hardware import Condition
from kiosk.core.scans import ScannedPage
from kiosk.keys import private_folder
from kiosk.rehearse.performance import Performance
from kiosk.rehearse.stand import RehearsalStand
from kiosk.rehearse.walk import read_walk
from kiosk.settings import DocumentScannerPlace, Loaded
from tests.devices.sane_stand import SaneTest, children
from tests.store.loop_disk import LoopDisk, disks
from tests.whole.test_canary import TerminalOnADisk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


WALK = """
service: parking-permit
at: 2026-11-23 10:30
steps:
  - answer: {registration: AB12 CDE}
  - answer: {keeper: yes}
  - answer: {length: year}
  - answer: {where: {postcode: AA3 1AB, line-1: 12 Mill Lane, town: Anytown}}
  - tap: Scan the page
  - expect: {step: proof, text: Can you read everything on this page?}
  - tap: Use this page
  - expect: {text: 1 page is ready to send}
  - tap: Add another page
  - expect: {text: Can you read everything on this page?}
  - tap: Use this page
  - tap: Continue
  - answer: {full-name: Nia Rees}
  - answer: {email: nia@example.com}
  - tap: Apply for the permit
  - expect: {view: confirmation, job: printed, case: accepted}
  - tap: Finish
  - expect: {view: welcome}
"""
LEFT = WALK[: WALK.index("  - expect: {text: 1 page")]
"""To where one page is kept and nothing was sent."""
ALIKE = 8.0
"""Steps of grey, of 255, that a picture may differ from what was scanned, on average, for being a JPEG."""
DISK_MIB = 192
SOON_S = 20.0
PART, PARTS = 48, 12


class TerminalWithSane(TerminalOnADisk):
    """A stand whose document scanner is SANE's own."""

    def _document_scanner(self, loaded: Loaded) -> DocumentScannerPlace | None:
        configured = loaded.terminal.document_scanner
        assert configured is not None
        return replace(configured, address="sane:test", source="")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[LoopDisk]:
    with disks(tmp_path, 1, DISK_MIB) as (made,):
        yield made


@pytest.fixture
def sane(tmp_path: Path) -> SaneTest:
    return SaneTest(private_folder(tmp_path / "sane.d"))


@pytest.fixture
def stand(
    demo: Loaded, disk: LoopDisk, sane: SaneTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RehearsalStand]:
    """A whole terminal whose data, log and temporary files are on one disk; central is elsewhere."""
    monkeypatch.setenv("SANE_CONFIG_DIR", str(sane.folder))
    tempfile.gettempdir()  # the stand's sockets stay where paths are short
    monkeypatch.setenv("TMPDIR", str(private_folder(disk.mount / "tmp")))
    TerminalWithSane.central_folder = private_folder(tmp_path / "central")
    with TerminalWithSane(demo, disk.mount / "stand") as made:
        yield made


def perform(stand: RehearsalStand, tmp_path: Path, walk: str) -> Performance:
    path = tmp_path / "letter.yaml"
    path.write_text(walk, "utf-8")
    performance = Performance(stand, read_walk(path), private_folder(tmp_path / "pictures"))
    assert performance.perform(), [done for done in performance.done if done.failed]
    return performance


def in_memory() -> list[ScannedPage]:
    """Find every page that the service still holds; to ask a dead proxy for its class would raise."""
    gc.collect()
    others = {id(each) for each in _of_other_tests}
    return [each for each in gc.get_objects() if type(each) is ScannedPage and id(each) not in others]


_of_other_tests: list[ScannedPage] = []
"""Samples that other tests of the same process keep."""


@pytest.fixture(autouse=True)
def _count_from_here() -> None:
    _of_other_tests.clear()
    _of_other_tests.extend(in_memory())


def at_the_desk(stand: RehearsalStand, case_id: str) -> tuple[str, list[bytes]]:
    """Sign in as staff, and give the page of a case with all that is attached to it, opened."""
    central = stand.central_service
    told = re.search(r"Password: (\S+)", central.add_staff("Morgan Reid"))
    assert told is not None
    browser = requests.Session()
    form_word = re.search(
        r'name="form_word" value="([^"]*)"', browser.get(f"{central.url}/desk/sign-in").text
    )
    assert form_word is not None
    form = {"name": "Morgan Reid", "password": told[1], "form_word": form_word[1]}
    browser.post(f"{central.url}/desk/sign-in", data=form).raise_for_status()
    page = browser.get(f"{central.url}/desk/cases/{case_id}").text
    places = re.findall(rf"/desk/cases/{case_id}/attachments/[0-9a-f]{{64}}", page)
    return page, [browser.get(central.url + place).content for place in places]


def scanned_by_hand() -> Image.Image:
    """Let scanimage scan the same page without us."""
    words = words_to_scan(ScannerAsked("sane:test"), "test:0")
    return Image.open(BytesIO(subprocess.run(words, capture_output=True, check=True).stdout)).convert("L")


def differ(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def traces(content: bytes, disk: LoopDisk) -> list[int]:
    """Say which parts of a file are anywhere on the raw disk, deleted or not."""
    os.sync()
    raw = disk.image.read_bytes()
    starts = range(1000, len(content) - PART, len(content) // PARTS)
    return [start for start in starts if content[start : start + PART] in raw]


@pytest.mark.timeout(240)
def test_what_staff_open_is_the_letter_that_lay_on_the_scanner_and_it_was_never_on_the_disk_unsealed(
    stand: RehearsalStand, disk: LoopDisk, tmp_path: Path
) -> None:
    perform(stand, tmp_path, WALK)
    assert stand.becomes(lambda: not in_memory(), SOON_S)
    (line,) = stand.terminal.store.cases()
    page, files = at_the_desk(stand, str(line.case_id))
    letter = scanned_by_hand()
    assert len(files) == 2
    for each in files:
        opened = Image.open(BytesIO(each))
        assert opened.format == "JPEG"
        assert differ(opened.convert("L"), letter) < ALIKE
    assert differ(letter, ImageChops.invert(letter)) > ALIKE, "else nothing is seen above"
    told = stand.terminal.conductor.devices.statuses()["document-scanner"]
    assert told.condition is Condition.READY, "as central hears it"
    assert "attachment 1" in page
    assert "attachment 2" in page
    assert traces(files[0], disk) == []
    (disk.mount / "tmp" / "page").write_bytes(files[0])
    assert traces(files[0], disk), "else the search finds nothing that is there"


@pytest.mark.timeout(240)
def test_who_leaves_while_a_page_is_read_leaves_nothing_and_the_scanner_stops(
    stand: RehearsalStand, sane: SaneTest, tmp_path: Path
) -> None:
    performance = perform(stand, tmp_path, LEFT)
    assert in_memory(), "else nothing is looked for below"
    sane.fault("slow")
    performance.tap("Add another page")
    assert stand.becomes(lambda: "scanimage" in children(), SOON_S)
    performance.tap("Leave now")
    assert stand.becomes(lambda: "scanimage" not in children(), SOON_S)
    assert stand.becomes(lambda: not in_memory(), SOON_S)
    assert not stand.terminal.store.cases()
