"""The bytes of a case as they are sent, frozen when the case is written.

Responsible for: the form of a new case on its way to central, version 2: answers sealed, the rest in clear.
Not responsible for: the batch around it (`kiosk.sync.wire`), or the sealing itself (`sealing`).
"""

import base64
import json
from datetime import datetime

from kiosk.core.case import AnswerJson, Attachment, CaseDraft
from kiosk.core.sealing import CouncilKey, SealedDraft, SealedFile
from kiosk.store.rows import moment_text, readable, sha256_hex
from kiosk.store.sealing import seal

SCHEMA = 2
KIND = "case.create"
BLOCK_BYTES = 256
"""What is sealed is filled up to whole blocks: its length would else tell a short answer from a long one."""


def sealed(draft: CaseDraft, key: CouncilKey, terminal: str) -> SealedDraft:
    """Seal what the visitor said to this case, its service and this terminal."""
    bound_to = f"council-kiosk case {SCHEMA}\n{draft.case_id}\n{draft.service}\n{terminal}"
    ciphertext = seal(key, _secret(draft), bound_to.encode())
    files = tuple(_sealed_file(draft, each, key, terminal) for each in draft.attachments)
    text = base64.b64encode(ciphertext).decode("ascii")
    return SealedDraft(draft, key, text, files)


def _sealed_file(draft: CaseDraft, file: Attachment, key: CouncilKey, terminal: str) -> SealedFile:
    bound_to = f"council-kiosk attachment 1\n{draft.case_id}\n{terminal}"
    content = seal(key, file.content, bound_to.encode())
    return SealedFile(sha256_hex(content), file.media_type, content)


def freeze(made: SealedDraft, reference: str, queue_number: str, *, terminal: str, at: datetime) -> bytes:
    """Write the case as JSON: ASCII, no spare space; every later attempt sends these bytes."""
    draft, key_id = made.draft, made.key.key_id
    document = {
        "schema": SCHEMA,
        "case_id": draft.case_id,
        "reference": reference,
        "service": draft.service,
        "lgsl": draft.lgsl,
        "created_at": moment_text(at),
        "terminal": terminal,
        "queue": draft.queue,
        "queue_number": queue_number,
    }
    named = [{"sha256": file.sha256, "media_type": file.media_type, "key_id": key_id} for file in made.files]
    attached = f',"attachments":{_ENCODE(named)}' if named else ""
    # Base64 needs no escaping: to look for what does would take longer than all the rest.
    sealed_part = f'{{"key_id":{_ENCODE(key_id)},"ciphertext":"{made.ciphertext}"}}'
    return f'{_ENCODE(document)[:-1]},"sealed":{sealed_part}{attached}}}'.encode("ascii")


_ENCODE = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_ENCODE_SECRET = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _secret(draft: CaseDraft) -> bytes:
    content = {
        "language": draft.language,
        "appointment_id": draft.appointment_id,
        "answers": {step: _answer(answer) for step, answer in draft.answers.items()},
    }
    written = _ENCODE_SECRET(content).encode("utf-8")
    return written + b" " * (-len(written) % BLOCK_BYTES)


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
