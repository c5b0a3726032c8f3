"""What the protocol calls errors: an array of a code and a sentence, under 400, 403 or 404.

Responsible for: the rules of GeoReport v2: 404 does not exist, 403 the key, 400 everything else.
Not responsible for: the problems of the rest of central (`kiosk.central.problems`).
"""

from fastapi import Request, Response

from kiosk.central.open311.writing import FORMATS, JSON, XML, answer
from kiosk.central.problems import Problem

ROOT = "/open311"
BAD, NO_KEY, NOT_THERE = 400, 403, 404
HIGHEST_OF_CALLER = 499


class Fault(Problem):
    """Stop a request with one of the protocol's errors.

    Args:
        status: 400, 403 or 404.
        description: one plain sentence for the person whose system called.
    """

    def __init__(self, status: int, description: str) -> None:
        super().__init__({NOT_THERE: "not-found", NO_KEY: "not-allowed"}.get(status, "not-as-agreed"))
        self.status_code = status
        self.description = description


def fault_answer(request: Request, problem: Problem) -> Response | None:
    """Tell a problem as the protocol does; None when the request is not the protocol's.

    A fault of our own stays 500 or 503: a caller must not take it for a fault of the request.
    """
    if not request.url.path.startswith(f"{ROOT}/"):
        return None
    status, description = _told(problem)
    format_ = request.url.path.rpartition(".")[2]
    errors = [{"code": str(status), "description": description}]
    made = answer(format_ if format_ in FORMATS else XML, "errors", errors, status=status)
    made.headers.update(problem.headers or {})
    return made


def _told(problem: Problem) -> tuple[int, str]:
    if isinstance(problem, Fault):
        return problem.status_code, problem.description
    if problem.status_code > HIGHEST_OF_CALLER:
        return problem.status_code, problem.detail
    if problem.status_code == NOT_THERE:
        return NOT_THERE, f"There is nothing at this address; add .{XML} or .{JSON} to it."
    if problem.kind == "not-as-agreed":
        return BAD, f"This format is not known here: use .{XML} or .{JSON}."
    return BAD, problem.detail
