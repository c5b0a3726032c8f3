"""Sealed cases: opened where they arrive, refused in plain words when they do not open, and kept once."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central.command import main
from kiosk.central.keys import KeyFile
from kiosk.central.sealing import SUITE
from kiosk.central.settings import CentralSettings, Chance, beside
from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.sealing import CouncilKey
from kiosk.errors import StoreError, UsageError
from kiosk.store import payload
from tests.central.room import Central, MovedClock, case_item
from tests.store.making import NOON

if TYPE_CHECKING:
    from pathlib import Path

CASE = "5b0c7f6e-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _paired(central: Central) -> None:
    central.pair()


def told_keys(central: Central) -> list[CouncilKey]:
    answer = central.browser.get("/v1/terminals/lobby-1/council-keys", headers=central.as_terminal())
    assert answer.status_code == 200, answer.text
    told = json.loads(answer.json()["document"])["keys"]
    return [CouncilKey(key["key_id"], base64.b64decode(key["public_key"]), NOON) for key in told]


def sealed_item(key: CouncilKey, case_id: str = CASE, **answers: str) -> dict[str, str]:
    """Make an item with the terminal's own code: the two sides share no line."""
    draft = CaseDraft(
        CaseId(case_id), "council-tax", 57, "cy", answers or {"name": "Mererid"}, "A", "booked-1"
    )
    made = payload.sealed(draft, key, "lobby-1")
    body = payload.freeze(made, "K7-3042-X", "A012", NOON).decode("ascii")
    return item_of(body)


def item_of(body: str) -> dict[str, str]:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return {"key": CASE, "kind": payload.KIND, "sha256": digest, "body": body}


def whole(central: Central, case_id: str = CASE) -> dict[str, Any]:
    found: dict[str, Any] = central.ask("GET", f"/cases/{case_id}").json()
    return found


def test_a_sealed_case_is_opened_and_shown_at_the_desk(central: Central) -> None:
    (result,) = central.deliver(sealed_item(told_keys(central)[0]))
    assert result["status"] == "created", result
    found = whole(central)
    assert found["answers"] == {"name": "Mererid"}
    assert (found["language"], found["appointment_id"], found["reference"]) == ("cy", "booked-1", "K7-3042-X")


def test_the_same_sealed_bytes_again_are_a_duplicate_and_other_bytes_a_conflict(central: Central) -> None:
    key = told_keys(central)[0]
    item = sealed_item(key)
    statuses = [central.deliver(each)[0]["status"] for each in (item, item, sealed_item(key))]
    assert statuses == ["created", "duplicate", "conflict"]


@pytest.mark.parametrize("changed", ["case_id", "service", "terminal"])
def test_a_sealed_part_that_was_put_into_another_case_is_not_taken(central: Central, changed: str) -> None:
    body = {**json.loads(sealed_item(told_keys(central)[0])["body"]), changed: "something-else"}
    (result,) = central.deliver(item_of(json.dumps(body)))
    assert (result["status"], result["problem"]["type"]) == ("rejected", "/problems/does-not-open")


@pytest.mark.parametrize("ciphertext", ["", "no base64!", "QUJD", base64.b64encode(bytes(500)).decode()])
def test_what_does_not_open_is_said_to_be_so(central: Central, ciphertext: str) -> None:
    body = json.loads(sealed_item(told_keys(central)[0])["body"])
    body["sealed"]["ciphertext"] = ciphertext
    (result,) = central.deliver(item_of(json.dumps(body)))
    assert (result["status"], result["problem"]["type"]) == ("rejected", "/problems/does-not-open")


def test_what_is_sealed_cannot_change_what_stands_in_clear(central: Central) -> None:
    key = told_keys(central)[0]
    body = json.loads(sealed_item(key)["body"])
    secret = json.dumps({"case_id": "another-case", "service": "x", "language": "en", "answers": {}}).encode()
    bound_to = f"council-kiosk case 2\n{CASE}\ncouncil-tax\nlobby-1".encode()
    own = central.ground.keys.all()[0]
    opener = central.ground.keys.opener(own.key_id)
    assert opener is not None
    body["sealed"]["ciphertext"] = base64.b64encode(
        SUITE.encrypt(secret, opener.public_key(), info=bound_to)
    ).decode()
    assert central.deliver(item_of(json.dumps(body)))[0]["status"] == "created"
    assert whole(central)["service"] == "council-tax"


