"""The rules of GeoReport v2 that can be tried by asking alone; nothing is written.

Responsible for: discovery, services, definitions, requests, tokens, and what errors look like.
Not responsible for: handing requests in (`open311_writing`).

Source of the rules: http://wiki.open311.org/GeoReport_v2 and, of JSON, the Spark convention it names.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit

from kiosk.conformance.checks import Check, NotTried, unless
from kiosk.conformance.line import Answer, Unmet
from kiosk.conformance.open311_subject import Subject

SPEC = "GeoReport v2"
SERVICE_NAMES = {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")
NONE_SUCH = "none-such-7f3a91"
RANGE = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}


def _discovery(on: Subject) -> None:
    parts = urlsplit(on.line.base)
    site, above = f"{parts.scheme}://{parts.netloc}", on.line.base.rpartition("/")[0]
    places = [place for place in (on.line.base, above, site) if place.startswith(site)]
    for place in dict.fromkeys(places):
        if on.line.get(f"{place}/discovery.xml").status == 200:  # noqa: PLR2004
            root = on.line.get(f"{place}/discovery.xml").xml()
            unless(root.findtext("endpoints/endpoint/url"), "discovery names no endpoint with a url")
            return
    message = "no discovery.xml at the endpoint, above it, or at the site's root"
    raise Unmet(message)


def _services(on: Subject) -> None:
    rows = on.xml_rows(on.get("services.xml").expect(200), "services", "service")
    unless(rows, "no service is offered")
    for name in ("service_code", "service_name", "metadata", "type"):
        unless(all(row.get(name) for row in rows), f"a service has no {name}")


def _xml_declared(on: Subject) -> None:
    start = on.get("services.xml").content.lstrip(b"\xef\xbb\xbf")[:100].lower()
    unless(
        start.startswith(b"<?xml") and b"utf-8" in start.partition(b"?>")[0],
        "the XML does not begin with a declaration that names UTF-8",
    )


def _no_namespace(on: Subject) -> None:
    root = on.get("services.xml").xml()
    unless(
        "}" not in root.tag or root.tag.startswith("{http://wiki.open311.org/GeoReport_v2}"),
        "a foreign namespace",
    )


def _media_type_xml(on: Subject) -> None:
    got = on.get("services.xml").media_type
    unless(got == "text/xml;charset=utf-8", f"Content-Type is '{got}'")


def _media_type_json(on: Subject) -> None:
    on.need_json()
    got = on.get("services.json").media_type
    unless(got == "application/json;charset=utf-8", f"Content-Type is '{got}'")


def _offers_json(on: Subject) -> None:
    unless(on.speaks_json, "services.json is not answered with JSON")


def _metadata(on: Subject) -> None:
    bad = {row.get("metadata") for row in on.services} - {"true", "false"}
    unless(not bad, f"metadata is {sorted(map(str, bad))}")


def _service_type(on: Subject) -> None:
    bad = {row.get("type") for row in on.services} - {"realtime", "batch", "blackbox"}
    unless(not bad, f"type is {sorted(map(str, bad))}")


def _own_names_only(on: Subject) -> None:
    strange = {name for row in on.services for name in row} - SERVICE_NAMES
    unless(not strange, f"a service also has {sorted(strange)}")


def _spark(on: Subject) -> None:
    on.need_json()
    for path in ("services.json", "requests.json"):
        found = on.get(path).expect(200).json()
        unless(isinstance(found, list), f"{path} is {type(found).__name__}, expected a bare array")


def _booleans(on: Subject) -> None:
    on.need_json()
    rows = on.json_rows(on.get("services.json"))
    unless(
        all(isinstance(row.get("metadata"), bool) for row in rows), "metadata is a text, not true or false"
    )


def _same_in_both(on: Subject) -> None:
    on.need_json()
    in_json = {str(row.get("service_code")) for row in on.json_rows(on.get("services.json"))}
    unless(in_json == {row.get("service_code") for row in on.services}, "XML and JSON list other services")


def _definition(on: Subject) -> None:
    root = on.get(f"services/{on.defined}.xml").expect(200).xml()
    unless(root.tag == "service_definition", f"the root is <{root.tag}>")
    unless(root.findtext("service_code") == on.defined, "service_code is another")
    for each in root.iterfind("attributes/attribute"):
        code, datatype = each.findtext("code"), each.findtext("datatype")
        unless(datatype in DATATYPES, f"the datatype of {code} is '{datatype}'")
        for name in ("variable", "required"):
            unless(each.findtext(name) in {"true", "false"}, f"{name} of {code} is not true or false")
        if each.findtext("datatype") in {"singlevaluelist", "multivaluelist"}:
            unless(each.findtext("values/value/key"), f"{code} is a list without values")


def _requests(on: Subject) -> None:
    for row in on.xml_rows(on.get("requests.xml").expect(200), "service_requests", "request"):
        for name in ("service_request_id", "status", "service_code", "requested_datetime"):
            unless(row.get(name), f"a request has no {name}")


def _request_status(on: Subject) -> None:
    rows = on.xml_rows(on.get("requests.xml").expect(200), "service_requests", "request")
    bad = {row.get("status") for row in rows} - {"open", "closed"}
    unless(not bad, f"status is {sorted(map(str, bad))}")


def _dates(on: Subject) -> None:
    rows = on.xml_rows(on.get("requests.xml").expect(200), "service_requests", "request")
    found = [row[name] for row in rows for name in row if name.endswith("_datetime") and row[name]]
    if not found:
        raise NotTried("the server lists no request")
    bad = [each for each in found if not WITH_OFFSET.fullmatch(each) or not _is_moment(each)]
    unless(not bad, f"a date is '{bad[0] if bad else ''}', without offset or no date")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fractions(on: Subject) -> None:
    window = {"start_date": "2026-11-01T00:00:00.000Z", "end_date": "2026-11-02T00:00:00.000Z"}
    on.get("requests.xml", **window).expect(200)


def _long_range(on: Subject) -> None:
    on.get("requests.xml", **RANGE).expect(400)


def _bad_date(on: Subject) -> None:
    on.get("requests.xml", start_date="yesterday").expect(400)


def _empty_is_absent(on: Subject) -> None:
    on.get("requests.xml", service_code="", status="").expect(200)


def _none_such(path: str) -> Check[Subject]:
    def act(on: Subject) -> None:
        on.get(f"{path}.xml").expect(404)

    what = path.partition("/")[0]
    return Check(
        f"{what}-404", f"What does not exist in {what} is answered with 404.", f"{SPEC}, errors", act
    )


def _jurisdiction(on: Subject) -> None:
    on.get("services.xml", jurisdiction_id="none-such.invalid").expect(404)


def _error(on: Subject) -> Answer:
    for path in (f"services/{NONE_SUCH}.xml", f"requests/{NONE_SUCH}.xml"):
        answer = on.get(path)
        if 400 <= answer.status < 500:  # noqa: PLR2004
            return answer
    raise NotTried("no error could be had by asking")


def _errors_xml(on: Subject) -> None:
    rows = on.xml_rows(_error(on), "errors", "error")
    unless(
        rows and all(set(row) >= {"code", "description"} for row in rows),
        "an error lacks code or description",
    )


def _errors_json(on: Subject) -> None:
    on.need_json()
    answer = on.get(f"services/{NONE_SUCH}.json")
    found = answer.json()
    unless(isinstance(found, list), "the body of an error is no array")
    unless(
        found and all({"code", "description"} <= set(each) for each in found),
        "an error lacks code or description",
    )


CHECKS: tuple[Check[Subject], ...] = (
    Check("discovery", "discovery.xml names the endpoint.", "Service Discovery", _discovery, must=False),
    Check("services", "The service list can be read in XML, with what each row must have.", SPEC, _services),
    Check("xml-declared", "XML is declared, with its encoding UTF-8.", f"{SPEC}, formats", _xml_declared),
    Check("xml-namespace", "XML has no namespace but the protocol's own.", f"{SPEC}, formats", _no_namespace),
    Check("xml-media-type", "XML is text/xml; charset=utf-8.", f"{SPEC}, formats", _media_type_xml),
    Check("json-offered", "JSON is offered beside XML.", f"{SPEC}, formats", _offers_json, must=False),
    Check(
        "json-media-type", "JSON is application/json; charset=utf-8.", f"{SPEC}, formats", _media_type_json
    ),
    Check("json-bare-arrays", "Lists in JSON are bare arrays.", "Spark convention", _spark),
    Check("json-booleans", "Booleans in JSON are true and false, not texts.", SPEC, _booleans),
    Check("same-in-both", "Both formats list the same services.", SPEC, _same_in_both),
    Check("service-metadata", "metadata is true or false.", SPEC, _metadata),
    Check("service-type", "type is realtime, batch or blackbox.", SPEC, _service_type),
    Check(
        "service-names",
        "A service has no names that the protocol does not know.",
        SPEC,
        _own_names_only,
        must=False,
    ),
    Check("definition", "A service with metadata has a definition.", SPEC, _definition),
    Check("requests", "Requests can be listed in XML, with what each row must have.", SPEC, _requests),
    Check("request-status", "The status of a request is open or closed.", SPEC, _request_status),
    Check("dates-with-offset", "Dates are told with their offset.", f"{SPEC}, dates", _dates),
    Check(
        "dates-with-fractions",
        "Fractions of a second are understood.",
        "W3C datetime",
        _fractions,
        must=False,
    ),
    Check("range-90-days", "A range longer than 90 days is refused with 400.", SPEC, _long_range),
    Check("bad-date", "What is no date is refused with 400.", f"{SPEC}, errors", _bad_date),
    Check("empty-is-absent", "An empty parameter is an absent one.", SPEC, _empty_is_absent),
    _none_such(f"services/{NONE_SUCH}"),
    _none_such(f"requests/{NONE_SUCH}"),
    _none_such(f"tokens/{NONE_SUCH}"),
    Check(
        "jurisdiction-404", "A jurisdiction that does not exist is answered with 404.", SPEC, _jurisdiction
    ),
    Check(
        "errors-xml", "Errors in XML are <errors> of <error> with code and description.", SPEC, _errors_xml
    ),
    Check("errors-json", "Errors in JSON are an array of code and description.", SPEC, _errors_json),
)
