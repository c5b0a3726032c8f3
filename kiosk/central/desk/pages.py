"""What all desk pages share: templates, the style sheet, forms, who is signed in, and errors as pages.

Responsible for: that no page is shown to, and no form is taken from, anybody who is not signed in.
Not responsible for: any one page.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.central import wording
from kiosk.central.api.callers import Desk, proven, signed_in
from kiosk.central.desk.in_words import explained, told
from kiosk.central.ground import Ground, Here
from kiosk.central.problems import KINDS, Problem
from kiosk.central.tables.people import Right

HERE = Path(__file__).parent
STYLE = (HERE / "static" / "desk.css").read_text("utf-8")
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
SIGN_IN = "/desk/sign-in"
AGAIN = f"{SIGN_IN}/again"
PAUSE_COOKIE = "desk_paused"
PAUSED_FOR_S = 365 * 24 * 3600
SEE_OTHER, SAME_AGAIN = 303, 307
MOST_FIELDS = 500
NO_STORE = {"Cache-Control": "no-store"}

# What a page says after a form was taken; the address carries the word only, never text of its own.
DONE = {
    "ordered": "The ticket has been sent to the terminal. What becomes of it is shown under Ticket.",
    "booked": "The appointment is booked.",
    "called": "The visitor has been called.",
    "cancelled": "The appointment is cancelled.",
    "arrived": "The visitor is waiting again.",
    "revoked": "The terminal is shut out.",
    "status-set": "How far the case has come is set.",
    "opened": "The service takes cases again.",
    "closed": "The service takes no cases now.",
    "effect-retried": "It is tried again now.",
    "effect-closed": "It is closed. The audit says who closed it.",
    "person-erased": "It is erased. The audit says who did it, and names nobody.",
    "webhook-paused": "Sending is paused. What happens is kept, and sent when you go on.",
    "webhook-resumed": "Sending goes on.",
    "webhook-retried": "It is tried again now. Look again in a minute.",
    "webhook-ended": "It is removed, and its secret is forgotten.",
    "notice-shown": "It is published. Terminals take it up between visits.",
    "notice-ended": "It is ended. Terminals take it away between visits.",
    "unseen-erased": "It is marked as erased. When a terminal brings it, it is not kept.",
}

NOBODY = Desk("")

routes = APIRouter()


@dataclass(frozen=True, slots=True)
class Updates:
    """When a page draws itself anew; such a page has no field and nothing to unfold, which would be lost.

    Attributes:
        seconds: from one drawing to the next.
        path: of the page. query: what else is in its address.
    """

    seconds: int
    path: str
    query: str = ""

    def address(self, word: str) -> str:
        """Give the page's own address with one more word."""
        return f"{self.path}?{self.query}&{word}" if self.query else f"{self.path}?{word}"


@dataclass(frozen=True, slots=True)
class Page:
    """One request of somebody who is signed in."""

    request: Request
    here: Ground
    desk: Desk

    def show(
        self, template: str, *, status: int = 200, updates: Updates | None = None, **words: Any
    ) -> HTMLResponse:
        """Draw a template; `updates` says when it draws itself anew, unless this browser has paused that."""
        name = self.desk.actor.removeprefix("staff ")
        done = DONE.get(self.request.query_params.get("done", ""), "")
        ends = self.moment(self.desk.ends_at) if self.desk.ends_at else ""
        shown = {"done": done, "ends": ends, "may_stay": self.desk.may_stay, "paused": self.paused}
        whole = {**_whose(name, self.desk), **shown, "updates": updates, **words}
        response = _draw(self.request, self.here, template, status, whole)
        if self._says_paused:
            self._remember_pause(response)
        return response

    @property
    def _says_paused(self) -> str:
        return self.request.query_params.get("paused", "")

    @property
    def paused(self) -> bool:
        """Say whether pages stay as they are in this browser, until somebody says otherwise."""
        return (self._says_paused or self.request.cookies.get(PAUSE_COOKIE, "")) == "1"

    def _remember_pause(self, response: Response) -> None:
        value, secure = str(int(self.paused)), self.here.settings.secure_cookies
        response.set_cookie(
            PAUSE_COOKIE, value, PAUSED_FOR_S, path="/desk", httponly=True, samesite="strict", secure=secure
        )

    async def form(self) -> dict[str, str]:
        """Read the form, which must come from one of our pages."""
        given = await read_form(self.request)
        proven(self.desk, given.get("csrf", ""))
        return given

    async def ticked(self, name: str) -> tuple[str, ...]:
        """Return every value of a name in the form, which was read before."""
        async with self.request.form() as form:
            return tuple(value for value in form.getlist(name) if isinstance(value, str))

    def moment(self, moment: Any) -> str:
        """Write a moment in the facility's time."""
        return wording.moment(self.here.local(moment), self.here.today())


