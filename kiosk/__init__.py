"""The terminal service, its pure core, and the reference central service."""

__version__ = "0.1.0"
