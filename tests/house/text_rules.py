"""House rules of files that are not Python: words, links, kv, lock files. Each yields complaints by line.

Pure, like the rules of Python files: whoever calls says what exists.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tests.house.python_rules import Complaints
    from tests.house.sources import Source

LONGEST_KV = 120
LONGEST_RECORD = 60
WORKPLACE = re.compile("/" + r"(?:work|tmp/team|opt/wheels|opt/pypi[\w-]*|root)/")
PLACE_OF_ONE_MACHINE = re.compile(
    r"file:/|://|\s@\s|(?:^|[\s=])[./~]*/\w|--(?:index|extra-index|find-links|trusted)"
)
INSIDE_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
KV_WORDS = re.compile(r"^\s*(?:\w*text|\w*title|\w*label|hint\w*)\s*:\s*(?P<value>.*)$")
QUOTED_LETTERS = re.compile(r"""(['"])[^'"]*[^\W\d_][^'"]*\1""")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
MAKE_COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)")
KIOSK_COMMAND = re.compile(r"\b(?:python3? -m )?kiosk ([a-z][a-z-]*)\b(?! *[:=.])")
CODE = re.compile(r"`[^`\n]+`|^```.*?^```", re.MULTILINE | re.DOTALL)
MAKE_TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)


def no_text_knows_the_workplace(source: Source) -> Complaints:
    """A path of the machine where it was written means nothing to the reader."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if WORKPLACE.search(line):
            yield number, "names a folder of one particular machine"


def kv_files_hold_no_words(source: Source) -> Complaints:
    """Every word a visitor sees is in config/ or screens/strings/."""
    for number, line in enumerate(source.text.splitlines(), 1):
        found = KV_WORDS.match(line)
        if found is None:
            continue
        bare, shorter = found["value"], ""
        while bare != shorter:
            bare, shorter = INSIDE_BRACKETS.sub("", bare), bare
        if QUOTED_LETTERS.search(bare):
            yield number, "words in kv: put them into screens/strings and look them up"


def kv_files_are_short(source: Source) -> Complaints:
    """A screen that needs more is two screens or a widget."""
    lines = source.text.count("\n")
    if lines > LONGEST_KV:
        yield 1, f"{lines} lines of kv, of at most {LONGEST_KV}"


def records_of_decisions_are_short(source: Source) -> Complaints:
    """A decision is read before a change; what was measured has a page of its own."""
    lines = source.text.count("\n")
    if lines > LONGEST_RECORD:
        yield 1, f"{lines} lines of a record, of at most {LONGEST_RECORD}"


def lock_names_no_place(source: Source) -> Complaints:
    """A lock file holds names, versions and hashes, good on every machine."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if PLACE_OF_ONE_MACHINE.search(line):
            yield number, "a path, an address or an index in the lock file: remake it with `make lock`"


def links_lead_somewhere(source: Source, documents: Mapping[str, str], paths: Collection[str]) -> Complaints:
    """Check links inside the checkout: `documents` holds each page's text by its path, `paths` every file."""
    text = FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), source.text)
    for match in LINK.finditer(text):
        target = match[1] or match[2]
        if re.match(r"[a-z]+:", target):
            continue
        line = text.count("\n", 0, match.start()) + 1
        file, _, anchor = unquote(target).partition("#")
        path = (
            posixpath.normpath(posixpath.join(posixpath.dirname(source.path), file)) if file else source.path
        )
        if path not in paths and not any(each.startswith(f"{path}/") for each in paths):
            yield line, f"the link to {target} leads nowhere"
        elif anchor and path in documents and anchor not in anchors(documents[path]):
            yield line, f"{path} has no heading #{anchor}"


def anchors(text: str) -> set[str]:
    """Return the names under which a Markdown page's headings can be linked to."""
    headings = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def make_commands_exist(source: Source, makefile: str) -> Complaints:
    """Look at `make` in code, inline or fenced; prose may "make" what it likes."""
    targets = set(MAKE_TARGET.findall(makefile))
    for line, target in _in_code(source, MAKE_COMMAND):
        if target not in targets:
            yield line, f"the Makefile has no target `{target}`"


def kiosk_commands_exist(source: Source, help_text: str) -> Complaints:
    """Look at `kiosk WORD` in code: the word must be one that the command's own help knows."""
    known = set(re.findall(r"[a-z][a-z-]*", help_text))
    for line, command in _in_code(source, KIOSK_COMMAND):
        if command not in known:
            yield line, f"`kiosk --help` knows no command `{command}`"


def _in_code(source: Source, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for code in CODE.finditer(source.text):
        line = source.text.count("\n", 0, code.start()) + 1
        yield from (
            (line + code[0].count("\n", 0, found.start()), found[1]) for found in pattern.finditer(code[0])
        )