async def page_of(request: Request, here: Here) -> Page:
    """Let somebody in who is signed in; send everybody else to the sign-in page."""
    desk = await signed_in(request, here)
    if desk is None:
        raise Problem("not-signed-in", headers={"Location": SIGN_IN})
    return Page(request, here, desk)


SignedIn = Annotated[Page, Depends(page_of)]


def page_for(right: Right) -> Callable[[Page], Awaitable[Page]]:
    """Let only somebody in whose account was made for this."""

    async def let_in(page: SignedIn) -> Page:
        if right not in page.desk.rights:
            raise Problem("not-allowed", f"Ask for an account that is made with --for-{right}.")
        return page

    return let_in


ForPeople = Annotated[Page, Depends(page_for(Right.PEOPLE))]
ForSystems = Annotated[Page, Depends(page_for(Right.SYSTEMS))]
ForNotices = Annotated[Page, Depends(page_for(Right.NOTICES))]


async def read_form(request: Request) -> dict[str, str]:
    """Return the text fields of a form; the last of each name counts."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def go_to(path: str, **query: str) -> RedirectResponse:
    """After a form was taken, show a page, so that a reload repeats nothing."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, SEE_OTHER, headers=NO_STORE)


def _whose(name: str, desk: Desk) -> dict[str, Any]:
    return {
        "name": name,
        "csrf": desk.csrf,
        "rights": desk.rights,
        "leaves_soon": desk.leaves_soon,
    }


def _draw(
    request: Request, here: Ground, template: str, status: int, words: Mapping[str, Any]
) -> HTMLResponse:
    frame = {"facility": here.settings.facility, "path": request.url.path, "updates": None}
    text = TEMPLATES.get_template(template).render({**frame, **words})
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers=NO_STORE)


def signed_out_page(
    request: Request, here: Ground, template: str, *, status: int = 200, **words: Any
) -> HTMLResponse:
    """Draw a template for somebody who is not signed in."""
    return _draw(request, here, template, status, {**_whose("", NOBODY), "done": "", "ends": "", **words})


def problem_page(request: Request, problem: Problem) -> Response | None:
    """Show a problem of a desk page as a page; None for callers of the API."""
    if not request.url.path.startswith("/desk"):
        return None
    if problem.kind == "not-signed-in":
        return _to_the_door(request)
    return signed_out_page(
        request,
        request.app.state.ground,
        "problem.html",
        status=problem.status_code,
        told=told(problem, request.url.path),
    )


def _to_the_door(request: Request) -> RedirectResponse:
    """Lead to the sign-in page; what was sent goes along, so that it need not be typed again."""
    if request.method != "POST":
        return go_to(SIGN_IN)
    asked = urlencode({"to": request.url.path})
    return RedirectResponse(f"{AGAIN}?{asked}", SAME_AGAIN, headers=NO_STORE)


@routes.get("/")
async def front_door() -> RedirectResponse:
    """Lead a browser that knows only the host to the desk."""
    return go_to("/desk")


@routes.get("/desk/desk.css")
async def style() -> Response:
    """Return the one style sheet."""
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})


@routes.get("/problems/{name}")
async def explain(request: Request, here: Here, name: str) -> Response:
    """Explain a type of problem to whoever follows its address."""
    if name not in KINDS:
        raise Problem("not-found")
    return signed_out_page(request, here, "problem.html", told=explained(name))
