"""Staff sign in with badge and PIN; wrong PINs cost time, and power cuts do not give it back."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.staff import (
    LockedOut,
    LockedUntil,
    SignedIn,
    UnknownBadge,
    WrongPin,
    make_pin,
    pin_is_weak,
    refusal,
)
from kiosk.errors import StoreError, UsageError
from kiosk.store import Store, audit
from kiosk.store import staff as staff_table
from kiosk.store.rows import moment_text
from tests.store.making import NOON, open_in

PIN = "482913"


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "111111",
        "987654",
        "121212",
        "123123",
        "012345",
        "890123",
        "112211",
        "12345",
        "1234567",
        "12a456",
        "",
        "１２３９５７",
    ],
)
def test_pins_that_people_guess_first_are_weak(pin: str) -> None:
    assert pin_is_weak(pin)


@given(st.integers())
def test_made_pins_are_six_digits_and_not_weak(seed: int) -> None:
    pin = make_pin(random.Random(seed).randrange)  # noqa: S311 - a test chooses its seed
    assert len(pin) == 6
    assert not pin_is_weak(pin)


def test_three_wrong_pins_are_free_then_the_wait_doubles_and_the_tenth_locks() -> None:
    assert [refusal(n, NOON) for n in (1, 2, 3)] == [WrongPin(2), WrongPin(1), WrongPin(0)]
    waits = [refusal(n, NOON) for n in range(4, 10)]
    assert waits == [LockedUntil(NOON + timedelta(seconds=15 * 2**n)) for n in range(6)]
    assert refusal(10, NOON) == LockedOut()


def test_badge_and_pin_sign_in_and_forget_earlier_slips(store: Store) -> None:
    store.staff.add("Ann Smith", "badge", PIN, NOON)
    assert store.staff.names() == ("Ann Smith",)
    assert store.staff.check("badge", "482914", NOON) == WrongPin(2)
    assert store.staff.check("badge", PIN, NOON) == SignedIn("Ann Smith")
    assert store.staff.check("badge", "\ud800", NOON) == WrongPin(2)
    assert store.staff.check("other", PIN, NOON) == UnknownBadge()


def test_while_locked_even_the_right_pin_is_not_looked_at(store: Store) -> None:
    store.staff.add("Ann", "badge", PIN, NOON)
    for _ in range(3):
        store.staff.check("badge", "000001", NOON)
    locked = LockedUntil(NOON + timedelta(seconds=15))
    assert store.staff.check("badge", "000001", NOON) == locked
    assert store.staff.check("badge", PIN, NOON + timedelta(seconds=14)) == locked
    assert store.staff.check("badge", PIN, NOON + timedelta(seconds=15)) == SignedIn("Ann")


def test_the_tenth_wrong_pin_locks_until_somebody_unlocks(store: Store) -> None:
    store.staff.add("Ann", "badge", PIN, NOON)
    for n in range(10):
        answer = store.staff.check("badge", "000001", NOON + timedelta(days=n))
    assert answer == LockedOut()
    assert store.staff.check("badge", PIN, NOON + timedelta(days=999)) == LockedOut()
    assert store.staff.unlock("badge", NOON)
    assert not store.staff.unlock("nobody", NOON)
    assert store.staff.check("badge", PIN, NOON) == SignedIn("Ann")


def test_a_power_cut_while_a_pin_is_compared_gives_no_free_try(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.staff.add("Ann", "badge", PIN, NOON)

    def cut(pin: str, salt: bytes) -> bytes:
        raise KeyboardInterrupt(pin, salt)

    for _ in range(4):
        with monkeypatch.context() as power:
            power.setattr(staff_table, "_hashed", cut)
            with pytest.raises(KeyboardInterrupt):
                store.staff.check("badge", "000001", NOON)
    again = open_in(tmp_path)
    assert again.staff.check("badge", PIN, NOON) == LockedUntil(NOON + timedelta(seconds=15))
    again.close()


@pytest.mark.parametrize(
    ("name", "badge", "pin"), [("Ann", "b", "123456"), (" ", "b", PIN), ("Ann", "", PIN)]
)
def test_a_weak_pin_or_an_empty_name_is_refused(store: Store, name: str, badge: str, pin: str) -> None:
    with pytest.raises(UsageError):
        store.staff.add(name, badge, pin, NOON)


def test_a_code_card_is_compared_and_locked_like_a_pin_and_takes_its_place(store: Store) -> None:
    code, other = "0a" * 32, "0b" * 32
    store.staff.add("Ann", "badge", PIN, NOON)
    store.staff.add_code("Ann", "badge", code, NOON)
    assert store.staff.check("badge", PIN, NOON) == WrongPin(2)
    assert store.staff.check("badge", other, NOON) == WrongPin(1)
    assert store.staff.check("badge", code, NOON) == SignedIn("Ann")
    for n in range(10):
        answer = store.staff.check("badge", other, NOON + timedelta(days=n))
    assert answer == LockedOut()
    assert store.staff.check("badge", code, NOON + timedelta(days=999)) == LockedOut()


@pytest.mark.parametrize("code", ["", PIN, "0a" * 31])
def test_what_could_be_typed_is_no_code_of_a_card(store: Store, code: str) -> None:
    with pytest.raises(UsageError):
        store.staff.add_code("Ann", "badge", code, NOON)


def test_a_badge_that_was_removed_is_as_one_that_never_was_and_the_audit_says_when(store: Store) -> None:
    store.staff.add("Ann", "badge-of-ann", PIN, NOON)
    store.staff.add("Bob", "badge-of-bob", PIN, NOON)
    assert store.staff.remove("badge-of-ann", NOON)
    assert store.staff.check("badge-of-ann", PIN, NOON) == UnknownBadge()
    assert store.staff.names() == ("Bob",)
    assert store.staff.check("badge-of-bob", PIN, NOON) == SignedIn("Bob")
    row = store._ground.read(lambda c: audit.latest(c, "staff-removed"))
    assert row is not None
    assert (row.subject, row.detail) == ("badge-of", ""), "no whole badge and no name in the audit"
    assert store.is_sound()


def audited(store: Store, mark: str) -> list[tuple[str, str, str]]:
    rows = store._ground.read(lambda c: audit.about(c, mark))
    return [(row.event, row.detail, row.at) for row in rows]


def test_who_may_sign_in_is_followed_in_the_audit_from_the_first_pin_to_the_last(store: Store) -> None:
    token = "badge-of-ann-smith"
    times = [NOON + timedelta(minutes=n) for n in range(5)]
    store.staff.add("Ann", token, PIN, times[0])
    store.staff.unlock(token, times[1])
    store.staff.add_code("Ann", token, "0a" * 32, times[2])
    store.staff.remove(token, times[3])
    store.staff.add("Bob", token, PIN, times[4])
    acts = ["staff-added", "staff-unlocked", "staff-renewed", "staff-removed", "staff-added"]
    wanted = [(act, "", moment_text(at)) for act, at in zip(acts, times, strict=True)]
    assert audited(store, "badge-of") == wanted, "no whole badge, no name and no PIN in the audit"
    assert audited(store, token) == []
    assert store.is_sound()


def test_what_was_refused_or_is_not_there_leaves_no_trace(store: Store) -> None:
    with pytest.raises(UsageError):
        store.staff.add("Ann", "badge", "123456", NOON)
    assert not store.staff.unlock("badge", NOON)
    assert audited(store, "badge") == []


def test_a_badge_whose_row_cannot_be_written_is_not_entered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "append", breaks)
        with pytest.raises(StoreError):
            store.staff.add("Ann", "badge", PIN, NOON)
    assert store.staff.names() == ()


def test_removing_a_badge_that_nobody_has_says_so_and_leaves_no_trace(store: Store) -> None:
    assert not store.staff.remove("nobody", NOON)
    assert store._ground.read(lambda c: audit.latest(c, "staff-removed")) is None


@pytest.mark.parametrize("typed", ["José Núñez", "  josé   NÚÑEZ ", "Jose\u0301 Nu\u0301n\u0303ez"])
def test_badges_are_found_by_name_however_it_is_typed(store: Store, typed: str) -> None:
    store.staff.add("José Núñez", "one", PIN, NOON)
    store.staff.add("josé núñez", "two", PIN, NOON)
    store.staff.add("José", "three", PIN, NOON)
    assert sorted(store.staff.badges_of(typed)) == ["one", "two"]


def test_a_badge_that_is_removed_while_its_pin_is_compared_does_not_sign_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.staff.add("Ann", "badge", PIN, NOON)
    hashed = staff_table._hashed

    def meanwhile(pin: str, salt: bytes) -> bytes:
        store.staff.remove("badge", NOON)
        return hashed(pin, salt)

    monkeypatch.setattr(staff_table, "_hashed", meanwhile)
    assert store.staff.check("badge", PIN, NOON) == UnknownBadge()


def test_pins_are_not_in_the_file(store: Store, tmp_path: Path) -> None:
    store.staff.add("Ann", "badge", PIN, NOON)
    assert all(PIN.encode() not in path.read_bytes() for path in tmp_path.iterdir())
