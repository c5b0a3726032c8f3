"""Attachments are kept with their case, sealed, and are gone when central has it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import apsw
import pytest

from kiosk.core.case import LARGEST_ATTACHMENT, Attachment, CaseDraft
from kiosk.errors import StoreError, StoreFull
from kiosk.ports import Accepted, Parked, Tombstone
from kiosk.store.database import Database
from tests.store.making import NOON, PRIVATE_KEY, SUITE, draft, open_in, ticket

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.store import Store

PHOTO = b"a photo of Olivia at the lamp " * 3000
BOUND_TO = b"council-kiosk attachment 1\ncase-0001\nfront-desk"


def with_files(*contents: bytes) -> CaseDraft:
    files = tuple(Attachment("image/jpeg", each) for each in contents)
    return replace(draft("case-0001"), attachments=files)


def names(store: Store) -> list[dict[str, str]]:
    (parcel,) = store.outbox.next_parcels(10)
    named: list[dict[str, str]] = json.loads(parcel.body)["attachments"]
    return named


def everything(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file())


def test_an_attachment_is_named_by_the_bytes_that_are_uploaded_and_only_the_council_reads_it(
    tmp_path: Path,
) -> None:
    store = open_in(tmp_path)
    saved = store.save(with_files(PHOTO, b"two"), ticket, NOON)
    first, second = names(store)
    kept = store.outbox.attachment(saved.case_id, first["sha256"])
    assert kept is not None
    assert hashlib.sha256(kept).hexdigest() == first["sha256"]
    assert (first["media_type"], first["key_id"]) == ("image/jpeg", "5e0f5e0f5e0f5e0f")
    assert SUITE.decrypt(kept, PRIVATE_KEY, info=BOUND_TO) == PHOTO
    assert second["sha256"] != first["sha256"]
    assert b"Olivia" not in everything(tmp_path)
    store.close()


def test_a_case_without_attachments_is_frozen_as_before(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.save(draft("case-0001"), ticket, NOON)
    (parcel,) = store.outbox.next_parcels(10)
    assert "attachments" not in json.loads(parcel.body)
    store.close()


def test_attachments_stay_while_a_case_is_parked_and_go_when_it_is_accepted(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = store.save(with_files(PHOTO), ticket, NOON)
    (named,) = names(store)
    store.outbox.settle([Parked(saved.case_id, "invalid", "No.")], NOON)
    kept = store.outbox.attachment(saved.case_id, named["sha256"])
    assert kept is not None
    store.outbox.settle([Accepted(saved.case_id, "central-1")], NOON)
    assert store.outbox.attachment(saved.case_id, named["sha256"]) is None
    store.outbox.tidy()
    assert kept[1000:1200] not in everything(tmp_path)
    store.close()


def test_an_erased_case_takes_its_attachments_with_it(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = store.save(with_files(PHOTO), ticket, NOON)
    (named,) = names(store)
    store.outbox.erase([Tombstone(saved.case_id, "", NOON)], NOON)
    assert store.outbox.attachment(saved.case_id, named["sha256"]) is None
    assert not store.cases()
    store.close()


def test_an_attachment_that_changed_on_the_disk_is_not_handed_out(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = store.save(with_files(PHOTO), ticket, NOON)
    (named,) = names(store)
    other = apsw.Connection(str(store.path))
    other.execute("UPDATE attachments SET content = x'00'")
    other.close()
    assert store.outbox.attachment(saved.case_id, named["sha256"]) is None
    assert not store.is_sound()
    store.close()


@pytest.mark.parametrize("contents", [(b"x",) * 6, (bytes(LARGEST_ATTACHMENT + 1),)])
def test_more_than_central_takes_is_refused_before_anything_is_kept(
    tmp_path: Path, contents: tuple[bytes, ...]
) -> None:
    store = open_in(tmp_path)
    with pytest.raises(StoreError) as raised:
        store.save(with_files(*contents), ticket, NOON)
    assert raised.value.code == "STORE-014"
    assert not store.cases()
    store.close()


def test_the_largest_attachment_is_not_too_large_for_central(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = store.save(with_files(bytes(LARGEST_ATTACHMENT)), ticket, NOON)
    (named,) = names(store)
    kept = store.outbox.attachment(saved.case_id, named["sha256"])
    assert kept is not None
    assert len(kept) <= 8 * 1024 * 1024
    store.close()


def test_room_for_the_attachments_is_asked_for_before_a_case_is_kept(tmp_path: Path) -> None:
    store = open_in(tmp_path, free=100_000, floor=50_000)
    with pytest.raises(StoreFull):
        store.save(with_files(PHOTO), ticket, NOON)
    store.save(with_files(PHOTO[:10_000]), ticket, NOON)
    store.close()


def test_the_room_of_attachments_goes_back_to_the_disk_when_central_has_them(tmp_path: Path) -> None:
    assert left_after_acceptance(tmp_path) < 200_000


def test_a_file_that_keeps_its_room_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant asks SQLite once, which gives back one page."""

    def once(database: Database, most: int | None = None) -> None:  # noqa: ARG001
        database._writer.execute("PRAGMA incremental_vacuum")

    monkeypatch.setattr(Database, "_win_back", once)
    assert left_after_acceptance(tmp_path) > 3_000_000


def left_after_acceptance(folder: Path) -> int:
    """Return how large the file is when a case with four megabytes came and went, and some after it came."""
    store = open_in(folder)
    store.save(with_files(os.urandom(4_000_000)), ticket, NOON)
    later = [store.save(draft(f"later-{n}"), ticket, NOON) for n in range(9)]
    store.outbox.settle([Accepted("case-0001", "central-1")], NOON)
    store.outbox.tidy()
    assert store.is_sound()
    assert len(store.outbox.next_parcels(10)) == len(later)
    store.close()
    return (folder / "kiosk.sqlite3").stat().st_size
