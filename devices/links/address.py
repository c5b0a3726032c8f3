"""Addresses of devices, as settings write them.

Responsible for: reading ``serial:/dev/serial/by-id/NAME``, ``tcp:10.0.0.5:9100``, ``usb:/dev/usb/lp0``,
``pcsc:NAME``, ``input:/dev/input/by-id/NAME?layout=gb``.
Not responsible for: whether anything answers there.
"""

from dataclasses import dataclass
from typing import Final, assert_never
from urllib.parse import parse_qsl

from devices.links.input_link import InputLink
from devices.links.link import Link
from devices.links.node_link import NodeLink
from devices.links.serial_link import SerialLink
from devices.links.tcp_link import TcpLink
from kiosk.errors import SettingsError

DEFAULT_BAUD: Final = 9600
BAUDS: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
DEFAULT_PRINTER_PORT: Final = 9100
HIGHEST_PORT: Final = 65535
EXAMPLES: Final = (
    "serial:/dev/serial/by-id/NAME?baud=38400, tcp:10.0.0.5:9100, usb:/dev/usb/lp0, pcsc:ACR122U "
    "or input:/dev/input/by-id/NAME?layout=gb"
)


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port and its speed."""

    path: str
    baud: int


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A host and a TCP port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class NodeAddress:
    """A USB printer node."""

    path: str


@dataclass(frozen=True, slots=True)
class PcscAddress:
    """A chip card reader by part of its name; empty for the first there is."""

    reader: str


@dataclass(frozen=True, slots=True)
class InputAddress:
    """A scanner that types like a keyboard, and for which layout it is set; empty where nothing is said."""

    path: str
    layout: str


Address = SerialAddress | TcpAddress | NodeAddress | PcscAddress | InputAddress


def parse_address(text: str) -> Address:
    """Read an address.

    Raises:
        SettingsError: it is none of the known forms; the error says what was wrong and gives examples.
    """
    kind, colon, rest = text.strip().partition(":")
    if not colon or (not rest and kind != "pcsc"):
        raise _refused(text, "it has no kind in front")
    match kind:
        case "serial":
            return _serial(text, rest)
        case "tcp":
            return _tcp(text, rest)
        case "usb":
            return NodeAddress(rest)
        case "pcsc":
            return PcscAddress(rest)
        case "input":
            return _input(text, rest)
        case _:
            raise _refused(text, f"its kind '{kind}' is unknown")


def open_link(text: str) -> Link:
    """Make the link that an address means, still closed.

    Raises:
        SettingsError: the address cannot be read, or no bytes flow there.
    """
    address = parse_address(text)
    match address:
        case SerialAddress(path, baud):
            return SerialLink(path, baud, text)
        case TcpAddress(host, port):
            return TcpLink(host, port, text)
        case NodeAddress(path):
            return NodeLink(path, text)
        case InputAddress(path):
            return InputLink(path, text)
        case PcscAddress():
            raise _refused(text, "only a reader of the kind 'pcsc' can be there")
        case _:
            assert_never(address)


def _serial(text: str, rest: str) -> SerialAddress:
    path, written = _with_setting(text, rest, "baud", str(DEFAULT_BAUD))
    if not written.isdecimal() or int(written) not in BAUDS:
        raise _refused(text, f"'{written}' is no usual speed")
    return SerialAddress(path, int(written))


def _input(text: str, rest: str) -> InputAddress:
    path, layout = _with_setting(text, rest, "layout", "")
    return InputAddress(path, layout)


def _with_setting(text: str, rest: str, key: str, default: str) -> tuple[str, str]:
    path, _, query = rest.partition("?")
    settings = dict(parse_qsl(query, keep_blank_values=True))
    written = settings.pop(key, default)
    if settings:
        raise _refused(text, f"the setting '{next(iter(settings))}' is unknown")
    return path, written


def _tcp(text: str, rest: str) -> TcpAddress:
    host, colon, written = rest.rpartition(":")
    if not colon:
        return TcpAddress(rest, DEFAULT_PRINTER_PORT)
    if not host or not written.isdecimal() or not 0 < int(written) <= HIGHEST_PORT:
        raise _refused(text, f"'{written}' is no port")
    return TcpAddress(host.strip("[]"), int(written))


def _refused(text: str, why: str) -> SettingsError:
    return SettingsError(
        "DEVICE-001",
        f"The device address '{text}' cannot be read: {why}.",
        f"Write it like {EXAMPLES}.",
        text,
    )
