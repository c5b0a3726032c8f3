"""Why a server gave no answer, in plain words, and what to do about it.

Responsible for: reading that off the error that a call ended with.
Not responsible for: answers, however wrong they are (`line`).
"""

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import requests
import urllib3

_DO_CERTIFICATE = "Compare both clocks, or give the server a certificate that is valid now."
_DO_AUTHORITY = "Name the authority that made the certificate with --ca-file."
_NO_AUTHORITY = "no authority that is trusted here vouches for its certificate"
_OTHER_NAME = "its certificate is for another name"
_DO_NAME = "Call the server by the name that stands in its certificate."
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


@dataclass(frozen=True, slots=True)
class Silence:
    """Why there was no answer, as the end of a sentence, and the next step as a sentence."""

    why: str
    do: str


_REFUSED = Silence(
    "it refuses the connection", "Start the server, and compare the port in the address with its own."
)
_NO_SUCH_NAME = Silence(
    "its name is not found", "Compare the name in the address, and look whether this machine finds others."
)
_UNREACHABLE = Silence(
    "no way leads to it from this machine", "Look at the network here, and at what stands between both."
)
_CUT = Silence(
    "it ends the connection before its answer is whole",
    "Look at the server's log, and whether its address begins with https://.",
)
_NO_TLS = Silence("it does not speak TLS", "Begin the address with http:// if it speaks in the clear.")
_NO_HTTP = Silence(
    "it does not speak HTTP",
    "Compare the port in the address, and begin it with https:// where TLS is spoken.",
)
_DISTRUSTED = Silence("its certificate is not trusted", _DO_AUTHORITY)
_DISTRUST = {
    9: Silence("its certificate is not valid yet", _DO_CERTIFICATE),
    10: Silence("its certificate has run out", _DO_CERTIFICATE),
    18: Silence(_NO_AUTHORITY, _DO_AUTHORITY),
    19: Silence(_NO_AUTHORITY, _DO_AUTHORITY),
    20: Silence(_NO_AUTHORITY, _DO_AUTHORITY),
    62: Silence(_OTHER_NAME, _DO_NAME),
    64: Silence(_OTHER_NAME, _DO_NAME),
}
"""By the numbers of OpenSSL (x509_vfy.h)."""


class NoAnswer(Exception):
    """A rule could not be asked, because nothing came back."""

    def __init__(self, silence: Silence) -> None:
        super().__init__(silence.why)
        self.silence = silence


def silence_of(error: BaseException, wait_s: float) -> Silence:
    """Say why a call that ended with this error had no answer within `wait_s`."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _DISTRUST.get(
                    cause.verify_code, Silence("its certificate is not trusted", _DO_AUTHORITY)
                )
            case requests.exceptions.ConnectTimeout():
                return _late("does not take the connection", wait_s, "and whether a firewall lets us through")
            case requests.exceptions.Timeout() | urllib3.exceptions.ReadTimeoutError() | TimeoutError():
                return _late("says nothing", wait_s, "and at its log; --wait gives it more time")
            case ssl.SSLError():
                return _NO_TLS
            case (
                socket.gaierror() | requests.exceptions.InvalidURL() | urllib3.exceptions.LocationParseError()
            ):
                return _NO_SUCH_NAME
            case http.client.BadStatusLine() if not isinstance(cause, ConnectionError):
                return _NO_HTTP
            case ConnectionRefusedError():
                return _REFUSED
            case OSError() if cause.errno in _NO_WAY:
                return _UNREACHABLE
    return _CUT


def too_slow(whole_s: float) -> Silence:
    """Say that something came, but never all of it."""
    return Silence(
        f"it sends its answer so slowly that it is not whole after {whole_s:g} seconds",
        "Look at its log, and at what stands between; --wait gives it more time.",
    )


def _late(what: str, wait_s: float, where: str) -> Silence:
    return Silence(f"it {what} for {wait_s:g} seconds", f"Look whether the server runs, {where}.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Go down from what the library raised to what the system said."""
    yield error
    below = (getattr(error, "reason", None), *error.args, error.__cause__ or error.__context__)
    for each in below:
        if isinstance(each, BaseException):
            yield from _causes(each)
            return
