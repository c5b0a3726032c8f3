"""The document scanner: SANE's real scanimage on its backend for tests, with every fault that it can play."""

from __future__ import annotations

import base64
import random
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from devices.discovery import find_document_scanners
from devices.documents.page import MOST_BYTES, PageTooLarge, page_of
from devices.documents.pnm import NotAPicture, Raster, raster_of
from devices.documents.running import Bounds
from devices.documents.scanimage import Listed, ScannerAsked, chosen, fault_in, listed
from devices.trial import try_document_scanner
from kiosk.core.hardware import Condition, DeviceStatus, Reason
from kiosk.core.scans import PageNotScanned, PageScanned, ScanFault, ScannedPage
from tests.devices.conftest import RealClock
from tests.devices.sane_stand import Machine, SaneTest, SimulatedFlatbed, becomes, children, scanner

if TYPE_CHECKING:
    from pathlib import Path

A4_AT_200_DPI = (1653, 2338)
QUICK = Bounds(1.0, 32 * 1024 * 1024)


@pytest.fixture
def sane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SaneTest:
    """SANE with one scanner that is not there."""
    folder = tmp_path / "sane.d"
    folder.mkdir()
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    return SaneTest(folder)


@pytest.fixture(params=["sane", "simulated"])
def machine(request: pytest.FixtureRequest, sane: SaneTest, tmp_path: Path) -> Machine:
    """A scanner of either kind: what holds of the real program must hold of the simulated one."""
    return sane if request.param == "sane" else SimulatedFlatbed(tmp_path)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def page(outcome: object) -> ScannedPage:
    assert isinstance(outcome, PageScanned), outcome
    return outcome.page


def test_a_page_is_read_whole_as_a_picture_to_keep_and_a_smaller_one_to_look_at(machine: Machine) -> None:
    with scanner(machine) as (adapter, facts):
        adapter.scan("one")
        read = page(facts.outcome_of("one"))
        assert adapter.status() == DeviceStatus("document-scanner", Condition.READY)
    kept, shown = opened(read.content), opened(base64.b64decode(read.picture))
    assert kept.format == shown.format == "JPEG"
    assert abs(kept.width - A4_AT_200_DPI[0]) <= 1
    assert abs(kept.height - A4_AT_200_DPI[1]) <= 1
    assert (kept.mode, kept.info["dpi"]) == ("L", (200, 200))
    assert shown.size == (read.width_px, read.height_px)
    assert not kept.getexif()
    assert "comment" not in kept.info


def test_a_page_in_colours_has_colours(sane: SaneTest) -> None:
    with scanner(sane, colour=True) as (adapter, facts):
        adapter.scan("one")
        read = page(facts.outcome_of("one"))
    assert opened(read.content).mode == "RGB"


@pytest.mark.parametrize(
    ("word", "fault", "condition", "reason"),
    [
        ("lid-open", ScanFault.LID_OPEN, Condition.BLOCKED, Reason.COVER_OPEN),
        ("jam", ScanFault.JAM, Condition.BLOCKED, Reason.JAM),
        ("no-page", ScanFault.NO_PAGE, Condition.READY, Reason.NONE),
        ("lost", ScanFault.LOST, Condition.ABSENT, Reason.LINK_LOST),
    ],
)
def test_a_fault_is_told_by_its_name_and_the_next_page_is_read_when_it_is_put_right(
    machine: Machine, word: str, fault: ScanFault, condition: Condition, reason: Reason
) -> None:
    with scanner(machine) as (adapter, facts):
        facts.until(lambda seen: [f for f in seen if isinstance(f, DeviceStatus)])
        machine.fault(word)
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", fault)
        assert DeviceStatus("document-scanner", condition, reason) in facts.seen
        machine.fault("ok")
        adapter.scan("two")
        page(facts.outcome_of("two"))
        assert adapter.status().condition is Condition.READY


def test_a_scanner_that_is_not_there_is_told_and_found_once_it_is_plugged_in(machine: Machine) -> None:
    machine.fault("unplug")
    with scanner(machine) as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.ABSENT)
        assert adapter.status() == DeviceStatus("document-scanner", Condition.ABSENT, Reason.LINK_LOST)
        machine.fault("ok")
        adapter.scan("two")
        page(facts.outcome_of("two"))


def test_a_page_that_was_stopped_is_never_told_and_leaves_no_program_behind(machine: Machine) -> None:
    machine.fault("slow")
    with scanner(machine) as (adapter, facts):
        adapter.scan("one")
        assert becomes(children)
        adapter.cancel()
        machine.fault("ok")
        adapter.scan("two")
        page(facts.outcome_of("two"))
        assert facts.told_of("one") == []
    assert children() == []


def test_a_terminal_that_closes_while_a_page_is_read_leaves_no_program_behind(machine: Machine) -> None:
    machine.fault("slow")
    with scanner(machine) as (adapter, facts):
        adapter.scan("one")
        assert becomes(children)
    assert children() == []
    assert facts.told_of("one") == []


def test_a_scanner_that_hangs_is_given_up_at_its_deadline(machine: Machine) -> None:
    with scanner(machine, page=QUICK) as (adapter, facts):
        facts.until(lambda seen: [f for f in seen if isinstance(f, DeviceStatus)])
        machine.fault("slow")
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.TOO_SLOW)
    assert children() == []


