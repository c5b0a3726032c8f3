"""The terminals: how each was last heard, pairing a new one, shutting one out.

Responsible for: saying in plain words what a heartbeat told.
Not responsible for: heartbeats themselves (`kiosk.central.api.terminal`).
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Response

from kiosk.central import acts, pairing, wording
from kiosk.central.desk.pages import SignedIn, Updates, go_to
from kiosk.central.ground import Ground
from kiosk.central.problems import Problem
from kiosk.central.tables import bundles, fleet, terminals
from kiosk.errors import UsageError

routes = APIRouter()

SILENT_AFTER = timedelta(minutes=3)
FAILING_WITHIN = timedelta(hours=24)
EVERY_S = 15
MOST_NAMED = 8
READY = {"ready": "Ready", "ready-warn": "Ready", "busy": "Printing", "opening": "Starting"}
AGES = (("made", "made_at"), ("last checked", "checked_at"))
OUTBOX = ("outbox_waiting", "outbox_depth", "outbox")
PARKED = ("outbox_parked", "parked")


@dataclass(frozen=True, slots=True)
class Card:
    """One terminal as the page shows it; `tone` is calm, loud or gone."""

    name: str
    heard: str
    tone: str
    waiting: str
    parked: str
    printer: str
    printer_tone: str
    doubtful: str
    facts: tuple[tuple[str, str], ...]
    peer: str
    services: str
    alarms: tuple[str, ...]


@routes.get("/desk/terminals")
async def show(page: SignedIn) -> Response:
    """Show every terminal."""
    since = page.here.now() - FAILING_WITHIN
    found, newest, failing = await page.here.database.read(
        lambda c: (terminals.every(c), bundles.newest(c), fleet.failing(c, since))
    )
    version = newest.version if newest else 0
    cards = [card_of(page.here, each, version, failing.get(each.terminal)) for each in found]
    return page.show("terminals.html", updates=Updates(EVERY_S, "/desk/terminals"), cards=cards)


@routes.get("/desk/terminals/{terminal}/told")
async def show_told(page: SignedIn, terminal: str) -> Response:
    """Show all that a terminal told of itself."""
    row = await page.here.database.read(lambda c: terminals.one(c, terminal))
    if row is None:
        raise Problem("not-found", "There is no such terminal.")
    return page.show("told.html", card=card_of(page.here, row))


def card_of(
    here: Ground, row: terminals.Terminal, published: int = 0, failing_since: datetime | None = None
) -> Card:
    """Say how a terminal is, as far as it was heard.

    Args:
        here: the service.
        row: the terminal.
        published: the newest version of services and settings, or 0.
        failing_since: since when what it sends was refused and nothing taken, or None.
    """
    facts: dict[str, Any] = json.loads(row.facts)
    printer, printer_tone = printer_words(facts)
    return Card(
        name=row.terminal,
        heard=_heard(here, row),
        tone=_tone(here, row),
        waiting=_first(facts, OUTBOX),
        parked=_first(facts, PARKED),
        printer=printer,
        printer_tone=printer_tone,
        peer=row.peer,
        services=services_words(facts, published, here.now()),
        alarms=(*_failing(here, failing_since), *alarm_words(facts)),
        doubtful=_doubtful(facts),
        facts=tuple((name.replace("_", " "), _short(value)) for name, value in sorted(facts.items())),
    )


def _heard(here: Ground, row: terminals.Terminal) -> str:
    if row.revoked_at is not None:
        return f"Shut out {wording.ago(row.revoked_at, here.now())}"
    if row.heard_at is None:
        return "Paired, not heard yet"
    heard = wording.ago(row.heard_at, here.now())
    return f"Silent: last heard {heard}" if _tone(here, row) == "loud" else f"Heard {heard}"


def _tone(here: Ground, row: terminals.Terminal) -> str:
    if row.revoked_at is not None:
        return "gone"
    since = row.heard_at or row.paired_at
    return "loud" if here.now() - since > SILENT_AFTER else "calm"


def services_words(facts: dict[str, Any], published: int, now: datetime) -> str:
    """Say which version of services and settings a terminal uses, of when it is, and when it last asked."""
    words = _version_words(facts, published)
    told = facts.get("services")
    ages = [(word, _age(told, name, now)) for word, name in AGES] if words and isinstance(told, dict) else []
    remarks = [f"{word} {age}" for word, age in ages if age] + _unknown(told)
    return "; ".join([words, *remarks])


def _unknown(told: object) -> list[str]:
    """Say which files of its version a terminal leaves aside, because its program is older than they are."""
    kinds = told.get("unknown") if isinstance(told, dict) else None
    if not kinds or not isinstance(kinds, list):
        return []
    return [f"its program is older and leaves aside: {_short(', '.join(map(str, kinds)))}"]


def _age(told: dict[str, Any], name: str, now: datetime) -> str:
    """Say how long ago a moment was that a terminal told; empty where it told none."""
    try:
        then = datetime.fromisoformat(str(told.get(name, "")))
    except ValueError:
        return ""
    return wording.ago(then, now) if then.tzinfo is not None else ""


def _version_words(facts: dict[str, Any], published: int) -> str:
    told = facts.get("services")
    version = told.get("version", 0) if isinstance(told, dict) else 0
    if not published:
        return ""
    if not version:
        return f"Set up by hand; version {published} is published"
    if version == published:
        return f"Version {version}"
    return f"Version {version}; version {published} is published"


def alarm_words(facts: dict[str, Any]) -> tuple[str, ...]:
    """Put what a terminal raises alarm about into words, with the reason of a refused version."""
    told, services = facts.get("alarms"), facts.get("services")
    raised = [wording.ALARMS.get(str(word), str(word)) for word in told] if isinstance(told, list) else []
    if isinstance(services, dict) and services.get("why"):
        raised.append(f"Version {services.get('refused')}: {_short(services['why'])}")
    return tuple(raised)


def _failing(here: Ground, since: datetime | None) -> tuple[str, ...]:
    if since is None:
        return ()
    at = wording.moment(here.local(since), here.today())
    return (f"What it sends has been refused since {at}, and nothing was taken since",)


def _first(facts: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((_short(facts[name]) for name in names if name in facts), "Not told")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text[:200]


def printer_words(facts: dict[str, Any]) -> tuple[str, str]:
    """Say how the printer is, in words and tone."""
    told = facts.get("printer", facts.get("devices", {}))
    if isinstance(told, dict) and "printer" in told:
        told = told["printer"]
    if isinstance(told, str):
        told = {"condition": told}
    if not isinstance(told, dict) or "condition" not in told:
        return "Not told", "calm"
    condition, reason = str(told["condition"]), str(told.get("reason", "none"))
    why = wording.because(reason) if reason not in {"", "none"} else ""
    if condition in READY:
        return ", ".join(filter(None, (READY[condition], why, _paper_left(told)))), "calm"
    return (why or wording.because(condition)).capitalize(), "loud"


def _paper_left(told: dict[str, Any]) -> str:
    left = told.get("tickets_left")
    return f"about {left} tickets left" if isinstance(left, int) else ""


def _doubtful(facts: dict[str, Any]) -> str:
    """Name the tickets that somebody should look for in the printer's tray."""
    told = facts.get("doubtful_tickets")
    return ", ".join(_short(number) for number in told[:MOST_NAMED]) if isinstance(told, list) else ""


