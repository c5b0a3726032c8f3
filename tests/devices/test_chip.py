"""What a chip's answer means, and how the thread of a PC/SC reader follows what it notices."""

import threading
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from devices.links.pcsc import Noticed
from devices.readers.chip import ASK_NUMBER, chip_number
from devices.readers.codec import BadFrame, CardNumber, Fault
from devices.readers.pcsc_adapter import PcscAdapter
from kiosk.core.hardware import CardPresented, CardPurpose, Condition
from kiosk.errors import LinkLost
from tests.devices.conftest import Facts


def test_numbers_of_four_seven_and_ten_bytes_are_read() -> None:
    for digits in ["04A1B2C3", "04A1B2C3D4E5F6", "04A1B2C3D4E5F60718AA"]:
        assert chip_number(bytes.fromhex(digits) + b"\x90\x00") == CardNumber(digits)


def test_a_number_made_up_anew_each_time_is_refused() -> None:
    assert chip_number(bytes.fromhex("08A1B2C39000")) == BadFrame(Fault.RANDOM)
    assert chip_number(bytes.fromhex("08A1B2C3D4E5F69000")) == CardNumber("08A1B2C3D4E5F6")


@given(st.binary(max_size=300))
def test_an_answer_without_success_is_no_card(answer: bytes) -> None:
    if not answer.endswith(b"\x90\x00") or len(answer) - 2 not in (4, 7, 10):
        assert chip_number(answer) == BadFrame()


class ScriptedLine:
    """A reader that shows what a test wrote down, then nothing."""

    def __init__(self, *shown: Noticed | Exception) -> None:
        self._shown = list(shown)
        self._resting = threading.Event()
        self.may_start = threading.Event()
        self.done = threading.Event()

    def open(self) -> None:
        self.may_start.wait()
        self._resting.clear()

    def wait(self, timeout_s: float) -> Noticed | None:
        if not self._shown:
            self.done.set()
            self._resting.wait(timeout_s)
            return None
        shown = self._shown.pop(0)
        if isinstance(shown, Exception):
            raise shown
        return shown

    def ask(self, question: bytes) -> bytes:
        return bytes.fromhex("04A1B2C3D4E5F69000") if question == ASK_NUMBER else b""

    def interrupt(self) -> None:
        self._resting.set()

    def close(self) -> None:
        """Nothing is held."""


def cards_told(facts: Facts, closing: list[Any], *shown: Noticed | Exception) -> int:
    line = ScriptedLine(*shown)
    adapter = PcscAdapter("reader", line, kind="smartcard", site_key=b"key", sink=facts)
    closing.append(adapter)
    adapter.arm(CardPurpose.ANSWER)
    line.may_start.set()
    assert line.done.wait(5.0)
    return sum(isinstance(fact, CardPresented) for fact in facts.seen)


def test_a_card_that_lay_there_before_is_not_told(facts: Facts, closing: list[Any]) -> None:
    assert cards_told(facts, closing, Noticed(has_card=True, count=1)) == 0


def test_a_card_changed_between_two_looks_is_told(facts: Facts, closing: list[Any]) -> None:
    changes = (Noticed(has_card=False, count=0), Noticed(has_card=True, count=1))
    again = (Noticed(has_card=True, count=1), Noticed(has_card=True, count=3))
    assert cards_told(facts, closing, *changes, *again) == 2


def test_a_lost_reader_is_found_again(facts: Facts, closing: list[Any]) -> None:
    shown = (LinkLost("LINK-002", "Gone.", "Wait."), Noticed(has_card=False, count=0))
    assert cards_told(facts, closing, *shown, Noticed(has_card=True, count=1)) == 1
    facts.condition(Condition.READY)
