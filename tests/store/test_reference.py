"""References: the standard's own example, every slip of a finger, and what is forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.reference import ALPHABET, check_character, next_reference, parse, prefix_is_usable

PREFIXES = st.sampled_from(["K7", "AB", "Z0", "YZ", "TC"])


def compact(reference: str) -> str:
    return reference.replace("-", "")


def test_the_check_character_is_that_of_iso_7064_mod_37_2() -> None:
    assert check_character("G123489654321") == "Y"  # a blood donation number, as ISBT 128 prints it


def test_no_letter_that_looks_like_another_is_ever_used() -> None:
    assert not set("ILOU") & set(ALPHABET)
    number = 0
    for _ in range(3000):
        number, reference = next_reference("K7", number)
        assert set(compact(reference)) <= set(ALPHABET)


@pytest.mark.parametrize("prefix", ["K", "K71", "", "7K", "KI", "OK", "kz", "K-", "K*"])
def test_an_unusable_prefix_is_refused(prefix: str) -> None:
    assert not prefix_is_usable(prefix)
    with pytest.raises(ValueError, match="prefix"):
        next_reference(prefix, 1)


def test_every_single_wrong_character_is_found() -> None:
    """All of them, in fifty references of each shape, with every letter of the whole alphabet."""
    for start in (0, 3041, 9998, 99999, 1234567):
        number = start
        for _ in range(10):
            number, reference = next_reference("K7", number)
            right = compact(reference)
            for place in range(len(right)):
                for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
                    if wrong != right[place]:
                        assert parse(right[:place] + wrong + right[place + 1 :]) is None


def test_every_swap_of_two_characters_is_found() -> None:
    """Not only neighbours: the standard finds a swap over any distance within 36 characters."""
    number = 0
    for _ in range(2000):
        number, reference = next_reference("K7", number)
        right = compact(reference)
        for left in range(len(right)):
            for other in range(left + 1, len(right)):
                letters = list(right)
                letters[left], letters[other] = letters[other], letters[left]
                if (swapped := "".join(letters)) != right:
                    assert parse(swapped) is None


def test_a_weaker_check_would_be_caught_by_these_tests() -> None:
    """A mutant without weights misses a swap, so the test above has teeth."""

    def unweighted(body: str) -> int:
        return sum("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(c) for c in body) % 37

    assert unweighted("K73042") == unweighted("K73024")
    assert check_character("K73042") != check_character("K73024")


@given(PREFIXES, st.integers(0, 10**8))
def test_what_was_made_is_read_however_it_is_typed(prefix: str, after: int) -> None:
    number, reference = next_reference(prefix, after)
    assert after < number <= after + 37
    for typed in (reference, reference.lower(), compact(reference), f"  {reference.replace('-', ' – ')} "):
        assert parse(typed) == reference
    assert parse(reference.replace("0", "o").replace("1", "l")) == reference


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    read = parse(text)
    assert read is None or parse(read) == read


def test_references_are_grouped_for_reading_aloud() -> None:
    assert parse("K7" + "3042" + check_character("K73042")) == f"K7-3042-{check_character('K73042')}"
    assert next_reference("K7", 1_234_566)[1].startswith("K7-1-234-5")
