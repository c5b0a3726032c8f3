"""The page of conformance names tests that are there, and says plainly where there is none."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.house.sources import ROOT, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PAGE = "docs/accessibility.md"
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
REASON = re.compile(r"(hardware|not yet|does not apply): \w.{6,}")
CRITERIA = {  # the success criteria of WCAG 2.2 at levels A and AA
    "1.1": "1", "1.2": "1 2 3 4 5", "1.3": "1 2 3 4 5", "1.4": "1 2 3 4 5 10 11 12 13",
    "2.1": "1 2 4", "2.2": "1 2", "2.3": "1", "2.4": "1 2 3 4 5 6 7 11", "2.5": "1 2 3 4 7 8",
    "3.1": "1 2", "3.2": "1 2 3 4 6", "3.3": "1 2 3 4 7 8", "4.1": "2 3",
}  # fmt: skip


def functions_in(sources: Collection[Source]) -> set[tuple[str, str]]:
    """Give each test function as its file under tests/ and its name."""
    return {
        (source.path.removeprefix("tests/"), node.name)
        for source in sources
        if source.path.startswith("tests/")
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def rows(page: str) -> Iterator[tuple[str, str]]:
    """Give each row of the tables as its clause and what it says of the proof."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and cells[0][0].isdigit():
            yield cells[0], cells[2]


def complaints(page: str, there: Collection[tuple[str, str]]) -> list[str]:
    """Say which rows name a test that is not there, or neither a test nor a reason."""
    found = []
    for clause, proof in rows(page):
        named = TEST.findall(proof)
        found += [f"{clause}: no test {file}::{name}" for file, name in named if (file, name) not in there]
        if not named and not REASON.search(proof):
            found.append(f"{clause}: neither a test nor a reason")
    return found


@pytest.fixture
def page() -> str:
    return (ROOT / PAGE).read_text("utf-8")


def test_every_row_names_tests_that_are_there_or_says_why_not(page: str, python_files: list[Source]) -> None:
    assert complaints(page, functions_in(python_files)) == []


def test_every_criterion_of_wcag_stands_for_the_web_and_for_the_glass(page: str) -> None:
    clauses = {clause for clause, _ in rows(page)}
    wanted = {f"{first}.{last}" for first, lasts in CRITERIA.items() for last in lasts.split()}
    assert {f"{chapter}.{each}" for chapter in (9, 11) for each in wanted} - clauses == set()


def test_a_test_that_is_gone_and_a_row_without_ground_would_be_found() -> None:
    there = {("core/test_access.py", "test_a")}
    good = "| 5.2 | Activation | `core/test_access.py::test_a` |"
    gone = "| 5.3 | Biometrics | `core/test_access.py::test_b` |"
    bare = "| 5.4 | Conversion | certainly |"
    assert complaints("\n".join((good, gone, bare)), there) == [
        "5.3: no test core/test_access.py::test_b",
        "5.4: neither a test nor a reason",
    ]
