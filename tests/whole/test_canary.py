"""A marked visitor types on the glass of a whole terminal; a minute after acceptance nothing of it is left.

`test_nothing_stays` shows the same for thirty cases without a glass; here all of a terminal runs: glass,
spare, reader, scanner, printer, speech, courier and log, all on one disk, whose raw image is searched.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kiosk.clocks import SystemClock
from kiosk.council_keys import KeyShelf
from kiosk.errands import Errands
from kiosk.keys import keep_enrolment, private_folder, terminal_key
from kiosk.rehearse.central import RehearsalCentral
from kiosk.rehearse.performance import Performance
from kiosk.rehearse.stand import RehearsalStand
from kiosk.rehearse.walk import read_walk
from kiosk.sync import CentralAddress, council_keys
from tests.store.loop_disk import LoopDisk, disks
from tests.whole.test_nothing_stays import forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.core.case import CaseDraft
    from kiosk.settings import Loaded

NAME, HOUSE, TOWN = "Mererid Canarypugh", "17 Canarystreet", "Canarytown"
MARKS = (NAME, HOUSE, TOWN)
WALK = f"""
service: report-missed-bin
at: 2026-11-23 10:30
steps:
  - answer: {{which-bin: brown}}
  - answer: {{collection-day: 2026-11-20}}
  - answer: {{where: {{postcode: AA3 1AB, line_1: {HOUSE}, town: {TOWN}}}}}
  - type: {{full-name: {NAME}}}
  - tap: Continue
  - expect: {{view: review, text: {NAME}}}
  - tap: Report the missed bin
  - expect: {{view: confirmation, job: printed, case: accepted}}
  - tap: Finish
  - expect: {{view: welcome}}
"""
A_MINUTE_S = 60.0
EMPTY_LOG = 16 * 1024
DISK_MIB = 192


class TerminalOnADisk(RehearsalStand):
    """A stand whose terminal keeps all it has on one disk; central, which may read answers, is elsewhere."""

    central_folder: Path

    def _start_central(self) -> RehearsalCentral:
        facility = self._facility
        service = RehearsalCentral(self.central_folder, facility.council, facility.time_zone)
        self._stack.callback(service.close)
        key = terminal_key(self._folder)
        enrolment = service.pair(facility.terminal, key)
        keep_enrolment(self._folder, enrolment)
        KeyShelf(self._folder).keep(council_keys(CentralAddress(service.url, enrolment, key), SystemClock()))
        return service


@contextmanager
def visited(
    demo: Loaded, disk: LoopDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RehearsalStand]:
    """Let the visitor come, and give the stand once central has the case and the visit is over."""
    tempfile.gettempdir()  # the stand's sockets stay where paths are short
    temporary = private_folder(disk.mount / "tmp")
    monkeypatch.setenv("TMPDIR", str(temporary))
    TerminalOnADisk.central_folder = private_folder(tmp_path / "central")
    walk, pictures = tmp_path / "canary.yaml", private_folder(tmp_path / "pictures")
    walk.write_text(WALK, "utf-8")
    told = read_walk(walk)
    with TerminalOnADisk(demo, disk.mount / "stand", at=told.at) as stand:
        performance = Performance(stand, told, pictures)
        assert performance.perform(), [done for done in performance.done if done.failed]
        yield stand


def found_on(disk: LoopDisk, case_id: str) -> set[str]:
    """Return the marks anywhere on the raw disk: database, its log, logs, temporary and deleted files."""
    os.sync()
    raw = disk.image.read_bytes()
    assert case_id.encode() in raw, "the search itself must find what is there"
    return {mark for mark in MARKS for written in forms(mark) if written in raw}


def emptied(stand: RehearsalStand) -> bool:
    log = stand.terminal.store.path.with_name(stand.terminal.store.path.name + "-wal")
    return not any(log.read_bytes()[EMPTY_LOG:])


@pytest.mark.timeout(240)
def test_a_minute_after_acceptance_no_byte_of_who_typed_on_the_glass_is_on_the_disk(
    demo: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with disks(tmp_path, 1, DISK_MIB) as (disk,), visited(demo, disk, tmp_path, monkeypatch) as stand:
        (line,) = stand.terminal.store.cases()
        assert line.delivery == "accepted"
        assert stand.becomes(lambda: emptied(stand), A_MINUTE_S), "the log of the database was not emptied"
        assert found_on(disk, str(line.case_id)) == set()
        assert "case.accepted" in (disk.mount / "stand" / "terminal.log").read_text("utf-8")


@pytest.mark.timeout(240)
def test_one_line_of_a_log_that_tells_an_answer_turns_the_search_red(
    demo: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Errands.save

    def talkative(errands: Errands, draft: CaseDraft) -> None:
        errands._log("case.saving", answers=str(dict(draft.answers)))
        save(errands, draft)

    monkeypatch.setattr(Errands, "save", talkative)
    with disks(tmp_path, 1, DISK_MIB) as (disk,), visited(demo, disk, tmp_path, monkeypatch) as stand:
        (line,) = stand.terminal.store.cases()
        assert found_on(disk, str(line.case_id)) == set(MARKS), "else the test above proves nothing"
