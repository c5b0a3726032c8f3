"""What every request stands on: the settings, the database, and where time and chance come from.

Responsible for: handing it to routes.
Not responsible for: making it (`kiosk.central.service`).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import Depends, Request

from kiosk.central.database import Database
from kiosk.central.gate import Gate
from kiosk.central.keyring import SigningKey
from kiosk.central.keys import KeyFile
from kiosk.central.settings import CentralSettings, Chance
from kiosk.central.tokens import Claim
from kiosk.central.watching import Measures


@dataclass(frozen=True, slots=True)
class Ground:
    """One running central service.

    Attributes:
        known: the keys of enrolments that have signed, whether they are let in still or not.
    """

    settings: CentralSettings
    database: Database
    chance: Chance
    signing: SigningKey
    keys: KeyFile
    gate: Gate = field(default_factory=Gate)
    measures: Measures = field(default_factory=Measures)
    known: dict[Claim, bytes] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the time, UTC."""
        return self.chance.now()

    def today(self) -> date:
        """Return the facility's day."""
        return self.local(self.now()).date()

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the facility's zone."""
        return moment.astimezone(self.settings.zone)

    def start_of(self, day: date) -> datetime:
        """Return when the facility's day begins, UTC."""
        return datetime.combine(day, time.min, self.settings.zone).astimezone(UTC)

    def yesterday(self) -> date:
        """Return the facility's day before this one."""
        return self.today() - timedelta(days=1)


async def ground_of(request: Request) -> Ground:
    """Return what a request stands on; without `async` each request would wait for a thread."""
    ground: Ground = request.app.state.ground
    return ground


Here = Annotated[Ground, Depends(ground_of)]
