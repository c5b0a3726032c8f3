"""Answers of the protocol as XML and JSON, written from one value.

Responsible for: the Spark convention (a container of one repeated child is a bare array), and legal XML.
Not responsible for: what stands in an answer.

Source: GeoReport v2, "Formats"; http://wiki.open311.org/JSON_and_XML_Conversion for the Spark convention.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import Response

JSON, XML = "json", "xml"
FORMATS = (XML, JSON)
MEDIA_TYPES = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
CHILD_OF = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
"""What the children of each container are called in XML."""
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(format_: str, root: str, content: Any, *, status: int = 200) -> Response:
    """Answer with a document; `root` is its name, which JSON leaves out."""
    text = as_json(content) if format_ == JSON else as_xml(root, content)
    headers = {"Cache-Control": "no-store", "Content-Type": MEDIA_TYPES[JSON if format_ == JSON else XML]}
    return Response(text, status, headers=headers)


def as_json(content: Any) -> bytes:
    """Write as JSON: names without a value are left as null, as an empty element is in XML."""
    return json.dumps(_sayable(content), ensure_ascii=False).encode()


def _sayable(value: Any) -> Any:
    match value:
        case str():
            return _clean(value)
        case Mapping():
            return {name: _sayable(each) for name, each in value.items()}
        case Sequence():
            return [_sayable(each) for each in value]
        case _:
            return value


def as_xml(root: str, content: Any) -> bytes:
    """Write as XML with its declaration; None is an empty element."""
    element = _element(root, content)
    return bytes(ET.tostring(element, encoding="utf-8", xml_declaration=True))


def _element(name: str, value: Any) -> ET.Element:
    element = ET.Element(name)
    match value:
        case None:
            pass
        case bool():
            element.text = "true" if value else "false"
        case str():
            element.text = _clean(value)
        case Mapping():
            element.extend(_element(each, inner) for each, inner in value.items())
        case Sequence():
            element.extend(_element(CHILD_OF[name], inner) for inner in value)
        case _:
            element.text = str(value)
    return element


def _clean(text: str) -> str:
    """Replace what neither format can hold: lone surrogates, and controls that XML 1.0 forbids."""
    return NOT_IN_XML.sub("\ufffd", text)
