"""Follows the paper in one printer from what its conversation tells.

Responsible for: which facts count as paper used, when a new forecast is worth telling, and keeping the count.
Not responsible for: the arithmetic (`paper`).
"""

import logging
from typing import Final

from devices.printers.flags import Flags
from devices.printers.paper import tickets_left, with_sensors, with_ticket
from devices.printers.profile import MM_PER_INCH, Profile
from kiosk.core.hardware import NotPrinted, PaperUse
from kiosk.errors import StoreError
from kiosk.ports import JobDone, PaperForecast, PaperMemory

LOG: Final = logging.getLogger("devices.printers")


class PaperWatch:
    """The paper in one printer; used by the printer's thread only.

    Args:
        device: what the service calls the printer.
        profile: its head's dots.
        memory: what was known before, and where it is kept.
    """

    def __init__(self, device: str, profile: Profile, memory: PaperMemory) -> None:
        self._device = device
        self._dots_per_mm = profile.dpi / MM_PER_INCH
        self._memory = memory
        self._use = memory.recall(device) or PaperUse()
        self._length = 0
        self._told: int | None = None
        self._has_told = False

    def begin(self, length: int) -> None:
        """A ticket of this length is about to be sent."""
        self._length = length

    def done(self, fact: JobDone) -> PaperForecast | None:
        """Count a ticket that has its outcome, unless not one byte was sent."""
        if isinstance(fact.outcome, NotPrinted):
            return None
        return self._now(with_ticket(self._use, self._length))

    def sensors(self, flags: Flags) -> PaperForecast | None:
        """Take what the printer's sensors say."""
        use = with_sensors(
            self._use, is_low=flags.paper_low, is_out=flags.paper_out, may_learn=not flags.cover_open
        )
        return self._now(use)

    def _now(self, use: PaperUse) -> PaperForecast | None:
        """Keep what changed, and return the forecast if it is another one, or the first."""
        if use != self._use:
            self._keep(use)
        elif self._has_told:
            return None
        left = tickets_left(use, self._dots_per_mm)
        if left == self._told:
            return None
        self._told, self._has_told = left, True
        return PaperForecast(self._device, left)

    def _keep(self, use: PaperUse) -> None:
        self._use = use
        try:
            self._memory.keep(self._device, use)
        except StoreError as error:
            LOG.warning("paper.not_kept device=%s code=%s", self._device, error.code)
