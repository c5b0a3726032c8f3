"""What a rehearsal tells: for people line by line, for tools as JSON.

Responsible for: the report of one walk.
Not responsible for: performing it.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kiosk.rehearse.performance import Done
from kiosk.rehearse.walk import Walk


@dataclass(frozen=True)
class Ending:
    """How things stood when the walk was over.

    Attributes:
        ticket_text, ticket_picture: files with the newest slip, or empty.
        central: what central holds of the case, or None.
    """

    case_id: str = ""
    reference: str = ""
    print_outcome: str = "none"
    delivery: str = "none"
    ticket_text: str = ""
    ticket_picture: str = ""
    central: dict[str, Any] | None = None


@dataclass(frozen=True)
class Report:
    """One walk, performed."""

    walk: Walk
    passed: bool
    done: tuple[Done, ...]
    ending: Ending = field(default_factory=Ending)

    def as_json(self) -> dict[str, Any]:
        """Return the report for tools."""
        return {
            "walk": str(self.walk.path),
            "service": self.walk.service,
            "language": self.walk.language,
            "passed": self.passed,
            "steps": [
                {**asdict(done), "touch_ms": [round(ms, 1) for ms in done.touch_ms]} for done in self.done
            ],
            "end": asdict(self.ending),
        }

    def as_lines(self) -> list[str]:
        """Return the report for people."""
        lines = [f"{self.walk.path}"]
        for done in self.done:
            mark = "FAILED" if done.failed else "ok"
            place = f"line {done.line:<3}" if done.line else "start   "
            lines.append(
                f"  {mark:6} {place} {done.act:50.50}  {done.view}{f' ({done.step})' if done.step else ''}"
            )
            if done.failed:
                lines.append(f"         {self.walk.path}:{done.line or 1}: {done.failed}")
        end = self.ending
        lines.append(
            f"  case {end.reference or 'none'} ({end.delivery}), ticket {end.print_outcome}, "
            f"central holds {'it' if end.central else 'nothing'}"
        )
        if end.ticket_picture:
            lines.append(f"  ticket: {end.ticket_picture}")
        lines.append(
            f"  {'The walk came to its end.' if self.passed else 'The walk did not come to its end.'}"
        )
        return lines


def write_json(path: Path, reports: list[Report]) -> None:
    """Write reports for tools, whole or not at all."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps([r.as_json() for r in reports], indent=2, ensure_ascii=False), "utf-8")
    draft.replace(path)
