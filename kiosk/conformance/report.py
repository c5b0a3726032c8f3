"""The report of a run, for people and for programs.

Responsible for: lines, JSON, and the exit code.
Not responsible for: printing or keeping it (`kiosk.commands.conformance`).
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kiosk.conformance.checks import Check, Finding, Found

SIGNS = {Found.KEPT: "kept      ", Found.BROKEN: "BROKEN    ", Found.NOT_TRIED: "not tried "}
ADVICE = "advice    "


def passes(findings: Iterable[Finding]) -> bool:
    """Say whether every rule that must be kept is kept, as far as it was tried; advice does not count."""
    return not any(each.found is Found.BROKEN and each.must for each in findings)


def as_lines(findings: tuple[Finding, ...], url: str) -> list[str]:
    """Write a line for each check, and beneath a broken one its rule and how it was broken."""
    lines = [f"{url}"]
    for each in findings:
        broken = each.found is Found.BROKEN
        sign = ADVICE if broken and not each.must else SIGNS[each.found]
        lines.append(f"  {sign} {each.name}")
        if broken:
            lines += [f"             rule: {each.rule} ({each.source})", f"             found: {each.how}"]
        elif each.found is Found.NOT_TRIED:
            lines.append(f"             {each.how}")
    return [*lines, _sum(findings)]


def _sum(findings: tuple[Finding, ...]) -> str:
    counts = {found: sum(each.found is found for each in findings) for found in Found}
    advice = sum(each.found is Found.BROKEN and not each.must for each in findings)
    return (
        f"{counts[Found.KEPT]} kept, {counts[Found.BROKEN] - advice} broken, {advice} against advice, "
        f"{counts[Found.NOT_TRIED]} not tried: {'passes' if passes(findings) else 'does not pass'}"
    )


def as_json(findings: tuple[Finding, ...], url: str, api: str) -> dict[str, Any]:
    """Return the report for programs."""
    checks = [{**asdict(each), "found": each.found.value} for each in findings]
    return {"url": url, "api": api, "passes": passes(findings), "checks": checks}


def what_is_written(checks: Iterable[Check[Any]]) -> list[str]:
    """Say which checks may leave something at the server."""
    return [f"  {each.name}: {each.rule}" for each in checks if each.writes]
