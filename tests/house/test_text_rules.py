"""Words, links, kv and commands keep the house rules, and each rule is shown to refuse its breach."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.house import text_rules as rules
from tests.house.sources import ROOT, Source, tracked_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.house.python_rules import Complaints, Rule

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
ROOT_FOLDER = "/" + "root/"  # in two halves, or this file would break the rule


def complaints_about(files: Iterable[Source], rule: Callable[[Source], Complaints]) -> list[str]:
    return [f"{file.path}:{line}: {what}" for file in files for line, what in rule(file)]


def named(files: list[Source], ending: str) -> list[Source]:
    return [file for file in files if file.path.endswith(ending)]


def test_no_text_names_a_folder_of_the_machine_it_was_written_on(text_files: list[Source]) -> None:
    assert complaints_about(text_files, rules.no_text_knows_the_workplace) == []


def test_kv_files_hold_no_words(text_files: list[Source]) -> None:
    assert complaints_about(named(text_files, ".kv"), rules.kv_files_hold_no_words) == []


def test_kv_files_are_short(text_files: list[Source]) -> None:
    assert complaints_about(named(text_files, ".kv"), rules.kv_files_are_short) == []


def test_records_of_decisions_are_short(text_files: list[Source]) -> None:
    records = [file for file in text_files if file.path.startswith("docs/decisions/")]
    assert len(records) > 50
    assert complaints_about(records, rules.records_of_decisions_are_short) == []


def test_links_between_our_pages_lead_somewhere(text_files: list[Source]) -> None:
    pages = named(text_files, ".md")
    documents = {page.path: page.text for page in pages}
    paths = set(tracked_paths())
    assert complaints_about(pages, lambda page: rules.links_lead_somewhere(page, documents, paths)) == []


def test_make_commands_in_our_pages_exist(text_files: list[Source]) -> None:
    pages = named(text_files, ".md")
    assert complaints_about(pages, lambda page: rules.make_commands_exist(page, MAKEFILE)) == []


def test_kiosk_commands_in_our_pages_exist(text_files: list[Source]) -> None:
    asked = [sys.executable, "-m", "kiosk", "--help"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True, timeout=50).stdout
    pages = named(text_files, ".md")
    assert complaints_about(pages, lambda page: rules.kiosk_commands_exist(page, told)) == []


MUTANTS: list[tuple[Rule, str]] = [
    (rules.no_text_knows_the_workplace, f"see {ROOT_FOLDER}notes.txt"),
    (rules.kv_files_hold_no_words, "    text: 'Continue'"),
    (rules.kv_files_hold_no_words, "    text: strings('hello') + \"!a\""),
    (rules.kv_files_hold_no_words, "    hint_text: f'Dear {name}'"),
    (rules.kv_files_are_short, "Label:\n" * 121),
    (rules.records_of_decisions_are_short, "- **One**: and another.\n" * 61),
    (rules.lock_names_no_place, "--index-url https://example.org/simple"),
    (rules.lock_names_no_place, "kivy @ file:///home/someone/kivy.whl"),
    (rules.lock_names_no_place, "    # via /home/someone/council-kiosk (setup.py)"),
    (rules.lock_names_no_place, "--find-links wheels"),
]


@pytest.mark.parametrize(("rule", "text"), MUTANTS)
def test_the_rule_refuses_a_text_that_breaks_it(rule: Rule, text: str) -> None:
    assert list(rule(Source("screens/mutant.kv", text)))


def test_kv_may_look_words_up_by_their_key() -> None:
    source = Source("screens/review.kv", "    text: root.words('continue')\n    text: ''\n    text: '—'\n")
    assert list(rules.kv_files_hold_no_words(source)) == []


@pytest.mark.parametrize("target", ["missing.md", "guide.md#no-such-heading", "#nowhere", "../outside.md"])
def test_a_link_that_leads_nowhere_is_refused(target: str) -> None:
    page = Source("docs/a.md", f"# A\n[words]({target})\n")
    documents = {"docs/a.md": page.text, "docs/guide.md": "# First steps\n"}
    assert list(rules.links_lead_somewhere(page, documents, set(documents)))


def test_links_to_files_folders_headings_and_other_sites_are_let_through() -> None:
    links = "[a](guide.md) [b](guide.md#first-steps) [c](../config) [d](https://example.org) [e](#a)"
    page = Source("docs/a.md", f"# A\n{links}\n```\n[not](a-link)\n```\n")
    documents = {"docs/a.md": page.text, "docs/guide.md": "# First steps\n"}
    assert list(rules.links_lead_somewhere(page, documents, {*documents, "config/kiosk.yaml"})) == []


def test_a_command_that_the_makefile_lacks_is_refused() -> None:
    assert list(rules.make_commands_exist(Source("README.md", "Run `make coffee`."), MAKEFILE))
    assert (
        list(rules.make_commands_exist(Source("README.md", "We make coffee: `make demo`."), MAKEFILE)) == []
    )


def test_a_kiosk_command_that_does_not_exist_is_refused() -> None:
    told = "usage: kiosk {run,check} ..."
    for text in ("`kiosk dance`", "```\n.venv/bin/python -m kiosk dance --high\n```"):
        assert list(rules.kiosk_commands_exist(Source("README.md", text), told))
    assert list(rules.kiosk_commands_exist(Source("README.md", "A kiosk dances: `kiosk check`."), told)) == []
