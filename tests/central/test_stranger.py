"""A stranger that knows only openapi.yaml tries the running service: no fault, no answer out of contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kiosk.central import contract
from tests.central.processes import served

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PIECE = "application/partial-upload"
FEW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def try_all(url: str, terminal: requests.Session, tool: dict[str, str]) -> dict[str, set[int]]:
    """Try each operation of the contract; return with which statuses each was answered."""
    schemathesis.openapi.media_type(PIECE, strategies.binary(max_size=64))
    schema = schemathesis.openapi.from_dict(contract.read())
    schema.config.update(base_url=url)
    seen: dict[str, set[int]] = {}

    def attempt(case: Any) -> None:
        ours = case.operation.path.startswith("/v1/terminals/")
        if ours and "terminal" in case.path_parameters:
            case.path_parameters["terminal"] = "lobby-1"
        headers = {} if ours else tool
        answer = case.call(session=terminal if ours else None, headers=headers, timeout=20)
        seen[case.operation.label].add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        seen[operation.label] = set()
        example: Any = given(operation.as_strategy())
        tried: Any = FEW(example(attempt))
        tried()
    return seen


@pytest.mark.timeout(240)
def test_no_fault_and_no_answer_outside_the_contract(database: str, tmp_path: Path) -> None:
    with served(database, tmp_path) as central:
        tool = central.tool()
        seen = try_all(central.url, central.paired("lobby-1"), tool)
    assert all(seen.values()), "an operation that nobody tried says nothing"
    statuses = set[int]().union(*seen.values())
    assert {200, 201, 404, 422} <= statuses
    assert max(statuses) < 500
