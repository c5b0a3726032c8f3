"""What came of a sweep: kept by combination, so that one that was stopped goes on where it was.

Responsible for: counting, the table, and one file for each combination that is whole.
Not responsible for: finding anything (`kiosk.rehearse.easel`).

What is kept counts only for the same program and the same configuration: each file carries a fingerprint of
both.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import kiosk
from kiosk.core.companion import BOTH
from kiosk.rehearse.judging import Finding
from kiosk.rehearse.looks import Combination

_CODE = ("kiosk/core", "kiosk/rehearse", "kiosk/settings", "kiosk/typeset", "screens")
"""What decides where things stand and how they look."""


@dataclass
class Swept:
    """What came of one combination."""

    combination: Combination
    views: int = 0
    found: list[tuple[str, Finding]] = field(default_factory=list)

    def sorts(self) -> Counter[str]:
        """Count the findings by their sort."""
        return Counter(finding.sort for _, finding in self.found)


class Kept:
    """Finished combinations, one file each below a folder.

    Args:
        folder: is made if it is not there.
        fingerprint: of program and configuration; what carries another one is not found.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        folder.mkdir(parents=True, exist_ok=True)

    def find(self, combination: Combination) -> Swept | None:
        """Give what came of a combination earlier, or None."""
        try:
            held = json.loads(self._path(combination).read_bytes())
        except (OSError, ValueError):
            return None
        if held["fingerprint"] != self._fingerprint:
            return None
        return Swept(combination, held["views"], [(name, Finding(*rest)) for name, *rest in held["found"]])

    def keep(self, swept: Swept) -> None:
        """Keep what came of a whole combination."""
        found = [(name, finding.sort, finding.what) for name, finding in swept.found]
        held = {"fingerprint": self._fingerprint, "views": swept.views, "found": found}
        path = self._path(swept.combination)
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(held), "utf-8")
        unfinished.replace(path)

    def _path(self, combination: Combination) -> Path:
        return self._folder / f"{combination.name}.json"


def fingerprint(config: Path, code: Path = Path(kiosk.__file__).parent.parent) -> str:
    """Give a number that another program or another configuration does not have."""
    taken = hashlib.sha256()
    for folder in (*(code / each for each in _CODE), config):
        for path in sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc"):
            taken.update(str(path.relative_to(folder)).encode() + b"\0")
            taken.update(hashlib.sha256(path.read_bytes()).digest())
    return taken.hexdigest()


def table(swept: Iterable[Swept]) -> str:
    """Write the table of a sweep: one line for each combination, then every finding."""
    done = list(swept)
    rows = [f"| {each.combination.name} | {each.views} | {len(each.found)} |" for each in done]
    told = [
        f"| {each.combination.name} | {name} | {finding.sort} | {_cell(finding.what)} |"
        for each in done
        for name, finding in each.found
    ]
    head = ["| combination | screens | findings |", "|---|---|---|", *rows]
    return "\n".join([*head, "", "| combination | screen | sort | what |", "|---|---|---|---|", *told]) + "\n"


def total(swept: Iterable[Swept]) -> tuple[int, int]:
    """Count screens and findings."""
    done = list(swept)
    return sum(each.views for each in done), sum(len(each.found) for each in done)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ").replace(BOTH, " / ")
