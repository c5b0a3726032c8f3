"""What of this machine's surroundings tells something, for the command ``kiosk devices``.

Responsible for: looking once at the power, the headphones, and what types like a keyboard, and the settings
line for each.
Not responsible for: ports, printers and card readers (`discovery`). Blocks for a few seconds at most.
"""

import contextlib
import re
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from devices.found import FoundPort
from devices.watches.nut import listed_ups
from devices.watches.opening import headphone_source, power_source
from devices.watches.source import Source, Told
from kiosk.core.hardware import HeadphonesChanged, PowerChanged
from kiosk.errors import LinkError

NUT_HOST: Final = "127.0.0.1"
INPUT_BY_ID: Final = Path("/dev/input/by-id")
EV_KEY: Final = 1
TYPING: Final = frozenset({*range(2, 12), 28, *range(16, 26)})
"""Digits, Enter and the row of Q: what has them can type a code."""
SCANNERS: Final = re.compile(
    r"scan|barcode|bar code|reader|rfid|datalogic|honeywell|metrologic|newland|symbol|zebra", re.IGNORECASE
)


def find_surroundings() -> list[FoundPort]:
    """Look at what types, at the power, at a NUT server of this machine, and at the headphones."""
    return [*_keyboards(), *_power(), *_headphones()]


def typing_device(path: str, name: str, keys: Collection[int]) -> FoundPort | None:
    """Say what an input node is; None for what cannot type, such as a power button."""
    if not TYPING.issubset(keys):
        return None
    setting = f"readers: [{{address: 'input:{path}?layout=us', kind: scanner}}]"
    if SCANNERS.search(name):
        answer = (
            "types like a keyboard; by its name a scanner or card reader. USB serial is better, if it can"
        )
        return FoundPort(path, name, answer, setting=setting)
    return FoundPort(path, name, "types like a keyboard; use it only if it is a scanner", setting=setting)


def _keyboards() -> Iterator[FoundPort]:
    try:
        evdev: Any = import_module("evdev")
    except ImportError:
        return
    stable = {str(link.resolve()): str(link) for link in INPUT_BY_ID.glob("*-event-kbd")}
    for path in sorted(evdev.list_devices()):
        with contextlib.suppress(OSError):
            device = evdev.InputDevice(path, readonly=True)
            found = typing_device(
                stable.get(path, path), str(device.name), device.capabilities().get(EV_KEY, [])
            )
            device.close()
            if found is not None:
                yield found


def _power() -> Iterator[FoundPort]:
    for address in ("system", *(f"nut:{ups}@{NUT_HOST}" for ups in listed_ups(NUT_HOST))):
        told = _looked(power_source(address))
        if isinstance(told, PowerChanged):
            yield power_found(address, told)


def power_found(address: str, told: PowerChanged) -> FoundPort:
    """Say what a source of power told."""
    parts = [f"fed by {told.source}" if told.source != "unknown" else "does not say what feeds it"]
    if told.charge >= 0:
        parts.append(f"{told.charge} % charged")
    if told.minutes_left >= 0:
        parts.append(f"{told.minutes_left} minutes left")
    if told.is_low:
        parts.append("nearly empty")
    return FoundPort(address, "battery, UPS and mains", ", ".join(parts), setting=f"power: '{address}'")


def _headphones() -> Iterator[FoundPort]:
    for address in ("system", "sound"):
        told = _looked(headphone_source(address))
        if isinstance(told, HeadphonesChanged):
            answer = f"headphones {told.state}"
            yield FoundPort(address, "headphone socket", answer, setting=f"headphones: {address}")


def _looked(source: Source) -> Told | None:
    try:
        source.open()
        return source.look()
    except LinkError:
        return None
    finally:
        source.close()
