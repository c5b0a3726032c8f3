"""The report of a run, for people and for programs.

Responsible for: lines, JSON, and the exit code.
Not responsible for: printing or keeping it (`kiosk.commands.conformance`).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.conformance.checks import Check, Finding, Found
from kiosk.conformance.silence import Silence
from kiosk.errors import Unreachable

SIGNS = {
    Found.KEPT: "kept      ",
    Found.BROKEN: "BROKEN    ",
    Found.NO_ANSWER: "no answer ",
    Found.NOT_TRIED: "not tried ",
}
ADVICE = "advice    "
PASSES, DOES_NOT_PASS, CANNOT_BE_SAID = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Report:
    """What one run found at one address; `unreached` says why the server never answered, if it never did."""

    url: str
    api: str
    findings: tuple[Finding, ...]
    unreached: Silence | None

    @property
    def passes(self) -> bool:
        """Whether every rule that must be kept is kept, as far as it was tried; advice does not count."""
        wrong = {Found.BROKEN, Found.NO_ANSWER}
        return not any(each.found in wrong and each.must for each in self.findings)

    @property
    def exit_code(self) -> int:
        """0 when it passes, 1 when it does not, 2 when there was nobody to ask."""
        if self.unreached is not None:
            return CANNOT_BE_SAID
        return PASSES if self.passes else DOES_NOT_PASS

    @property
    def problem(self) -> str:
        """Why there was nobody to ask, as an error of the house; empty when somebody answered."""
        if self.unreached is None:
            return ""
        why, do = self.unreached.why, self.unreached.do
        return str(Unreachable("KIOSK-050", f"The server does not answer: {why}.", do, self.url))

    def as_lines(self) -> list[str]:
        """Write a line for each check, and beneath it what is to be known where it was not kept."""
        lines = [self.problem or self.url]
        for each in self.findings:
            advice = each.found is Found.BROKEN and not each.must
            lines.append(f"  {ADVICE if advice else SIGNS[each.found]} {each.name}")
            lines += [f"             {line}" for line in self._beneath(each)]
        return [*lines, self._sum()]

    def _beneath(self, finding: Finding) -> list[str]:
        if finding.found is Found.BROKEN:
            return [f"rule: {finding.rule} ({finding.source})", f"found: {finding.how}"]
        told_above = finding.found is Found.NO_ANSWER and self.unreached is not None
        return [finding.how] if finding.how and not told_above else []

    def _sum(self) -> str:
        counts = {found: sum(each.found is found for each in self.findings) for found in Found}
        advice = sum(each.found is Found.BROKEN and not each.must for each in self.findings)
        silent = counts[Found.NO_ANSWER]
        return (
            f"{counts[Found.KEPT]} kept, {counts[Found.BROKEN] - advice} broken, {advice} against advice, "
            f"{f'{silent} without an answer, ' if silent else ''}{counts[Found.NOT_TRIED]} not tried: "
            f"{('passes', 'does not pass', 'nothing can be said of it')[self.exit_code]}"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        checks = [{**asdict(each), "found": each.found.value} for each in self.findings]
        told = {"answers": self.unreached is None, "problem": self.problem}
        return {"url": self.url, "api": self.api, "passes": self.passes, **told, "checks": checks}


def what_is_written(checks: Iterable[Check[Any]]) -> list[str]:
    """Say which checks may leave something at the server."""
    return [f"  {each.name}: {each.rule}" for each in checks if each.writes]
