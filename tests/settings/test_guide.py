"""What the guide for facilities staff shows works as it stands there."""

import re
import shutil
from pathlib import Path

import pytest

from kiosk.cli import COMMANDS
from kiosk.settings import fill_translations, load_facility
from kiosk.settings.catalogue import read_catalogue
from kiosk.settings.problems import Notes

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/staff/own-service.md").read_text("utf-8")
SERVICE = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
MOST_LINES = 20


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A copy of the demonstration with the service of the guide in it."""
    copy = tmp_path / "my-council"
    shutil.copytree(ROOT / "config", copy)
    (copy / "services/report-graffiti.yaml").write_text(SERVICE, "utf-8")
    return copy


def test_the_service_of_the_guide_is_short() -> None:
    assert len([line for line in SERVICE.splitlines() if not line.startswith("#")]) <= MOST_LINES


def test_the_service_of_the_guide_lacks_only_its_translations(council: Path) -> None:
    loaded = load_facility(council)
    assert {problem.code for problem in loaded.problems} == {"SET-405"}
    lacking = {council / f"translations/{code}.po": len(texts) for code, texts in loaded.lacking.items()}
    assert fill_translations(council, loaded) == lacking
    assert len(lacking) > 1


def test_it_can_be_published_in_english_where_nobody_has_checked_a_translation(council: Path) -> None:
    kiosk = council / "kiosk.yaml"
    kiosk.write_text(
        kiosk.read_text("utf-8").replace("unreviewed-words: warn", "unreviewed-words: hide"), "utf-8"
    )
    loaded = load_facility(council)
    assert loaded.is_usable
    assert "SET-405" in {remark.code for remark in loaded.remarks}


def test_it_can_be_tried_in_english_first(council: Path) -> None:
    kiosk = council / "kiosk.yaml"
    kiosk.write_text(re.sub(r"languages: \[.*\]", "languages: [en]", kiosk.read_text("utf-8")), "utf-8")
    assert load_facility(council).facility.services["report-graffiti"].lgsl == 584


def test_the_entry_of_the_guide_is_a_gettext_file(tmp_path: Path) -> None:
    (entry,) = re.findall(r"```po\n(.*?)```", GUIDE, re.DOTALL)
    path, notes = tmp_path / "cy.po", Notes("cy.po")
    path.write_text(entry, "utf-8")
    assert dict(read_catalogue(path, notes).texts) == {"Report graffiti": "Rhoi gwybod am graffiti"}
    assert notes.found == []


def test_every_code_that_the_pages_name_is_explained() -> None:
    explaining = [ROOT / "docs/errors.md", ROOT / "docs/staff/settings-problems.md"]
    code = re.compile(r"\b(?:SET|SYNC|STORE|SCAN|WALK|CENTRAL|KIOSK|DEVICE|LINK|STAFF)-\d{3}\b")
    explained = {found for page in explaining for found in code.findall(page.read_text("utf-8"))}
    pages = [
        page
        for page in (ROOT / "docs").rglob("*.md")
        if page not in explaining and "decisions" not in page.parts
    ]
    unexplained = {found for page in pages for found in code.findall(page.read_text("utf-8"))} - explained
    assert unexplained == set()
    assert len(explained) > 100


def test_every_command_of_the_first_day_is_understood() -> None:
    first_day = (ROOT / "docs/staff/first-day.md").read_text("utf-8")
    commands = {
        *re.findall(r"`kiosk ([a-z]+)", first_day),
        *re.findall(r"^    kiosk ([a-z]+)", first_day, re.MULTILINE),
    }
    assert commands <= set(COMMANDS)
    assert {"check", "pair", "devices", "cases"} <= commands
