"""The answers a visitor gave, read from a frozen case for people to see.

Responsible for: turning any JSON that was taken in into lines of plain text.
Not responsible for: what they mean; central does not know the journeys.
"""

import json
from dataclasses import dataclass
from typing import Any

from kiosk.central.passage import language_of

NOT_PROVIDED = "Not provided"
JOINERS = "\u200c\u200d"  # they do not print, but some scripts need them


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer; `question` is the step's identifier in words, `language` of the answer empty if English."""

    question: str
    answer: tuple[str, ...]
    language: str = ""


def raw_answers(body: str) -> dict[str, Any]:
    """Return the answers as they came, with what no text can hold replaced."""
    answers = json.loads(body)["answers"]
    return {_clean(step): _cleaned(answer) for step, answer in answers.items()}


def answer_lines(body: str) -> tuple[AnswerLine, ...]:
    """Return every answer as lines of text."""
    chosen = str(json.loads(body).get("language", ""))
    return tuple(
        AnswerLine(_question(step), _lines(answer), _language(answer, chosen))
        for step, answer in raw_answers(body).items()
    )


def _language(answer: Any, chosen: str) -> str:
    return language_of(answer, chosen) if isinstance(answer, str) else ""


def _question(step: str) -> str:
    return step.replace("-", " ").replace("_", " ").strip().capitalize() or "-"


def _lines(answer: Any) -> tuple[str, ...]:
    if answer is None or answer in ("", [], {}):
        return (NOT_PROVIDED,)
    match answer:
        case str():
            return tuple(answer.splitlines()) or (NOT_PROVIDED,)
        case bool():
            return ("Yes" if answer else "No",)
        case list():
            return tuple(line for each in answer for line in _lines(each))
        case dict():
            return tuple(f"{_question(name)}: {', '.join(_lines(each))}" for name, each in answer.items())
        case _:
            return (str(answer),)


def _cleaned(answer: Any) -> Any:
    match answer:
        case str():
            return _clean(answer)
        case list():
            return [_cleaned(each) for each in answer]
        case dict():
            return {_clean(name): _cleaned(each) for name, each in answer.items()}
        case _:
            return answer


def _clean(text: str) -> str:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(sign for sign in whole if sign.isprintable() or sign in JOINERS or sign == "\n")
