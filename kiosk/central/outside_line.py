"""One HTTP call to a system outside: it ends, it follows nobody elsewhere, and it goes only where it may.

Responsible for: addresses (https and public, unless a setting allows others), pinning the name's address, and
telling "nothing left us" from "nobody can say".
Not responsible for: what is said (`bridge`, `webhooks`, `notify`). Blocks; called on threads of the carriers.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kiosk.errors import UsageError

LARGEST_ANSWER = 1024 * 1024
LONGEST_ADDRESS = 2000
PLAIN = {
    socket.gaierror: "nobody knows this name",
    ConnectionRefusedError: "nothing listens there",
    TimeoutError: "it took too long",
    ssl.SSLCertVerificationError: "its certificate is not one that we trust",
    ssl.SSLError: "it does not speak TLS as we do",
    ConnectionError: "it hung up",
}
"""Why a call failed, the narrower before the wider."""


class NothingSent(Exception):
    """The call ended before anything reached the other side; says why."""


class NobodyKnows(Exception):
    """The call ended after something was sent and before an answer was whole; says why."""


@dataclass(frozen=True, slots=True)
class Outside:
    """An answer from outside. Header names are in small letters."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Where:
    """An address that may be called."""

    scheme: str
    host: str
    port: int
    path: str


def where(url: str, *, allow_private: bool) -> Where:
    """Take an address apart, and refuse one that nothing may be sent to.

    Raises:
        UsageError: it is no address of the web, carries a password, or is not https.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError:
        port = 0
    schemes = {"https", "http"} if allow_private else {"https"}
    host = parts.hostname or ""
    named = parts.scheme in schemes and host and port and not (parts.username or parts.password)
    if not named or not _is_plain(url) or not (allow_private or _may_be_public(host)):
        raise UsageError(
            "CENTRAL-050",
            "This address cannot be called.",
            "Give a public address that begins with https:// and has no password in it.",
            url[:80],
        )
    query = f"?{parts.query}" if parts.query else ""
    return Where(parts.scheme, host, port, (parts.path or "/") + query)


def _is_plain(url: str) -> bool:
    """Say whether it is written as addresses are: without spaces, line ends or letters of other scripts."""
    return url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_ADDRESS


def _may_be_public(host: str) -> bool:
    """Say whether a host may turn out to be public; of a name, that is seen when it is called."""
    try:
        return is_public(host)
    except ValueError:
        return True


def call(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    timeout_s: float = 10.0,
    allow_private: bool = False,
) -> Outside:
    """Make one call.

    Args:
        method: such as POST.
        url: where to.
        body: sent as it is.
        headers: sent as they are.
        timeout_s: for connecting, and for each wait for bytes.
        allow_private: also speak http, and with addresses that are not public.

    Raises:
        UsageError: the address may not be called.
        NothingSent: nothing reached the other side.
        NobodyKnows: something may have.
    """
    place = where(url, allow_private=allow_private)
    connection = _connected(place, timeout_s, allow_private=allow_private)
    try:
        connection.request(
            method, place.path, body or None, {"User-Agent": "council-kiosk", **(headers or {})}
        )
        answer = connection.getresponse()
        content = answer.read(LARGEST_ANSWER + 1)
        if len(content) > LARGEST_ANSWER:
            message = "the answer is too large"
            raise NobodyKnows(message)
        return Outside(answer.status, content, {name.lower(): value for name, value in answer.getheaders()})
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NobodyKnows(_plain(error)) from error
    finally:
        connection.close()


def _connected(place: Where, timeout_s: float, *, allow_private: bool) -> http.client.HTTPConnection:
    """Connect to one of the addresses that were looked at, not to what the name says a moment later."""
    try:
        address = _address(place, allow_private=allow_private)
        line = socket.create_connection((address, place.port), timeout_s)
        if place.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=place.host)
    except (OSError, ValueError) as error:
        raise NothingSent(_plain(error)) from error
    connection = http.client.HTTPConnection(place.host, place.port, timeout=timeout_s)
    connection.sock = line
    return connection


def _plain(error: Exception) -> str:
    return next((words for kind, words in PLAIN.items() if isinstance(error, kind)), type(error).__name__)


def _address(place: Where, *, allow_private: bool) -> str:
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not allow_private and not all(is_public(each) for each in addresses):
        message = "the address is not a public one"
        raise NothingSent(message)
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address may be called: neither our own networks nor this machine."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)
