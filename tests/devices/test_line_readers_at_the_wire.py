"""Scanner, stripe and Wiegand readers: the reader's thread against a simulator on a pseudo-terminal."""

import threading
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_reader
from devices.readers.outcome import token_of
from kiosk.core.hardware import CardPresented, CardPurpose, CardUnreadable, Condition
from tests.devices.conftest import Facts, RealClock, start, stop

KEY = b"a key of this site"
PAYMENT_SWIPE = "%B4111111111111111^VISITOR/A^30121010000?;4111111111111111=30121010000?"
KINDS = [
    ("scanner", "BOOKING K7-0042-X", "code"),
    ("magstripe", "2123456", "magstripe"),
    ("wiegand-bits", "7BB26E", "badge"),
    ("wiegand-hex", "04A1B2C3", "badge"),
]


def listening(folder: Path, kind: str, facts: Facts, closing: list[Any], *words: str) -> Any:
    device = start(folder, "badge", "--kind", kind, "--baud", "0", *words)
    adapter = open_reader(
        "reader", f"serial:{device.link}", kind, clock=RealClock(), site_key=KEY, sink=facts
    )
    closing.append(adapter)
    facts.condition(Condition.READY)
    adapter.arm(CardPurpose.ANSWER)
    return device


def told(facts: Facts) -> list[Any]:
    return [fact for fact in facts.seen if isinstance(fact, CardPresented | CardUnreadable)]


@pytest.mark.parametrize("example", KINDS)
def test_each_kind_of_reader_tells_a_token_and_never_the_number(
    tmp_path: Path, facts: Facts, closing: list[Any], example: tuple[str, str, str]
) -> None:
    kind, number, card = example
    device = listening(tmp_path, kind, facts, closing)
    device.tell(f"card {number}")
    facts.until(lambda _: told(facts))
    assert told(facts) == [CardPresented("reader", card, token_of(number, KEY))]
    stop(device)


def test_a_bank_card_at_the_stripe_reader_is_refused_and_never_logged(
    tmp_path: Path, facts: Facts, closing: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    device = listening(tmp_path, "magstripe", facts, closing)
    with caplog.at_level("DEBUG"):
        device.tell(f"card {PAYMENT_SWIPE}")
        facts.until(lambda _: told(facts))
    assert told(facts) == [CardUnreadable("reader", "payment-card")]
    assert "4111" not in caplog.text + repr(facts.seen)
    stop(device)


def test_a_bank_card_is_told_even_right_after_a_bad_swipe(
    tmp_path: Path, facts: Facts, closing: list[Any]
) -> None:
    device = listening(tmp_path, "magstripe", facts, closing)
    device.tell("card ;E?")
    device.tell(f"card {PAYMENT_SWIPE}")
    device.tell(f"card {PAYMENT_SWIPE}")
    facts.until(lambda _: len(told(facts)) >= 2)
    threading.Event().wait(0.2)
    assert [fact.reason for fact in told(facts)] == ["unreadable", "payment-card"]
    stop(device)


def test_half_a_code_is_told_as_truncated_without_waiting_for_the_next(
    tmp_path: Path, facts: Facts, closing: list[Any]
) -> None:
    device = listening(tmp_path, "scanner", facts, closing, "--suffix", "none")
    device.tell("card K7-0042-X")
    facts.until(lambda _: told(facts))
    assert told(facts) == [CardUnreadable("reader", "truncated")]
    stop(device)
