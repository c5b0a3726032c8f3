"""What the courier itself adds to a heartbeat: the outbox, the last acceptance and error, alarms. Pure.

Responsible for: those facts, as they are told to central.
Not responsible for: facts of store, devices and bundles (`kiosk.telling`), or sending (`courier`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.alarms import Measured, alarms
from kiosk.ports import OutboxDepth


@dataclass(frozen=True, slots=True)
class Noted:
    """What the courier remembers of its calls; no personal data.

    Attributes:
        accepted_at: when central last took a case, also before the last start, or None.
        error_class: of the last call without an agreed answer, at `error_at`; empty when there was none.
        needs_update: central refused cases because it does not know their version.
    """

    accepted_at: datetime | None = None
    error_class: str = ""
    error_at: str = ""
    needs_update: bool = False


def told(
    facts: Mapping[str, object], depth: OutboxDepth, noted: Noted, *, ahead_s: float, now: datetime
) -> dict[str, object]:
    """Return a whole heartbeat: the facts given, and what the courier knows.

    Args:
        facts: how the terminal is; no personal data.
        depth: of the outbox.
        noted: what the courier remembers.
        ahead_s: seconds that central's clock is ahead of this one.
        now: the moment it is told.
    """
    age = (now - depth.oldest_at).total_seconds() if depth.oldest_at else 0.0
    measured = _measured(facts, depth, noted, oldest_s=age, ahead_s=ahead_s, now=now)
    return {
        **facts,
        "outbox_waiting": depth.waiting,
        "outbox_parked": depth.parked,
        "outbox_oldest_s": round(age),
        "last_accepted_at": noted.accepted_at.isoformat() if noted.accepted_at else "",
        "last_error_class": noted.error_class,
        "last_error_at": noted.error_at,
        "clock_ahead_s": round(ahead_s, 1),
        "alarms": [str(alarm) for alarm in alarms(measured)],
    }


def _measured(
    facts: Mapping[str, object],
    depth: OutboxDepth,
    noted: Noted,
    *,
    oldest_s: float,
    ahead_s: float,
    now: datetime,
) -> Measured:
    """Take from the facts what alarms are decided by; what is not told raises none."""
    services, free_mib = facts.get("services"), facts.get("free_mib")
    of_services = services if isinstance(services, dict) else {}
    checked = of_services.get("checked_at")
    return Measured(
        oldest_s=oldest_s,
        parked=depth.parked,
        free_mib=free_mib if isinstance(free_mib, int) else Measured().free_mib,
        clock_ahead_s=ahead_s,
        services_refused=bool(of_services.get("refused")),
        services_checked_s=(now - datetime.fromisoformat(checked)).total_seconds() if checked else 0.0,
        needs_update=noted.needs_update,
    )
