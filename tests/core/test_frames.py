"""Lines between service and glass carry exactly what may cross, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import events as e
from kiosk.core.frames import FrameError, from_line, to_line
from kiosk.core.glass_lines import Did, FromGlass


def test_an_event_comes_back_as_it_was_sent() -> None:
    event = Did(e.Typed("name", "text", "Ŵyn \ud800 \n \u202e"))
    assert from_line(to_line(event), FromGlass) == event
    assert to_line(event).count(b"\n") == 1


@pytest.mark.parametrize(
    "line",
    [
        b'{"is":"Did","event":{"is":"StaffSignedIn","name":"Eve"}}',
        b'{"is":"Did","event":{"is":"CaseSaved","saved":null}}',
        b'{"is":"Did","event":{"is":"Sent","more":1}}',
        b'{"is":"Did","event":{"is":"PinDigit","digit":7}}',
        b'{"is":"Did"}',
        b"[" * 100_000,
        b"null",
        b"\xff",
    ],
)
def test_a_glass_cannot_say_what_only_the_world_may_say(line: bytes) -> None:
    with pytest.raises(FrameError):
        from_line(line, FromGlass)


@given(
    st.binary(max_size=200) | st.text().map(lambda text: b'{"is":' + text.encode("utf-8", "replace") + b"}")
)
def test_bytes_that_are_no_frame_are_refused_and_never_raise_otherwise(line: bytes) -> None:
    with pytest.raises(FrameError):
        from_line(line, FromGlass)
