"""Who is let in: a key that was enrolled with a code, a token in its time, and a signature made just now."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from kiosk.central import signatures, tokens
from kiosk.central.keyring import SigningKey, open_signing_key
from kiosk.central.tables import beginning, standing
from kiosk.keys import TerminalKey
from kiosk.sync.signing import Asked, pairing_proof, public_text
from tests.central.room import case_item
from tests.central.test_terminals import code_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from httpx2 import Response
    from sqlalchemy import Connection

    from tests.central.room import Central

BATCHES = "/v1/terminals/lobby-1/batches"
ORDERS = "/v1/terminals/lobby-1/print-orders"
TOKENS = "/v1/terminals/lobby-1/tokens"


def kind(answer: Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


def batch() -> bytes:
    return json.dumps({"batch_id": "b", "items": [case_item()]}).encode()


def signed(central: Central, body: bytes, *, method: str = "POST", path: str = BATCHES) -> dict[str, str]:
    owned = central.pair() if "lobby-1" not in central.tokens else central.as_terminal()
    terminal, key = central.signing.keys[owned["Authorization"]]
    typed = {"Content-Type": "application/json"}
    return {**owned, **typed, **central.signing.headers(Asked(method, path, "", body), terminal, key)}


def test_a_signed_batch_is_taken(central: Central) -> None:
    body = batch()
    assert central.browser.post(BATCHES, content=body, headers=signed(central, body)).status_code == 200


@pytest.mark.parametrize("lacking", ["Signature", "Signature-Input"])
def test_an_unsigned_request_is_refused(central: Central, lacking: str) -> None:
    body = batch()
    headers = {name: value for name, value in signed(central, body).items() if name != lacking}
    central.signing.keys.clear()
    answer = central.browser.post(BATCHES, content=body, headers=headers)
    assert (answer.status_code, kind(answer)) == (401, "signature-missing")


def test_a_stolen_token_is_of_no_use_without_the_key(central: Central) -> None:
    owned = central.pair()
    thief = TerminalKey(bytes(32))
    central.signing.keys[owned["Authorization"]] = ("lobby-1", thief)
    answer = central.browser.get(ORDERS, headers=owned)
    assert (answer.status_code, kind(answer)) == (401, "signature-wrong")


@pytest.mark.parametrize("changed", ["body", "digest", "path", "method", "nonce", "keyid", "components"])
def test_whatever_is_changed_on_the_way_breaks_the_signature(central: Central, changed: str) -> None:
    body, method, path = batch(), "POST", BATCHES
    headers = signed(central, body)
    given = headers["Signature-Input"]
    match changed:
        case "body":
            body = body.replace(b"council-tax", b"council-tex")
        case "digest":
            body = body.replace(b"council-tax", b"council-tex")
            thief, asked = TerminalKey(bytes(32)), Asked("POST", BATCHES, "", body)
            other = central.signing.headers(asked, "lobby-1", thief)
            headers["Content-Digest"] = other["Content-Digest"]
        case "path":
            path = "/v1/terminals/lobby-1/heartbeats"
        case "method":
            method = "PUT"
        case "nonce":
            headers["Signature-Input"] = given.replace(';nonce="', ';nonce="0')
        case "keyid":
            headers["Signature-Input"] = given.replace('keyid="lobby-1"', 'keyid="lobby-2"')
        case "components":
            headers["Signature-Input"] = given.replace(' "content-digest"', "")
    answer = central.browser.request(method, path, content=body, headers=headers)
    assert answer.status_code in ({405} if changed == "method" else {401})
    assert kind(answer) in {"signature-wrong", "method-not-allowed"}


def test_the_same_request_is_taken_once(central: Central) -> None:
    body = batch()
    headers = signed(central, body)
    assert central.browser.post(BATCHES, content=body, headers=headers).status_code == 200
    again = central.browser.post(BATCHES, content=body, headers=headers)
    assert (again.status_code, kind(again)) == (409, "request-repeated")


def let_in(connection: Connection, _shown: beginning.Presented, names: Collection[str]) -> standing.Standing:
    """Let everybody in, as often as they ask."""
    return standing.now(connection, names)


def test_a_mutant_that_forgets_nonces_takes_a_request_twice(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "begin", let_in)
    body = batch()
    headers = signed(central, body)
    taken = [central.browser.post(BATCHES, content=body, headers=headers).status_code for _ in range(2)]
    assert taken == [200, 200]


def sent_by_one_shut_out(central: Central, *, paired_again: bool) -> tuple[int, str]:
    """Send a batch from a terminal that was known, and is not let in any more."""
    headers = central.pair()
    body = {"batch_id": "b", "items": [case_item()]}
    assert central.browser.post(BATCHES, headers=headers, json=body).status_code == 200
    if paired_again:
        central.pair()
    else:
        central.ask("POST", "/terminals/lobby-1/revocation")
    answer = central.browser.post(BATCHES, headers=headers, json=body)
    return answer.status_code, "" if answer.is_success else kind(answer)


def test_a_terminal_whose_key_is_remembered_is_shut_out_at_once(central: Central) -> None:
    assert sent_by_one_shut_out(central, paired_again=False) == (410, "terminal-revoked")
    assert sent_by_one_shut_out(central, paired_again=True) == (401, "token-unknown")


def test_the_proof_finds_a_central_that_trusts_what_it_remembers(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "begin", let_in)
    assert sent_by_one_shut_out(central, paired_again=False) == (200, "")


@pytest.mark.parametrize(("minutes", "taken"), [(4.9, 200), (5.1, 401)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_signature_is_good_for_five_minutes_on_each_side(
    central: Central, minutes: float, taken: int, sign: int
) -> None:
    body = batch()
    headers = signed(central, body)
    central.clock.pass_by(minutes=sign * minutes)
    answer = central.browser.post(BATCHES, content=body, headers=headers)
    assert answer.status_code == taken
    if taken == 401:
        assert kind(answer) == "signature-stale"


def test_a_token_is_over_after_thirty_days_and_renewed_before(central: Central) -> None:
    owned = central.pair()
    central.clock.pass_by(days=29)
    fresh = central.browser.post(TOKENS, headers=owned, json={}).json()
    central.clock.pass_by(days=2)
    old = central.browser.get(ORDERS, headers=owned)
    assert (old.status_code, kind(old)) == (401, "token-over")
    renewed = {"Authorization": f"Bearer {fresh['token']}"}
    central.signing.keys[renewed["Authorization"]] = central.signing.keys[owned["Authorization"]]
    assert central.browser.get(ORDERS, headers=renewed).status_code == 200


def test_the_token_before_stays_good_so_a_lost_answer_locks_nobody_out(central: Central) -> None:
    owned = central.pair()
    assert central.browser.post(TOKENS, headers=owned, json={}).status_code == 201
    assert central.browser.get(ORDERS, headers=owned).status_code == 200


def test_a_revoked_terminal_gets_no_new_token(central: Central) -> None:
    owned = central.pair()
    central.ask("POST", "/terminals/lobby-1/revocation")
    answer = central.browser.post(TOKENS, headers=owned, json={})
    assert (answer.status_code, kind(answer)) == (410, "terminal-revoked")


@pytest.mark.parametrize("forged", ["other-key", "none", "hs256", "garbage"])
def test_only_centrals_own_tokens_are_believed(central: Central, forged: str) -> None:
    central.pair()
    terminal, key = next(iter(central.signing.keys.values()))
    genuine = jwt.decode(central.tokens["lobby-1"], options={"verify_signature": False})
    stranger = SigningKey(bytes(32))
    made = {
        "other-key": jwt.encode(genuine, stranger.secret, "EdDSA"),
        "none": jwt.encode(genuine, "", "none"),
        "hs256": jwt.encode(genuine, base64.b64encode(central.ground.signing.public_bytes), "HS256"),
        "garbage": "not.a.token",
    }
    header = f"Bearer {made[forged]}"
    central.signing.keys[header] = (terminal, key)
    answer = central.browser.get(ORDERS, headers={"Authorization": header})
    assert (answer.status_code, kind(answer)) == (401, "token-unknown")


def pairing(central: Central, **other: Any) -> Response:
    key = TerminalKey(bytes(32))
    code = code_for(central)
    request = {"code": code, "public_key": public_text(key), "proof": pairing_proof(code, key), **other}
    return central.browser.post("/v1/pairings", json=request)


@pytest.mark.parametrize("wrong", ["proof-of-another-key", "proof-of-another-code", "no-key", "short-key"])
def test_a_key_that_is_not_proven_is_not_enrolled_and_the_code_stays_good(
    central: Central, wrong: str
) -> None:
    mine, other = TerminalKey(bytes(32)), TerminalKey(bytes(range(32)))
    code = code_for(central)
    request = {"code": code, "public_key": public_text(mine), "proof": pairing_proof(code, mine)}
    bad = {
        "proof-of-another-key": {"proof": pairing_proof(code, other)},
        "proof-of-another-code": {"proof": pairing_proof("0000-0000", mine)},
        "no-key": {"public_key": ""},
        "short-key": {"public_key": base64.b64encode(bytes(31)).decode()},
    }[wrong]
    assert central.browser.post("/v1/pairings", json={**request, **bad}).status_code == 422
    assert central.browser.post("/v1/pairings", json=request).status_code == 201


def test_what_pairing_gives_names_the_key_that_central_signs_with(central: Central) -> None:
    (told,) = pairing(central).json()["signing_keys"]
    assert told == {
        "key_id": central.ground.signing.key_id,
        "public_key": central.ground.signing.public_text(),
    }


def test_two_installations_have_different_keys_readable_by_the_account_only(tmp_path: Path) -> None:
    first, second = open_signing_key(tmp_path / "a"), open_signing_key(tmp_path / "b")
    assert first.key_id != second.key_id
    assert open_signing_key(tmp_path / "a").key_id == first.key_id
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert "secret" not in repr(first)


def test_a_token_says_nothing_but_who_which_enrolment_and_until_when(central: Central) -> None:
    central.pair()
    said = jwt.decode(central.tokens["lobby-1"], options={"verify_signature": False})
    assert set(said) == {"iss", "sub", "jti", "iat", "exp", "cnf"}
    assert said["exp"] - said["iat"] == tokens.LIFE.total_seconds()


def test_the_form_that_terminals_write_is_the_form_that_central_reads() -> None:
    assert signatures.COMPONENTS == ("@method", "@path", "@query", "content-digest")
