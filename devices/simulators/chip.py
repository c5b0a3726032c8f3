"""A simulated contactless card on the socket of the virtual reader ``vpcd``, as a program.

Responsible for: being laid down and taken away, and answering as a card with a number does.
Not responsible for: the reader; that is ``pcscd`` itself, with the driver of the package vsmartcard-vpcd.
"""

import contextlib
import select
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.simulators.control import Answer, Control

HOST: Final = "127.0.0.1"
VPCD_PORT: Final = 35963
RETRY_S: Final = 0.1
LONGEST_WAIT_S: Final = 0.5
CONNECT_S: Final = 1.0
LARGEST_READ: Final = 4096
ATR_QUESTION: Final = b"\x04"
STORAGE_CARD: Final = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
ASK_NUMBER: Final = bytes.fromhex("FFCA0000")
FINE: Final = b"\x90\x00"
NOT_SUPPORTED: Final = b"\x6a\x81"


class ChipSimulator:
    """Run one simulated card; everything happens on the thread that calls `run`.

    Args:
        control: where the control socket stands.
        port: where the virtual reader listens on this machine.
    """

    def __init__(self, control: Path, port: int) -> None:
        self._control = Control(control, self._obey)
        self._port = port
        self._number: bytes | None = None
        self._field: socket.socket | None = None
        self._came = b""
        self._is_mute = False
        self._slips_away = False
        self._presented = 0
        self._going = True

    def run(self) -> None:
        """Run until told to quit."""
        try:
            while self._going:
                self._turn()
        finally:
            self._control.close()
            self._leave()

    def _turn(self) -> None:
        if self._number is not None and self._field is None:
            self._enter()
        sockets = [*self._control.sockets(), *([self._field] if self._field else [])]
        waits = self._number is not None and self._field is None
        ready, _, _ = select.select(sockets, [], [], RETRY_S if waits else LONGEST_WAIT_S)
        if self._field is not None and self._field in ready:
            self._hear(self._field)
        self._control.serve(ready)

    def _enter(self) -> None:
        """Come into the reader's field; without a reader it is tried again."""
        with contextlib.suppress(OSError):
            self._field = socket.create_connection((HOST, self._port), CONNECT_S)

    def _leave(self) -> None:
        if self._field is not None:
            self._field.close()
        self._field = None
        self._came = b""

    def _hear(self, field: socket.socket) -> None:
        try:
            came = field.recv(LARGEST_READ)
            self._came += came
            while (message := self._next()) is not None:
                answer = self._answer(message)
                if answer:
                    field.sendall(len(answer).to_bytes(2, "big") + answer)
        except OSError:
            came = b""
        if not came:
            self._leave()

    def _next(self) -> bytes | None:
        length = int.from_bytes(self._came[:2], "big")
        if len(self._came) < 2 + length or not self._came:
            return None
        message, self._came = self._came[2 : 2 + length], self._came[2 + length :]
        return message

    def _answer(self, message: bytes) -> bytes:
        """Answer one message; power and reset need no answer."""
        if message == ATR_QUESTION:
            return STORAGE_CARD
        if len(message) == 1:
            return b""
        if self._slips_away:
            self._remove()
            raise ConnectionAbortedError
        if self._is_mute or not message.startswith(ASK_NUMBER):
            return NOT_SUPPORTED
        return (self._number or b"") + FINE

    def _obey(self, verb: str, words: list[str]) -> Answer:
        order = self._orders().get(verb)
        if order is None:
            raise ValueError(f"unknown command '{verb}'; known are {', '.join(sorted(self._orders()))}")
        order(words)
        return {"presented": self._presented, "kind": "pcsc", "in_field": self._field is not None}

    def _orders(self) -> dict[str, Callable[[list[str]], None]]:
        return {
            "hold": self._lay_down,
            "mute": lambda words: self._lay_down(words, mute=True),
            "torn": lambda words: self._lay_down(words, slips=True),
            "remove": lambda _: self._remove(),
            "ok": lambda _: self._remove(),
            "status": lambda _: None,
            "quit": lambda _: self._quit(),
        }

    def _lay_down(self, words: list[str], *, mute: bool = False, slips: bool = False) -> None:
        if len(words) != 1:
            raise ValueError("say which card, for instance 'hold 04A1B2C3D4E5F6'")
        self._leave()
        self._number = bytes.fromhex(words[0])
        self._is_mute, self._slips_away = mute, slips
        self._presented += 1
        self._enter()

    def _remove(self) -> None:
        self._number = None
        self._leave()

    def _quit(self) -> None:
        self._going = False
