"""Cases are sealed only to keys that central signed: who stands in the way can put none of their own in."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.sync import ErrorClass
from kiosk.errors import CentralError
from kiosk.keys import TerminalKey
from kiosk.sync import CentralClient, council_keys
from tests.sync.stand_in import CENTRALS_KEY, address, central, signed_keys

if TYPE_CHECKING:
    from kiosk.ports import Enrolment

STRANGER = TerminalKey(bytes(32))


def line(public_bytes: bytes) -> dict[str, str]:
    return {
        "key_id": hashlib.sha256(public_bytes).hexdigest()[:16],
        "public_key": base64.b64encode(public_bytes).decode(),
        "not_after": "2027-05-01T00:00:00Z",
    }


OURS, THEIRS = line(b"o" * 32), line(b"t" * 32)


class On:
    """A clock that stands still on a day of May."""

    def __init__(self, day: int) -> None:
        self._day = day

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 5, self._day, tzinfo=dt.UTC)

    def monotonic(self) -> float:
        return 0.0


def swapped(told: dict[str, str]) -> dict[str, str]:
    document = told["document"]
    for name in ("key_id", "public_key"):
        document = document.replace(OURS[name], THEIRS[name])
    return {**told, "document": document}


def of_another_sort(told: dict[str, str]) -> dict[str, str]:
    """Sign the same text as a manifest: central would sign any manifest that facilities publish."""
    raw = CENTRALS_KEY.sign(b"council-kiosk/bundle/1\n" + told["document"].encode())
    return {**told, "signature": base64.b64encode(raw).decode()}


FORGED: dict[str, Any] = {
    "by a stranger": signed_keys(THEIRS, by=STRANGER),
    "with another key in the signed text": swapped(signed_keys(OURS)),
    "signed for another purpose": of_another_sort(signed_keys(OURS)),
    "by a key that pairing did not tell": {**signed_keys(OURS), "key_id": "central-2"},
    "with a signature that is none": {**signed_keys(OURS), "signature": "AAAA"},
    "not signed": {"keys": [THEIRS]},
    "with letters that cannot be written": {**signed_keys(OURS), "document": "\ud800"},
}


def test_keys_that_central_signed_are_believed() -> None:
    with central() as (url, rows):
        rows.keys = signed_keys(OURS)
        (key,) = council_keys(address(url), On(1))
    assert (key.key_id, key.public_bytes) == (OURS["key_id"], b"o" * 32)


@pytest.mark.parametrize("told", FORGED.values(), ids=FORGED)
def test_keys_that_are_not_so_signed_are_refused(told: dict[str, Any]) -> None:
    with central() as (url, rows):
        rows.keys = told
        with pytest.raises(CentralError) as refused:
            council_keys(address(url), On(1))
    assert refused.value.error_class == ErrorClass.PORTAL


def test_a_signed_text_that_is_no_list_of_keys_is_refused() -> None:
    document = json.dumps({"keys": [{"key_id": "council-1"}]})
    raw = CENTRALS_KEY.sign(b"council-kiosk/council-keys/1\n" + document.encode())
    signature = base64.b64encode(raw).decode()
    with central() as (url, rows):
        rows.keys = {"document": document, "signature": signature, "key_id": "central-1"}
        with pytest.raises(CentralError):
            council_keys(address(url), On(1))


def test_a_renewed_token_changes_nothing_in_whom_the_terminal_believes() -> None:
    kept: list[Enrolment] = []
    with central() as (url, rows):
        client = CentralClient(address(url), On(20), keep=kept.append)
        assert client.renew_token()
        rows.keys = signed_keys(OURS)
        assert client.council_keys()
        client.close()
    assert [key.public_bytes for key in kept[0].signing_keys] == [CENTRALS_KEY.public_bytes]
    assert kept[0].token == "renewed"
