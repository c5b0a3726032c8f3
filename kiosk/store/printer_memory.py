"""The tables of what printers have taught: the paper used, and how each unit confirms.

Responsible for: implementing `kiosk.ports.PaperMemory` and `UnitMemory`.
Not responsible for: what follows from it (the devices room).
"""

from dataclasses import astuple, fields

import apsw

from kiosk.core.hardware import Fence, PaperUse, PrinterUnit
from kiosk.store.ground import Ground

_NAMES = tuple(field.name for field in fields(PaperUse))
_KEEP = f"INSERT OR REPLACE INTO paper (device, {', '.join(_NAMES)}) VALUES (?{', ?' * len(_NAMES)})"  # noqa: S608
_RECALL = f"SELECT {', '.join(_NAMES)} FROM paper WHERE device = ?"  # noqa: S608 - our own names


class PrinterMemory:
    """What is known of the printers here; every call blocks, for a small write at most."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def recall(self, device: str) -> PaperUse | None:
        """Return what was kept of the paper in a printer; None when nothing was."""
        row = self._ground.read(lambda c: c.execute(_RECALL, (device,)).fetchone())
        if row is None:
            return None
        kept = {name: int(str(value)) for name, value in zip(_NAMES, row, strict=True)}
        return PaperUse(
            used=kept["used"],
            tickets=kept["tickets"],
            ticket_length=kept["ticket_length"],
            near_end_at=kept["near_end_at"],
            whole_roll=kept["whole_roll"],
            after_near_end=kept["after_near_end"],
            from_start=bool(kept["from_start"]),
            is_low=bool(kept["is_low"]),
            is_out=bool(kept["is_out"]),
        )

    def keep(self, device: str, use: PaperUse) -> None:
        """Take what is known now of the paper in a printer."""
        self._ground.write(lambda c: c.execute(_KEEP, (device, *(int(value) for value in astuple(use)))))

    def fence_of(self, unit: PrinterUnit) -> Fence | None:
        """Return how a unit confirmed when it was tried; None when it never was."""
        found = self._ground.read(lambda c: _fence(c, unit))
        return Fence(found) if found else None

    def keep_fence(self, unit: PrinterUnit, fence: Fence) -> None:
        """Remember how a unit confirms."""
        self._ground.write(
            lambda c: c.execute(
                "INSERT OR REPLACE INTO printer_units (model, serial, fence) VALUES (?, ?, ?)",
                (unit.model, unit.serial, fence.value),
            )
        )

    def forget(self, unit: PrinterUnit) -> None:
        """Forget how a unit confirms: it did not do so when it was believed to."""
        self._ground.write(
            lambda c: c.execute(
                "DELETE FROM printer_units WHERE model = ? AND serial = ?", (unit.model, unit.serial)
            )
        )


def _fence(connection: apsw.Connection, unit: PrinterUnit) -> str:
    asked = "SELECT fence FROM printer_units WHERE model = ? AND serial = ?"
    row = connection.execute(asked, (unit.model, unit.serial)).fetchone()
    return str(row[0]) if row else ""
