"""One HTTP exchange that always ends: in time, within its size, and with nobody led elsewhere.

Responsible for: the hard deadline, the size limit, no redirects, no proxy from outside, the private CA.
Not responsible for: what is said (`wire`), or what an answer means (`answers`).

Theory of operation: the time-outs of sockets begin anew with every byte, so a slow sender never meets them.
A timer therefore shuts the socket down at the deadline, from outside; a blocked read then ends at once,
whether it waits for the TLS handshake, a header or the body. What was read after that is never believed.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests
import urllib3
from requests.adapters import HTTPAdapter

from kiosk.core.sync import ErrorClass
from kiosk.sync.answers import Answer, Failure

MOST_BYTES = 1024 * 1024
_CHUNK_BYTES = 16 * 1024
_CONNECT_S = 5.0


class Line:
    """A kept connection to one host; one thread at a time.

    Args:
        ca_file: the council's own certificate authority, the only one trusted then; None trusts the usual.
        deadline_s: no exchange lasts longer, whatever the other side does.
    """

    def __init__(self, ca_file: Path | None, deadline_s: float) -> None:
        self._deadline_s = deadline_s
        self._sockets = _Sockets()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file) if ca_file else True
        self._session.headers.clear()
        adapter = _Adapter(self._sockets)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer | Failure:
        """Send one request and return the whole answer, or why there is none."""
        late = threading.Event()
        with self._ends(late):
            try:
                answer = self._read(method, url, headers, body)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                return _too_late() if late.is_set() else _failure(error)
        return _too_late() if late.is_set() else answer

    def close(self) -> None:
        """Let go of the connection; an exchange under way ends at once, and none begins after it."""
        self._sockets.finish()
        self._session.close()

    def _read(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer | Failure:
        asked = {"Accept-Encoding": "identity", "User-Agent": "council-kiosk", **headers}
        with self._session.request(
            method,
            url,
            headers=asked,
            data=body,
            timeout=(min(_CONNECT_S, self._deadline_s), self._deadline_s),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                return Failure(ErrorClass.PORTAL, "The answer came packed, which was not agreed.")
            content = b""
            while chunk := response.raw.read(_CHUNK_BYTES, decode_content=False):
                content += chunk
                if len(content) > MOST_BYTES:
                    self._sockets.shut()
                    return Failure(ErrorClass.PORTAL, "The answer was longer than was agreed.")
            return Answer(response.status_code, response.headers, content)

    @contextlib.contextmanager
    def _ends(self, late: threading.Event) -> Iterator[None]:
        def end() -> None:
            late.set()
            self._sockets.shut()

        self._sockets.begin()
        timer = threading.Timer(self._deadline_s, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


class _Sockets:
    """Second handles on the connection's socket, by which another thread can end it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: socket.socket | None = None
        self._ended = False
        self._finished = False

    def begin(self) -> None:
        with self._lock:
            self._ended = self._finished

    def finish(self) -> None:
        self._finished = True
        self.shut()

    def hold(self, opened: socket.socket) -> None:
        with self._lock:
            if self._ended:  # the name was looked up for longer than the deadline
                opened.close()
                raise TimeoutError("the deadline has passed")
            if self._latest is not None:
                self._latest.close()
            self._latest = opened.dup()

    def shut(self) -> None:
        with self._lock:
            self._ended = True
            if self._latest is not None:
                with contextlib.suppress(OSError):
                    self._latest.shutdown(socket.SHUT_RDWR)
                self._latest.close()
                self._latest = None


class _Adapter(HTTPAdapter):
    """Connect without retries, and show each new socket before a byte is spoken."""

    def __init__(self, sockets: _Sockets) -> None:
        self._sockets = sockets
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,  # noqa: FBT001, FBT002 - their signature
        **pool_kwargs: object,
    ) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        plain, secret = _connections(self._sockets)

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = plain

        class SecretPool(urllib3.HTTPSConnectionPool):
            ConnectionCls = secret

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecretPool}


def _connections(
    sockets: _Sockets,
) -> tuple[type[urllib3.connection.HTTPConnection], type[urllib3.connection.HTTPSConnection]]:
    class Plain(urllib3.connection.HTTPConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            sockets.hold(opened)
            return opened

    class Secret(urllib3.connection.HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            sockets.hold(opened)
            return opened

    return Plain, Secret


_DISTRUST = {
    9: "is not valid yet, or the clock of this terminal is slow",
    10: "has run out, or the clock of this terminal is fast",
    18: "was made by itself; name it as central.ca-file in kiosk.yaml if it is the council's",
    19: "is vouched for by an authority that central.ca-file in kiosk.yaml does not name",
    20: "is vouched for by an authority that central.ca-file in kiosk.yaml does not name",
    62: "is for another name than the address of central has",
    64: "is for another name than the address of central has",
}
"""By the numbers of OpenSSL (x509_vfy.h)."""


def _too_late() -> Failure:
    return Failure(ErrorClass.TIMEOUT, "The central service did not answer in time.")


def _distrust(error: BaseException | None) -> str:
    """Say what is wrong with the other end's TLS: why its certificate is not trusted, where OpenSSL told."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        told = (getattr(error, "reason", None), *error.args)
        error = next((each for each in told if isinstance(each, BaseException)), None)
    if error is None:
        return "What answers at the address of the central service does not speak TLS as this terminal does."
    why = _DISTRUST.get(error.verify_code, "is not trusted here")
    return f"The certificate of the central service {why}."


def _failure(error: Exception) -> Failure:
    match error:
        case requests.exceptions.SSLError():
            return Failure(ErrorClass.PORTAL, _distrust(error))
        case requests.exceptions.ConnectTimeout():
            return Failure(ErrorClass.TRANSIENT, "The central service cannot be reached.")
        case requests.exceptions.Timeout():
            return _too_late()
        case _:
            return Failure(ErrorClass.TRANSIENT, "The connection to the central service failed.")
