"""The bytes of a case as they are sent, frozen when the case is written.

Responsible for: the one form of a new case on its way to central, version 1.
Not responsible for: the batch around it (`kiosk.sync.wire`).
"""

import json
from datetime import datetime

from kiosk.core.case import AnswerJson, CaseDraft
from kiosk.store.rows import moment_text, readable

SCHEMA = 1
KIND = "case.create"


def freeze(draft: CaseDraft, reference: str, queue_number: str, *, terminal: str, at: datetime) -> bytes:
    """Write the case as JSON: keys in order, UTF-8, no spare space; every later attempt sends these bytes."""
    document = {
        "schema": SCHEMA,
        "case_id": draft.case_id,
        "reference": reference,
        "service": draft.service,
        "lgsl": draft.lgsl,
        "language": draft.language,
        "created_at": moment_text(at),
        "terminal": terminal,
        "queue": draft.queue,
        "queue_number": queue_number,
        "appointment_id": draft.appointment_id,
        "answers": {step: _answer(answer) for step, answer in draft.answers.items()},
    }
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _answer(answer: AnswerJson) -> AnswerJson:
    match answer:
        case str():
            return readable(answer)
        case list():
            return [readable(one) for one in answer]
        case dict():
            return {readable(name): readable(one) for name, one in answer.items()}
        case None:
            return None
