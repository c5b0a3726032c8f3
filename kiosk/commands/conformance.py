"""``kiosk conformance``: hold any supplier's server against the rules.

Responsible for: arguments, and printing the report.
Not responsible for: the rules (`kiosk.conformance`).
"""

import argparse
import json
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk.commands.arguments import Commands, parser_for
from kiosk.conformance import (
    central_api,
    central_subject,
    checks,
    open311_reading,
    open311_subject,
    open311_writing,
    report,
)
from kiosk.conformance.line import TIMEOUT_S, WHOLE_IN_WAITS, Line
from kiosk.errors import UsageError

OPEN311 = (*open311_reading.CHECKS, *open311_writing.CHECKS)
RULES: dict[str, tuple[checks.Check[Any], ...]] = {"open311": OPEN311, "central": central_api.CHECKS}
LONGEST_WAIT_S = 600.0
EXAMPLE = "kiosk conformance https://test.example.gov.uk/open311/v2 --api open311 --json report.json"


def add(commands: Commands) -> None:
    """Add the command."""
    what = (
        "try a server against the rules, each rule a named check; "
        "exit code 1 when one is not kept, 2 when the server does not answer"
    )
    parser = parser_for(commands, "conformance", what, EXAMPLE)
    parser.add_argument("url", metavar="URL", help="such as https://test.example.gov.uk/open311/v2")
    parser.add_argument(
        "--api", choices=tuple(RULES), default="central", help="what it speaks (default: central)"
    )
    parser.add_argument("--api-key", default="", metavar="KEY", help="open311: a key for requests")
    parser.add_argument("--jurisdiction", default="", metavar="NAME", help="open311: jurisdiction_id to send")
    parser.add_argument(
        "--code", default="", metavar="CODE", help="central: a one-time code that pairs a terminal"
    )
    parser.add_argument("--service", default="", metavar="CODE", help="the service of what is handed in")
    parser.add_argument(
        "--write", action="store_true", help="allow checks that leave something; test systems only"
    )
    parser.add_argument("--ca-file", type=_file, metavar="FILE", help="the only authority that is trusted")
    wait = f"for how long nothing may come, and a whole answer {WHOLE_IN_WAITS} times that"
    parser.add_argument(
        "--wait", type=_seconds, default=TIMEOUT_S, metavar="SECONDS", help=f"{wait} (default: {TIMEOUT_S:g})"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report for programs too")
    parser.set_defaults(carry_out=_conformance)


def _conformance(chosen: argparse.Namespace) -> int:
    _must_be_an_address(chosen.url)
    rules = RULES[chosen.api]
    print(*_said_before(rules, write=chosen.write), sep="\n", flush=True)
    with Line(chosen.url, chosen.wait, chosen.ca_file) as line:
        findings = checks.run(rules, _subject(chosen, line), may_write=chosen.write)
        found = report.Report(chosen.url, chosen.api, findings, line.unreached)
    print(*found.as_lines(), sep="\n")
    if chosen.json is not None:
        document = json.dumps(found.as_json(), indent=2, ensure_ascii=False)
        chosen.json.write_text(f"{document}\n", "utf-8")
    return found.exit_code


def _must_be_an_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise UsageError("KIOSK-006", "The address is none of the web.", "Begin it with https://.", "URL")
    if not parts.hostname:
        raise UsageError("KIOSK-006", "The address names no server.", "Write it after https://.", "URL")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= LONGEST_WAIT_S:
        raise ValueError(text)
    return seconds


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        message = f"there is no file {text}"
        raise argparse.ArgumentTypeError(message)
    return path


def _said_before(rules: tuple[checks.Check[Any], ...], *, write: bool) -> list[str]:
    if not write:
        return ["Nothing is written: checks that would leave something are not tried (see --write)."]
    return ["These checks may leave something at the server:", *report.what_is_written(rules)]


def _subject(chosen: argparse.Namespace, line: Line) -> Any:
    if chosen.api == "central":
        service = chosen.service or central_subject.SERVICE
        return central_subject.Subject(line, now=time.time, code=chosen.code, service=service)
    return open311_subject.Subject(
        line,
        key=chosen.api_key,
        service=chosen.service,
        jurisdiction=chosen.jurisdiction,
        own_id=lambda: str(uuid.uuid4()),
    )
