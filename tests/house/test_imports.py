"""Who may import whom: the contracts of pyproject.toml hold, and each is shown to refuse its breach."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.house.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
NAMES = [contract["name"] for contract in SETTINGS["contracts"]]
LAYERS = [room for layer in SETTINGS["contracts"][0]["layers"] for room in layer.split(" | ")]

BREACHES = {
    "devices/links/bytes.py": "import kiosk.glass",
    "devices/printers/adapter.py": "import kiosk.store",
    "devices/simulators/printer.py": "import devices.printers.adapter",
    "kiosk/central/desk.py": "import kiosk.core.visit",
    "kiosk/conformance/checks.py": "import kiosk.central",
    "kiosk/core/visit.py": "import time",
    "kiosk/glass.py": "import kivy",
    "kiosk/ports/printing.py": "import kiosk.store",
    "kiosk/store/cases.py": "import devices.simulators.printer",
    "screens/app.py": "import kiosk.store",
}
BUILT = [room.replace(".", "/") for room in LAYERS if not room.startswith("(")]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def breached_checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tests" / "house", tmp_path / "tests" / "house")
    for path, line in [*((f"{room}/__init__.py", "") for room in BUILT), *BREACHES.items()]:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(line + "\n", "utf-8")
        for folder in file.relative_to(tmp_path).parents[:-1]:
            (tmp_path / folder / "__init__.py").touch()
    return tmp_path


@pytest.mark.timeout(60)
def test_every_room_imports_only_what_it_may() -> None:
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.timeout(60)
def test_each_contract_refuses_a_breach_of_it(breached_checkout: Path) -> None:
    linted = lint_imports(breached_checkout)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    words = "".join(linted.stdout.split())  # the report is folded to the terminal's width
    assert [name for name in NAMES if f"{name} BROKEN".replace(" ", "") not in words] == []


def test_every_module_of_kiosk_has_its_place_in_the_layers() -> None:
    found = {path.stem for path in (ROOT / "kiosk").glob("*.py")} - {"__init__"}
    found |= {path.parent.name for path in (ROOT / "kiosk").glob("*/__init__.py")}
    assert {f"kiosk.{name}" for name in found} - {room.strip("()") for room in LAYERS} == set()
