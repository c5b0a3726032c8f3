"""Whatever parameters come, in either format: an answer by the protocol, and never a fault of our own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.central.open311.faults import Fault
from kiosk.central.open311.reading import read_moment, read_parameters
from kiosk.central.open311.writing import as_json, as_xml

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.central.open311.conftest import Peer

NAMES = st.sampled_from(
    [
        *(
            "api_key",
            "jurisdiction_id",
            "service_code",
            "lat",
            "long",
            "address_string",
            "address_id",
            "email",
        ),
        *("description", "media_url", "attribute[what]", "attribute[what][]", "attribute[", "attribute[][]"),
        *("service_request_id", "start_date", "end_date", "status", "page", "page_size", "deviceid", "\x00"),
    ]
)
TELLING = st.sampled_from(
    ["fly-tipping", "street-light", "bags", "51.5", "1e999", "NaN", "2026-11-24T09:00:00Z", "open", ",", "2"]
)
PAIRS = st.lists(st.tuples(NAMES, TELLING | st.text(max_size=30)), max_size=12)


def read(format_: str, content: bytes) -> None:
    ElementTree.fromstring(content) if format_ == "xml" else json.loads(content)


def meets_the_protocol(peer: Peer, answer: Response) -> None:
    assert answer.status_code in {200, 400, 403, 404}, answer.text
    read(peer.format, answer.content)
    if answer.status_code != 200:
        assert peer.fault(answer)[0] == answer.status_code


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS, as_ours=st.booleans())
@pytest.mark.timeout(60)
def test_any_request_is_answered_by_the_protocol(
    peer: Peer, pairs: list[tuple[str, str]], as_ours: bool
) -> None:
    ours = [("api_key", peer.key), ("service_code", "fly-tipping"), ("address_string", "1 High Street")]
    form = urlencode([*pairs, *(ours if as_ours else [])], errors="surrogatepass").encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    path = f"/open311/v2/requests.{peer.format}"
    meets_the_protocol(peer, peer.central.browser.post(path, content=form, headers=headers))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS, where=st.sampled_from(["services", "services/fly-tipping", "requests", "tokens/x"]))
@pytest.mark.timeout(60)
def test_any_question_is_answered_by_the_protocol(
    peer: Peer, pairs: list[tuple[str, str]], where: str
) -> None:
    query = urlencode(pairs, errors="surrogatepass")
    meets_the_protocol(peer, peer.central.browser.get(f"/open311/v2/{where}.{peer.format}?{query}"))


@given(st.text())
def test_any_text_can_be_told_in_both_formats(text: str) -> None:
    told = json.loads(as_json([{"description": text}]))[0]["description"]
    found = ElementTree.fromstring(as_xml("errors", [{"description": text}])).findtext("error/description")
    assert (found or "") == told.replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(query: bytes, form: bytes) -> None:
    try:
        read = read_parameters(query, form)
    except Fault:
        return
    assert all(value for value in read.values.values())


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 30), timezones=OFFSETS))  # noqa: DTZ001 - bounds only
def test_every_moment_with_an_offset_is_read_as_itself(when: datetime) -> None:
    assert read_moment("start_date", when.isoformat()) == when
