"""What `kiosk check` tells: for people line by line, for tools as JSON.

Responsible for: the report. Not responsible for: finding problems.
"""

from dataclasses import asdict
from typing import Any

from kiosk.settings.loaded import Loaded


def as_lines(loaded: Loaded) -> list[str]:
    """Return the report for people: every problem with its place and what to do, then the count."""
    lines = [str(problem) for problem in loaded.problems]
    lines += [f"{remark} (remark)" for remark in loaded.remarks]
    if loaded.is_usable:
        facility = loaded.facility
        languages = ", ".join(words.name for words in facility.languages)
        lines.append(f"{facility.council}: services: {len(facility.services)}, in {languages}. No problems.")
    else:
        count = len(loaded.problems)
        lines.append(
            f"{count} problem{'s' if count != 1 else ''}. The terminal starts once they are put right."
        )
    return lines


def as_json(loaded: Loaded) -> dict[str, Any]:
    """Return the report for tools."""
    return {
        "usable": loaded.is_usable,
        "problems": [asdict(problem) for problem in loaded.problems],
        "remarks": [asdict(remark) for remark in loaded.remarks],
    }
