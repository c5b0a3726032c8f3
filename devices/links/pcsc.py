"""The PC/SC service of the system: which readers there are, when a card comes and goes, one question to it.

Responsible for: raw calls to the resource service, each of which ends; no thread of its own.
Not responsible for: what a card's answer means, or starting again after a loss (the adapter).

The library's own card watching thread does not survive a restart of ``pcscd``; this does not use it.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from devices.links.link import absent, lost

TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a reader showed: a card there or not, and whether that is new."""

    has_card: bool
    count: int
    """Goes up with every card laid down or taken away."""


def chip_readers() -> list[str]:
    """Return the names of the readers that the service knows; none if it does not run or is not installed."""
    try:
        scard: Any = import_module("smartcard.scard")
    except ImportError:
        return []
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if result != scard.SCARD_S_SUCCESS:
        return []
    _, readers = scard.SCardListReaders(context, [])
    scard.SCardReleaseContext(context)
    return list(readers or [])


class PcscLine:
    """A reader by (part of) its name; used by one thread, except `interrupt`.

    Args:
        wanted: part of the reader's name, for instance ``ACR122U``; empty for the first reader there is.
        address: the address as settings write it.
    """

    def __init__(self, wanted: str, address: str) -> None:
        self._wanted = wanted
        self._address = address
        self._scard: Any = None
        self._context: Any = None
        self._reader = ""
        self._state = 0

    def __repr__(self) -> str:
        """Show the address and whether it is open."""
        return f"PcscLine({self._address!r}, {'open' if self._reader else 'closed'})"

    def open(self) -> None:
        """Find the reader.

        Raises:
            LinkAbsent: the service does not run, or has no such reader.
        """
        self.close()
        try:
            self._scard = import_module("smartcard.scard")
        except ImportError as error:
            raise absent(self._address, "the Python package pyscard is not installed") from error
        result, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_SYSTEM)
        if result != self._scard.SCARD_S_SUCCESS:
            raise absent(self._address, "the service pcscd does not run")
        self._context = context
        result, readers = self._scard.SCardListReaders(context, [])
        found = [reader for reader in readers or [] if self._wanted in reader]
        if result != self._scard.SCARD_S_SUCCESS or not found:
            self.close()
            raise absent(self._address, "there is no such reader")
        self._reader = found[0]
        self._state = self._scard.SCARD_STATE_UNAWARE

    def wait(self, timeout_s: float) -> Noticed | None:
        """Wait until the reader shows something new; None when nothing is.

        Raises:
            LinkLost: the reader or the service is gone.
        """
        if not self._reader:
            raise lost(self._address, "not open")
        scard = self._scard
        result, states = scard.SCardGetStatusChange(
            self._context, int(timeout_s * 1000), [(self._reader, self._state)]
        )
        if result in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
            return None
        if result != scard.SCARD_S_SUCCESS:
            raise lost(self._address, scard.SCardGetErrorMessage(result))
        _, state, _ = states[0]
        if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE):
            raise lost(self._address, "the reader was unplugged")
        self._state = state & ~scard.SCARD_STATE_CHANGED
        return Noticed(bool(state & scard.SCARD_STATE_PRESENT), state >> 16)

    def ask(self, question: bytes) -> bytes:
        """Return the card's answer to one command; empty when the card was taken away or says nothing."""
        for _ in range(TRIES):
            if answer := self._ask_once(question):
                return answer
        return b""

    def interrupt(self) -> None:
        """End a `wait` under way; from any thread."""
        if self._context is not None:
            self._scard.SCardCancel(self._context)

    def close(self) -> None:
        """Let go of the reader and the service; may be called twice."""
        context, self._context, self._reader = self._context, None, ""
        if context is not None:
            self._scard.SCardReleaseContext(context)

    def _ask_once(self, question: bytes) -> bytes:
        scard = self._scard
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, card, protocol = scard.SCardConnect(
            self._context, self._reader, scard.SCARD_SHARE_SHARED, either
        )
        if result != scard.SCARD_S_SUCCESS:
            return b""
        try:
            header = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
            result, answer = scard.SCardTransmit(card, header, list(question))
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        return bytes(answer) if result == scard.SCARD_S_SUCCESS else b""
