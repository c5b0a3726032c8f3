"""openapi.yaml is what the code does: the same routes, the same shapes, and true examples."""

from __future__ import annotations

import json

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from kiosk.central import contract
from kiosk.central.api import bundles, desk, enrolment, events, terminal, tombstones, uploads
from kiosk.central.api.answers import problems
from kiosk.central.examples import EXAMPLES
from kiosk.central.wire import bundle as bundle_shapes
from kiosk.central.wire import desk as desk_shapes
from kiosk.central.wire import enrolment as enrolment_shapes
from kiosk.central.wire import events as event_shapes
from kiosk.central.wire import terminal as terminal_shapes
from kiosk.central.wire import tombstones as tombstone_shapes
from kiosk.central.wire import uploads as upload_shapes

ROOMS = (enrolment, bundles, uploads, terminal, tombstones, desk, events)
ROUTES = [route for room in ROOMS for route in room.routes.routes if isinstance(route, APIRoute)]


def test_the_kept_contract_is_what_the_code_keeps_now() -> None:
    fresh = json.loads(json.dumps(contract.document()))
    kept = json.loads(json.dumps(contract.read()))
    assert kept == fresh, "make it anew: python -m kiosk.central.contract"


def test_the_contract_names_every_route_and_no_other() -> None:
    kept = {(method.upper(), path) for path, each in contract.read()["paths"].items() for method in each}
    assert kept == {(method, route.path) for route in ROUTES for method in route.methods or ()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_each_example_is_true(name: str) -> None:
    rooms = (
        bundle_shapes,
        upload_shapes,
        terminal_shapes,
        enrolment_shapes,
        tombstone_shapes,
        desk_shapes,
        event_shapes,
    )
    shape = next(getattr(room, name) for room in rooms if hasattr(room, name))
    assert issubclass(shape, BaseModel)
    if name == "TerminalOrders":
        renamed = json.loads(json.dumps(EXAMPLES[name]).replace('"copy"', '"copy_number"'))
        shape.model_validate(renamed)
    else:
        shape.model_validate(EXAMPLES[name])


def test_every_answer_with_a_body_has_an_example() -> None:
    for path, each in contract.read()["paths"].items():
        for operation in each.values():
            for status, answer in operation["responses"].items():
                for content in answer.get("content", {}).values():
                    assert "example" in content, f"{path} {status}"


def test_every_route_says_its_problems() -> None:
    for route in ROUTES:
        assert set(problems()) <= set(route.responses), route.path
