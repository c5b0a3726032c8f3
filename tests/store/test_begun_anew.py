"""A damaged file is set aside and the program is killed in the middle: the next start goes on from there."""

import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import apsw
import pytest

from kiosk.core.case import Attachment
from kiosk.core.staff import SignedIn
from kiosk.errors import StoreDamaged, StoreFull
from kiosk.store import cases, open_store, opening
from kiosk.store.setting_aside import set_aside
from tests.store.making import NOON, draft, open_in, settings, ticket
from tests.store.test_power_cuts import is_complete

ROOT = Path(__file__).parents[2]
STEPS = "rename,unlink,fsync,fdatasync"
WRITES = f"{STEPS},pwrite64,write,ftruncate"
CASES = 3
PHOTO = b"\x89a photo" * 900
strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def damaged_store(folder: Path) -> dict[str, str]:
    """Keep some cases, most of them still in the log only, damage the audit, and return what was told."""
    folder.mkdir()
    store = open_in(folder)
    store.staff.add("Ann", "badge", "482913", NOON)
    told = {"first": store.save(draft("first"), ticket, NOON).reference}
    store.outbox.tidy()
    for number in range(CASES):
        photo = Attachment("image/png", PHOTO)
        made = replace(draft(f"c{number}"), attachments=(photo,))
        told[f"c{number}"] = store.save(made, ticket, NOON).reference
    copy = [(part, part.read_bytes()) for part in folder.iterdir()]
    store.close()
    for part, content in copy:  # as a kill leaves it: with its log
        part.write_bytes(content)
    (folder / "kiosk.sqlite3.doubtful").touch()
    return told


def killed_at(folder: Path, at: int, watched: str, *more: str) -> bool:
    """Begin anew until the step number `at` and be killed there; False when it came to its end before."""
    inject = f"inject={watched}:signal=KILL:when={at}"
    tracing = ["strace", "-f", "-qq", "-o", str(folder / "trace"), "-e", f"trace={watched}", "-e", inject]
    program = [sys.executable, "-m", "tests.store.beginner", str(folder), *more]
    done = subprocess.run([*tracing, *program], capture_output=True, text=True, cwd=ROOT, check=False)
    (folder / "trace").unlink()
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode != 0


def what_is_missing(folder: Path, told: dict[str, str]) -> set[str]:
    """Start once more and return what was told and is not there, or not said to staff."""
    opened = open_store(settings(folder), NOON)
    store = opened.store
    parcels = {parcel.key: parcel for parcel in store.outbox.next_parcels(100)}
    lines = {str(line.case_id): line.reference for line in store.cases()}
    missing = {key for key, reference in told.items() if lines.get(key) != reference or key not in parcels}
    missing |= {key for key, parcel in parcels.items() if not is_complete(store, parcel)}
    if not store.keeping(NOON).set_aside:
        missing.add("what staff are told")
    if store.staff.check("badge", "482913", NOON) != SignedIn("Ann"):
        missing.add("Ann")
    after = store.save(draft("after"), ticket, NOON).reference
    assert after not in told.values()
    assert store.is_sound()
    store.close()
    assert open_store(settings(folder), NOON).set_aside is None
    asides = [part for part in folder.iterdir() if ".damaged-" in part.name and part.name.endswith("Z")]
    assert len(asides) == 1, "one file was damaged, and one was set aside"
    return missing


def test_what_is_attached_is_carried_over_with_its_case(tmp_path: Path) -> None:
    told = damaged_store(tmp_path / "one")
    assert what_is_missing(tmp_path / "one", told) == set()


@strace
@pytest.mark.timeout(240)
def test_killed_at_any_step_of_setting_aside_nothing_is_lost_and_staff_are_told(tmp_path: Path) -> None:
    for at in count(1):
        folder = tmp_path / str(at)
        told = damaged_store(folder)
        was_killed = killed_at(folder, at, STEPS)
        assert what_is_missing(folder, told) == set(), f"killed at step {at}"
        if not was_killed:
            break
    assert at > 12


