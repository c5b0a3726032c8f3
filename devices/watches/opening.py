"""Makes the watches that settings ask for.

Responsible for: what ``system``, ``nut:…``, ``sound`` and ``input:…`` mean.
Not responsible for: reading settings files, or what the service does with what is told.
"""

from typing import Final

from devices.links.tcp_link import TcpLink
from devices.watches.nut import PORT, NutSource
from devices.watches.power_supply import PowerSupplySource
from devices.watches.socket_switch import SocketSource
from devices.watches.sound_server import SoundServerSource
from devices.watches.source import Source
from devices.watches.watch import WatchThread
from kiosk.errors import SettingsError
from kiosk.ports import DeviceSink, Watch

NONE: Final = "none"
SYSTEM: Final = "system"
SOUND: Final = "sound"
POWER: Final = "power"
HEADPHONES: Final = "headphones"


def open_power(address: str, sink: DeviceSink) -> Watch | None:
    """Start watching what feeds the terminal; None where settings want nobody to.

    Raises:
        SettingsError: the address is not understood.
    """
    if address == NONE:
        return None
    return WatchThread(POWER, power_source(address), sink)


def open_headphones(address: str, sink: DeviceSink) -> Watch | None:
    """Start watching the headphone socket; None where settings want nobody to.

    Raises:
        SettingsError: the address is not understood.
    """
    if address == NONE:
        return None
    return WatchThread(HEADPHONES, headphone_source(address), sink)


def power_source(address: str) -> Source:
    """Make what knows of the power, still closed.

    Raises:
        SettingsError: the address is not understood.
    """
    if address == SYSTEM:
        return PowerSupplySource(POWER)
    ups, at, place = address.removeprefix("nut:").partition("@")
    if not address.startswith("nut:") or not at or not ups:
        raise _refused(address, "system, none or nut:ups@127.0.0.1")
    host, colon, port = place.rpartition(":")
    if colon and not port.isdecimal():
        raise _refused(address, "nut:ups@127.0.0.1:3493")
    link = TcpLink(host or place, int(port) if colon else PORT, address)
    return NutSource(POWER, ups, link)


def headphone_source(address: str) -> Source:
    """Make what knows of the headphones, still closed.

    Raises:
        SettingsError: the address is not understood.
    """
    if address == SOUND:
        return SoundServerSource(HEADPHONES)
    if address == SYSTEM:
        return SocketSource(HEADPHONES)
    if address.startswith("input:"):
        return SocketSource(HEADPHONES, address.removeprefix("input:"))
    raise _refused(address, "system, none, sound or input:/dev/input/by-path/NODE")


def _refused(address: str, forms: str) -> SettingsError:
    return SettingsError(
        "DEVICE-005", f"Nothing that can be watched is at '{address}'.", f"Write {forms}.", address
    )
