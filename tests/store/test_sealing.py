"""What a visitor said can be read by the council alone, and nothing around it says anything personal."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.sealing import CouncilKey, key_to_seal_with
from kiosk.errors import StoreError
from kiosk.store import Store, open_store, payload, sealing
from tests.store.making import COUNCIL_KEY, NOON, PRIVATE_KEY, SUITE, draft, opened, settings, ticket


def key(name: str, days: int) -> CouncilKey:
    return CouncilKey(name, COUNCIL_KEY.public_bytes, NOON + timedelta(days=days))


def test_the_preferred_key_is_used_as_long_as_it_is_good() -> None:
    assert key_to_seal_with([key("new", 9), key("old", 1)], NOON) == key("new", 9)
    assert key_to_seal_with([key("new", -1), key("old", 1)], NOON) == key("old", 1)


def test_a_key_that_has_run_out_is_better_than_a_case_that_is_not_kept() -> None:
    assert key_to_seal_with([key("older", -9), key("old", -1)], NOON) == key("old", -1)
    assert key_to_seal_with([], NOON) is None


def test_the_row_says_to_which_key_it_is_sealed_and_a_new_key_is_used_at_once(tmp_path: Path) -> None:
    keys = [replace(COUNCIL_KEY, key_id="first")]
    store = open_store(settings(tmp_path, council_keys=lambda: tuple(keys)), NOON).store
    store.save(draft("c1"), ticket, NOON)
    keys.insert(0, replace(COUNCIL_KEY, key_id="second"))
    store.save(draft("c2"), ticket, NOON)
    named = [json.loads(p.body)["sealed"]["key_id"] for p in store.outbox.next_parcels(9)]
    assert named == ["first", "second"]
    in_rows = store._ground.read(lambda c: c.execute("SELECT key_id FROM outbox ORDER BY seq").fetchall())
    assert in_rows == [("first",), ("second",)]
    store.close()


def test_without_a_key_no_case_is_kept_and_it_is_said_why(tmp_path: Path) -> None:
    store = open_store(settings(tmp_path, council_keys=tuple), NOON).store
    assert store.refuses_case() == "STORE-012"
    with pytest.raises(StoreError) as refused:
        store.save(draft("c1"), ticket, NOON)
    assert refused.value.code == "STORE-012"
    assert store.cases() == ()
    store.close()


def test_sealing_does_not_hold_the_writer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one case is sealed another thread can write; here the very same one does, between the two."""
    seal = sealing.seal
    seen: list[str] = []

    def slow(council_key: CouncilKey, secret: bytes, bound_to: bytes) -> bytes:
        in_transaction = store._ground.database._writer.in_transaction
        seen.append("held" if in_transaction else "free")
        return seal(council_key, secret, bound_to)

    monkeypatch.setattr(payload, "seal", slow)
    store.save(draft("c1"), ticket, NOON)
    assert seen == ["free"]


@pytest.mark.parametrize("changed", ["case_id", "service", "terminal"])
def test_a_sealed_part_does_not_open_for_another_case(store: Store, changed: str) -> None:
    store.save(draft("c1"), ticket, NOON)
    (parcel,) = store.outbox.next_parcels(1)
    assert opened(parcel.body)
    with pytest.raises(InvalidTag):
        opened(json.dumps({**json.loads(parcel.body), changed: "another"}).encode())


@given(st.text(st.characters(codec="utf-8"), max_size=150))
def test_the_length_of_what_is_sealed_does_not_tell_a_short_answer_from_a_long_one(answer: str) -> None:
    short = payload.sealed(draft("c", a="x"), COUNCIL_KEY, "t")
    other = payload.sealed(draft("c", a=answer), COUNCIL_KEY, "t")
    whole = (len(answer.encode()) * 6 + 120) // 256  # JSON may write one letter as six
    assert len(other.body) <= len(short.body) + 344 * (whole + 1)
    if len(json.dumps(answer, ensure_ascii=False).encode()) < 150:
        assert len(other.body) == len(short.body)


def test_nothing_that_stays_on_the_terminal_opens_a_case(store: Store, tmp_path: Path) -> None:
    """Two seals of the same answers share nothing: the key pair of each is forgotten when it is made."""
    store.save(draft("c1", name="Wyn"), ticket, NOON)
    store.save(replace(draft("c1b", name="Wyn"), case_id=draft("c2").case_id), ticket, NOON)
    one, two = (json.loads(p.body)["sealed"]["ciphertext"] for p in store.outbox.next_parcels(2))
    assert one[:43] != two[:43]  # the public half of the forgotten pair
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PRIVATE_KEY.private_bytes_raw() not in kept
    assert SUITE is not None
