"""Write docs/errors.md from the program itself: every code a person can meet, what it says, what to do."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "errors.md"
CODE = re.compile(r"[A-Z]+-\d{3}")
HEAD = """# Errors

Every error that a person can meet has a code, a sentence and a next step. This page is made from the program
by `make errors`; a test holds it current. Words in braces vary. Problems in configuration are told by
`python -m kiosk check`, each with its place.

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
    if texts and CODE.fullmatch(texts[0]) and not texts[0].startswith("SET-"):
        what, do = [*texts[1:], "", ""][:2]
        yield texts[0], what, do


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("|", "\\|").replace("\n", " ")
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "{" + ast.unparse(node.value).rsplit(".", 1)[-1].strip("()'") + "}"
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return "{" + ast.unparse(node).split("(")[0].rsplit(".", 1)[-1] + "}"


if __name__ == "__main__":
    main()
