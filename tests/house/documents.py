"""What a program that reads documents aloud needs of a Markdown page (EN 301 549, 10 and 12.1.2).

Responsible for: headings, pictures, links, tables and drawings, as a Markdown reader makes them.
Not responsible for: whether a page is understood, which only people can say.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

READER: Final = MarkdownIt("commonmark").enable("table")
SAYS_NOTHING: Final = re.compile(
    r"(?:click |read )?(?:here|this|that|link|more|page|this page)|https?://\S+", re.I
)
FEWEST_WORDS: Final = 4
"""Of the text that stands for a picture."""


def barriers(page: str) -> list[str]:
    """Say what on a page somebody cannot read, or find, who does not see it."""
    tokens = READER.parse(page)
    return [*_headings(tokens), *_pictures(tokens), *_links(tokens), *_tables(tokens), *_drawings(tokens)]


def _headings(tokens: list[Token]) -> Iterator[str]:
    """A page has one title, at its beginning, and no level is left out on the way down."""
    levels = [(int(each.tag[1]), _words(tokens[at + 1])) for at, each in _opened(tokens, "heading_open")]
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        yield f"titles: {[words for level, words in levels if level == 1]}"
    for (above, _), (level, words) in pairwise(levels):
        if level > above + 1:
            yield f"heading of level {level} under {above}: {words}"
    yield from (f"heading without words: {level}" for level, words in levels if not words)


def _pictures(tokens: list[Token]) -> Iterator[str]:
    for each in _inside(tokens):
        if each.type == "image" and len(each.content.split()) < FEWEST_WORDS:
            yield f"picture without words: {each.attrGet('src')}"


def _links(tokens: list[Token]) -> Iterator[str]:
    """What a link says tells where it leads, also in a list of nothing but links."""
    leads: dict[str, str] = {}
    for words, href in _named(tokens):
        if not words or SAYS_NOTHING.fullmatch(words):
            yield f"link that says nothing: {words or href}"
        elif leads.setdefault(words.casefold(), href) != href:
            yield f"two links of one name: {words}"


def _named(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    words, href = "", None
    for each in _inside(tokens):
        if each.type == "link_open":
            words, href = "", str(each.attrGet("href"))
        elif each.type == "link_close" and href is not None:
            yield words.strip(), href
            href = None
        else:
            words += each.content


def _tables(tokens: list[Token]) -> Iterator[str]:
    for at, _ in _opened(tokens, "th_open"):
        if not _words(tokens[at + 1]):
            yield f"column without a name, line {(tokens[at + 1].map or [0])[0] + 1}"


def _drawings(tokens: list[Token]) -> Iterator[str]:
    for each in tokens:
        if each.type == "fence" and each.info == "mermaid" and "accDescr" not in each.content:
            yield f"drawing without words: {each.content.splitlines()[0]}"


def _opened(tokens: list[Token], kind: str) -> Iterator[tuple[int, Token]]:
    return ((at, each) for at, each in enumerate(tokens) if each.type == kind)


def _inside(tokens: list[Token]) -> Iterator[Token]:
    return (child for each in tokens for child in each.children or ())


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ()).strip()
