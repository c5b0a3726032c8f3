"""What each service asks for, as it was published to central, and whether an answer meets it.

Responsible for: the shape of services.json, the service list, service definitions, checking attributes.
Not responsible for: making services.json from a facility's configuration (`kiosk services`).
"""

import math
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.central.open311.faults import BAD, Fault
from kiosk.central.open311.reading import read_moment
from kiosk.central.wire.words import Name

Datatype = Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
LISTS = ("singlevaluelist", "multivaluelist")
DAY = 10


class Published(BaseModel):
    """What services.json is made of; an unknown name is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OneOf(Published):
    """One value of a list, and what it is called."""

    key: str
    name: str


class Attribute(Published):
    """One thing that a service asks for; `variable` is false for a text to show only."""

    code: str = Field(max_length=100, pattern=r"^[^\[\]]+$")
    datatype: Datatype = "string"
    required: bool = False
    variable: bool = True
    description: str = ""
    datatype_description: str = ""
    values: tuple[OneOf, ...] = ()


class PublishedService(Published):
    """One service as other systems see it.

    Attributes:
        public: whoever asks may read descriptions and places of its requests; else only who sent them.
    """

    service_code: Name
    service_name: str
    description: str = ""
    keywords: str = ""
    group: str = ""
    public: bool = False
    attributes: tuple[Attribute, ...] = ()


class PublishedServices(Published):
    """services.json."""

    services: tuple[PublishedService, ...]


def listed(service: PublishedService) -> dict[str, Any]:
    """Return a service's row of the service list."""
    return {
        "service_code": service.service_code,
        "service_name": service.service_name,
        "description": service.description,
        "metadata": bool(service.attributes),
        "type": "realtime",
        "keywords": service.keywords,
        "group": service.group,
    }


def defined(service: PublishedService) -> dict[str, Any]:
    """Return a service's definition."""
    rows = [_defined(order, each) for order, each in enumerate(service.attributes, 1)]
    return {"service_code": service.service_code, "attributes": rows}


def _defined(order: int, each: Attribute) -> dict[str, Any]:
    row: dict[str, Any] = {
        "variable": each.variable,
        "code": each.code,
        "datatype": each.datatype,
        "required": each.required,
        "datatype_description": each.datatype_description,
        "order": order,
        "description": each.description,
    }
    values = [{"key": value.key, "name": value.name} for value in each.values]
    return {**row, "values": values} if each.datatype in LISTS else row


def check_attributes(service: PublishedService, given: Mapping[str, tuple[str, ...]]) -> None:
    """Hold what was given against the definition; codes that it does not name are let through.

    Raises:
        Fault: the first thing that does not meet it.
    """
    for each in service.attributes:
        values = given.get(each.code, ())
        if not values and each.required and each.variable:
            raise Fault(BAD, f"attribute[{each.code}] is required by this service.")
        for value in values:
            _check(each, value)
        if len(values) > 1 and each.datatype != "multivaluelist":
            raise Fault(BAD, f"attribute[{each.code}] takes one value.")


def _check(each: Attribute, value: str) -> None:
    if each.datatype in LISTS and value not in {one.key for one in each.values}:
        keys = ", ".join(one.key for one in each.values)
        raise Fault(BAD, f"attribute[{each.code}] must be one of: {keys}.")
    if each.datatype == "number":
        _check_number(each.code, value)
    if each.datatype == "datetime":
        read_moment(f"attribute[{each.code}]", f"{value}T00:00:00Z" if len(value) == DAY else value)


def _check_number(code: str, value: str) -> None:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Fault(BAD, f"attribute[{code}] must be a number.")
