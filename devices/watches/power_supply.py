"""The kernel's own word on mains and batteries.

Responsible for: ``/sys/class/power_supply`` of a machine with a battery of its own, or with a UPS that the
kernel knows.
Not responsible for: a UPS behind a NUT server (`nut`), or the batteries of mice and scanners.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from devices.links.link import absent, lost
from kiosk.core.hardware import PowerChanged, PowerSource

FOLDER: Final = Path("/sys/class/power_supply")
PERIOD_S: Final = 2.0
S_PER_MINUTE: Final = 60
READ: Final = (
    "type",
    "scope",
    "online",
    "status",
    "capacity",
    "capacity_level",
    "time_to_empty_now",
    "present",
)
FEEDS: Final = frozenset({"Mains", "USB", "USB_C", "USB_PD", "Wireless"})
STORES: Final = frozenset({"Battery", "UPS"})
LOW: Final = frozenset({"Low", "Critical"})

Supply = Mapping[str, str]
"""The attributes of one power supply, by their names in the kernel's documentation (sysfs-class-power)."""


def power_of(supplies: Sequence[Supply], device: str) -> PowerChanged:
    """Say what feeds the machine, from what its power supplies tell."""
    batteries = [each for each in supplies if each.get("type") in STORES and each.get("present") != "0"]
    feeds = [each["online"] for each in supplies if each.get("type") in FEEDS and each.get("online", "")]
    battery = batteries[0] if batteries else {}
    seconds = _whole(battery.get("time_to_empty_now", ""))
    return PowerChanged(
        device,
        _source(feeds, battery),
        charge=_whole(battery.get("capacity", "")),
        minutes_left=seconds // S_PER_MINUTE if seconds >= 0 else -1,
        is_low=battery.get("capacity_level") in LOW,
    )


def _source(feeds: Sequence[str], battery: Supply) -> PowerSource:
    if any(online != "0" for online in feeds):
        return PowerSource.MAINS
    match battery.get("status"):
        case "Discharging":
            return PowerSource.BATTERY
        case "Charging" | "Full" | "Not charging":
            return PowerSource.MAINS
        case _:
            return PowerSource.BATTERY if feeds and battery else PowerSource.UNKNOWN


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else -1


class PowerSupplySource:
    """The power supplies in a folder of the kernel.

    Args:
        device: what facts call it.
        folder: where the kernel shows them.
    """

    period_s = PERIOD_S

    def __init__(self, device: str, folder: Path = FOLDER) -> None:
        self._device = device
        self._folder = folder

    def open(self) -> None:
        """Find at least one supply that belongs to the machine."""
        if not self._supplies():
            raise absent(str(self._folder), "no power supply tells of itself")

    def descriptor(self) -> int:
        """Nothing wakes: the kernel's files do not tell when they change."""
        return -1

    def look(self) -> PowerChanged:
        """Read them all."""
        supplies = self._supplies()
        if not supplies:
            raise lost(str(self._folder), "the power supplies are gone")
        return power_of(supplies, self._device)

    def close(self) -> None:
        """Nothing is held."""

    def unknown(self) -> PowerChanged:
        """Nobody can tell."""
        return PowerChanged(self._device, PowerSource.UNKNOWN)

    def _supplies(self) -> list[Supply]:
        found = [_attributes(folder) for folder in sorted(self._folder.glob("*"))]
        return [each for each in found if each.get("type") and each.get("scope") != "Device"]


def _attributes(folder: Path) -> Supply:
    return {name: _read(folder / name) for name in READ}


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:  # a supply tells only what it knows; the rest is no file, or an error when read
        return ""
