"""Open311 libraries that know nothing of us, against the running service.

Tried beside these two: `three` 0.8.0 and `open311` 1.1 of PyPI do not import on Python 3; `open311` 0.0.12 of
npm does not install, for it needs a package that no registry has.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import georeport
import pytest
import requests
from civicbot import Endpoint, HttpError, HttpTransport, Open311Client
from civicbot.http import RateLimiter

from tests.central.open311.conftest import SERVICES
from tests.central.processes import served
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.central.processes import Served

pytestmark = pytest.mark.timeout(120)
BOTH = {each["service_code"] for each in SERVICES}
BAGS = {"what": ["bags", "tyres"], "size": "3"}
PLACE = {"lat": 51.5, "lng": -0.12}


class Place:
    """A central with two published services, as strangers are told of it."""

    def __init__(self, central: Served, folder: Path) -> None:
        self.central = central
        document = folder / "services.json"
        document.write_text(json.dumps({"services": SERVICES}), "utf-8")
        central.say("open311-services", str(document))
        self.key = central.say("open311-key", "contact-centre")
        found = requests.get(f"{central.url}/open311/discovery.json", timeout=10).json()["endpoints"]
        (self.address,) = (each["url"] for each in found)

    def writer(self) -> Open311Client:
        at_once = HttpTransport(rate_limiter=RateLimiter(min_interval=0))
        return Open311Client(Endpoint("ours", "Ours", self.address, write=True), at_once)

    def send(self, service: str, **more: Any) -> str:
        given = {**PLACE, "description": "Two tyres behind the shed", **more}
        prepared = self.writer().create_request(
            service, dry_run=False, confirm="SEND", api_key=self.key, validate_remote=True, **given
        )
        (made,) = prepared.response
        return str(made["service_request_id"])


@pytest.fixture
def place(database: str, tmp_path: Path) -> Iterator[Place]:
    with served(database, tmp_path) as central:
        yield Place(central, tmp_path)


def test_a_stranger_hands_a_request_in_and_follows_it(place: Place) -> None:
    writer = place.writer()
    assert {each["service_code"] for each in writer.list_services()} == BOTH
    made = place.send("fly-tipping", attributes=BAGS)
    found = writer.get_request(made)
    assert found is not None
    assert (found["service_request_id"], found["status"]) == (made, "open")
    assert (found["lat"], found["long"]) == (51.5, -0.12)
    assert [each["service_request_id"] for each in writer.list_requests(status="open")] == [made]
    assert writer.get_token(made) == [{"service_request_id": made, "token": made}]


def test_a_stranger_that_checks_against_our_definition_sends_what_we_take(place: Place) -> None:
    made = place.send("fly-tipping", attributes=BAGS, email="visitor@example.org", first_name="Olivia")
    asked = requests.get(
        f"{place.central.url}/v1/desk/cases", headers=place.central.tool(), timeout=10
    ).json()["cases"]
    assert len(asked) == 1
    case = requests.get(
        f"{place.central.url}/v1/desk/cases/{asked[0]['case_id']}", headers=place.central.tool(), timeout=10
    ).json()
    assert made
    assert case["answers"]["what"] == ["bags", "tyres"]
    assert case["answers"]["email"] == "visitor@example.org"


def test_a_stranger_is_told_what_is_wrong_as_the_protocol_says(place: Place) -> None:
    with pytest.raises(HttpError) as refused:
        place.writer().create_request(
            "no-such", dry_run=False, confirm="SEND", api_key=place.key, description="x", **PLACE
        )
    assert (refused.value.status, json.loads(refused.value.body)[0]["code"]) == (404, "404")
    place.key = "wrong"
    with pytest.raises(HttpError) as unknown:
        place.send("street-light")
    assert unknown.value.status == 403
    with pytest.raises(HttpError) as nowhere:
        place.writer().get_request("none")
    assert nowhere.value.status == 404


@pytest.mark.parametrize("form", ["json", "xml"])
def test_another_stranger_reads_all_of_it_in_either_format(place: Place, form: str) -> None:
    first, second = place.send("fly-tipping", attributes=BAGS), place.send("fly-tipping", attributes=BAGS)
    reader = georeport.GeoReport(place.address, output_format=form)
    assert {each["service_code"] for each in reader.get_service_list()} == BOTH
    definition = reader.get_service_definition("fly-tipping")
    assert definition["service_code"] == "fly-tipping"
    assert "What has been dumped?" in json.dumps(definition)
    listed = reader.get_service_requests(service_code="fly-tipping", status="open")
    assert {each["service_request_id"] for each in listed} == {first, second}
    one = reader.get_service_request(first)
    assert (one["service_name"], float(one["lat"])) == ("Report fly-tipping", 51.5)


def test_strangers_see_nothing_of_what_a_visitor_typed_at_a_terminal(place: Place) -> None:
    session = place.central.paired("lobby-1")
    item = case_item(service="street-light", answers={"name": "Olivia Hartley"})
    sent = session.post(
        f"{place.central.url}/v1/terminals/lobby-1/batches",
        json={"batch_id": "b", "items": [item]},
        timeout=10,
    )
    assert sent.json()["results"][0]["status"] == "created"
    assert place.writer().list_requests() == []
    assert georeport.GeoReport(place.address).get_service_requests() == []
