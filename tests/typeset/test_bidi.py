"""Isolation holds whatever is put inside it."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.bidi import FIRST_STRONG_ISOLATE, ISOLATE, POP, isolate, isolate_words, strip_isolates


def test_a_number_is_wrapped_and_unwrapped() -> None:
    assert isolate("0300 123 4567") == "\u20660300 123 4567\u2069"
    assert strip_isolates(f"رقم {isolate('A042')}") == "رقم A042"


def test_nothing_stays_nothing() -> None:
    assert isolate("") == isolate_words("") == ""


@given(st.text(alphabet=st.sampled_from("a1 \u2066\u2067\u2068\u2069\u202e\u200f\u061cر"), min_size=1))
def test_what_is_inside_cannot_reach_out(text: str) -> None:
    for wrapped, first in ((isolate(text), ISOLATE), (isolate_words(text), FIRST_STRONG_ISOLATE)):
        assert wrapped[0] == first
        assert wrapped[-1] == POP
        assert strip_isolates(wrapped[1:-1]) == wrapped[1:-1]


@given(st.text())
def test_wrapping_again_changes_nothing(text: str) -> None:
    assert isolate(isolate(text)) == isolate(text)
