"""Whatever is sent, the answer is as agreed, and every error is a problem document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.central.problems import KINDS
from tests.central.room import case_item, frozen

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.central.room import Central

BATCHES = "/v1/terminals/lobby-1/batches"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
SAME_CENTRAL = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_problem(answer: Response) -> bool:
    if answer.headers["content-type"] != "application/problem+json":
        return False
    document = answer.json()
    return (
        document["type"].removeprefix("/problems/") in KINDS
        and document["status"] == answer.status_code
        and bool(document["title"])
        and bool(document["detail"])
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1/terminals/lobby-1/", 404),
        ("PUT", "/v1/pairings", 405),
        ("GET", "/v1/terminals/lobby-1/print-orders", 401),
        ("GET", "/v1/desk/cases", 401),
        ("GET", "/v1/terminals/lobby 1%00/print-orders", 422),
        ("GET", "/problems/none", 404),
    ],
)
def test_every_refusal_is_a_problem_document(central: Central, method: str, path: str, status: int) -> None:
    answer = central.browser.request(method, path)
    assert answer.status_code == status
    assert is_problem(answer)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\xff\xfe", 400),
        (b"{", 400),
        (b"", 422),
        (b"[" * 200_000, 400),
        (b"1" * 10_000, 400),
        (b"null", 422),
        (b'{"batch_id": "b"}', 422),
        (b"x" * (1024 * 1024 + 1), 413),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem_document(central: Central, body: bytes, status: int) -> None:
    headers = {**central.pair(), "Content-Type": "application/json"}
    answer = central.browser.post(BATCHES, headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert is_problem(answer)


def test_a_large_body_that_hides_its_length_is_stopped(central: Central) -> None:
    headers = {**central.pair(), "Content-Type": "application/json"}
    answer = central.browser.post(BATCHES, headers=headers, content=iter([b" " * 65_536] * 20))
    assert answer.status_code == 413
    assert is_problem(answer)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil:80"])
def test_a_strange_host_is_refused_before_anything_else(central: Central, host: str) -> None:
    answer = central.browser.get("/desk/sign-in", headers={"Host": host})
    assert answer.status_code == 403
    assert is_problem(answer)


@pytest.mark.parametrize("address", ["/v1/desk/cases?reference=K7%00", "/desk/cases/find?reference=K7%00"])
def test_a_nul_in_an_address_is_no_fault_of_the_database(central: Central, address: str) -> None:
    central.sign_in(central.add_staff())
    answer = central.browser.get(address, headers=central.as_tool())
    assert answer.status_code in {200, 422}


def test_a_fault_of_the_database_is_told_in_our_words_with_a_time_to_come_back(central: Central) -> None:
    headers = central.pair()
    central.ground.database.write_now(lambda c: c.exec_driver_sql("DROP TABLE print_orders"))
    answer = central.browser.get("/v1/terminals/lobby-1/print-orders", headers=headers)
    assert answer.status_code == 503
    assert is_problem(answer)
    assert answer.json()["detail"].startswith("CENTRAL-012")
    assert "print_orders" not in answer.text
    assert "retry-after" in answer.headers


def test_a_validation_problem_names_the_place_and_does_not_repeat_what_was_sent(central: Central) -> None:
    answer = central.ask("POST", "/appointments", full_name="", starts_at="Olivia", service="x")
    assert {error["pointer"] for error in answer.json()["errors"]} >= {"/body/full_name", "/body/starts_at"}
    assert "Olivia" not in answer.text


@pytest.mark.timeout(90)
@SAME_CENTRAL
@given(document=ANY_JSON)
def test_no_json_makes_any_address_fail(central: Central, document: Any) -> None:
    headers = central.as_terminal() if central.tokens else central.pair()
    for path in ("batches", "heartbeats", "print-orders/x/outcome"):
        good(send(central, f"/v1/terminals/lobby-1/{path}", document, headers))
    good(send(central, "/v1/pairings", document, {}))
    tool = central.as_tool()
    for path in ("appointments", "print-orders"):
        good(send(central, f"/v1/desk/{path}", document, tool))


@pytest.mark.timeout(90)
@SAME_CENTRAL
@given(answers=ANY_JSON, name=ANY_TEXT)
def test_no_case_makes_central_fail(central: Central, answers: Any, name: str) -> None:
    headers = central.as_terminal() if central.tokens else central.pair()
    items = [case_item(answers=answers), case_item(language=name), frozen(repr(answers), "key")]
    good(send(central, BATCHES, {"batch_id": "b", "items": items}, headers))
    good(central.browser.get("/v1/desk/cases?limit=3", headers=central.as_tool()))


def send(central: Central, path: str, document: Any, headers: dict[str, str]) -> Response:
    import json  # noqa: PLC0415 - of this test only: it can spell what the client's own cannot

    content = json.dumps(document).encode()
    return central.browser.post(
        path, content=content, headers={**headers, "Content-Type": "application/json"}
    )


def good(answer: Response) -> None:
    assert answer.status_code < 500, answer.text
    assert answer.status_code < 400 or is_problem(answer)


def test_json_without_its_header_is_answered_with_the_header_that_is_missing(central: Central) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = central.browser.post("/v1/pairings", content=b'{"code": "4F7K-Q2M9"}', headers=form)
    assert answer.status_code == 422
    assert is_problem(answer)
    assert "Content-Type: application/json" in answer.json()["detail"]
