"""Every Python file keeps the house rules, and each rule is shown to refuse what it is there to refuse."""

from __future__ import annotations

import pytest

from tests.house import python_rules as rules
from tests.house.sources import Source

LONG_FUNCTION = "def walk() -> None:\n" + "    step()\n" * 50


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_every_python_file_keeps_the_rule(rule: rules.Rule, python_files: list[Source]) -> None:
    complaints = [f"{file.path}:{line}: {what}" for file in python_files for line, what in rule(file)]
    assert not complaints, "\n" + "\n".join(complaints)


MUTANTS = [
    (rules.files_are_short, "x = 1\n" * 401),
    (rules.functions_are_short, LONG_FUNCTION),
    (rules.functions_are_short, "async " + LONG_FUNCTION),
    (rules.names_say_what_they_name, "class PrinterManager: ...\n"),
    (rules.names_say_what_they_name, "def parse_data() -> None: ...\n"),
    (rules.names_say_what_they_name, "def parse(info: str) -> None: ...\n"),
    (rules.names_say_what_they_name, "def parse(data: bytes) -> None: ...\n"),
    (rules.names_say_what_they_name, "self.helpers = []\n"),
    (rules.names_say_what_they_name, "HTTPHandler = 1\n"),
    (rules.classes_speak_the_glossary, "class ScreenBase: ...\n"),
    (rules.classes_speak_the_glossary, "class IPrinter: ...\n"),
    (rules.classes_speak_the_glossary, "class UserAccount: ...\n"),
    (rules.exceptions_are_named, "try:\n    pass\nexcept:\n    pass\n"),
    (rules.nothing_sleeps, "import time\ntime.sleep(1)\n"),
    (rules.nothing_sleeps, "from time import monotonic, sleep\n"),
    (rules.ignored_types_name_their_error, "x = y  # type: " + "ignore\n"),
    (rules.modules_say_their_duty, "x = 1\n"),
    (rules.modules_say_their_duty, '"""Returns stuff."""\n'),
]


@pytest.mark.parametrize(("rule", "text"), MUTANTS)
def test_the_rule_refuses_a_file_that_breaks_it(rule: rules.Rule, text: str) -> None:
    assert list(rule(Source("kiosk/mutant.py", text)))


def test_a_file_name_is_judged_like_any_other_name() -> None:
    assert list(rules.names_say_what_they_name(Source("kiosk/utils.py", "")))


def test_the_name_of_a_test_is_a_sentence_and_may_use_any_word() -> None:
    source = Source(
        "tests/typeset/test_scripts.py", "def test_letters_that_common_fonts_lack_are_drawn(): ...\n"
    )
    assert list(rules.names_say_what_they_name(source)) == []


GOOD = '''"""Carries cases to central; it decides nothing about them."""

import time

INK = 1


class Information:
    """A sentence is not a banned word, and a type that is ignored says why."""

    def metadata_free(self, Image: int) -> int:
        return time.monotonic_ns() + undefined  # type: ignore[name-defined]
'''


def test_a_good_file_is_left_in_peace() -> None:
    source = Source("kiosk/courier.py", GOOD)
    assert [complaint for rule in rules.RULES for complaint in rule(source)] == []
