"""A central that other systems may hand requests to, and what they publish there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from defusedxml import ElementTree

from kiosk.central import credentials
from kiosk.central.tables import open311

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.central.room import Central

SERVICES: list[dict[str, Any]] = [
    {
        "service_code": "fly-tipping",
        "service_name": "Report fly-tipping",
        "description": "Rubbish dumped in a street or field",
        "keywords": "lgsl 587",
        "group": "Streets",
        "public": True,
        "attributes": [
            {
                "code": "what",
                "datatype": "multivaluelist",
                "required": True,
                "description": "What has been dumped?",
                "values": [{"key": "bags", "name": "Bags"}, {"key": "tyres", "name": "Tyres"}],
            },
            {"code": "size", "datatype": "number", "description": "How many square metres?"},
            {"code": "seen", "datatype": "datetime", "description": "When did you see it?"},
            {"code": "call-us", "datatype": "text", "variable": False, "description": "Tell us at once."},
        ],
    },
    {"service_code": "street-light", "service_name": "Report a street light"},
]


@dataclass
class Peer:
    """Another system, with a key."""

    central: Central
    key: str
    format: str

    def get(self, path: str, **parameters: str) -> Response:
        return self.central.browser.get(f"/open311/v2/{path}.{self.format}", params=parameters)

    def post(self, *, headers: dict[str, str] | None = None, **parameters: Any) -> Response:
        form = {
            "api_key": self.key,
            "service_code": "street-light",
            "lat": "51.5",
            "long": "-0.12",
            "description": "It is dark.",
        }
        form |= {name.replace("__", "["): value for name, value in parameters.items()}
        return self.central.browser.post(f"/open311/v2/requests.{self.format}", data=form, headers=headers)

    def rows(self, answer: Response) -> list[dict[str, Any]]:
        """Return the rows of a list, whichever format it came in."""
        if self.format == "json":
            found = json.loads(answer.content)
            assert isinstance(found, list), "the Spark convention: a bare array"
            return found
        return [plain(child) for child in ElementTree.fromstring(answer.content)]

    def whole(self, answer: Response) -> dict[str, Any]:
        """Return one document, whichever format it came in."""
        found = (
            json.loads(answer.content)
            if self.format == "json"
            else plain(ElementTree.fromstring(answer.content))
        )
        assert isinstance(found, dict)
        return found

    def fault(self, answer: Response) -> tuple[int, str]:
        (row,) = self.rows(answer)
        assert set(row) == {"code", "description"}
        assert row["description"]
        return answer.status_code, row["code"]

    def make(self, **parameters: Any) -> str:
        answer = self.post(**parameters)
        assert answer.status_code == 200, answer.text
        (row,) = self.rows(answer)
        return str(row["service_request_id"])


BOOLEANS = {"true": True, "false": False}
LISTS = {"attributes", "values", "endpoints", "formats"}


def plain(element: Any) -> Any:
    """Read XML as the JSON it corresponds to."""
    if element.tag in LISTS:
        return [plain(child) for child in element]
    if len(element):
        return {child.tag: plain(child) for child in element}
    return BOOLEANS.get(element.text, element.text)


def publish(central: Central, services: list[dict[str, Any]]) -> None:
    rows = [(each["service_code"], json.dumps(each)) for each in services]
    central.ground.database.write_now(lambda c: open311.publish(c, rows))


def key(central: Central, label: str) -> str:
    made = credentials.make_token(central.ground.chance.random_bytes)
    hashed = credentials.token_hash(made)
    assert central.ground.database.write_now(lambda c: open311.add_key(c, label, hashed, central.clock.now))
    return made


@pytest.fixture(params=["xml", "json"])
def peer(central: Central, request: pytest.FixtureRequest) -> Peer:
    publish(central, SERVICES)
    return Peer(central, key(central, "fixmystreet"), request.param)
