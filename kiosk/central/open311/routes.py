"""The addresses of the protocol, in both formats.

Responsible for: which parameters each address reads and which document it answers with.
Not responsible for: what a request must have (`taking`), or what is told of it (`telling`).
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import Connection

from kiosk.central.credentials import token_hash
from kiosk.central.ground import Ground, Here
from kiosk.central.open311 import definitions, taking, telling
from kiosk.central.open311.catalogue import Catalogue
from kiosk.central.open311.faults import BAD, NO_KEY, NOT_THERE, ROOT, Fault
from kiosk.central.open311.reading import Parameters, read_parameters
from kiosk.central.open311.writing import JSON, MEDIA_TYPES, XML, answer
from kiosk.central.tables import open311

VERSION = f"{ROOT}/v2"
FORM = "application/x-www-form-urlencoded"
CHANGED = "2026-11-25T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"

routes = APIRouter()
Format = Annotated[str, Path(pattern=f"^({XML}|{JSON})$")]


@routes.get(f"{ROOT}/discovery.{{format_}}")
@routes.get("/discovery.{format_}")
async def discover(request: Request, here: Here, format_: Format) -> Response:
    """Say where the protocol is spoken, and in which formats."""
    scheme = "https" if here.settings.secure_cookies else request.url.scheme
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{scheme}://{request.url.netloc}{VERSION}",
        "changeset": CHANGED,
        "type": "test" if here.settings.test_system else "production",
        "formats": [MEDIA_TYPES[each].partition(";")[0] for each in (XML, JSON)],
    }
    found = {
        "changeset": CHANGED,
        "contact": here.settings.facility,
        "key_service": "Keys are made by the council: python -m kiosk central open311-key LABEL",
        "endpoints": [endpoint],
    }
    return answer(format_, "discovery", found)


@routes.get(f"{VERSION}/services.{{format_}}")
async def list_services(request: Request, here: Here, format_: Format) -> Response:
    """List the services that requests can be made for."""
    await _asked(request, here)
    catalogue = await here.database.read(Catalogue.read)
    return answer(format_, "services", [definitions.listed(each) for each in catalogue.services])


@routes.get(f"{VERSION}/services/{{code}}.{{format_}}")
async def define_service(request: Request, here: Here, code: str, format_: Format) -> Response:
    """Say what a service asks for."""
    await _asked(request, here)
    service = (await here.database.read(Catalogue.read)).one(code)
    if service is None:
        raise Fault(NOT_THERE, "service_code does not exist here.")
    if not service.attributes:
        raise Fault(NOT_THERE, "This service has no definition: its metadata is false.")
    return answer(format_, "service_definition", definitions.defined(service))


@routes.post(f"{VERSION}/requests.{{format_}}")
async def take_request(request: Request, here: Here, format_: Format) -> Response:
    """Take a request in."""
    asked = await _asked(request, here, form=True)
    label = await _label(here, asked)
    if not label:
        raise Fault(NO_KEY, "api_key is missing or not known.")
    caller = taking.Caller(label, request.headers.get("idempotency-key", "")[:202])
    request_id = await here.database.write(lambda c: taking.take(c, here, caller, asked))
    made = [{"service_request_id": request_id, "service_notice": "", "account_id": asked.text("account_id")}]
    return answer(format_, "service_requests", made)


@routes.get(f"{VERSION}/requests.{{format_}}")
async def list_requests(request: Request, here: Here, format_: Format) -> Response:
    """List requests, newest first."""
    asked = await _asked(request, here)
    found = await _found(here, asked, telling.wanted(asked, here.now()))
    return answer(format_, "service_requests", found)


@routes.get(f"{VERSION}/requests/{{request_id}}.{{format_}}")
async def show_request(request: Request, here: Here, request_id: str, format_: Format) -> Response:
    """Say what became of one request."""
    asked = await _asked(request, here)
    found = await _found(here, asked, open311.Wanted(ids=(request_id,)))
    if not found:
        raise Fault(NOT_THERE, "service_request_id does not exist here.")
    return answer(format_, "service_requests", found)


@routes.get(f"{VERSION}/tokens/{{token}}.{{format_}}")
async def show_token(request: Request, here: Here, token: str, format_: Format) -> Response:
    """Exchange a token for a request's identifier: every request gets its own at once, so both are one."""
    asked = await _asked(request, here)
    if not await _found(here, asked, open311.Wanted(ids=(token,))):
        raise Fault(NOT_THERE, "token does not exist here.")
    return answer(format_, "service_requests", [{"service_request_id": token, "token": token}])


async def _asked(request: Request, here: Ground, *, form: bool = False) -> Parameters:
    body = b""
    if form:
        if request.headers.get("content-type", FORM).partition(";")[0].strip().lower() != FORM:
            raise Fault(BAD, f"Send {FORM}.")
        body = await request.body()
    asked = read_parameters(request.scope["query_string"], body)
    jurisdiction = asked.text("jurisdiction_id")
    if jurisdiction and jurisdiction != here.settings.jurisdiction:
        raise Fault(NOT_THERE, "jurisdiction_id does not exist here.")
    return asked


async def _label(here: Ground, asked: Parameters) -> str:
    key = asked.text("api_key")
    if not key:
        return ""
    hashed = token_hash(key)
    found = await here.database.read(lambda c: open311.label_of(c, hashed))
    return found or ""


async def _found(here: Ground, asked: Parameters, wanted: open311.Wanted) -> list[dict[str, Any]]:
    most, skip = telling.page(asked)
    reader = telling.Reader(await _label(here, asked))

    def read(connection: Connection) -> list[dict[str, Any]]:
        catalogue = Catalogue.read(connection)
        rows = open311.find(connection, wanted, catalogue.public(), most=most, skip=skip)
        return [telling.told(here, catalogue, each, reader) for each in rows]

    return await here.database.read(read)
