"""Every walk of the demo facility comes to its end: real glass, real bytes, real HTTP, a real database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pyzbar import pyzbar

from kiosk.core.access import Access, TextSize, ThemeName
from kiosk.core.passport import read as read_passport
from kiosk.rehearse.rehearsal import rehearse
from kiosk.rehearse.walk import read_walk
from kiosk.settings import Loaded

CONFIG = Path(__file__).resolve().parents[2] / "config"
WALKS = sorted((CONFIG / "walks").glob("*.yaml"))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_comes_to_its_end(path: Path, demo: Loaded, tmp_path: Path) -> None:
    report = rehearse(demo, read_walk(path), tmp_path)
    assert report.passed, "\n".join(report.as_lines())


@pytest.mark.timeout(120)
def test_the_code_of_an_access_passport_is_read_by_another_program_from_its_picture(
    demo: Loaded, tmp_path: Path
) -> None:
    report = rehearse(demo, read_walk(CONFIG / "walks" / "passport.yaml"), tmp_path)
    assert report.passed, "\n".join(report.as_lines())
    (paper,) = tmp_path.rglob("ticket-*.png")
    with Image.open(paper) as picture:
        scanned = [code.data.decode() for code in pyzbar.decode(picture)]
    assert len(scanned) == 1
    language, access = read_passport(scanned[0], Access()) or ("", Access())
    assert (language, access) == ("pl", Access(text=TextSize.LARGE, theme=ThemeName.DARK))


def rehearse_by_command(folder: Path, walk: str) -> tuple[int, str, dict[str, object]]:
    path = folder / "walk.yaml"
    path.write_text(walk, "utf-8")
    words = ["rehearse", path, "--config", CONFIG, "--out", "out", "--json", folder / "r.json"]
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,  # as facilities call it: --out is a name in the folder where they are
    )
    assert "Traceback" not in done.stdout + done.stderr
    report = json.loads((folder / "r.json").read_text("utf-8"))[0] if (folder / "r.json").exists() else {}
    return done.returncode, done.stdout + done.stderr, report


@pytest.mark.timeout(60)
def test_the_report_has_pictures_times_ticket_and_what_central_holds(tmp_path: Path) -> None:
    code, told, report = rehearse_by_command(
        tmp_path,
        """
service: report-missed-bin
steps:
  - answer: {which-bin: brown}
  - expect: {step: collection-day}
""",
    )
    assert code == 0, told
    steps = report["steps"]
    assert isinstance(steps, list)
    assert all((tmp_path / step["picture"]).read_bytes().startswith(b"\x89PNG") for step in steps)
    assert steps[1]["step"] == "collection-day"
    assert all(ms > 0 for ms in steps[1]["touch_ms"])


@pytest.mark.timeout(60)
def test_an_expectation_that_does_not_come_true_fails_the_walk_and_says_where(tmp_path: Path) -> None:
    code, told, report = rehearse_by_command(
        tmp_path, "service: report-missed-bin\nsteps:\n  - expect: {view: confirmation}\n"
    )
    assert code == 1
    assert "walk.yaml:3: It did not come true that the view is confirmation" in told
    assert report["passed"] is False


@pytest.mark.timeout(60)
def test_a_label_that_is_not_on_the_glass_fails_the_walk_and_lists_what_is(tmp_path: Path) -> None:
    code, told, _ = rehearse_by_command(tmp_path, "service: report-missed-bin\nsteps:\n  - tap: Contineu\n")
    assert code == 1
    assert "'Continue'" in told


def test_a_walk_with_a_mistake_is_told_by_line_before_anything_starts(tmp_path: Path) -> None:
    code, told, _ = rehearse_by_command(tmp_path, "service: report-missed-bin\nsteps:\n  - tapp: Continue\n")
    assert code == 2
    assert "walk.yaml:3: Unknown step 'tapp'; did you mean 'tap'?" in told
