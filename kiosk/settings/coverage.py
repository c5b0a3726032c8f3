"""What `kiosk languages` tells: how much of the terminal and of the facility each language has.

Responsible for: the report, for people and for tools.
Not responsible for: counting (`kiosk.settings.tongues`), or finding problems.
"""

from collections.abc import Iterator
from typing import Any

from kiosk.core.words import ENGLISH
from kiosk.settings.loaded import Loaded
from kiosk.settings.problems import Problem
from kiosk.settings.tongues import Share, Tongue
from kiosk.settings.translations import language_name

OF_LANGUAGES = (*(f"SET-40{number}" for number in range(1, 10)), "SET-410", "SET-421")
ONLY_WORTH_KNOWING = frozenset({"SET-404", "SET-408"})
_COLUMNS = f"{'not read':>10}{'missing':>9}"
_HEAD = f"{'':<24}{'terminal: read':>15}{_COLUMNS}{'facility: read':>16}{_COLUMNS}"


def is_wanting(loaded: Loaded) -> bool:
    """Say whether something about the languages must be put right: a sentence lacks, or a file is wrong."""
    return any(problem.code not in ONLY_WORTH_KNOWING for problem in _problems(loaded)) or not loaded.tongues


def _problems(loaded: Loaded) -> Iterator[Problem]:
    yield from (p for p in (*loaded.problems, *loaded.remarks) if p.code in OF_LANGUAGES)


def as_lines(loaded: Loaded) -> list[str]:
    """Return a table with a line for each language, then what must be put right."""
    told = [str(problem) for problem in _problems(loaded) if problem.code not in ONLY_WORTH_KNOWING]
    if not loaded.tongues:
        return [str(problem) for problem in loaded.problems] or told
    frame, facility = loaded.tongues[0].share_of_frame(), loaded.tongues[0].share_of_facility()
    return [
        f"The terminal says {frame.sentences} sentences, the facility {facility.sentences}.",
        _HEAD,
        *map(_line, loaded.tongues),
        *told,
    ]


def _line(tongue: Tongue) -> str:
    name = f"{tongue.language:<4}{language_name(tongue.language, ENGLISH)}"
    return f"{name:<24}{_columns(tongue.share_of_frame(), 15)}{_columns(tongue.share_of_facility(), 16)}"


def _columns(share: Share, first: int) -> str:
    return f"{share.reviewed:>{first}}{share.unreviewed:>10}{share.missing:>9}"


def as_json(loaded: Loaded) -> dict[str, Any]:
    """Return the same for tools."""
    return {
        "languages": {
            tongue.language: {
                "name": language_name(tongue.language, tongue.language),
                "terminal": _counts(tongue.share_of_frame()),
                "facility": _counts(tongue.share_of_facility()),
            }
            for tongue in loaded.tongues
        },
        "problems": [str(problem) for problem in _problems(loaded) if problem.code not in ONLY_WORTH_KNOWING],
    }


def _counts(share: Share) -> dict[str, int]:
    return {
        "sentences": share.sentences,
        "reviewed": share.reviewed,
        "unreviewed": share.unreviewed,
        "missing": share.missing,
    }
