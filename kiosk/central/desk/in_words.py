"""A problem in the words of whoever sits at the desk: what it is, what to do next, its code and its place.

Responsible for: words where those of `kiosk.central.problems`, written for programs, would help nobody here.
Not responsible for: drawing the page (`kiosk.central.desk.pages`), or which problem it is.
"""

from dataclasses import dataclass

from kiosk.central.problems import KINDS, Problem

AT_THE_DESK: dict[str, tuple[str, str, str]] = {
    "not-readable": (
        "CENTRAL-101",
        "What your browser sent cannot be read.",
        "Go back, open the page again, and send it once more.",
    ),
    "not-allowed": (
        "CENTRAL-108",
        "Your account was not made for this page.",
        "Ask whoever makes the accounts of the desk, or go on with another page.",
    ),
    "form-expired": (
        "CENTRAL-109",
        "This form is too old, or does not come from a page of the desk. Nothing was changed.",
        "Open the page again, and fill it in once more.",
    ),
    "not-found": (
        "CENTRAL-111",
        "Nothing stands at this address.",
        "Open the page from the menu of the desk; it may be gone, or a letter of the address is wrong.",
    ),
    "method-not-allowed": (
        "CENTRAL-112",
        "This address takes what is sent to it, and is no page to look at.",
        "Open the page from the menu of the desk.",
    ),
    "not-now": (
        "CENTRAL-113",
        "It cannot be done as things are now. Nothing was changed.",
        "Go back, load the page again, and see how things are.",
    ),
    "too-large": (
        "CENTRAL-118",
        "What was sent is too large. Nothing was changed.",
        "Go back, make it shorter, and send it again.",
    ),
    "wrong-media-type": (
        "CENTRAL-119",
        "What your browser sent is of a kind that is not taken here.",
        "Go back, open the page again, and send it once more.",
    ),
    "not-as-agreed": (
        "CENTRAL-120",
        "Something in the address, or in what was sent, is not as it has to be. Nothing was changed.",
        "Open the page from the menu of the desk, and send it once more.",
    ),
    "fault": (
        "CENTRAL-126",
        "The central service failed at this.",
        "Try once more; if it fails again, tell whoever runs the service this code, the place and the time.",
    ),
    "unavailable": (
        "CENTRAL-128",
        "The central service cannot work now.",
        "Wait a minute, and load the page again; when it stays so, tell whoever runs the service.",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of a problem. `place` is the path that was asked for, without what was searched."""

    title: str
    what: str
    do: str
    code: str
    place: str


def told(problem: Problem, place: str) -> Told:
    """Say a problem to a person; a fault with a code of its own keeps it, and its next step."""
    kind = KINDS[problem.kind]
    code, what, do = AT_THE_DESK.get(problem.kind, (kind.code, f"{kind.title}.", kind.do))
    if problem.cause is not None:
        return Told(kind.title, problem.cause.what, problem.cause.do, problem.cause.code, place)
    return Told(kind.title, problem.detail if problem.says_more else what, do, code, place)


def explained(name: str) -> Told:
    """Say what a kind of problem is to whoever follows the address of its type: it is met by programs."""
    kind = KINDS[name]
    return Told(kind.title, f"{kind.title}.", kind.do, kind.code, "")
