"""Words made fit for a printer: nothing in them can be a command, and lines end where the paper does.

Responsible for: taking control characters out, choosing a code page, breaking lines.
Not responsible for: shaping scripts that no code page carries; those lines become pictures (`encoder`).
"""

import unicodedata
from typing import Final

from devices.printers.profile import CodePage

REPLACEMENT: Final = "?"
RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LOOKALIKES: Final = str.maketrans(
    {
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{HYPHEN}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{SOFT HYPHEN}": None,
        "\N{ZERO WIDTH SPACE}": None,
        "\N{WORD JOINER}": None,
        "\N{ZERO WIDTH NO-BREAK SPACE}": None,
    }
)


def clean(text: str) -> str:
    """Return text of printable characters only: white space becomes a space, all other controls go."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    kept = (
        REPLACEMENT if unicodedata.category(letter) == "Cs" else letter
        for letter in spaced
        if unicodedata.category(letter) not in ("Cc", "Cn", "Co")
    )
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LOOKALIKES)


def page_for(text: str, pages: tuple[CodePage, ...]) -> CodePage | None:
    """Return the first code page that carries every letter; None when none does."""
    return next((page for page in pages if _carries(page, text)), None)


def encoded(text: str, page: CodePage) -> bytes:
    """Turn text into the printer's letters; no byte is a control byte."""
    letters = text.encode(page.encoding, "replace")
    return bytes(letter if letter >= ord(" ") else ord(REPLACEMENT) for letter in letters)


def _carries(page: CodePage, text: str) -> bool:
    try:
        letters = text.encode(page.encoding)
    except UnicodeEncodeError:
        return False
    return all(letter >= ord(" ") for letter in letters)


def wrapped(text: str, columns: int) -> list[str]:
    """Break text at spaces into lines of at most so many letters; a word that is longer is cut."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= columns:
            lines[-1] = joined
            continue
        pieces = [word[start : start + columns] for start in range(0, len(word), columns)]
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
    return lines


def runs_right_to_left(language: str) -> bool:
    """Whether lines of this language start at the right edge."""
    return language.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT
