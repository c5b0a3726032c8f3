"""The devices that settings name, opened for a terminal and let go of with it.

Responsible for: which adapter each becomes, and what the service calls it.
Not responsible for: the adapters (`devices`), or the rest of a terminal (`kiosk.app`).
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.catalogue import open_document_scanner, open_printer, open_reader, typeset_raster
from devices.watches.opening import open_headphones, open_power
from kiosk.devices_told import PRINTER
from kiosk.keys import site_key
from kiosk.ports import CardReader, Clock, DeviceSink, DocumentScanner, ReceiptPrinter
from kiosk.settings import TerminalPlace
from kiosk.store import Store
from kiosk.typeset import Typesetter

DOCUMENT_SCANNER: Final = "document-scanner"


@dataclass(frozen=True, slots=True)
class PluggedIn:
    """Open the devices of one terminal.

    Attributes:
        place: what settings say of them.
        folder: where this terminal keeps its data.
        clock: real time: devices speak with other processes.
        sink: takes what they tell, on their threads.
        stack: closes them.
    """

    place: TerminalPlace
    folder: Path
    store: Store
    clock: Clock
    sink: DeviceSink
    stack: ExitStack

    def printer(self) -> ReceiptPrinter | None:
        """Start the ticket printer; None where there is none."""
        configured = self.place.printer
        if configured is None:
            return None
        printer = open_printer(
            PRINTER,
            configured.address,
            configured.profile,
            clock=self.clock,
            journal=self.store,
            sink=self.sink,
            raster=typeset_raster(Typesetter()),
            paper=self.store.printers,
            units=self.store.printers,
            logo=configured.logo,
        )
        self.stack.callback(printer.close)
        return printer

    def readers(self) -> tuple[CardReader, ...]:
        """Start the card readers."""
        key = site_key(self.folder)
        readers: list[CardReader] = []
        for place, configured in enumerate(self.place.readers, 1):
            reader = open_reader(
                f"reader-{place}",
                configured.address,
                configured.kind,
                clock=self.clock,
                site_key=key,
                sink=self.sink,
            )
            self.stack.callback(reader.close)
            readers.append(reader)
        return tuple(readers)

    def document_scanner(self) -> DocumentScanner | None:
        """Start the document scanner; None where there is none."""
        configured = self.place.document_scanner
        if configured is None:
            return None
        scanner = open_document_scanner(
            DOCUMENT_SCANNER,
            configured.address,
            colour=configured.colour,
            source=configured.source,
            program=configured.program,
            clock=self.clock,
            sink=self.sink,
        )
        self.stack.callback(scanner.close)
        return scanner

    def watch(self) -> None:
        """Start watching power and headphones."""
        place, told = self.place, self.sink
        for watch in (open_power(place.power, told), open_headphones(place.headphones, told)):
            if watch is not None:
                self.stack.callback(watch.close)