@strace
@pytest.mark.timeout(240)
def test_killed_and_what_was_begun_damaged_too_nothing_is_lost_and_staff_are_told(tmp_path: Path) -> None:
    damaged = 0
    for at in count(1):
        folder = tmp_path / str(at)
        told = damaged_store(folder)
        if not killed_at(folder, at, STEPS):
            break
        if list(folder.glob("*.damaged-*Z")) and damage(folder / "kiosk.sqlite3"):
            damaged += 1
            assert what_is_missing(folder, told) == set(), f"killed at step {at}"
    assert damaged > 3


def test_a_start_that_does_not_begin_again_after_a_second_damage_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant leaves what was begun where it is: the start fails, and so does every later one."""
    told = damaged_store(tmp_path / "one")
    path = tmp_path / "one" / "kiosk.sqlite3"
    set_aside(path, NOON)
    path.write_bytes(b"begun, and damaged" * 500)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "give_up_begun", lambda *_: None)
        for _ in range(2):
            with pytest.raises(StoreDamaged):
                open_store(settings(tmp_path / "one"), NOON)
    assert what_is_missing(tmp_path / "one", told) == set()


def test_a_new_file_that_is_found_damaged_while_cases_are_carried_over_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second case does not get in because of the file: it is not left out as if it were at fault."""
    told = damaged_store(tmp_path / "one")
    restore, asked = cases.restore, count(1)

    def damaged_once(*what: Any) -> None:
        if next(asked) == 2:
            raise apsw.CorruptError("found while it was written")
        restore(*what)

    monkeypatch.setattr(cases, "restore", damaged_once)
    assert what_is_missing(tmp_path / "one", told) == set()


def test_on_a_full_disk_no_case_is_left_behind_as_if_all_were_carried_over(tmp_path: Path) -> None:
    """The start fails with its code and the mark stays; with room the next one goes on."""
    folder = tmp_path / "one"
    told = damaged_store(folder)
    for _ in range(2):
        with pytest.raises(StoreFull) as full:
            open_store(settings(folder, max_pages=30), NOON)
        assert full.value.code == "STORE-002"
    assert what_is_missing(folder, told) == set()


def test_the_ballast_makes_room_for_what_is_carried_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = damaged_store(tmp_path / "one")
    ballast = tmp_path / "one" / "kiosk.sqlite3.ballast"
    ballast.touch()
    restore = cases.restore

    def full_with_ballast(*what: Any) -> None:
        if ballast.exists():
            raise apsw.FullError("no room")
        restore(*what)

    monkeypatch.setattr(cases, "restore", full_with_ballast)
    assert what_is_missing(tmp_path / "one", told) == set()


def damage(path: Path) -> bool:
    """Write nonsense over a file; False when there is none yet, or nothing in it."""
    if not path.exists() or not path.stat().st_size:
        return False
    path.write_bytes(b"\xff" * path.stat().st_size)
    return True


@strace
@pytest.mark.timeout(240)
def test_a_mark_that_goes_before_the_cases_are_carried_over_is_caught(tmp_path: Path) -> None:
    """The mutant takes the mark away too early; some kill must find what is not there."""
    for at in count(1):
        folder = tmp_path / str(at)
        told = damaged_store(folder)
        was_killed = killed_at(folder, at, STEPS, "hasty")
        if what_is_missing(folder, told):
            return
        assert was_killed, "every step found nothing: the test above proves nothing"


@strace
@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_killed_at_any_write_of_setting_aside_nothing_is_lost_and_staff_are_told(tmp_path: Path) -> None:
    for at in count(1):
        folder = tmp_path / str(at)
        told = damaged_store(folder)
        was_killed = killed_at(folder, at, WRITES)
        assert what_is_missing(folder, told) == set(), f"killed at write {at}"
        shutil.rmtree(folder)
        if not was_killed:
            break
    print(f"  killed at each of {at - 1} writes")  # noqa: T201 - the figure
