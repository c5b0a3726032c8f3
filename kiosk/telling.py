"""What a terminal tells central of itself with every heartbeat: facts and versions, never personal data.

Responsible for: gathering them from store, devices and bundles.
Not responsible for: when they are told (`kiosk.sync.courier`), or what follows (`kiosk.core.alarms`).
"""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import apsw

from kiosk import __version__
from kiosk.bundles import Bundles
from kiosk.conductor import Conductor
from kiosk.core.hardware import PowerChanged
from kiosk.core.keeping import Keeping, ServicesInUse
from kiosk.devices_told import PRINTER
from kiosk.store import Store
from kiosk.store.migration import migrations

MIB = 1024 * 1024
MOST_NAMED = 8


def facts_of(
    store: Store, conductor: Conductor, bundles: Bundles | None, folder: Path, doubtful: Sequence[str]
) -> dict[str, object]:
    """Return what a heartbeat tells besides what the courier knows; `doubtful` are numbers of tickets."""
    depth = store.outbox.depth()
    return {
        "version": __version__,
        "schema_version": migrations()[-1].number,
        "sqlite_version": apsw.sqlite_lib_version(),
        "services": services_told(bundles),
        "outbox_waiting": depth.waiting,
        "outbox_parked": depth.parked,
        "oldest_at": depth.oldest_at.isoformat() if depth.oldest_at else None,
        "free_mib": shutil.disk_usage(folder).free // MIB,
        "devices": _devices_told(conductor),
        "doubtful_tickets": list(doubtful),
        "power": _power_told(conductor.devices.power()),
        "headphones": str(conductor.devices.headphones().state),
    }


def services_told(bundles: Bundles | None) -> dict[str, object]:
    """Return which version of services and settings is in use; 0 is what facilities made by hand."""
    if bundles is None:
        return {"version": 0}
    now = bundles.standing
    told: dict[str, object] = {"version": now.active, "before": now.previous, "checked_at": now.checked_at}
    if now.active:
        told["made_at"] = bundles.made_at(now.active)
        told["unknown"] = list(bundles.unknown(now.active))[:MOST_NAMED]
    return {**told, "refused": now.refused, "why": now.why[:200]} if now.refused else told


def services_in_use(bundles: Bundles | None) -> ServicesInUse | None:
    """Return which published version is in use and how old it is, or None where none is."""
    if bundles is None or not bundles.standing.active:
        return None
    now = bundles.standing
    try:
        made, checked = (datetime.fromisoformat(at) for at in (bundles.made_at(now.active), now.checked_at))
    except ValueError:
        return None
    return ServicesInUse(now.active, made, checked)


def age_s(at: str, now: datetime) -> float:
    """Return how long ago an ISO moment was, in seconds; 0 for an empty text."""
    return max(0.0, (now - datetime.fromisoformat(at)).total_seconds()) if at else 0.0


def keeping_told(keeping: Keeping) -> dict[str, object]:
    """Return how well cases are kept here."""
    return {
        "late": str(keeping.late),
        "unaccepted": keeping.unaccepted,
        "set_aside": keeping.set_aside,
        "damaged": keeping.damaged,
    }


def _devices_told(conductor: Conductor) -> dict[str, dict[str, object]]:
    told: dict[str, dict[str, object]] = {
        status.device: {"condition": str(status.condition), "reason": str(status.reason)}
        for status in conductor.devices.statuses().values()
    }
    left = conductor.devices.paper_left()
    if left is not None and PRINTER in told:
        told[PRINTER]["tickets_left"] = left
    return told


def _power_told(power: PowerChanged) -> dict[str, object]:
    told: dict[str, object] = {"source": str(power.source), "is_low": power.is_low}
    if power.charge >= 0:
        told["charge"] = power.charge
    if power.minutes_left >= 0:
        told["minutes_left"] = power.minutes_left
    return told
