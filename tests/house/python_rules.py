"""House rules of Python files that ruff and mypy do not know: each takes a source and yields complaints.

A complaint is "line: what is wrong and what to do". Nothing here reads a file or decides which files count.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING, TypeAlias

from tests.house.sources import ROOMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.house.sources import Source

Complaints: TypeAlias = "Iterator[tuple[int, str]]"
Rule: TypeAlias = "Callable[[Source], Complaints]"

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
SHORTEST_DOCSTRING_WORDS = 5

BANNED_WORDS = frozenset(
    {"manager", "helper", "util", "common", "misc", "data", "info", "handler", "processor"}
)
NOT_THE_GLOSSARY = frozenset({"user", "customer", "admin", "wizard", "mock", "dummy"})
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
INTERFACE = re.compile(r"I[A-Z][a-z]")


def files_are_short(source: Source) -> Complaints:
    """Nobody reads a file that is longer than an evening."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield 1, f"{lines} lines, of at most {LONGEST_FILE}: give its second concept a file of its own"


def functions_are_short(source: Source) -> Complaints:
    """One action per function."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {lines} lines, of at most {LONGEST_FUNCTION}"


def names_say_what_they_name(source: Source) -> Complaints:
    """A name that fits everything says nothing. A test's name is a sentence, where every word is free."""
    for line, name in [(1, source.stem), *_names_given(source.tree)]:
        if name.startswith("test_"):
            continue
        for word in sorted(BANNED_WORDS & _words(name)):
            yield line, f"`{name}` says '{word}': name the thing by the glossary of docs/architecture.md"


def classes_speak_the_glossary(source: Source) -> Complaints:
    """One word, one thing."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        if node.name.endswith("Base") or INTERFACE.match(node.name):
            yield node.lineno, f"`{node.name}`: a role is named by what it does, without Base or I"
        for word in sorted(NOT_THE_GLOSSARY & _words(node.name)):
            yield node.lineno, f"`{node.name}` says '{word}': the glossary has another word for it"


def exceptions_are_named(source: Source) -> Complaints:
    """A bare except swallows the power switch too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield node.lineno, "bare except: name what is expected"


def nothing_sleeps(source: Source) -> Complaints:
    """Waiting is done on an Event or by the injected clock."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="time"), attr="sleep"):
                yield node.lineno, "time.sleep: wait on an Event with a time-out"
            case ast.ImportFrom(module="time", names=names) if any(each.name == "sleep" for each in names):
                yield node.lineno, "time.sleep: wait on an Event with a time-out"


def ignored_types_name_their_error(source: Source) -> Complaints:
    """An ignore without its code ignores tomorrow's errors too."""
    blanket = re.compile(r"#\s*type:\s*ignore(?!\[)")
    if not blanket.search(source.text):
        return
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and blanket.search(token.string):
            yield token.start[0], "type: ignore without the code of the error it ignores"


def modules_say_their_duty(source: Source) -> Complaints:
    """The docstring says what the module is responsible for."""
    if source.room not in ROOMS:
        return
    words = (ast.get_docstring(source.tree) or "").split()
    if len(words) < SHORTEST_DOCSTRING_WORDS:
        yield 1, "no module docstring that says what it is responsible for and what it is not"


RULES: tuple[Rule, ...] = (
    files_are_short,
    functions_are_short,
    names_say_what_they_name,
    classes_speak_the_glossary,
    exceptions_are_named,
    nothing_sleeps,
    ignored_types_name_their_error,
    modules_say_their_duty,
)


def _names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name="get_route_handler"):
                continue  # FastAPI's own word for what a kind of route overrides
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg="data", annotation=ast.Attribute(attr="DataObject") | ast.Name(id="DataObject")):
                continue  # hypothesis's own word for what it draws from
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


def _words(name: str) -> set[str]:
    words = {word.lower() for word in WORD.findall(name)}
    return words | {word.removesuffix("s") for word in words if word != "data"}
