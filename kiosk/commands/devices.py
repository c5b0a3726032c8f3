"""``kiosk devices``: what is plugged in, and ``kiosk devices test``: whether what is configured works."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from devices.catalogue import check_printer, check_reader, typeset_raster
from devices.discovery import find_devices
from devices.printers.profile import profile_named
from devices.sample_page import sample_page
from devices.trial import PrinterTrial, ReaderOnTrial, ReaderTrial, try_document_scanner, try_printer
from kiosk.app import usable
from kiosk.clocks import SystemClock
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.core.codes import SCAN
from kiosk.core.hardware import (
    CardPresented,
    CardUnreadable,
    Condition,
    Held,
    NotPrinted,
    Printed,
    PrintedUnconfirmed,
    PrintOutcome,
    Reason,
    Unknown,
    outcome_word,
)
from kiosk.core.scans import PageNotScanned, PageScanned, ScanOutcome
from kiosk.core.truth import FOR_STAFF
from kiosk.settings.loaded import DocumentScannerPlace, Loaded, PrinterPlace, ReaderPlace
from kiosk.typeset import Typesetter

CARD_S = 20.0
REFUSED = {
    "payment-card": "This is a payment card. It was refused, and nothing of it was kept. Use another card.",
    "random-number": "This card makes up a new number each time, so it names nobody. Use another card.",
    "truncated": "Only half of it came. Present it again; a scanner must be set to end each code with Enter.",
}
UNREADABLE = (
    "It could not be read. Present it again, straight and slowly; check the reader's kind in kiosk.yaml."
)
ABSENT = (
    "There is nothing at this address, or a running terminal holds it: check the cable, stop the terminal, "
    "and see what is plugged in with 'kiosk devices'."
)

Say = Callable[[str], None]


def add(commands: Commands) -> None:
    """Add the command."""
    what = "list what is plugged in, or test what is configured: printer, readers, document scanner"
    parser = parser_for(commands, "devices", what, "kiosk devices test --config /etc/kiosk")
    parser.add_argument("act", nargs="?", choices=("list", "test"), default="list", help="list if left out")
    parser.add_argument("--json", action="store_true", help="for tools")
    parser.add_argument(
        "--card-seconds",
        type=float,
        default=CARD_S,
        metavar="S",
        help="how long to wait for a card; 0 for none",
    )
    add_config(parser)
    parser.set_defaults(carry_out=_devices)


def _devices(chosen: argparse.Namespace) -> int:
    return _test(chosen) if chosen.act == "test" else _list(chosen)


def _list(chosen: argparse.Namespace) -> int:
    found = find_devices(SystemClock())
    if chosen.json:
        print(json.dumps([asdict(port) for port in found], indent=2))
        return 0
    for port in found:
        model = f" ({port.model})" if port.model else ""
        print(f"{port.path}  {port.description}\n  {port.answer}{model}")
        if port.reason is not Reason.NONE:
            print(f"  Next: {FOR_STAFF[port.reason]}.")
        if port.setting:
            print(f"  {port.setting}")
    if not found:
        print(
            "Nothing is plugged in. Check the cables; a network printer is named by its address, tcp:IP:9100."
        )
    return 0


def _test(chosen: argparse.Namespace) -> int:
    loaded = usable(chosen.config)
    terminal = loaded.terminal
    # With --json only the result goes to the output; what a person must do is still said beside it.
    say: Say = _aside if chosen.json else print
    if terminal.printer is not None:
        check_printer(terminal.printer.address, terminal.printer.profile)
    for reader in terminal.readers:
        check_reader(reader.address, reader.kind)
    results: list[dict[str, Any]] = []
    if terminal.printer is not None:
        results.append(_test_printer(terminal.printer, loaded, say))
    results += [_test_reader(reader, chosen.card_seconds, say) for reader in terminal.readers]
    if terminal.document_scanner is not None:
        results.append(_test_document_scanner(terminal.document_scanner, say))
    if not results:
        say("kiosk.yaml names no device.")
    if chosen.json:
        print(json.dumps(results, indent=2, ensure_ascii=False))
    return 0 if all(result["good"] for result in results) else 1


def _aside(text: str) -> None:
    print(text, file=sys.stderr)


def _test_printer(place: PrinterPlace, loaded: Loaded, say: Say) -> dict[str, Any]:
    say(f"Printer {place.address} ({place.profile}): printing a page …")
    facility, clock = loaded.facility, SystemClock()
    link = f"https://{facility.host}/" if facility.host else "printer test"
    now = clock.now().astimezone(ZoneInfo(facility.time_zone))
    page = sample_page(profile_named(place.profile), now, link)
    raster = typeset_raster(Typesetter())
    trial = try_printer(place.address, place.profile, page, clock=clock, raster=raster, logo=place.logo)
    told = _page_told(trial)
    say(f"  {told}")
    return {
        "device": "printer",
        "address": place.address,
        "good": isinstance(trial.outcome, Printed | PrintedUnconfirmed),
        "condition": trial.status.condition,
        "reason": trial.status.reason,
        "outcome": outcome_word(trial.outcome),
        "told": told,
    }


def _page_told(trial: PrinterTrial) -> str:
    if trial.status.condition is Condition.ABSENT and isinstance(trial.outcome, NotPrinted):
        return f"Not printed. {ABSENT}"
    told = _outcome_told(trial.outcome)
    warning = FOR_STAFF[trial.status.reason] if trial.status.condition is Condition.READY_WARN else ""
    return f"{told} Note: {warning}." if warning else told


def _outcome_told(outcome: PrintOutcome) -> str:
    match outcome:
        case Printed():
            return (
                "The page is on paper: the printer itself confirmed it. Compare its ruler, letters and code."
            )
        case PrintedUnconfirmed():
            return "The page was sent and nothing went wrong, but this printer cannot confirm. Look at it."
        case Held(reason):
            return f"The printer stopped inside the page: {FOR_STAFF[reason]}."
        case NotPrinted(reason):
            return f"Nothing was printed: {FOR_STAFF[reason]}."
        case Unknown(reason):
            return f"Nobody knows what is on paper: {FOR_STAFF[reason]}. Look at the printer."


def _test_document_scanner(place: DocumentScannerPlace, say: Say) -> dict[str, Any]:
    say(f"Document scanner {place.address}: reading the page that lies there …")
    trial = try_document_scanner(
        place.address,
        colour=place.colour,
        source=place.source,
        program=place.program,
        clock=SystemClock(),
    )
    told = _scan_told(trial.outcome)
    say(f"  {told}")
    return {
        "device": "document-scanner",
        "address": place.address,
        "good": isinstance(trial.outcome, PageScanned),
        "condition": trial.status.condition,
        "reason": trial.status.reason,
        "told": told,
    }


def _scan_told(outcome: ScanOutcome) -> str:
    match outcome:
        case PageScanned(_, page):
            return f"A page was read ({len(page.content) // 1024} KB). Nothing of it was kept."
        case PageNotScanned(_, fault):
            code, what, do = SCAN[fault]
            return f"{code} {what} {do}"


def _test_reader(place: ReaderPlace, card_s: float, say: Say) -> dict[str, Any]:
    clock = SystemClock()
    with ReaderOnTrial(place.address, place.kind, clock) as reader:
        is_there = reader.is_there()
        if is_there and card_s > 0:
            say(f"Reader {place.address} ({place.kind}): present one card within {card_s:.0f} seconds …")
        trial = reader.one_card(card_s if is_there else 0.0)
    told = _card_told(trial, asked=card_s > 0)
    say(f"  {told}" if is_there and card_s > 0 else f"Reader {place.address} ({place.kind}): {told}")
    return {
        "device": "reader",
        "address": place.address,
        "good": isinstance(trial.card, CardPresented) or (is_there and card_s <= 0),
        "condition": trial.status.condition,
        "reason": trial.status.reason,
        "card": "read" if isinstance(trial.card, CardPresented) else "refused" if trial.card else "none",
        "told": told,
    }


def _card_told(trial: ReaderTrial, *, asked: bool) -> str:
    match trial.card:
        case CardPresented(kind=kind):
            return f"A card was read ({kind})."
        case CardUnreadable(reason=reason):
            return REFUSED.get(reason, UNREADABLE)
        case None if trial.status.condition is Condition.ABSENT:
            return ABSENT
        case None if not asked:
            return "It is there; no card was asked for."
        case None:
            return "No card came. Present it closer; check the reader's kind and speed in kiosk.yaml."
