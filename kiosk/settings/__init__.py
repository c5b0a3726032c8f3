"""Configuration: files that people write, read into one checked facility, with every problem at once."""

from kiosk.settings.fill import fill_translations
from kiosk.settings.load import load_facility
from kiosk.settings.loaded import DocumentScannerPlace, Loaded, PrinterPlace, ReaderPlace, TerminalPlace
from kiosk.settings.problems import Problem

__all__ = [
    "DocumentScannerPlace",
    "Loaded",
    "PrinterPlace",
    "Problem",
    "ReaderPlace",
    "TerminalPlace",
    "fill_translations",
    "load_facility",
]
