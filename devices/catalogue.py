"""Makes the adapters that settings ask for.

Responsible for: the names of reader kinds and printer profiles, and putting link, codec and adapter together.
Not responsible for: reading settings files, or what the service does with a device.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.documents.adapter import DocumentScannerAdapter
from devices.documents.scanimage import SCANIMAGE, ScannerAsked
from devices.links.address import DEFAULT_BAUD, InputAddress, PcscAddress, open_link, parse_address
from devices.links.pcsc import PcscLine
from devices.printers.adapter import PrinterAdapter
from devices.printers.dots import RasterLine
from devices.printers.logo import read_logo
from devices.printers.profile import profile_named, profiles
from devices.printers.shaping import typeset_raster
from devices.readers.adapter import ReaderAdapter
from devices.readers.codec import ReaderCodec
from devices.readers.em4100 import Em4100Codec
from devices.readers.keys import Keys, TypedCodec
from devices.readers.layouts import DEFAULT, layout_named, layout_names
from devices.readers.magstripe import MagstripeCodec
from devices.readers.outcome import token_of
from devices.readers.pcsc_adapter import PcscAdapter
from devices.readers.scanner import ScannerCodec
from devices.readers.uid_line import UidLineCodec
from devices.readers.wiegand import AS_BITS, AS_HEX, WiegandCodec
from kiosk.errors import SettingsError
from kiosk.ports import CardReader, Clock, DeviceSink, Journal, PaperMemory, UnitMemory

__all__ = ["check_printer", "check_reader", "layout_names", "open_document_scanner", "open_printer"]
__all__ += ["open_reader", "profile_names", "reader_kinds", "token_of", "typed_kinds", "typeset_raster"]


@dataclass(frozen=True, slots=True)
class ReaderKind:
    """A kind of reader: how it frames a card, what facts call its cards, whether a keyboard can type it."""

    codec: Callable[[], ReaderCodec]
    card: str
    baud: int = DEFAULT_BAUD
    is_typed: bool = True


_READERS: Final[Mapping[str, ReaderKind]] = {
    "id12": ReaderKind(Em4100Codec, "badge", is_typed=False),
    "rdm6300": ReaderKind(Em4100Codec, "badge", is_typed=False),
    "uid-line": ReaderKind(UidLineCodec, "smartcard"),
    "magstripe": ReaderKind(MagstripeCodec, "magstripe"),
    "scanner": ReaderKind(ScannerCodec, "code"),
    "wiegand-bits": ReaderKind(lambda: WiegandCodec(AS_BITS), "badge"),
    "wiegand-hex": ReaderKind(lambda: WiegandCodec(AS_HEX), "badge"),
}


PCSC: Final = "pcsc"
"""Chip card readers that the system drives: no bytes of their own, so no codec."""


def profile_names() -> tuple[str, ...]:
    """Return the printer profiles that settings may name."""
    return tuple(profiles())


def reader_kinds() -> tuple[str, ...]:
    """Return the reader kinds that settings may name."""
    return (*_READERS, PCSC)


def reader_codec(kind_name: str) -> tuple[Callable[[], ReaderCodec], str]:
    """Return what makes the codec of a kind of reader with a line, and what facts call its cards.

    Raises:
        SettingsError: the kind is not understood.
    """
    kind = _kind(kind_name)
    return kind.codec, kind.card


def typed_kinds() -> tuple[str, ...]:
    """Return the reader kinds that a keyboard can type."""
    return tuple(name for name, kind in _READERS.items() if kind.is_typed)


def check_printer(address: str, profile_name: str) -> None:
    """Check what settings say of a printer, without touching it.

    Raises:
        SettingsError: the address or the profile is not understood.
    """
    open_link(address)
    profile_named(profile_name)


def check_reader(address: str, kind_name: str) -> None:
    """Check what settings say of a reader, without touching it.

    Raises:
        SettingsError: the address or the kind is not understood.
    """
    match parse_address(address):
        case PcscAddress():
            if kind_name != PCSC:
                raise _unfit(address, kind_name, "At an address that begins with pcsc: write 'kind: pcsc'.")
        case InputAddress(_, layout):
            layout_named(layout or DEFAULT)
            if not _kind(kind_name).is_typed:
                lines = ", ".join(typed_kinds())
                raise _unfit(address, kind_name, f"A keyboard types lines: choose one of {lines}.")
        case _:
            _kind(kind_name)


def open_printer(
    name: str,
    address: str,
    profile_name: str,
    *,
    clock: Clock,
    journal: Journal,
    sink: DeviceSink,
    raster: RasterLine | None,
    paper: PaperMemory | None = None,
    units: UnitMemory | None = None,
    logo: Path | None = None,
) -> PrinterAdapter:
    """Start the adapter of a printer; it may be absent.

    With a `PaperMemory` it forecasts the paper, with a `UnitMemory` it knows units again, with a logo (a PNG)
    it prints that where a ticket says so.

    Raises:
        SettingsError: the address or the profile is not understood, or the logo is no picture.
    """
    profile = profile_named(profile_name)
    link = open_link(address)
    return PrinterAdapter(
        name,
        link,
        profile,
        clock=clock,
        journal=journal,
        sink=sink,
        raster=raster,
        paper=paper,
        units=units,
        logo=read_logo(logo, profile) if logo is not None else None,
    )


def open_reader(
    name: str, address: str, kind_name: str, *, clock: Clock, site_key: bytes, sink: DeviceSink
) -> CardReader:
    """Start the adapter of a reader; it may be absent.

    Raises:
        SettingsError: the address or the kind is not understood, or the two do not fit.
    """
    check_reader(address, kind_name)
    place = parse_address(address)
    if isinstance(place, PcscAddress):
        line = PcscLine(place.reader, address)
        return PcscAdapter(name, line, kind="smartcard", site_key=site_key, sink=sink)
    kind = _kind(kind_name)
    codec = _typed(place.layout, kind.codec) if isinstance(place, InputAddress) else kind.codec
    link = open_link(address)
    return ReaderAdapter(name, link, codec, kind=kind.card, clock=clock, site_key=site_key, sink=sink)


def open_document_scanner(
    name: str,
    address: str,
    *,
    colour: bool = False,
    source: str = "",
    program: tuple[str, ...] = SCANIMAGE,
    clock: Clock,
    sink: DeviceSink,
) -> DocumentScannerAdapter:
    """Start the adapter of a document scanner; it may be absent."""
    asked = ScannerAsked(address, colour, source, program)
    return DocumentScannerAdapter(name, asked, clock=clock, sink=sink)


def _typed(layout: str, codec: Callable[[], ReaderCodec]) -> Callable[[], ReaderCodec]:
    chosen = layout_named(layout or DEFAULT)
    return lambda: TypedCodec(Keys(chosen), codec())


def _kind(name: str) -> ReaderKind:
    if name not in _READERS:
        raise SettingsError(
            "DEVICE-003",
            f"The reader kind '{name}' is unknown." if name != PCSC else "A PC/SC reader has no line.",
            f"Choose one of {', '.join(reader_kinds())}; 'pcsc' goes with an address such as pcsc:ACR122U.",
            name,
        )
    return _READERS[name]


def _unfit(address: str, kind: str, advice: str) -> SettingsError:
    return SettingsError("DEVICE-003", f"The reader kind '{kind}' cannot be at '{address}'.", advice, kind)
