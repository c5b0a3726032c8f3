"""What is installed is what setup.py says: one distribution, its requirements locked, one version."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kiosk
from tests.house.sources import ROOMS, ROOT, Source, tracked_paths
from tests.house.text_rules import lock_names_no_place

LOCKS = ("requirements.txt", "requirements-dev.txt")
ROOMS_AT_THE_TOP = tuple(f"{room}/" for room in ROOMS)
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    pins = PIN.findall((ROOT / name).read_text("utf-8"))
    return {canonicalize_name(package): version for package, version in pins}


def wanted(*lists: str) -> list[Requirement]:
    lists_of_setup: dict[str, list[str]] = {}
    for node in ast.parse((ROOT / "setup.py").read_text("utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() as value):
                lists_of_setup[name] = [text for each in value.elts for text in _texts(each, lists_of_setup)]
    return [Requirement(text) for name in lists for text in lists_of_setup[name]]


def _texts(element: ast.expr, before: dict[str, list[str]]) -> list[str]:
    """Return one text of a list, or those of the earlier list that is spread into it."""
    match element:
        case ast.Starred(value=ast.Name(id=name)):
            return before[name]
        case _:
            return [ast.literal_eval(element)]


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found |= {each.name.partition(".")[0] for each in names}
            case ast.ImportFrom(module=str() as module, level=0):
                found.add(module.partition(".")[0])
    return found


def unmet(requirements: list[Requirement], pins: dict[str, str]) -> list[str]:
    return [
        str(each)
        for each in requirements
        if not each.specifier.contains(pins.get(canonicalize_name(each.name), "0.dev0"), prereleases=True)
        or canonicalize_name(each.name) not in pins
    ]


def test_our_packages_come_from_one_distribution() -> None:
    providers = metadata.packages_distributions()
    assert {name for room in ROOMS for name in providers.get(room, [])} <= {"council-kiosk"}
    for room in ROOMS:
        spec = importlib.util.find_spec(room)
        assert spec is not None
        assert spec.origin == str(ROOT / room / "__init__.py")


def test_the_version_is_written_once() -> None:
    assert metadata.version("council-kiosk") == kiosk.__version__


def test_config_and_tests_are_never_import_packages() -> None:
    paths = tracked_paths()
    assert [path for path in paths if re.match(r"(config|docs)/.*\.py$|tests/__init__\.py$", path)] == []


def test_every_file_of_a_room_is_installed_with_it() -> None:
    setup = (ROOT / "setup.py").read_text("utf-8")
    endings = re.findall(r'"(\*\.\w+|\w+/\*\*/\*)",\n', setup)
    packed = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for ending in ["*.py", *endings]
        for path in (ROOT / room).glob(f"**/{ending}")
    }
    assert [
        path for path in tracked_paths() if path.startswith(ROOMS_AT_THE_TOP) and path not in packed
    ] == []


def test_the_lock_files_meet_what_setup_asks() -> None:
    assert unmet(wanted("RUNTIME", "CENTRAL"), locked("requirements.txt")) == []
    assert unmet(wanted("RUNTIME", "CENTRAL", "DEV"), locked("requirements-dev.txt")) == []


@pytest.mark.timeout(60)
def test_every_package_that_a_room_imports_is_asked_for_by_name(python_files: list[Source]) -> None:
    asked = {canonicalize_name(each.name) for each in wanted("RUNTIME", "CENTRAL", "ASSISTIVE")}
    providers = metadata.packages_distributions()
    unasked = {
        f"{file.path} imports {package}"
        for file in python_files
        if file.room in ROOMS
        for package in imported(file.tree) - {*sys.stdlib_module_names, *ROOMS}
        if not asked & {canonicalize_name(name) for name in providers.get(package, [])}
    }
    assert unasked == set()


def test_an_import_is_noticed_wherever_it_stands() -> None:
    tree = ast.parse("import a.b, c\ndef f():\n    from d.e import g\n    from . import h\n")
    assert imported(tree) == {"a", "c", "d"}


def test_a_requirement_that_is_not_locked_is_noticed() -> None:
    assert unmet([Requirement("kivy>=2")], {"kivy": "1.0"}) == ["kivy>=2"]
    assert unmet([Requirement("kivy")], {}) == ["kivy"]


def test_both_lock_files_agree() -> None:
    runtime, everything = locked(LOCKS[0]), locked(LOCKS[1])
    assert {name: version for name, version in runtime.items() if everything.get(name) != version} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_file_names_no_place_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert list(lock_names_no_place(Source(name, text))) == []
    unhashed = [line for line in text.splitlines() if PIN.match(line) and not line.endswith("\\")]
    assert unhashed == []


def test_the_whole_tree_has_only_its_rooms_at_the_top() -> None:
    folders = {path.partition("/")[0] for path in tracked_paths() if "/" in path}
    assert folders <= {"kiosk", "screens", "devices", "config", "tests", "docs", ".ci", ".make"}