def test_more_than_a_page_can_hold_is_not_read_to_its_end(sane: SaneTest) -> None:
    with scanner(sane, page=Bounds(10.0, 100_000)) as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.TOO_LARGE)


def test_a_word_that_the_scanner_does_not_know_is_a_matter_for_staff(sane: SaneTest) -> None:
    with scanner(sane, source="Cupboard") as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.REFUSED)


class Script:
    """A program in the place of scanimage: lists a scanner, then does as it is told."""

    address = "sane:any"

    def __init__(self, act: str) -> None:
        lists = "if 'list' in ' '.join(sys.argv): print('odd:0|Odd one'); sys.exit()"
        self.program: tuple[str, ...] = (
            sys.executable,
            "-c",
            f"import os, signal, sys, time\n{lists}\n{act}",
        )

    def fault(self, word: str) -> None:
        """Stay as it is."""


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        ("sys.stdout.write('not a picture' * 999)", ScanFault.GARBAGE),
        ("sys.stdout.write('P5 99999 99999 255 ')", ScanFault.LOST),
        ("sys.stdout.write('P5 0 0 255 ')", ScanFault.GARBAGE),
        ("sys.stdout.write('P5 2 2 255 12345')", ScanFault.GARBAGE),
        ("os.kill(os.getpid(), signal.SIGKILL)", ScanFault.LOST),
        ("sys.stderr.write('x' * 10_000_000); sys.stdout.write('P5 9 9 255 ')", ScanFault.LOST),
        ("pass", ScanFault.LOST),
    ],
)
def test_whatever_a_program_sends_that_is_no_whole_picture_is_no_page(act: str, fault: ScanFault) -> None:
    with scanner(Script(act)) as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", fault)


def test_a_program_that_will_not_end_is_ended_with_all_it_started() -> None:
    deaf = "signal.signal(signal.SIGINT, signal.SIG_IGN); os.fork(); time.sleep(600)"
    with scanner(Script(deaf), page=QUICK) as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.TOO_SLOW)
        assert adapter.status() == DeviceStatus("document-scanner", Condition.FAULT, Reason.STALLED)
    assert children() == []


def test_a_machine_without_the_program_has_no_scanner() -> None:
    nothing = Script("")
    nothing.program = ("/nowhere/scanimage",)
    with scanner(nothing) as (adapter, facts):
        adapter.scan("one")
        assert facts.outcome_of("one") == PageNotScanned("one", ScanFault.ABSENT)


def test_the_scanner_is_known_by_how_its_name_begins_for_the_rest_changes_with_every_plug() -> None:
    there = listed("v4l:/dev/video0|Noname cam\ngenesys:libusb:001:007|Canon LiDE 220\nnonsense\n|x\n")
    assert [each.name for each in there] == ["v4l:/dev/video0", "genesys:libusb:001:007"]
    assert chosen(ScannerAsked("sane:genesys"), there) == Listed("genesys:libusb:001:007", "Canon LiDE 220")
    assert chosen(ScannerAsked("sane:any"), there) == there[0]
    assert chosen(ScannerAsked("sane:pixma"), there) is None


def test_kiosk_devices_lists_it_with_the_line_for_the_settings(sane: SaneTest) -> None:
    (found,) = find_document_scanners(RealClock())
    assert (found.path, found.model) == ("sane:test:0", "")
    assert found.setting == "document-scanner: {address: 'sane:test'}"
    sane.fault("unplug")
    assert find_document_scanners(RealClock()) == []


@pytest.mark.parametrize(("word", "good"), [("ok", True), ("jam", False)])
def test_kiosk_devices_test_reads_a_page_and_says_what_came_of_it(
    machine: Machine, word: str, *, good: bool
) -> None:
    machine.fault(word)
    trial = try_document_scanner(
        machine.address, colour=False, source="", program=machine.program, clock=RealClock()
    )
    assert isinstance(trial.outcome, PageScanned) is good
    assert (trial.status.condition is Condition.READY) is good


def test_what_scanimage_says_of_a_rounded_size_is_no_fault() -> None:
    assert fault_in("scanimage: rounded value of br-y from 400 to 300") is None
    assert fault_in("scanimage: open of device genesys failed: Device busy") is ScanFault.BUSY


@pytest.mark.parametrize("sent", [b"", b"P5", b"P5 1 1 255 ", b"P6 2 1 255 12345"])
def test_a_picture_that_broke_off_says_so(sent: bytes) -> None:
    with pytest.raises(NotAPicture) as raised:
        raster_of(sent)
    assert raised.value.is_short is (sent != b"P5")


def test_a_page_of_pure_noise_still_fits(rows: bytes) -> None:
    width, height = A4_AT_200_DPI
    kept = page_of(Raster(width, height, 3, memoryview(rows))).content
    assert len(kept) <= MOST_BYTES


def test_a_page_that_cannot_be_made_small_enough_is_refused(
    rows: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.documents.page.MOST_BYTES", 1000)
    width, height = A4_AT_200_DPI
    with pytest.raises(PageTooLarge):
        page_of(Raster(width, height, 3, memoryview(rows)))


@pytest.fixture
def rows() -> bytes:
    """The worst that a scanner can send: nothing in it is like anything beside it."""
    width, height = A4_AT_200_DPI
    return random.Random(1).randbytes(width * height * 3)  # noqa: S311 - noise, not a secret
