"""Addresses of devices, of the central service and of the council's web host.

Responsible for: refusing what cannot be right or is not safe, before anything is opened.
Not responsible for: opening anything (`devices.links`).
"""

import ipaddress
import re
from urllib.parse import urlsplit

from kiosk.settings.documents.document import wrong
from kiosk.settings.problems import quoted

SIMULATED = "simulated"
EMBEDDED = "embedded"
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
WITHOUT_ADDRESS = ("system", "none")
_SANE = re.compile(r"sane:[!-~]{1,120}")
_UPS = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SERIAL = re.compile(r"/(?:dev|tmp)/[^?]+(\?baud=[1-9][0-9]{2,6})?")
_INPUT = re.compile(r"/(?:dev|tmp)/[^?]+(\?layout=[a-z-]{2,12})?")
"""Simulated devices stand under /tmp, for training on the whole terminal."""
_FORMS = (
    "Write it like usb:/dev/usb/lp0, serial:/dev/serial/by-id/NAME, tcp:10.0.0.5:9100, pcsc:NAME "
    "or input:/dev/input/by-id/NAME?layout=gb."
)


def checked_device(address: str) -> str:
    """Return a device's address, if it is one and lies on the facility's own network."""
    if address == SIMULATED:
        return address
    kind, colon, rest = address.partition(":")
    if kind == "usb" and rest.startswith("/dev/"):
        return address
    if kind == "serial" and _SERIAL.fullmatch(rest):
        return address
    if kind == "input" and _INPUT.fullmatch(rest):
        return address
    if kind == "pcsc" and colon:
        return address
    if kind == "tcp" and rest:
        _check_tcp(address, rest)
        return address
    raise wrong("SET-504", f"{quoted(address)} is not the address of a device.", _FORMS)


def checked_printer(address: str) -> str:
    """Return the address of a printer."""
    for kind in ("pcsc:", "input:"):
        if address.startswith(kind):
            raise wrong(
                "SET-504", f"Only a card reader can be at an address that begins with {kind}.", _FORMS
            )
    return checked_device(address)


def checked_document_scanner(address: str) -> str:
    """Return the address of a document scanner."""
    if _SANE.fullmatch(address):
        return address
    raise wrong(
        "SET-504",
        f"{quoted(address)} is not the address of a document scanner.",
        "Write sane: and how its name begins, such as sane:genesys; 'kiosk devices' lists them.",
    )


def checked_power(address: str) -> str:
    """Return what tells of the power."""
    if address in WITHOUT_ADDRESS:
        return address
    ups, at, place = address.removeprefix("nut:").partition("@")
    if not address.startswith("nut:") or not at or not _UPS.fullmatch(ups):
        raise wrong(
            "SET-505",
            f"{quoted(address)} is nothing that tells of battery and mains.",
            "Write system, none, or the name of the UPS at its NUT server, such as nut:ups@127.0.0.1.",
        )
    _check_tcp(address, place)
    return address


def checked_headphones(address: str) -> str:
    """Return what tells of the headphone socket."""
    if address in (*WITHOUT_ADDRESS, "sound") or re.fullmatch(r"input:/dev/[^?]+", address):
        return address
    raise wrong(
        "SET-505",
        f"{quoted(address)} is nothing that tells of headphones.",
        "Write system, sound, none, or the node of the socket, such as input:/dev/input/by-path/NODE.",
    )


def _check_tcp(address: str, rest: str) -> None:
    found = re.fullmatch(r"(?P<host>\[[^\]]*\]|[^:]*)(?::(?P<port>\d{1,5}))?", rest)
    if found is None or not found["host"] or not 0 < int(found["port"] or 1) <= 65535:  # noqa: PLR2004 - ports
        raise wrong("SET-504", f"{quoted(address)} is not the address of a device.", _FORMS)
    host = found["host"].strip("[]")
    if host == "localhost":
        return
    try:
        number = ipaddress.ip_address(host)
    except ValueError as fault:
        raise wrong(
            "SET-502",
            f"The device is addressed by a name, {quoted(host)}, which can lead elsewhere tomorrow.",
            "Write the fixed number that it has on the facility's own network, such as tcp:10.0.0.5:9100.",
        ) from fault
    if number.is_unspecified or number.is_multicast or number.is_reserved or not number.is_private:
        raise wrong(
            "SET-502",
            f"{host} is not on the facility's own network; strangers could print there, or read along.",
            "Connect the device by USB, or give it a number such as 10.0.0.5 or 192.168.1.5.",
        )


def checked_central(url: str) -> str:
    """Return the central service's URL, if what is sent there cannot be read on the way."""
    if url == EMBEDDED:
        return url
    try:
        parts = urlsplit(url)
        host, secret = parts.hostname or "", parts.username or parts.password or parts.query or parts.fragment
        _ = parts.port
    except ValueError:
        parts, host, secret = urlsplit(""), "", ""
    if secret:
        raise wrong(
            "SET-503",
            "The address of central holds more than a host and a path.",
            "Delete it; keys are given when the terminal is paired.",
        )
    if host and (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))):
        return url
    raise wrong(
        "SET-503",
        f"{quoted(url)} is not a safe address of central.",
        "Write https:// and the host, such as https://kiosk.council.example.",
    )


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_host(host: str) -> str:
    """Return the council's web host: a bare name in small letters."""
    if host and not _HOST.fullmatch(host):
        raise wrong(
            "SET-501",
            f"{quoted(host)} is not the name of a web host.",
            "Write only the host, such as www.council.example, without https:// and without a path.",
        )
    return host
