"""The stored form of a ticket: exact, or refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.ticket import Align, Code, Line, Pair, Part, Rule, Size, Space, Ticket
from kiosk.core.ticket_json import ticket_from_json, ticket_to_json

ANY_TEXT = st.text(st.characters())  # lone surrogates and control characters too
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Line, ANY_TEXT, st.sampled_from(Size), st.booleans(), st.sampled_from(Align), ANY_TEXT),
    st.builds(Pair, ANY_TEXT, ANY_TEXT, ANY_TEXT),
    st.builds(Rule),
    st.builds(Space, st.floats(allow_nan=False, allow_infinity=False)),
    st.builds(Code, ANY_TEXT, ANY_TEXT),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
)


@given(st.lists(PARTS, max_size=6))
def test_a_ticket_is_read_back_exactly(parts: list[Part]) -> None:
    ticket = Ticket(tuple(parts))
    text = ticket_to_json(ticket)
    assert text.isascii()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert ticket_from_json(text) == ticket


@given(JSON | st.fixed_dictionaries({"schema": st.just(1), "parts": JSON}))
def test_anything_else_is_refused_with_a_value_error(document: object) -> None:
    text = json.dumps(document)
    try:
        ticket = ticket_from_json(text)
    except ValueError:
        return
    assert ticket == Ticket(())


def test_a_newer_schema_and_broken_text_are_refused() -> None:
    for text in ('{"schema":2,"parts":[]}', "", "[" * 100_000, '{"schema":1,"parts":[{"part":"coupon"}]}'):
        with pytest.raises(ValueError, match=r".*"):
            ticket_from_json(text)
