"""The rules of GeoReport v2 of handing requests in. They may leave requests at the server.

Responsible for: keys, what is refused and how, identifiers, and what becomes of a repeat.
Not responsible for: what is tried by asking alone (`open311_reading`).
"""

from kiosk.conformance.checks import Check, NotTried, unless
from kiosk.conformance.open311_reading import NONE_SUCH, SPEC
from kiosk.conformance.open311_subject import Subject

ERRORS = f"{SPEC}, errors"


def _no_key(on: Subject) -> None:
    on.post(leave_out=("api_key",)).expect(403)


def _wrong_key(on: Subject) -> None:
    on.post(api_key=NONE_SUCH).expect(403)


def _no_such_service(on: Subject) -> None:
    on.need_key()
    on.post(service_code=NONE_SUCH).expect(404)


def _no_service(on: Subject) -> None:
    on.need_key()
    on.post(leave_out=("service_code",)).expect(400)


def _no_place(on: Subject) -> None:
    on.need_key()
    on.post(leave_out=("lat", "long")).expect(400)


def _too_long(on: Subject) -> None:
    on.need_key()
    on.post(description="x" * 4001).expect(400)


def _made(format_: str) -> Check[Subject]:
    def act(on: Subject) -> None:
        on.need_key()
        if format_ == "json":
            on.need_json()
        on.made[format_] = on.identifier(on.post(format_), format_)

    rule = f"A right request in {format_.upper()} gets an identifier, or a token, and not both."
    return Check(f"request-made-{format_}", rule, SPEC, act, writes=True)


def _address(on: Subject) -> None:
    on.need_key()
    answer = on.post(leave_out=("lat", "long"), address_string="1 High Street")
    on.identifier(answer, "xml")


def _unknown_parameter(on: Subject) -> None:
    on.need_key()
    on.post(device_id="kiosk", unheard_of="1").expect(200, 201)


def _can_be_read(on: Subject) -> None:
    made = on.made.get("xml") or on.made.get("json")
    if not made:
        raise NotTried("no request could be made")
    answer = on.get(f"requests/{made}.xml")
    if answer.status == 404:  # noqa: PLR2004 - it may be a token, which stands for an identifier
        token = on.xml_rows(on.get(f"tokens/{made}.xml").expect(200), "service_requests", "request")
        answer = on.get(f"requests/{token[0].get('service_request_id')}.xml")
    (row, *_) = on.xml_rows(answer.expect(200), "service_requests", "request") or [{}]
    unless(row.get("service_code") == on.chosen, f"service_code is '{row.get('service_code')}'")


def _repeat(on: Subject) -> None:
    on.need_key()
    own = {"attribute[external_id]": on.own_id()}
    first, again = (on.identifier(on.post(**own), "xml") for _ in range(2))
    unless(first == again, "the same external_id made two requests")


CHECKS: tuple[Check[Subject], ...] = (
    Check("key-missing", "A request without api_key is refused with 403.", ERRORS, _no_key, writes=True),
    Check(
        "key-wrong", "A request with a wrong api_key is refused with 403.", ERRORS, _wrong_key, writes=True
    ),
    Check(
        "service-unknown",
        "An unknown service_code is refused with 404.",
        ERRORS,
        _no_such_service,
        writes=True,
    ),
    Check("service-missing", "A missing service_code is refused with 400.", ERRORS, _no_service, writes=True),
    Check("place-missing", "A request without a place is refused with 400.", ERRORS, _no_place, writes=True),
    Check(
        "description-4000", "More than 4,000 characters are refused with 400.", SPEC, _too_long, writes=True
    ),
    _made("xml"),
    _made("json"),
    Check("place-by-address", "address_string is a place.", SPEC, _address, writes=True),
    Check(
        "parameter-unknown",
        "A parameter that nobody knows does not stop a request.",
        "practice",
        _unknown_parameter,
        must=False,
        writes=True,
    ),
    Check("request-told", "A request that was made can be read.", SPEC, _can_be_read, writes=True),
    Check(
        "repeat-is-one",
        "A repeat under the caller's own identifier (attribute[external_id]) is the same request.",
        "practice: the protocol has no other way to know a repeat",
        _repeat,
        must=False,
        writes=True,
    ),
)
