"""The quick reader of requests reads what Python's own reads, and refuses what that refuses."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.central.api.quick import QuickRequest

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def read(body: bytes) -> Any:
    """Read a body as a request that is served quickly does."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    return asyncio.run(QuickRequest({"type": "http"}, receive).json())


@given(document=ANY_JSON, plain=st.booleans())
def test_any_json_is_read_as_it_is(document: Any, plain: bool) -> None:
    assert read(json.dumps(document, ensure_ascii=plain).encode("utf-8", "surrogatepass")) == document


@pytest.mark.parametrize(
    "body",
    [
        rb'{"a": "\ud800"}',
        b'{"a": 1, "a": 2}',
        json.dumps({"a": "\u00e9"}).encode("utf-16"),
        b"[" * 300 + b"]" * 300,
    ],
    ids=["half a surrogate pair", "a name twice", "another encoding", "deep"],
)
def test_what_the_quick_reader_does_not_take_is_read_all_the_same(body: bytes) -> None:
    assert read(body) == json.loads(body)


@given(body=st.binary(max_size=40))
@example(b"")
@example(b'{"a": 1')
@example(b"{'a': 1}")
@example(b"[1,]")
@example(b"\xff\xfe")
def test_what_is_no_json_is_refused_as_ever(body: bytes) -> None:
    try:
        expected = json.loads(body)
    except ValueError as error:
        with pytest.raises(type(error)):
            read(body)
    else:
        assert repr(read(body)) == repr(expected)
