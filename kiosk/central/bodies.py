"""What is in an item: a case in clear from an integrator, or sealed by a terminal.

Responsible for: reading both forms into the one case that is kept, and saying why one cannot be read.
Not responsible for: what becomes of the case (`kiosk.central.intake`).
"""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from kiosk.central.sealing import CannotBeOpened, open_sealed
from kiosk.central.wire.terminal import SCHEMA, SEALED_SCHEMA, CaseBody, Item, SealedCase, Status

KIND = "case.create"
SECRET = ("language", "appointment_id", "answers")
# Half a surrogate pair, as JSON may spell it: no text, and no database keeps it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
B = TypeVar("B", bound=BaseModel)


class Refused(Exception):
    """The item is not taken; `kind` is one of `kiosk.central.problems.KINDS`."""

    def __init__(self, kind: str, detail: str, status: Status = "rejected") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.status: Status = status


@dataclass(frozen=True, slots=True)
class Reading:
    """How items are read.

    Attributes:
        opener: returns the private half of a key by its name, or None.
        sealed_only: refuse cases in clear.
    """

    opener: Callable[[str], X25519PrivateKey | None]
    sealed_only: bool = False

    def read(self, item: Item) -> tuple[CaseBody, str]:
        """Return the case and the JSON text that is kept of it.

        Raises:
            Refused: it cannot be read.
        """
        if item.kind != KIND:
            raise Refused("kind-unknown", f"This central takes '{KIND}' and nothing else.")
        document = _document(item.body)
        match document.get("schema"):
            case schema if schema == SCHEMA:
                if self.sealed_only:
                    raise Refused("not-sealed", "This central takes sealed cases only.")
                return _validated(CaseBody, document), item.body
            case schema if schema == SEALED_SCHEMA:
                return self._opened(_validated(SealedCase, document))
            case _:
                raise Refused("schema-unknown", f"This central reads versions {SCHEMA} and {SEALED_SCHEMA}.")

    def _opened(self, case: SealedCase) -> tuple[CaseBody, str]:
        key = self.opener(case.sealed.key_id)
        if key is None:
            raise Refused(
                "key-unknown", f"This central does not have the key '{case.sealed.key_id}'.", "retry"
            )
        try:
            ciphertext = base64.b64decode(case.sealed.ciphertext, validate=True)
            secret = _document(open_sealed(key, ciphertext, case.bound_to()).decode("utf-8"))
        except (CannotBeOpened, ValueError) as error:
            raise Refused("does-not-open", "The sealed part does not open, or is of another case.") from error
        clear = case.model_dump(mode="json", exclude={"sealed", "schema_version"})
        said = {name: secret[name] for name in SECRET if name in secret}
        document = {"schema": SCHEMA, **clear, **said}
        return _validated(CaseBody, document), json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _document(text: str) -> dict[str, Any]:
    try:
        document = _read(text)
    except (ValueError, RecursionError) as error:
        raise Refused("body-not-as-agreed", "The case is not JSON.") from error
    if not isinstance(document, dict):
        raise Refused("body-not-as-agreed", "The case is not a JSON object.")
    return document


def _read(text: str) -> Any:
    """Read quickly; what the quick reader does not take, as half a surrogate pair, Python's own judges."""
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return json.loads(text, parse_constant=_no_constant)


def _validated(shape: type[B], document: dict[str, Any]) -> B:
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        raise Refused("body-not-as-agreed", _first_fault(error)) from error


def _no_constant(name: str) -> float:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _first_fault(error: ValidationError) -> str:
    """Name the place that is wrong, never what stands there."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(LONE_SURROGATE.sub("?", str(part)) for part in first["loc"])[:80]
    return f"The case's '{place}' is not as agreed: {first['msg']}."
