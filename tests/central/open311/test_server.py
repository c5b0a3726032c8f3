"""Other systems hand requests in by GeoReport v2; each test runs in XML and in JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.central.tables import open311
from tests.central.open311.conftest import SERVICES, Peer, key
from tests.central.room import case_item

if TYPE_CHECKING:
    from tests.central.room import Central


def test_discovery_names_the_endpoint_and_both_formats(peer: Peer, central: Central) -> None:
    for address in ("/discovery", "/open311/discovery"):
        answer = central.browser.get(f"{address}.{peer.format}")
        (endpoint,) = peer.whole(answer)["endpoints"]
        assert endpoint["url"] == "http://localhost/open311/v2"
        assert endpoint["formats"] == ["text/xml", "application/json"]
        assert endpoint["type"] == "production"


def test_every_answer_says_its_type_and_that_it_is_utf_8(peer: Peer) -> None:
    expected = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}[peer.format]
    for answer in (peer.get("services"), peer.get("requests/none"), peer.post(), peer.post(api_key="x")):
        assert answer.headers["content-type"] == expected
    if peer.format == "xml":
        assert peer.get("services").content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")


def test_the_service_list_says_which_services_have_a_definition(peer: Peer) -> None:
    rows = peer.rows(peer.get("services"))
    assert [(row["service_code"], row["metadata"]) for row in rows] == [
        ("street-light", False),
        ("fly-tipping", True),
    ]
    assert {row["type"] for row in rows} == {"realtime"}


def test_a_definition_keeps_the_order_of_what_is_asked(peer: Peer) -> None:
    attributes = peer.whole(peer.get("services/fly-tipping"))["attributes"]
    assert [each["code"] for each in attributes] == ["what", "size", "seen", "call-us"]
    assert [str(each["order"]) for each in attributes] == ["1", "2", "3", "4"]
    assert attributes[0]["values"] == SERVICES[0]["attributes"][0]["values"]
    assert attributes[3]["variable"] is False


def test_a_request_becomes_a_case_that_the_desk_sees(peer: Peer, central: Central) -> None:
    made = peer.make(
        service_code="fly-tipping",
        **{"attribute[what][]": ["bags", "tyres"], "attribute[size]": "4", "first_name": "Olivia"},
    )
    case = central.ask("GET", f"/cases/{made}").json()
    assert case["service"] == "fly-tipping"
    assert case["terminal"] == "open311.fixmystreet"
    assert case["reference"].startswith("OR-")
    assert case["answers"] == {
        "description": "It is dark.",
        "latitude": 51.5,
        "longitude": -0.12,
        "first_name": "Olivia",
        "what": ["bags", "tyres"],
        "size": "4",
    }
    assert [entry["what"] for entry in case["history"]] == ["made", "accepted"]


FAULTS: list[tuple[dict[str, Any], int]] = [
    ({"api_key": ""}, 403),
    ({"api_key": "wrong"}, 403),
    ({"service_code": ""}, 400),
    ({"service_code": "none-such"}, 404),
    ({"jurisdiction_id": "elsewhere.example"}, 404),
    ({"lat": ""}, 400),
    ({"lat": "", "long": ""}, 400),
    ({"lat": "north"}, 400),
    ({"lat": "nan"}, 400),
    ({"lat": "91"}, 400),
    ({"long": "-180.5"}, 400),
    ({"description": "x" * 4001}, 400),
    ({"media_url": "javascript:alert(1)"}, 400),
    ({"email": "x" * 300}, 400),
    ({"service_code": "fly-tipping"}, 400),
    ({"service_code": "fly-tipping", "attribute[what]": "gold"}, 400),
    ({"service_code": "fly-tipping", "attribute[what]": "bags", "attribute[size]": "big"}, 400),
    ({"service_code": "fly-tipping", "attribute[what]": "bags", "attribute[size]": "inf"}, 400),
    ({"service_code": "fly-tipping", "attribute[what]": "bags", "attribute[seen]": "yesterday"}, 400),
]


def test_each_wrong_request_is_told_by_the_protocols_rule(peer: Peer, central: Central) -> None:
    told = [(wrong, *peer.fault(peer.post(**wrong))) for wrong, _ in FAULTS]
    assert told == [(wrong, status, str(status)) for wrong, status in FAULTS]
    assert central.ask("GET", "/cases").json()["cases"] == []


ELSEWHERE = {"jurisdiction_id": "elsewhere.example"}
LONG_RANGE = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}
BACKWARDS = {"start_date": "2026-11-02T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}
QUESTIONS: list[tuple[str, dict[str, str], int]] = [
    ("services", ELSEWHERE, 404),
    ("services/none-such", {}, 404),
    ("services/street-light", {}, 404),
    ("requests/none-such", {}, 404),
    ("tokens/none-such", {}, 404),
    ("nothing/here", {}, 404),
    ("requests", {"start_date": "2026-11-24T09:00:00"}, 400),
    ("requests", {"start_date": "yesterday"}, 400),
    ("requests", {"start_date": "0001-01-01T00:00:00Z"}, 400),
    ("requests", LONG_RANGE, 400),
    ("requests", BACKWARDS, 400),
    ("requests", {"status": "lost"}, 400),
    ("requests", {"page_size": "1001"}, 400),
    ("requests", {"page": "0"}, 400),
]


def test_each_wrong_question_is_told_by_the_protocols_rule(peer: Peer) -> None:
    told = [(path, wrong, *peer.fault(peer.get(path, **wrong))) for path, wrong, _ in QUESTIONS]
    assert told == [(path, wrong, status, str(status)) for path, wrong, status in QUESTIONS]


def test_an_empty_parameter_is_an_absent_one(peer: Peer) -> None:
    assert peer.make(address_string="", jurisdiction_id="", email="")


def test_a_form_of_another_kind_is_refused_in_plain_words(peer: Peer, central: Central) -> None:
    answer = central.browser.post(f"/open311/v2/requests.{peer.format}", json={"api_key": peer.key})
    assert peer.fault(answer) == (400, "400")
    broken = central.browser.post(
        f"/open311/v2/requests.{peer.format}",
        content=b"description=%ff",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert peer.fault(broken) == (400, "400")


def test_a_closed_service_takes_no_request_and_says_why(peer: Peer, central: Central) -> None:
    central.ask("PUT", "/services/street-light", accepting=False, reason="The team moves office.")
    answer = peer.post()
    assert peer.fault(answer) == (400, "400")
    assert "The team moves office." in answer.text


def test_a_repeat_under_the_callers_own_identifier_is_the_same_request(peer: Peer, central: Central) -> None:
    first = peer.make(**{"attribute[fixmystreet_id]": "77"})
    assert peer.make(**{"attribute[fixmystreet_id]": "77"}) == first
    assert peer.make(headers={"Idempotency-Key": '"abc"'}) == peer.make(headers={"Idempotency-Key": '"abc"'})
    assert len(central.ask("GET", "/cases").json()["cases"]) == 2
    changed: dict[str, Any] = {"attribute[fixmystreet_id]": "77", "description": "other"}
    assert peer.fault(peer.post(**changed)) == (400, "400")


def test_two_callers_may_use_the_same_identifier(peer: Peer, central: Central) -> None:
    other = Peer(central, key(central, "contact-centre"), peer.format)
    own: dict[str, Any] = {"attribute[fixmystreet_id]": "77"}
    assert peer.make(**own) != other.make(**own)


def test_a_repeat_without_an_identifier_is_another_request(peer: Peer) -> None:
    assert peer.make() != peer.make()


def test_requests_are_listed_newest_first_with_every_field(peer: Peer, central: Central) -> None:
    first = peer.make()
    central.clock.pass_by(hours=1)
    second = peer.make(service_code="fly-tipping", **{"attribute[what]": "bags"})
    rows = peer.rows(peer.get("requests"))
    assert [row["service_request_id"] for row in rows] == [second, first]
    assert rows[0]["description"] == "It is dark."
    assert rows[0]["service_name"] == "Report fly-tipping"
    assert datetime.fromisoformat(rows[0]["requested_datetime"]).utcoffset() is not None
    assert {"address", "address_id", "zipcode", "lat", "long", "media_url"} <= set(rows[0])


def test_a_strangers_view_of_a_service_that_is_not_public_holds_no_description(peer: Peer) -> None:
    made = peer.make()
    (stranger,) = peer.rows(peer.get(f"requests/{made}"))
    (sender,) = peer.rows(peer.get(f"requests/{made}", api_key=peer.key))
    assert not stranger["description"]
    assert not stranger["lat"]
    assert sender["description"] == "It is dark."


def test_no_name_or_contact_is_ever_told(peer: Peer) -> None:
    personal = {
        "first_name": "Zebedee",
        "last_name": "Quillfeather",
        "email": "z@example.org",
        "phone": "01632960001",
    }
    made = peer.make(service_code="fly-tipping", **{"attribute[what]": "bags"}, **personal)
    told = peer.get(f"requests/{made}", api_key=peer.key).text + peer.get("requests").text
    assert not [word for word in personal.values() if word in told]


def test_a_case_from_a_terminal_is_told_only_for_a_public_service_and_without_answers(
    peer: Peer, central: Central
) -> None:
    central.pair()
    answers = {"description": "my secret"}
    central.deliver(
        case_item(service="fly-tipping", answers=answers), case_item(service="council-tax", answers=answers)
    )
    told = peer.get("requests")
    assert [row["service_code"] for row in peer.rows(told)] == ["fly-tipping"]
    assert "my secret" not in told.text


def test_lists_with_commas_choose_requests(peer: Peer) -> None:
    first, second, third = (peer.make() for _ in range(3))
    rows = peer.rows(peer.get("requests", service_request_id=f"{first}, {third}", status="closed"))
    assert {row["service_request_id"] for row in rows} == {first, third}
    assert peer.rows(peer.get("requests", service_code="fly-tipping,none-such")) == []
    assert len(peer.rows(peer.get("requests", service_code="fly-tipping,street-light"))) == 3
    assert len(peer.rows(peer.get("requests", status="open,closed"))) == 3
    assert second in {row["service_request_id"] for row in peer.rows(peer.get("requests", status="open"))}


def test_only_the_last_ninety_days_are_told_unless_another_window_is_asked_for(
    peer: Peer, central: Central
) -> None:
    old = peer.make()
    made_at = central.clock.now.isoformat()
    central.clock.pass_by(days=91)
    assert peer.rows(peer.get("requests")) == []
    assert [row["service_request_id"] for row in peer.rows(peer.get("requests", start_date=made_at))] == [old]
    assert peer.rows(peer.get("requests", end_date="2026-11-24T08:59:59Z")) == []
    (row,) = peer.rows(peer.get("requests", service_request_id=old))
    assert row["service_request_id"] == old


def test_pages_cut_a_long_list(peer: Peer, central: Central) -> None:
    made = []
    for _ in range(3):
        central.clock.pass_by(minutes=1)
        made.append(peer.make())
    rows = peer.rows(peer.get("requests", page_size="2", page="2"))
    assert [row["service_request_id"] for row in rows] == [made[0]]


def test_a_token_is_the_requests_own_identifier(peer: Peer) -> None:
    made = peer.make()
    (row,) = peer.rows(peer.get(f"tokens/{made}"))
    assert (row["service_request_id"], row["token"]) == (made, made)


def test_an_ended_key_hands_nothing_in(peer: Peer, central: Central) -> None:
    assert central.ground.database.write_now(
        lambda c: open311.revoke_key(c, "fixmystreet", central.clock.now)
    )
    assert peer.fault(peer.post()) == (403, "403")


def test_without_anything_published_the_desks_services_are_listed(central: Central) -> None:
    central.ask("PUT", "/services/council-tax", title="Council tax")
    rows = json.loads(central.browser.get("/open311/v2/services.json").content)
    assert [(row["service_code"], row["service_name"]) for row in rows] == [("council-tax", "Council tax")]
