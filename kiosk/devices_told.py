"""What the devices told last: how each is, how much paper is left, power and headphones.

Responsible for: remembering it, logging each change, and the events that a visit learns of it by.
Not responsible for: what is asked of devices (`kiosk.conductor`), or what follows (`kiosk.core`).

Facts come on the devices' threads; the questions may come from any.
"""

from collections.abc import Callable
from typing import Final

from kiosk.core.events import DeviceChanged, Event, PaperForeseen
from kiosk.core.hardware import (
    DeviceStatus,
    Headphones,
    HeadphonesChanged,
    PowerChanged,
    PowerSource,
)
from kiosk.logs import Log
from kiosk.ports import PaperForecast

PRINTER: Final = "printer"


class DevicesTold:
    """Remember what was told, and pass on what a visit must know.

    Args:
        post: takes an event; any thread.
        hush: cuts what is being read aloud.
        log: tells the log of the day.
    """

    def __init__(self, post: Callable[[Event], None], hush: Callable[[], None], log: Log) -> None:
        self._post = post
        self._hush = hush
        self._log = log
        self._statuses: dict[str, DeviceStatus] = {}
        self._paper_left: int | None = None
        self._power = PowerChanged("", PowerSource.UNKNOWN)
        self._headphones = HeadphonesChanged("", Headphones.UNKNOWN)

    def take(self, fact: DeviceStatus | PaperForecast | PowerChanged | HeadphonesChanged) -> None:
        """Take a fact; never blocks."""
        match fact:
            case DeviceStatus():
                self._status(fact)
            case PaperForecast(device, tickets_left):
                self._foreseen(device, tickets_left)
            case PowerChanged():
                self._powered(fact)
            case HeadphonesChanged():
                self._heard(fact)

    def _status(self, status: DeviceStatus) -> None:
        self._log(
            "device.status", device=status.device, condition=str(status.condition), reason=str(status.reason)
        )
        self._statuses[status.device] = status
        if status.device == PRINTER:
            self._post(DeviceChanged(status))

    def _foreseen(self, device: str, tickets_left: int | None) -> None:
        known = {} if tickets_left is None else {"tickets_left": tickets_left}
        self._log("paper.foreseen", device=device, **known)
        if device == PRINTER:
            self._paper_left = tickets_left
            self._post(PaperForeseen(tickets_left))

    def _powered(self, power: PowerChanged) -> None:
        self._power = power
        self._log(
            "power.changed",
            device=power.device,
            source=str(power.source),
            charge=power.charge,
            minutes_left=power.minutes_left,
            is_low=power.is_low,
        )

    def _heard(self, headphones: HeadphonesChanged) -> None:
        self._headphones = headphones
        self._hush()
        self._log("headphones.changed", device=headphones.device, state=str(headphones.state))
        self._post(headphones)

    def paper_left(self) -> int | None:
        """Return about how many tickets the roll still holds, None when nobody can say."""
        return self._paper_left

    def printer(self) -> DeviceStatus | None:
        """Return the last known condition of the printer, None where none told any."""
        return self._statuses.get(PRINTER)

    def power(self) -> PowerChanged:
        """Return what was told last of the power, unknown until something is."""
        return self._power

    def headphones(self) -> HeadphonesChanged:
        """Return what was told last of the headphones, unknown until something is."""
        return self._headphones

    def statuses(self) -> dict[str, DeviceStatus]:
        """Return the last known condition of every device."""
        return dict(self._statuses)
