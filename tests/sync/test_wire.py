"""Answers of central: as agreed, or nothing."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.case import CaseId
from kiosk.core.sync import ErrorClass
from kiosk.ports import Accepted, Parcel, Parked, RetryLater
from kiosk.sync import wire
from kiosk.sync.answers import Answer, refusal, retry_after_s
from tests.sync.stand_in import PAIRED

NOW = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
ANY_TEXT = st.text(st.characters())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
RESULT = st.fixed_dictionaries(
    {"key": st.sampled_from(["a", "b", "x"]) | JSON, "status": st.sampled_from(["created", "later"]) | JSON},
    optional={"central_id": JSON, "problem": JSON},
)


def parcels(*names: str) -> list[Parcel]:
    return [Parcel(1, name, CaseId(name), "case.create", b"{}", "", 0) for name in names]


def results(*given_results: dict[str, object]) -> dict[str, object]:
    return {"batch_id": "b1", "results": list(given_results)}


@given(st.binary())
def test_any_bytes_are_an_object_or_refused(content: bytes) -> None:
    try:
        wire.document(content)
    except wire.NotAsAgreed:
        return
    assert isinstance(json.loads(content), dict)


@given(st.fixed_dictionaries({"batch_id": st.just("b1"), "results": st.lists(RESULT, max_size=4) | JSON}))
def test_any_answer_is_about_what_was_sent_or_refused(answer: dict[str, object]) -> None:
    try:
        told = wire.deliveries(answer, "b1", parcels("a", "b"))
    except wire.NotAsAgreed:
        return
    assert [delivery.key for delivery in told] == ["a", "b"]
    for delivery in told:
        if isinstance(delivery, Accepted):
            assert isinstance(answer["results"], list)
            assert {"key": delivery.key, "status": "created"}.items() <= max(
                (r for r in answer["results"] if r["key"] == delivery.key), key=len
            ).items()


@given(JSON)
def test_any_lists_are_read_or_refused(content: object) -> None:
    for read, name in ((wire.appointments, "appointments"), (wire.print_orders, "orders")):
        for answer in ({name: content}, {name: [content]}):
            try:
                read(answer)
            except wire.NotAsAgreed:
                continue


def test_each_word_means_one_thing() -> None:
    problem = {"title": "Twice.", "detail": "Other\x00 answers"}
    told = wire.deliveries(
        results(
            {"key": "a", "status": "created", "central_id": "1"},
            {"key": "b", "status": "duplicate", "central_id": "2"},
            {"key": "c", "status": "conflict", "problem": problem},
            {"key": "d", "status": "rejected", "problem": None},
            {"key": "e", "status": "retry", "problem": problem},
        ),
        "b1",
        parcels("a", "b", "c", "d", "e", "f"),
    )
    assert told[:4] == (
        Accepted("a", "1"),
        Accepted("b", "2"),
        Parked("c", ErrorClass.CONFLICT, "Twice. Other answers."),
        Parked("d", ErrorClass.INVALID, "Central gave no reason."),
    )
    assert [(d.key, d.error_class) for d in told[4:] if isinstance(d, RetryLater)] == [
        ("e", ErrorClass.LATER),
        ("f", ErrorClass.TRANSIENT),
    ]


def test_two_words_about_one_case_are_no_word() -> None:
    twice = results({"key": "a", "status": "created"}, {"key": "a", "status": "rejected"})
    (told,) = wire.deliveries(twice, "b1", parcels("a"))
    assert isinstance(told, RetryLater)


@pytest.mark.parametrize("token", ["", "a b", "a\r\nX: y", "ä"])
def test_a_token_that_would_not_travel_is_refused(token: str) -> None:
    with pytest.raises(wire.NotAsAgreed):
        wire.enrolment({**PAIRED, "token": token})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("999999999999", 3600.0),
        ("Fri, 01 May 2026 12:00:30 GMT", 30.0),
        ("Fri, 01 May 2026 11:00:00 GMT", 0.0),
        ("Fri, 01 May 2099 11:00:00 GMT", 3600.0),
        ("Fri, 01 May 2026 12:00:30 -0000", 30.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_clamped(text: str, seconds: float | None) -> None:
    assert retry_after_s(text, NOW) == seconds


@given(ANY_TEXT)
def test_any_retry_after_is_a_wait_of_at_most_an_hour_or_nothing(text: str) -> None:
    seconds = retry_after_s(text, NOW)
    assert seconds is None or 0 <= seconds <= 3600


@given(st.integers(100, 599), st.sampled_from(["text/html", "application/problem+json", ""]), st.binary())
def test_every_refusal_has_a_reason_in_words(status: int, media_type: str, content: bytes) -> None:
    failure = refusal(Answer(status, {"Content-Type": media_type}, content), NOW)
    assert failure.problem.endswith(".")
    if media_type == "text/html" and status in {400, 401, 403, 410, 422, 426}:
        assert failure.error_class is ErrorClass.PORTAL