@routes.get("/desk/terminals/pairing-codes")
async def ask_name(page: SignedIn) -> Response:
    """Ask what the terminal to be paired is called."""
    return page.show("pairing_name.html", given={}, faults={})


@routes.post("/desk/terminals/pairing-codes")
async def make_code(page: SignedIn) -> Response:
    """Make a one-time code and show it once."""
    form, here = await page.form(), page.here
    name = form.get("terminal", "").strip()
    try:
        code = await here.database.write(
            lambda c: pairing.make_pairing_code(c, here.chance, name, page.desk.actor)
        )
    except UsageError as error:
        faults = {"terminal": f"{error.what} {error.do}"}
        return page.show("pairing_name.html", given={"terminal": name}, faults=faults, status=422)
    until = wording.clock_time(here.local(here.now() + pairing.GOOD_FOR))
    return page.show("pairing.html", terminal=name, code=code, until=until)


@routes.get("/desk/terminals/{terminal}/revocation")
async def ask_revoke(page: SignedIn, terminal: str) -> Response:
    """Ask whether a terminal is really to be shut out."""
    return page.show("revocation.html", terminal=terminal)


@routes.post("/desk/terminals/{terminal}/revocation")
async def revoke(page: SignedIn, terminal: str) -> Response:
    """Shut a terminal out."""
    await page.form()
    await page.here.database.write(lambda c: acts.revoke(c, page.here, terminal, page.desk.actor))
    return go_to("/desk/terminals", done="revoked")
