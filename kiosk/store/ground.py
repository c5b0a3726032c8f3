"""What every part of the store stands on: the open file, room on its disk, the local day, new ids.

Responsible for: finishing writes on a full disk with the help of the ballast, and saying which day it is.
Not responsible for: any table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TypeVar

import apsw

from kiosk.errors import StoreFull
from kiosk.store.database import Database
from kiosk.store.room import Room

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    """Shared by all parts of one open store.

    Attributes:
        zone: the facility's time zone; queue numbers begin anew with its day.
        new_id: makes the id of a print job that comes to be at a moment.
    """

    database: Database
    room: Room
    zone: tzinfo
    new_id: Callable[[datetime], str]

    def day_of(self, at: datetime) -> date:
        """Return the local date of a moment."""
        return at.astimezone(self.zone).date()

    def write(self, work: Callable[[apsw.Connection], T]) -> T:
        """Do `work` in one durable transaction; on a full disk once more without the ballast."""
        try:
            return self.database.write(work)
        except StoreFull:
            if not self.room.drop_ballast():
                raise
        return self.database.write(work)

    def read(self, work: Callable[[apsw.Connection], T]) -> T:
        """Do `work` on one unchanging picture of the file."""
        return self.database.read(work)
