"""What is attached to cases comes with them on a stick: sealed, whole, once, and never without its case."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import apsw
import pytest

from kiosk.central import import_command, uploading
from kiosk.central.command import main
from kiosk.central.sealing import open_sealed
from kiosk.central.tables import uploads
from kiosk.core.case import Attachment
from kiosk.core.sealing import CouncilKey
from tests.central.test_import import as_item, take_in
from tests.store.making import NOON, draft, open_in, ticket

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.store import Store
    from tests.central.room import Central

PHOTO = b"a photo of Mererid at the lamp " * 3000


def carried(central: Central, folder: Path) -> Store:
    """Keep two cases at a terminal that cannot reach central, one with two photos and one with none."""
    keys = [CouncilKey(k.key_id, k.public_bytes, k.not_after) for k in central.ground.keys.told()]
    store = open_in(folder, council_keys=lambda: keys)
    photos = tuple(Attachment("image/jpeg", PHOTO + end) for end in (b"1", b"2"))
    store.save(replace(draft("carried-0"), attachments=photos), ticket, NOON)
    store.save(draft("carried-1"), ticket, NOON)
    return store


def kept(central: Central) -> list[uploads.Attached]:
    return list(central.ground.database.write_now(lambda c: uploads.of_case(c, "carried-0")))


def content(central: Central, sha256: str) -> bytes:
    return central.ground.database.write_now(lambda c: uploads.content(c, "front-desk", sha256))


def sealed(store: Store) -> list[str]:
    (parcel, _) = store.outbox.next_parcels(9)
    return [each["sha256"] for each in json.loads(parcel.body)["attachments"]]


def test_attachments_are_sealed_on_the_stick_and_open_at_central(central: Central, tmp_path: Path) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    store.close()
    lines = [json.loads(line) for line in path.read_text("ascii").splitlines()]
    on_stick = [base64.b64decode(line["content"]) for line in lines if "attachment" in line]
    assert len(on_stick) == 2
    assert not [each for each in on_stick if b"Mererid" in each]
    assert take_in(central, path) == 0
    opened = set()
    for each in kept(central):
        key = central.ground.keys.opener(each.key_id)
        assert key is not None
        bound_to = f"council-kiosk attachment 1\n{each.case_id}\n{each.terminal}".encode()
        opened.add(open_sealed(key, content(central, each.sha256), bound_to))
    assert opened == {PHOTO + b"1", PHOTO + b"2"}


def test_they_are_kept_once_whatever_comes_again(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    assert take_in(central, path) == 0
    first = {each.sha256: content(central, each.sha256) for each in kept(central)}
    assert take_in(central, path) == 0
    assert "0 new, 2 already here" in capsys.readouterr().out
    assert {each.sha256: content(central, each.sha256) for each in kept(central)} == first
    assert set(first) == set(sealed(store))
    central.pair("front-desk")
    items = (as_item(parcel) for parcel in store.outbox.next_parcels(9))
    results = central.deliver(*items, terminal="front-desk")
    assert [result["status"] for result in results] == ["duplicate", "duplicate"]
    store.close()


def test_what_the_network_brought_a_part_of_is_gone_on_with(central: Central, tmp_path: Path) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    sha256 = sealed(store)[0]
    store.close()
    line = next(each for each in path.read_text("ascii").splitlines() if sha256 in each)
    begun = base64.b64decode(json.loads(line)["content"])[:1000]
    piece = uploading.Piece("front-desk", sha256, 0, begun, last=False)
    central.ground.database.write_now(lambda c: uploading.take(c, piece, NOON))
    assert take_in(central, path) == 0
    assert hashlib.sha256(content(central, sha256)).hexdigest() == sha256


def test_a_case_that_is_not_taken_leaves_none_of_its_bytes(central: Central, tmp_path: Path) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    named = sealed(store)
    store.close()
    assert take_in(central, path, "--known-services-only") == 1
    assert [content(central, sha256) for sha256 in named] == [b"", b""]


def test_a_case_whose_attachment_was_damaged_is_said_and_the_others_are_taken(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carried(central, tmp_path).close()
    database = apsw.Connection(str(tmp_path / "kiosk.sqlite3"))
    database.execute("UPDATE attachments SET content = x'00' WHERE rowid = 1")
    database.close()
    store = open_in(tmp_path)
    path = store.export(tmp_path, NOON).path
    store.close()
    assert take_in(central, path) == 1
    told = capsys.readouterr().out
    assert "carried-0: retry." in told
    assert "1 new, 0 already here, 1 not taken" in told
    assert kept(central) == []


def test_a_file_of_before_is_still_taken_in(central: Central, tmp_path: Path) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    store.close()
    head, *lines, _ = path.read_text("ascii").splitlines()
    old = [head.replace("cases 2", "cases 1"), next(line for line in lines if "carried-1" in line)]
    whole = hashlib.sha256("\n".join(old).encode()).hexdigest()
    path.write_text("\n".join([*old, json.dumps({"cases": 1, "sha256": whole})]) + "\n", "ascii")
    assert take_in(central, path) == 0
    assert central.ask("GET", "/cases/carried-1").status_code == 200


def person(central: Central, *words: str) -> int:
    where = ("--database", central.ground.settings.database, "--keys", str(central.ground.keys.path))
    return main(["person", *words, *where])


def test_what_is_handed_out_of_a_person_has_their_attachments_opened(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = carried(central, tmp_path)
    assert take_in(central, store.export(tmp_path, NOON).path) == 0
    store.close()
    folder = tmp_path / "person"
    assert person(central, "export", "carried-0", "--to", str(folder)) == 0
    assert "Hand it over, then delete it." in capsys.readouterr().out
    photos = {each.name: each.read_bytes() for each in folder.glob("attachments/carried-0/*.jpg")}
    assert set(photos.values()) == {PHOTO + b"1", PHOTO + b"2"}
    (case,) = json.loads((folder / "person.json").read_text("utf-8"))["cases"]
    assert {f"{each['sha256'][:12]}.jpg" for each in case["attachments"]} == set(photos)
    assert {each.stat().st_mode & 0o777 for each in folder.rglob("*") if each.is_file()} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in folder.rglob("*") if each.is_dir()} == {0o700}
    assert person(central, "export", "carried-0", "--to", str(folder)) == 1
    assert "KIOSK-044" in capsys.readouterr().err


def test_these_tests_find_an_import_that_forgets_attachments(
    central: Central, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = carried(central, tmp_path)
    path = store.export(tmp_path, NOON).path
    store.close()
    monkeypatch.setattr(import_command, "_take_file", lambda *_: None)
    assert take_in(central, path) == 1
    assert kept(central) == []