def test_a_key_that_is_not_here_keeps_the_case_waiting_at_the_terminal(central: Central) -> None:
    stranger = replace(told_keys(central)[0], key_id="0123456789abcdef")
    (result,) = central.deliver(sealed_item(stranger))
    assert (result["status"], result["problem"]["type"]) == ("retry", "/problems/key-unknown")


def test_an_old_key_opens_during_rotation_and_after_it(central: Central) -> None:
    old = told_keys(central)[0]
    fresh = central.ground.keys.make()
    assert [key.key_id for key in told_keys(central)] == [fresh.key_id, old.key_id]
    assert central.deliver(sealed_item(old))[0]["status"] == "created"
    central.ground.keys.retire(old.key_id)
    assert [key.key_id for key in told_keys(central)] == [fresh.key_id]
    late = {**sealed_item(old, case_id="5b0c7f6e-late"), "key": "5b0c7f6e-late"}
    assert central.deliver(late)[0]["status"] == "created"


def test_cases_in_clear_are_taken_from_integrators_unless_central_is_told_not_to(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = case_item()
    assert central.deliver(known)[0]["status"] == "created"
    strict = replace(central.ground.settings, sealed_only=True)
    monkeypatch.setattr(central.browser.app.state, "ground", replace(central.ground, settings=strict))  # type: ignore[attr-defined]
    (result,) = central.deliver(case_item())
    assert (result["status"], result["problem"]["type"]) == ("rejected", "/problems/not-sealed")
    assert central.deliver(known)[0]["status"] == "duplicate"
    assert central.deliver(sealed_item(told_keys(central)[0]))[0]["status"] == "created"


def test_the_keys_are_for_paired_terminals_only(central: Central) -> None:
    assert central.browser.get("/v1/terminals/lobby-1/council-keys").status_code == 401


def key_file(folder: Path) -> KeyFile:
    chance = Chance(now=MovedClock())
    return KeyFile(folder / "central.keys", chance.random_bytes, chance.now)


def test_the_first_start_makes_a_key_that_only_the_service_can_read(tmp_path: Path) -> None:
    (pair,) = key_file(tmp_path).all()
    assert stat.S_IMODE((tmp_path / "central.keys").stat().st_mode) == 0o600
    assert key_file(tmp_path).all() == (pair,)
    assert base64.b64encode(pair.private_bytes).decode() not in repr(pair)


def test_two_processes_that_start_together_have_the_same_key(tmp_path: Path) -> None:
    one, two = key_file(tmp_path), key_file(tmp_path)
    assert one.all() == two.all()
    fresh = one.make()
    assert two.opener(fresh.key_id) is not None


def test_at_most_two_keys_are_valid_and_never_none(tmp_path: Path) -> None:
    keys = key_file(tmp_path)
    (first,) = keys.all()
    for wrong in (first.key_id, "unknown"):
        with pytest.raises(UsageError):
            keys.retire(wrong)
    second = keys.make()
    with pytest.raises(UsageError):
        keys.make()
    keys.retire(first.key_id)
    third = keys.make()
    assert [pair.key_id for pair in keys.told()] == [third.key_id, second.key_id]
    assert keys.opener(first.key_id) is not None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"keys": [{}]}', "\x00"])
def test_a_damaged_key_file_is_an_error_and_never_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "central.keys").write_text(content)
    with pytest.raises(StoreError) as damaged:
        key_file(tmp_path).all()
    assert damaged.value.code == "CENTRAL-030"
    assert (tmp_path / "central.keys").read_text() == content


def test_keys_live_beside_a_sqlite_file_and_else_in_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    assert beside("sqlite:////var/x.sqlite3").as_posix() == "/var/x.sqlite3.keys"
    assert beside("postgresql+asyncpg://host/db") == tmp_path / "council-kiosk" / "central.keys"
    assert CentralSettings("sqlite:///x", keys=tmp_path / "k").key_file == tmp_path / "k"


def test_the_commands_make_list_and_retire_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = ["--database", f"sqlite:///{tmp_path / 'c.sqlite3'}"]
    assert main(["keys", "list", *database]) == 0
    first = capsys.readouterr().out.split()[0]
    assert main(["keys", "new", *database]) == 0
    assert main(["keys", "retire", first, *database]) == 0
    capsys.readouterr()
    assert main(["keys", "list", *database]) == 0
    told = capsys.readouterr().out
    assert f"{first}  made" in told
    assert told.count("retired") == 1
    assert main(["keys", "retire", "nothing", *database]) == 1
    assert capsys.readouterr().err.startswith("CENTRAL-032")
