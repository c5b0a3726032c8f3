"""Write docs/errors.md from the program itself: every code a person can meet, what it says, what to do."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "errors.md"
CODE = re.compile(r"[A-Z]+-\d{3}")
CODE_AND_STEP = 2
"""A table of codes for what somebody else says, each with its next step only."""
NO_WORDS = {"len", "join", "str", "type", "self", "next", "sorted", "repr"}
HEAD = """# Errors

Every error that a person can meet has a code, a sentence and a next step. This page is made from the program
by `make errors`; a test holds it current. Words in braces vary. Problems in configuration are told by
`python -m kiosk check`, each with its place. KIOSK-001 stands for
whatever nobody foresaw: report its line as a fault.

| code | what it says | what to do |
|---|---|---|
"""


def main() -> None:
    """Write the page, or with `--check` say whether it is current."""
    lines = (f"| {code} | {what} | {do} |" for code, what, do in sorted(set(rows())))
    page = HEAD + "\n".join(lines) + "\n"
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.exists() and PAGE.read_text("utf-8") == page else "docs/errors.md: run make errors"
        )
    PAGE.write_text(page, "utf-8")


def rows() -> Iterator[tuple[str, str, str]]:
    """Find every code with its two sentences: three texts in a row, as arguments or in a table."""
    for room in ("kiosk", "devices"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                yield from _row(node)


def _row(node: ast.AST) -> Iterator[tuple[str, str, str]]:
    parts = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
    texts = [_text(part) for part in parts[:3]]
    if texts and CODE.fullmatch(texts[0]) and (texts[0] == "SET-001" or not texts[0].startswith("SET-")):
        what, do = [*texts[1:], "", ""][:2]
        if isinstance(node, ast.Tuple) and len(parts) == CODE_AND_STEP:
            what, do = "{what central, or the network, answered}", what
        yield texts[0], what, do or "Report it as a fault, with its line of the log."


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("|", "\\|").replace("\n", " ")
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _varying(node.value)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return _varying(node)


def _varying(node: ast.expr) -> str:
    """Name what varies by the first plain name in it, in words."""
    names = [
        each.id if isinstance(each, ast.Name) else each.attr
        for each in ast.walk(node)
        if isinstance(each, (ast.Name, ast.Attribute))
    ]
    plain = [name for name in names if not name.startswith("__") and name not in NO_WORDS]
    return "{" + (plain[0] if plain else "more").strip("_").replace("_", " ").lower() + "}"


if __name__ == "__main__":
    main()
