"""The end of a call to the server that is tried: however slowly something comes, it comes to an end.

Responsible for: ending the connection of a call that takes too long.
Not responsible for: what is asked (`line`), or how that is told (`silence`).

The time-outs of sockets begin anew with every byte. So a timer shuts the connection down from outside, and a
read that is blocked ends at once, in a header as in the body. Looking up a name cannot be ended; the call is
given up when it returns. The courier ends its calls so too; a judge shares no code with what it judges.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter


class Deadline:
    """Ends calls that take longer; one call at a time.

    Args:
        seconds: no call lasts longer, whatever the other side does.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._held: dict[object, socket.socket] = {}
        self._passed = False

    @property
    def has_passed(self) -> bool:
        """Whether the latest call was ended by this."""
        return self._passed

    @contextmanager
    def of_a_call(self) -> Iterator[None]:
        """End what is done within once it takes too long, by ending its connection."""
        self._passed = False
        timer = threading.Timer(self.seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def hold(self, connection: object, opened: socket.socket) -> None:
        """Keep a second handle on the socket that a connection has opened, before a byte is spoken.

        Raises:
            TimeoutError: the time is over already.
        """
        with self._lock:
            if self._passed:
                opened.close()
                message = "the deadline has passed"
                raise TimeoutError(message)
            self._let_go(connection)
            self._held[connection] = opened.dup()

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            for connection in tuple(self._held):
                self._let_go(connection)

    def _end(self) -> None:
        with self._lock:
            self._passed = True
            for held in self._held.values():
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

    def _let_go(self, connection: object) -> None:
        before = self._held.pop(connection, None)
        if before is not None:
            before.close()


class Ended(HTTPAdapter):
    """Connects as usual, and shows each new socket to the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        """Make the pools with connections of our own."""
        super().init_poolmanager(*sizes, **more)
        plain, secret = _connections(self._deadline)

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = plain

        class SecretPool(urllib3.HTTPSConnectionPool):
            ConnectionCls = secret

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecretPool}


def _connections(
    deadline: Deadline,
) -> tuple[type[urllib3.connection.HTTPConnection], type[urllib3.connection.HTTPSConnection]]:
    # `_new_conn` is no public part of urllib3: should it no longer be called, a test of a slow header fails.
    class Plain(urllib3.connection.HTTPConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            deadline.hold(self, opened)
            return opened

    class Secret(urllib3.connection.HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            deadline.hold(self, opened)
            return opened

    return Plain, Secret
