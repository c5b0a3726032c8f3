"""What central published is believed only when signed, whole and newer; the version before is kept."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import bundles
from kiosk.bundles import Bundles
from kiosk.core import published
from kiosk.keys import TerminalKey
from kiosk.ports import BundleFile, Manifest, SigningKey
from kiosk.sync import bundle
from kiosk.sync.wire import NotAsAgreed
from kiosk.telling import services_told

CENTRAL, STRANGER = TerminalKey(bytes(range(32))), TerminalKey(bytes(32))
KEYS = (SigningKey("k1", CENTRAL.public_bytes),)
AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def named(path: str, content: str) -> dict[str, Any]:
    raw = content.encode()
    return {"path": path, "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}


def told(version: Any, files: dict[str, str], **other: Any) -> dict[str, Any]:
    listed = [named(path, content) for path, content in files.items()]
    return {"format": 1, "version": version, "made_at": AT.isoformat(), "files": listed, **other}


def listing(*files: dict[str, Any]) -> dict[str, Any]:
    return {**told(1, {}), "files": list(files)}


def signed(document: dict[str, Any], by: TerminalKey = CENTRAL, key_id: str = "k1") -> dict[str, Any]:
    text = json.dumps(document)
    signature = base64.b64encode(by.sign(b"council-kiosk/bundle/1\n" + text.encode())).decode()
    return {"manifest": text, "signature": signature, "key_id": key_id}


def read(version: int = 1, files: dict[str, str] | None = None, **other: Any) -> Manifest:
    found = bundle.manifest(
        signed(told(version, files or {"kiosk.yaml": "a: b"}, **other)), f'"{version}"', KEYS
    )
    assert found is not None
    return found


def put(shelf: Bundles, manifest: Manifest, files: dict[str, str]) -> bool:
    for file in shelf.lacking(manifest):
        shelf.take_file(file, files[file.path].encode())
    return shelf.stage(manifest)


def test_a_manifest_that_central_signed_is_believed() -> None:
    assert read(3).version == 3
    assert bundle.manifest({"manifest": None}, '"x"', KEYS) is None


@pytest.mark.parametrize(
    "answer",
    [
        signed(told(1, {"kiosk.yaml": ""}), by=STRANGER),
        signed(told(1, {"kiosk.yaml": ""}), key_id="k2"),
        {**signed(told(1, {"kiosk.yaml": ""})), "manifest": json.dumps(told(2, {"kiosk.yaml": ""}))},
        {**signed(told(1, {"kiosk.yaml": ""})), "signature": "no base64"},
        {**signed(told(1, {"kiosk.yaml": ""})), "signature": None},
        signed(told(0, {"kiosk.yaml": ""})),
        signed(told("1", {"kiosk.yaml": ""})),
        signed(told(1, {"services/a.yaml": ""})),
        signed(told(1, {"kiosk.yaml": "", "../kiosk.yaml": ""})),
        signed(told(1, {"kiosk.yaml": "", "services/../../x.yaml": ""})),
        signed(told(1, {"kiosk.yaml": "", "/etc/passwd": ""})),
        signed(told(1, {"kiosk.yaml": "", "sounds/.hidden": ""})),
        signed(told(1, {"kiosk.yaml": "", "sounds/é.yaml": ""})),
        signed(told(1, {"kiosk.yaml": "", "a/b/c/d/e": ""})),
        signed(told(1, {"kiosk.yaml": ""}, needs="sounds")),
        signed(told(1, {"kiosk.yaml": ""}, format=2)),
        signed(listing(named("kiosk.yaml", ""), named("kiosk.yaml", ""))),
        signed(listing({**named("kiosk.yaml", ""), "bytes": 10**9})),
    ],
)
def test_a_manifest_that_is_not_as_agreed_is_not_believed(answer: dict[str, Any]) -> None:
    with pytest.raises(NotAsAgreed):
        bundle.manifest(answer, '"1"', KEYS)


@given(st.binary(max_size=64))
def test_a_file_is_taken_only_with_the_bytes_that_were_named(other: bytes) -> None:
    file = BundleFile("kiosk.yaml", hashlib.sha256(b"right").hexdigest(), 5)
    assert bundle.file_content({"content": "right"}, file) == b"right"
    text = other.decode("latin-1")
    if text != "right":
        with pytest.raises(NotAsAgreed):
            bundle.file_content({"content": text}, file)


def test_only_what_is_new_is_fetched_and_the_version_before_is_kept(tmp_path: Path) -> None:
    shelf = Bundles(tmp_path)
    first = {"kiosk.yaml": "a: 1", "services/bins.yaml": "b: 1"}
    second = {**first, "services/bins.yaml": "b: 2"}
    assert put(shelf, read(1, first), first)
    shelf.take_up(1)
    assert [file.path for file in shelf.lacking(read(2, second))] == ["services/bins.yaml"]
    assert put(shelf, read(2, second), second)
    shelf.take_up(2)
    assert (shelf.standing.active, shelf.standing.previous) == (2, 1)
    assert (shelf.config_of(2) / "services" / "bins.yaml").read_text() == "b: 2"
    assert shelf.is_whole(1)
    assert Bundles(tmp_path).standing == shelf.standing


def test_a_version_never_goes_down(tmp_path: Path) -> None:
    shelf, files = Bundles(tmp_path), {"kiosk.yaml": "a: 1"}
    put(shelf, read(5, files), files)
    shelf.take_up(5)
    assert put(shelf, read(4, files), files) is False
    assert put(shelf, read(5, files), files) is False
    assert shelf.standing.active == 5


def test_a_damaged_version_is_left_and_fetched_again(tmp_path: Path) -> None:
    shelf, files = Bundles(tmp_path), {"kiosk.yaml": "a: 1"}
    for version in (1, 2):
        put(shelf, read(version, files), files)
        shelf.take_up(version)
    (shelf.config_of(2) / "kiosk.yaml").write_text("a: 2")
    assert not shelf.is_whole(2)
    assert shelf.go_back("its files are damaged", damaged=True) == 1
    assert shelf.etag() == ""
    assert put(shelf, read(2, files), files)


def test_a_fetch_that_was_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    files = {"kiosk.yaml": "a: 1", "services/bins.yaml": "b: 1", "services/bus.yaml": "c: 1"}
    manifest, shelf = read(1, files), Bundles(tmp_path)
    shelf.take_file(manifest.files[0], files[manifest.files[0].path].encode())
    later = Bundles(tmp_path)
    assert later.lacking(manifest) == manifest.files[1:]
    (tmp_path / "bundles" / "files" / manifest.files[0].sha256).write_bytes(b"half")
    assert later.lacking(manifest) == manifest.files


def test_a_standing_that_cannot_be_read_is_as_if_nothing_was_pulled(tmp_path: Path) -> None:
    shelf, files = Bundles(tmp_path), {"kiosk.yaml": "a: 1"}
    put(shelf, read(1, files), files)
    (tmp_path / "bundles" / "standing.json").write_text("{half")
    assert Bundles(tmp_path).standing.active == 0


NEWER = {"kiosk.yaml": "a: 1", "keyboards/latin.yaml": "k: 1", "sounds/en/bell.txt": "ding"}
"""A version with files of kinds that this program does not take from central."""


def test_files_of_a_kind_that_nobody_here_knows_are_kept_aside_and_the_version_is_used(
    tmp_path: Path,
) -> None:
    shelf = Bundles(tmp_path)
    assert put(shelf, read(1, NEWER), NEWER)
    shelf.take_up(1)
    folder = shelf.config_of(1)
    assert (folder / "kiosk.yaml").is_file()
    assert not (folder / "keyboards").exists(), "it would be read by a program that was not told to"
    assert (folder / "aside" / "sounds" / "en" / "bell.txt").read_text() == "ding"
    assert shelf.is_whole(1)
    assert shelf.unknown(1) == ["keyboards", "sounds"]
    assert services_told(shelf)["unknown"] == ["keyboards", "sounds"]


def test_a_shelf_that_lays_everything_in_its_place_lets_an_unknown_file_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "_place", lambda path: path)
    shelf = Bundles(tmp_path)
    put(shelf, read(1, NEWER), NEWER)
    assert (shelf.config_of(1) / "keyboards").exists(), (
        "the mutant must show it, else the test above proves nothing"
    )


def test_a_file_that_nobody_here_knows_is_believed_only_with_its_hash(tmp_path: Path) -> None:
    shelf = Bundles(tmp_path)
    bell = read(1, NEWER).files[2]
    with pytest.raises(NotAsAgreed):
        bundle.file_content({"content": "dong"}, bell)
    put(shelf, read(1, NEWER), NEWER)
    shelf.take_up(1)
    (shelf.config_of(1) / "aside" / "sounds" / "en" / "bell.txt").write_text("dong")
    assert not shelf.is_whole(1)


def test_a_newer_program_uses_what_an_older_one_kept_aside_and_an_older_one_goes_on_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Bundles(tmp_path)
    put(shelf, read(1, NEWER), NEWER)
    shelf.take_up(1)
    with monkeypatch.context() as newer:
        newer.setitem(published.KINDS, "sounds", re.compile(r"sounds/en/\w+\.txt"))
        shelf.begin()
        assert (shelf.config_of(1) / "sounds" / "en" / "bell.txt").read_text() == "ding"
        assert shelf.is_whole(1)
        assert shelf.unknown(1) == ["keyboards"]
    shelf.begin()
    assert shelf.is_whole(1)
    assert not (shelf.config_of(1) / "sounds" / "en" / "bell.txt").exists()


def test_a_version_that_needs_a_newer_program_is_left_and_asked_for_again_by_the_next_one(
    tmp_path: Path,
) -> None:
    shelf, first = Bundles(tmp_path), {"kiosk.yaml": "a: 1"}
    put(shelf, read(1, first), first)
    shelf.take_up(1)
    too_new = read(2, NEWER, needs=["services", "sounds"])
    assert too_new.lacks == ("sounds",)
    assert shelf.lacking(too_new) == (), "nothing is fetched in vain"
    assert shelf.stage(too_new) is False
    assert (shelf.standing.active, shelf.standing.refused, shelf.etag()) == (1, 2, '"2"')
    assert services_told(shelf)["why"] == "It needs a newer version of the program, which knows: sounds."
    Bundles(tmp_path).begin()
    assert Bundles(tmp_path).etag() == ""
    assert put(shelf, read(3, NEWER, needs=["services"]), NEWER)
