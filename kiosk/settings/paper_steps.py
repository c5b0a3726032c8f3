"""Steps that ask for paper, against what this terminal has to read it with.

Responsible for: a scanner that is missing, and more pages than a case may have.
Not responsible for: what a step says of itself (`kiosk.settings.documents.steps`).
"""

from kiosk.core.case import MOST_ATTACHMENTS
from kiosk.settings.documents.kiosk_yaml import KioskDocument
from kiosk.settings.documents.steps import PaperDocument
from kiosk.settings.fit import Fitted
from kiosk.settings.journeys import PlacedStep
from kiosk.settings.problems import Notes
from kiosk.settings.reading import Reading, ReadService


def can_be_asked(step: PlacedStep, kiosk: KioskDocument) -> bool:
    """Say whether this terminal can ask a step: one for paper, only with a scanner."""
    return not isinstance(step.document, PaperDocument) or kiosk.devices.document_scanner is not None


def check_paper_steps(reading: Reading, kiosk: Fitted[KioskDocument], services: list[ReadService]) -> None:
    """Note every step that asks for paper where nothing reads it, and every page too many."""
    for service in services:
        asking = [step for step in service.steps if isinstance(step.document, PaperDocument)]
        notes = reading.notes_of(service.path)
        for step in asking:
            if kiosk.knows("devices") and not can_be_asked(step, kiosk.document):
                _note_missing(step, notes)
        _check_pages(asking, notes)


def _note_missing(step: PlacedStep, notes: Notes) -> None:
    if step.document.optional:
        notes.remark(
            "SET-430",
            step.place,
            f"The step '{step.document.step}' needs a document scanner, and this terminal has none.",
            "It is left out here.",
        )
        return
    notes.problem(
        "SET-430",
        step.place,
        f"The step '{step.document.step}' needs a document scanner, and kiosk.yaml names none.",
        "Add 'document-scanner: {address: sane:any}' under devices, or 'optional: yes' to the step.",
    )


def _check_pages(asking: list[PlacedStep], notes: Notes) -> None:
    pages = 0
    for step in asking:
        assert isinstance(step.document, PaperDocument)  # noqa: S101 - chosen by it
        pages += step.document.most_pages
        if pages > MOST_ATTACHMENTS:
            notes.problem(
                "SET-431",
                step.place,
                f"With this step a visitor could send {pages} pages; a case takes {MOST_ATTACHMENTS}.",
                "Write 'most-pages' at each step that asks for a document, five in all.",
            )
            return
