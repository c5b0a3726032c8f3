"""Find the visitor's appointment from earlier answers, and confirm that it is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.core.appointment import Appointment, by_name, by_reference
from kiosk.core.journey import Answer, Asked, Draft, Given, NotGiven
from kiosk.core.views import Problem, Reading
from kiosk.core.words import Words


@dataclass(frozen=True, slots=True)
class Search:
    """The exact facts an appointment is looked up by."""

    reference: str = ""
    full_name: str = ""
    birth_date: date | None = None

    def among(self, appointments: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
        """Pick the appointments that match; an empty search matches nothing."""
        if self.reference:
            return by_reference(appointments, self.reference)
        if self.birth_date is not None:
            return by_name(appointments, self.full_name, self.birth_date)
        return ()


@dataclass(frozen=True, kw_only=True)
class AppointmentStep(Asked):
    """Look an appointment up by reference, or by name and date of birth.

    Attributes:
        reference, full_name, birth_date: ids of the earlier steps whose answers are used.
    """

    reference: str = ""
    full_name: str = ""
    birth_date: str = ""
    is_question: bool = False

    def search(self, answers: Mapping[str, Answer]) -> Search:
        """Gather what the visitor gave; steps that were not asked give nothing."""
        reference, name, born = (
            given.text if isinstance(given := answers.get(step), Given) else ""
            for step in (self.reference, self.full_name, self.birth_date)
        )
        return Search(reference, name, date.fromisoformat(born) if born else None)

    def entry(self, draft: Draft, words: Words) -> Reading:
        """Show nothing of its own; the visit shows what was found."""
        return Reading(())

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Go on; the visit keeps the appointment that was confirmed."""
        return NotGiven()

    def shown(self, answer: Answer, words: Words) -> str:
        """Show nothing on the review."""
        return ""
