"""Finds what is plugged in, for the command ``kiosk devices``.

Responsible for: listing ports, asking each whether a receipt printer answers, and the settings line to use.
Not responsible for: printing the list; it comes back as values. Every call blocks; not for a running
terminal, whose adapters hold their ports.
"""

import select
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serial.tools import list_ports

from devices.documents.adapter import LIST
from devices.documents.running import run, wait_here
from devices.documents.scanimage import Listed, ScannerAsked, listed, words_to_list
from devices.found import FoundPort
from devices.links.address import open_link
from devices.links.link import Link
from devices.links.pcsc import chip_readers
from devices.printers import commands
from devices.printers.decoder import Block, Decoder, Message, RealTimeStatus
from devices.printers.flags import CLEAR, QUESTIONS, with_answer
from devices.surroundings import find_surroundings
from kiosk.errors import LinkError
from kiosk.ports import Clock

PROBE_BAUDS: Final = (38400, 9600, 115200, 19200)
ANSWER_S: Final = 0.25
CHIP_ANSWER: Final = "chip card reader, driven by pcscd"
SCANNER_ANSWER: Final = "document scanner, driven by SANE"
BY_ID: Final = Path("/dev/serial/by-id")
USB_PRINTERS: Final = Path("/dev/usb")
MODEL_HEAD: Final = 0x5F
_PROFILES: Final = {"TM-T20III": "epson-tm-t20iii", "TM-T88V": "epson-tm-t88v", "TM-T88VI": "epson-tm-t88vi",
                    "TM-T88VII": "epson-tm-t88vi", "TM-m30": "epson-tm-m30", "TM-m30II": "epson-tm-m30",
                    "TM-m30III": "epson-tm-m30", "CT-S310": "citizen-ct-s310",
                    "CT-S310II": "citizen-ct-s310"}  # fmt: skip


def find_devices(clock: Clock) -> list[FoundPort]:
    """Look at all that is plugged in here; a few seconds at most for each."""
    ports = [look_at(path, description, clock) for path, description in _ports()]
    chips = [
        FoundPort(f"pcsc:{name}", "chip card reader", CHIP_ANSWER, setting=_chip_setting(name))
        for name in chip_readers()
    ]
    return [*ports, *chips, *find_document_scanners(clock), *find_surroundings()]


def find_document_scanners(clock: Clock) -> list[FoundPort]:
    """Ask SANE which document scanners there are; none where it is not installed."""
    try:
        ran = run(
            words_to_list(ScannerAsked("sane:any")),
            LIST,
            now=clock.monotonic,
            wait=wait_here,
            is_wanted=lambda: True,
        )
    except LinkError:
        return []
    return [_document_scanner(each) for each in listed(bytes(ran.output).decode("utf-8", "replace"))]


def _document_scanner(found: Listed) -> FoundPort:
    setting = f"document-scanner: {{address: 'sane:{found.name.partition(':')[0]}'}}"
    return FoundPort(f"sane:{found.name}", found.model, SCANNER_ANSWER, setting=setting)


def _chip_setting(name: str) -> str:
    return f"readers: [{{address: 'pcsc:{name}', kind: pcsc}}]"


def look_at(path: str, description: str, clock: Clock) -> FoundPort:
    """Ask at one port, at the usual speeds, whether a receipt printer is there."""
    addresses = [f"usb:{path}"] if path.startswith(str(USB_PRINTERS)) else _serial_addresses(path)
    for address in addresses:
        link = open_link(address)
        try:
            link.open()
        except LinkError:
            return FoundPort(path, description, "in use or not allowed")
        try:
            found = _interview(link, path, description, clock)
        except LinkError:
            found = None
        finally:
            link.close()
        if found is not None:
            return found
    reader = f"readers: [{{address: 'serial:{path}?baud=9600', kind: id12}}]"
    return FoundPort(
        path, description, "no answer (card readers speak only when a card is shown)", setting=reader
    )


def _serial_addresses(path: str) -> list[str]:
    return [f"serial:{path}?baud={baud}" for baud in PROBE_BAUDS]


def _ports() -> Iterator[tuple[str, str]]:
    stable = {str(link.resolve()): str(link) for link in BY_ID.glob("*")}
    for port in list_ports.comports():
        yield stable.get(port.device, port.device), str(port.description or "")
    for node in sorted(USB_PRINTERS.glob("lp*")):
        yield str(node), "USB printer"


def _interview(link: Link, path: str, description: str, clock: Clock) -> FoundPort | None:
    flags = CLEAR
    for question in QUESTIONS:
        statuses = [m for m in _ask(link, commands.ask_now(question), clock) if isinstance(m, RealTimeStatus)]
        if not statuses:
            return None
        flags = with_answer(flags, question, statuses[0].bits)
    names = [
        m for m in _ask(link, commands.ASK_MODEL, clock) if isinstance(m, Block) and m.head == MODEL_HEAD
    ]
    model = names[0].content.decode("ascii", "replace") if names else ""
    profile = _PROFILES.get(model, "generic-80mm")
    setting = f"printer: {{address: '{link.address}', profile: {profile}}}"
    return FoundPort(path, description, "receipt printer", model, flags.reason, setting)


def _ask(link: Link, question: bytes, clock: Clock) -> list[Message]:
    """Write a question and collect what comes until there has been quiet for a moment."""
    decoder = Decoder()
    heard: list[Message] = []
    left = question
    until = clock.monotonic() + ANSWER_S
    while (wait := until - clock.monotonic()) > 0:
        readable, _, _ = select.select([link.fileno()], [], [], 0 if left else wait)
        if left:
            left = left[link.write_some(left) :]
        if readable:
            heard.extend(decoder.feed(link.read()))
        if heard and not left:
            break
    return heard
