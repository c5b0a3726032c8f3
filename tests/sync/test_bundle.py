"""What central published is believed only when signed, whole and newer; the version before is kept."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.bundles import Bundles
from kiosk.keys import TerminalKey
from kiosk.ports import BundleFile, Manifest, SigningKey
from kiosk.sync import bundle
from kiosk.sync.wire import NotAsAgreed

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
        signed(told(1, {"kiosk.yaml": "", "walks/a.yaml": ""})),
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
