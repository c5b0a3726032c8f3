"""The rules of the central API that terminals depend on.

Responsible for: problems, pairing, signatures, and that a key has one effect.
Not responsible for: the desk's calls, which are each council's own.

Source of the rules: docs/central-api.md and openapi.yaml; the shape of a problem is read from the contract.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from kiosk.conformance.central_subject import Subject
from kiosk.conformance.checks import Check, unless
from kiosk.conformance.line import Answer

PAGE = "docs/central-api.md"
DELIVERY = f"{PAGE}, the rules of delivery"
SIGNING = f"{PAGE}, pair a terminal"
NO_PROBLEM = "the answer is no problem document: "


@cache
def contract() -> Any:
    """Return the contract file."""
    place = files("kiosk") / "central" / "openapi.yaml"
    return YAML(typ="safe").load(place.read_text("utf-8"))


def problem(answer: Answer, *statuses: int) -> str:
    """Return the type of a problem document.

    Raises:
        Unmet: the status is another, or the answer is no problem document.
    """
    answer.expect(*statuses)
    unless(answer.media_type.startswith("application/problem+json"), f"{NO_PROBLEM}{answer.media_type}")
    found = answer.json()
    lacks = [
        name
        for name in contract()["components"]["schemas"]["ProblemDocument"]["required"]
        if name not in found
    ]
    unless(not lacks, f"{NO_PROBLEM}it lacks {lacks}")
    unless(found["status"] == answer.status, "`status` in the document is another than the answer's")
    return str(found["type"])


def _nobody(on: Subject) -> None:
    problem(on.line.ask("POST", "v1/terminals/lobby-1/batches", json={"batch_id": "x", "items": []}), 401)


def _wrong_token(on: Subject) -> None:
    headers = {"Authorization": "Bearer none-such"}
    problem(on.line.ask("GET", "v1/terminals/lobby-1/print-orders", headers=headers), 401)


def _not_found(on: Subject) -> None:
    problem(on.line.get("v1/none-such"), 404)


def _code_unknown(on: Subject) -> None:
    problem(on.pairing("0000-0000"), 410)


def _proof_wrong(on: Subject) -> None:
    kind = problem(on.pairing("0000-0000", proven=False), 403, 410, 422)
    unless(kind, "the problem has no type")


def _paired(on: Subject) -> None:
    unless(on.terminal.name and on.terminal.token, "pairing gave no name or no token")


def _code_once(on: Subject) -> None:
    _ = on.terminal
    problem(on.pairing(on.code), 410)


def _unsigned(on: Subject) -> None:
    bare = {"Signature": "", "Signature-Input": ""}
    problem(on.ask("POST", on.batches, {"batch_id": "x", "items": []}, changed=bare), 401)


def _changed_body(on: Subject) -> None:
    answer = on.ask("POST", on.batches, {"batch_id": "x", "items": []}, body=b'{"batch_id":"y","items":[]}')
    problem(answer, 401)


def _repeated_request(on: Subject) -> None:
    body = json.dumps({"batch_id": "x", "items": []}).encode()
    headers = {"Content-Type": "application/json", **on.signed("POST", on.batches, body)}
    ask = {"data": body, "headers": headers}
    on.line.ask("POST", on.batches.lstrip("/"), **ask).expect(200)
    problem(on.line.ask("POST", on.batches.lstrip("/"), **ask), 409)


def _other_terminal(on: Subject) -> None:
    problem(on.ask("GET", "/v1/terminals/another-terminal/print-orders"), 403)


def _created(on: Subject) -> None:
    (result,) = on.deliver(on.item())
    unless(result.get("status") == "created", f"status is '{result.get('status')}'")
    unless(result.get("central_id"), "central_id is empty")


def _duplicate(on: Subject) -> None:
    item = on.item()
    (first,), (again,) = on.deliver(item), on.deliver(item)
    unless(again.get("status") == "duplicate", f"the repeat is '{again.get('status')}'")
    unless(again.get("central_id") == first.get("central_id"), "the repeat has another central_id")


def _conflict(on: Subject) -> None:
    item, other = on.item(), on.item()
    on.deliver(item)
    (result,) = on.deliver({**other, "key": item["key"]})
    unless(result.get("status") == "conflict", f"status is '{result.get('status')}'")


def _hash(on: Subject) -> None:
    (result,) = on.deliver({**on.item(), "sha256": "0" * 64})
    unless(result.get("status") == "rejected", f"status is '{result.get('status')}'")
    detail = (result.get("problem") or {}).get("detail")
    unless(detail, "no problem.detail says why")


def _own_results(on: Subject) -> None:
    good, bad, also_good = on.item(), {**on.item(), "sha256": "0" * 64}, on.item()
    found = [each.get("status") for each in on.deliver(good, bad, also_good)]
    unless(found == ["created", "rejected", "created"], f"the results are {found}")


def _schema_unknown(on: Subject) -> None:
    (result,) = on.deliver(on.item(schema=99))
    unless(result.get("status") == "rejected", f"status is '{result.get('status')}'")


def _too_many(on: Subject) -> None:
    item = on.item()
    problem(on.ask("POST", on.batches, {"batch_id": "x", "items": [item] * 101}), 413)


def _not_json(on: Subject) -> None:
    headers = {"Content-Type": "application/json", **on.signed("POST", on.batches, b"{")}
    problem(on.line.ask("POST", on.batches.lstrip("/"), data=b"{", headers=headers), 400, 422)


def _no_echo(on: Subject) -> None:
    marked = "Quillfeather-7f3a"
    answer = on.ask("POST", on.batches, {"batch_id": marked + "!", "items": [{"key": marked}]})
    problem(answer, 422)
    unless(marked.encode() not in answer.content, "the problem repeats what was sent")


def _etag(on: Subject) -> None:
    path = f"/v1/terminals/{on.terminal.name}/appointments?day=2026-11-24"
    tag = on.ask("GET", path).expect(200).headers.get("etag", "")
    unless(re.fullmatch(r'(W/)?"[^"]+"', tag), f"ETag is '{tag}'")
    on.ask("GET", path, changed={"If-None-Match": tag}).expect(304)


def _heartbeat(on: Subject) -> None:
    path = f"/v1/terminals/{on.terminal.name}/heartbeats"
    found = on.ask("POST", path, {"facts": {"outbox_waiting": 0}}).expect(200).json()
    unless(found.get("received") is True, "received is not true")


CHECKS: tuple[Check[Subject], ...] = (
    Check("nobody-401", "A call without a token is refused with a problem 401.", PAGE, _nobody),
    Check("token-401", "A token that is not known is refused with a problem 401.", PAGE, _wrong_token),
    Check("not-found-404", "What is not there is a problem 404.", PAGE, _not_found),
    Check("code-unknown", "A code that is not known pairs nobody: 410.", SIGNING, _code_unknown),
    Check("proof-wrong", "A key that is not proven pairs nobody.", SIGNING, _proof_wrong),
    Check("paired", "A code pairs a terminal and gives its name and token.", SIGNING, _paired, writes=True),
    Check("code-once", "A code works once: 410 the second time.", SIGNING, _code_once, writes=True),
    Check("unsigned", "A call without a signature is refused with 401.", SIGNING, _unsigned, writes=True),
    Check(
        "changed-body", "A body that was not signed is refused with 401.", SIGNING, _changed_body, writes=True
    ),
    Check("request-once", "A signed request works once: 409.", SIGNING, _repeated_request, writes=True),
    Check(
        "other-terminal", "Another terminal's address is refused: 403.", PAGE, _other_terminal, writes=True
    ),
    Check("created", "A right case is created, with a central_id.", DELIVERY, _created, writes=True),
    Check(
        "duplicate", "The same item again is a duplicate of the same case.", DELIVERY, _duplicate, writes=True
    ),
    Check("conflict", "The same key with another content is a conflict.", DELIVERY, _conflict, writes=True),
    Check(
        "hash", "A body that is not what was hashed is rejected, and told why.", DELIVERY, _hash, writes=True
    ),
    Check(
        "own-results",
        "Each item has its own result; a bad one holds no other up.",
        DELIVERY,
        _own_results,
        writes=True,
    ),
    Check(
        "schema-unknown", "A version that is not known is rejected.", DELIVERY, _schema_unknown, writes=True
    ),
    Check("too-many", "More than 100 items are refused with 413.", DELIVERY, _too_many, writes=True),
    Check("not-json", "What is not JSON is a problem.", PAGE, _not_json, writes=True),
    Check("no-echo", "A problem does not repeat what was sent.", PAGE, _no_echo, writes=True),
    Check("etag", "Appointments have a tag, and 304 while nothing changed.", PAGE, _etag, writes=True),
    Check("heartbeat", "A heartbeat is received.", PAGE, _heartbeat, writes=True),
)
