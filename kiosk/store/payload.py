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
    return SealedDraft(draft, key, _begun(draft, key.key_id, ciphertext, files, terminal), files)


def _sealed_file(draft: CaseDraft, file: Attachment, key: CouncilKey, terminal: str) -> SealedFile:
    bound_to = f"council-kiosk attachment 1\n{draft.case_id}\n{terminal}"
    content = seal(key, file.content, bound_to.encode())
    return SealedFile(sha256_hex(content), file.media_type, content)


def _begun(
    draft: CaseDraft, key_id: str, ciphertext: bytes, files: tuple[SealedFile, ...], terminal: str
) -> bytes:
    """Write all of the case's JSON that is known while its visitor reads it."""
    document = {
        "schema": SCHEMA,
        "case_id": draft.case_id,
        "service": draft.service,
        "lgsl": draft.lgsl,
        "terminal": terminal,
        "queue": draft.queue,
        "sealed": {"key_id": key_id, "ciphertext": base64.b64encode(ciphertext).decode("ascii")},
    }
    if files:
        document["attachments"] = [
            {"sha256": file.sha256, "media_type": file.media_type, "key_id": key_id} for file in files
        ]
    return _ENCODE(document)[:-1].encode("ascii")


def freeze(made: SealedDraft, reference: str, queue_number: str, at: datetime) -> bytes:
    """Write the case as JSON: ASCII, no spare space; every later attempt sends these bytes."""
    given = {"reference": reference, "queue_number": queue_number, "created_at": moment_text(at)}
    return made.body + b"," + _ENCODE(given)[1:].encode("ascii")


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
