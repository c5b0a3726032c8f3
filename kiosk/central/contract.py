"""The contract, openapi.yaml: made from the code, kept in the tree, and compared with the code by a test.

Responsible for: security and examples. `python -m kiosk.central.contract` writes it.
Not responsible for: addresses (`kiosk.central.api`), shapes (`kiosk.central.wire`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from ruamel.yaml import YAML

from kiosk.central.api import bundles, desk, enrolment, events, terminal, tombstones, uploads
from kiosk.central.api.answers import ProblemDocument
from kiosk.central.examples import EXAMPLES
from kiosk.central.problems import MEDIA_TYPE
from kiosk.central.settings import API_VERSION

PLACE = Path(__file__).with_name("openapi.yaml")
ABOUT = """What terminals and the desk of a council say to central.

Every error is an RFC 9457 problem document. An item's key has one effect, for ever: send the same bytes
again whenever an answer is lost. Take as delivered only an item whose status is `created` or `duplicate`
in an answer 200 of type application/json that repeats its key.
"""
SECURITY = {
    "terminalToken": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "Given by POST /v1/pairings, and of no use alone: every request of a terminal also carries"
            " Content-Digest (RFC 9530), Signature-Input and Signature (RFC 9421)."
        ),
    },
    "deskToken": {"type": "http", "scheme": "bearer", "description": "Made by: kiosk central desk-token"},
    "deskSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": "desk_session",
        "description": "Staff who signed in at /desk; changes also need the header X-CSRF-Token.",
    },
}
OPEN_TO_ALL = {"/v1/pairings"}


def document() -> dict[str, Any]:
    """Return the contract as the code keeps it now."""
    app = FastAPI(title="Council kiosk central API", version=API_VERSION, description=ABOUT)
    app.include_router(enrolment.routes)
    app.include_router(bundles.routes)
    app.include_router(uploads.routes)
    app.include_router(terminal.routes)
    app.include_router(tombstones.routes)
    app.include_router(desk.routes)
    app.include_router(events.routes)
    made: dict[str, Any] = app.openapi()
    made["components"]["securitySchemes"] = SECURITY
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)
    made["components"]["schemas"].update(_problem_schemas())
    made["components"]["responses"] = {}
    for path, operation in _operations(made):
        operation["security"] = _security(path, operation)
        for content in _contents(operation):
            _give_example(content)
        _share_problems(operation["responses"], made["components"]["responses"])
    return made


def _share_problems(responses: dict[str, Any], shared: dict[str, Any]) -> None:
    """Describe each status once: a problem is the same wherever it happens."""
    for status, response in responses.items():
        if MEDIA_TYPE in response.get("content", {}):
            shared[f"Problem{status}"] = response
            responses[status] = {"$ref": f"#/components/responses/Problem{status}"}


def _problem_schemas() -> dict[str, Any]:
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    places = schema.pop("$defs")
    return {"ProblemDocument": schema, **places}


def _operations(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for operation in methods.values():
            yield path, operation


def _security(path: str, operation: dict[str, Any]) -> list[dict[str, list[str]]]:
    if path in OPEN_TO_ALL:
        return []
    if "desk" in operation["tags"]:
        return [{"deskToken": []}, {"deskSession": []}]
    return [{"terminalToken": []}]


def _contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for body in bodies:
        content = body.get("content", {})
        if "application/json" in content:
            yield content["application/json"]


def _give_example(content: dict[str, Any]) -> None:
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if name in EXAMPLES:
        content["example"] = EXAMPLES[name]


def read() -> Any:
    """Read the contract that is kept in the tree."""
    return YAML(typ="safe").load(PLACE)


def write() -> None:
    """Write the contract anew."""
    yaml = YAML()
    yaml.width = 100
    yaml.default_flow_style = False
    with PLACE.open("w", encoding="utf-8") as file:
        file.write("# Made by `python -m kiosk.central.contract`; a test compares it with the code.\n")
        yaml.dump(document(), file)


if __name__ == "__main__":
    write()
