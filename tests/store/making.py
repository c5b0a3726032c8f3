"""Things that the tests of the store need."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.core.case import AnswerJson, CaseDraft, CaseId
from kiosk.core.sealing import CouncilKey
from kiosk.core.ticket import Line, Ticket
from kiosk.store import Store, StoreSettings, open_store

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
PRIVATE_KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
COUNCIL_KEY = CouncilKey(
    "5e0f5e0f5e0f5e0f", PRIVATE_KEY.public_key().public_bytes_raw(), NOON.replace(year=2027)
)


def settings(
    folder: Path,
    *,
    free: int = 1 << 40,
    floor: int = 0,
    council_keys: Callable[[], Sequence[CouncilKey]] = lambda: (COUNCIL_KEY,),
    **more: object,
) -> StoreSettings:
    """Describe a store in a folder; with no ballast and endless room unless told otherwise."""
    rest: Mapping[str, object] = {"ballast_bytes": 0, "free_bytes": lambda: free, **more}
    return StoreSettings(
        folder / "kiosk.sqlite3",
        "front-desk",
        "K7",
        LONDON,
        council_keys,
        floor_bytes=floor,
        **rest,  # type: ignore[arg-type]
    )


def open_in(folder: Path, **more: object) -> Store:
    """Open a store that is expected to be fit."""
    opened = open_store(settings(folder, **more), NOON)  # type: ignore[arg-type]
    assert opened.set_aside is None
    return opened.store


def draft(case_id: str, queue: str = "A", **answers: AnswerJson) -> CaseDraft:
    """Make a finished visit."""
    return CaseDraft(CaseId(case_id), "report-missed-bin", 524, "en", answers or {"bin": "brown"}, queue)


def opened(body: bytes) -> dict[str, object]:
    """Open what was sealed in a frozen body, as central does with its private key."""
    case = json.loads(body)
    bound_to = f"council-kiosk case 2\n{case['case_id']}\n{case['service']}\n{case['terminal']}".encode()
    secret = SUITE.decrypt(base64.b64decode(case["sealed"]["ciphertext"]), PRIVATE_KEY, info=bound_to)
    assert len(secret) % 256 == 0
    found: dict[str, object] = json.loads(secret)
    return found


def ticket(reference: str, number: str) -> Ticket:
    """Make the ticket of a case."""
    return Ticket((Line(reference), Line(number)))
