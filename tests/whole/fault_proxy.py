"""Everything that a network does to a request on its way, by chance, between a terminal and central.

It shares no code with either: it moves bytes, and reads no more of HTTP than where a message ends.
"""

import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

SHARES = (
    ("answer-lost", 0.10),
    ("twice", 0.05),
    ("cut", 0.05),
    ("portal", 0.03),
    ("refused", 0.03),
    ("busy", 0.05),
)
"""What happens to how many requests; the others pass."""
PORTAL = b"<html>Welcome to the guest network. Please accept our terms.</html>"
GIVE_UP_S = 10.0


@dataclass
class FaultProxy:
    """Listens on loopback, and passes on to a port that may come and go.

    Attributes:
        met: how many requests met what.
    """

    target: int
    chance: random.Random
    met: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def fault(self) -> str:
        """Choose what happens to the next request."""
        drawn = self.chance.random()
        for name, share in SHARES:
            if drawn < share:
                return name
            drawn -= share
        return "passed"

    def serve(self, caller: socket.socket) -> None:
        """Take requests of one connection until a fault or somebody ends it."""
        with caller, suppress(OSError):
            caller.settimeout(GIVE_UP_S)
            while (request := message(caller)) and self.pass_on(caller, request):
                pass

    def pass_on(self, caller: socket.socket, request: bytes) -> bool:
        """Do what chance says with one request; False when the connection ends with it."""
        fault = self.fault()
        self.met[fault] += 1
        match fault:
            case "refused":
                return False
            case "cut":
                self.ask(request[: len(request) // 2], wait=False)
                return False
            case "answer-lost":
                self.ask(request)
                return False
            case "portal":
                caller.sendall(page(200, PORTAL))
            case "busy":
                caller.sendall(page(503, PORTAL))
            case _:
                answer = self.ask(request)
                if fault == "twice":
                    self.ask(request)
                caller.sendall(answer)
                return bool(answer)
        return True

    def ask(self, request: bytes, *, wait: bool = True) -> bytes:
        """Hand bytes to central; returns its answer, empty when it is down or says nothing."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.target), GIVE_UP_S) as central:
            central.sendall(request)
            return message(central) if wait else b""
        return b""


def page(status: int, content: bytes) -> bytes:
    """Write the page of somebody who is not central."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def message(link: socket.socket) -> bytes:
    """Read one whole message; empty when the other side ended it."""
    read = b""
    while b"\r\n\r\n" not in read:
        chunk = link.recv(65536)
        if not chunk:
            return b""
        read += chunk
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0].partition(b":")[2]) - len(body) if lengths else 0
    while missing > 0:
        chunk = link.recv(min(missing, 65536))
        if not chunk:
            return b""
        read, missing = read + chunk, missing - len(chunk)
    return read


@contextmanager
def faulty_way(target: int, seed: int) -> Iterator[FaultProxy]:
    """Stand between a terminal and the port of central, and do things by chance."""
    proxy = FaultProxy(target, random.Random(seed))  # noqa: S311 - a chosen seed
    with standing(proxy):
        yield proxy


@contextmanager
def standing(proxy: FaultProxy) -> Iterator[None]:
    """Let a proxy listen, at a port that it is told."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        proxy.port = listening.getsockname()[1]
        threading.Thread(target=_listen, args=(proxy, listening), daemon=True).start()
        yield
        listening.shutdown(socket.SHUT_RDWR)


def _listen(proxy: FaultProxy, listening: socket.socket) -> None:
    with suppress(OSError):
        while True:
            caller, _ = listening.accept()
            threading.Thread(target=proxy.serve, args=(caller,), daemon=True).start()
