"""Which services other systems may ask for: those that were published, or else those that the desk knows.

Responsible for: one list from both tables.
Not responsible for: whether a service takes cases now, which intake decides.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.central.open311.definitions import PublishedService
from kiosk.central.tables import open311, services


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every service that is offered, by title."""

    services: tuple[PublishedService, ...]

    @classmethod
    def read(cls, connection: Connection) -> "Catalogue":
        """Read what is offered now. Once something is published, nothing else is offered."""
        published = open311.published(connection)
        if published:
            found = [PublishedService.model_validate_json(each) for each in published.values()]
        else:
            known = services.every(connection)
            found = [PublishedService(service_code=each.service, service_name=each.title) for each in known]
        return cls(tuple(sorted(found, key=lambda each: each.service_name)))

    def one(self, code: str) -> PublishedService | None:
        """Return one service, or None when it is not offered."""
        return next((each for each in self.services if each.service_code == code), None)

    def name_of(self, code: str) -> str:
        """Return what a service is called."""
        found = self.one(code)
        return found.service_name if found else services.title_of(code)

    def public(self) -> tuple[str, ...]:
        """Return the codes of services whose requests whoever asks may read."""
        return tuple(each.service_code for each in self.services if each.public)
