"""The problem answers of each route, as openapi.yaml lists them.

Responsible for: one description and example for each status a route names.
Not responsible for: raising problems (`kiosk.central.problems`).
"""

from typing import Any

from pydantic import BaseModel, Field

from kiosk.central.problems import KINDS, MEDIA_TYPE, Problem


class FaultyPlace(BaseModel):
    """A place in the request that is not as agreed; what stood there is not repeated."""

    pointer: str
    detail: str


class ProblemDocument(BaseModel):
    """RFC 9457: what went wrong, for a program by `type`, for a person by `title` and `detail`."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultyPlace] = Field(default_factory=list)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a route may answer with, besides those that every route may."""
    return {status: _described(status) for status in sorted({*statuses, 400, 403, 422, 500, 503})}


def _described(status: int) -> dict[str, Any]:
    kinds = {name: kind for name, kind in KINDS.items() if kind.status == status}
    return {
        "description": "; or ".join(kind.title for kind in kinds.values()) + ".",
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/ProblemDocument"},
                "examples": {name: {"value": Problem(name).document()} for name in kinds},
            }
        },
    }
