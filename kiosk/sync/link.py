"""Noticing that the network is there again, by what the kernel tells of its links and addresses.

Responsible for: one call for every link that comes up and every address that is given, until closed.
Not responsible for: whether central can be reached (the courier tries), or wireless networks and their keys.
"""

import contextlib
import os
import selectors
import socket
import struct
import threading
from collections.abc import Callable, Iterator

_LINKS, _ADDRESSES = 0x1, 0x10
"""RTMGRP_LINK and RTMGRP_IPV4_IFADDR of linux/rtnetlink.h; by DHCP an address comes after the link."""
_NEW_LINK, _GONE_LINK, _NEW_ADDRESS = 16, 17, 20
_LOOPBACK, _RUNNING = 0x8, 0x40
_HOST_ONLY = 254
_HEADER = struct.Struct("=IHHII")
_LINK = struct.Struct("=BxHiII")
_ADDRESS = struct.Struct("=BBBBI")
_MOST_BYTES = 64 * 1024


class LinkWatch:
    """Listen until closed, on a thread of its own.

    Args:
        came_back: called on that thread; must not block or raise.

    Raises:
        OSError: this machine has no such socket.
    """

    def __init__(self, came_back: Callable[[], None]) -> None:
        self._came_back = came_back
        self._up: set[int] = set()
        self._kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
        self._kernel.bind((0, _LINKS | _ADDRESSES))
        self._end, self._ending = os.pipe()
        self._thread = threading.Thread(target=self._run, name="link-watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; may be called twice."""
        if self._kernel.fileno() < 0:
            return
        os.write(self._ending, b"x")
        self._thread.join()
        self._kernel.close()
        os.close(self._end)
        os.close(self._ending)

    def _run(self) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._kernel, selectors.EVENT_READ)
            ready.register(self._end, selectors.EVENT_READ)
            while all(key.fileobj is self._kernel for key, _ in ready.select()):
                if self._is_news():
                    self._came_back()

    def _is_news(self) -> bool:
        try:
            told, (sender, _) = self._kernel.recvfrom(_MOST_BYTES)
        except OSError:
            return True  # the kernel had more to tell than fits: one try too many does no harm
        begun = [self._begins(kind, body) for kind, body in _messages(told)] if sender == 0 else []
        return any(begun)

    def _begins(self, kind: int, body: bytes) -> bool:
        """Say whether a message tells of a way out of this machine that was not there before."""
        with contextlib.suppress(struct.error):
            if kind in {_NEW_LINK, _GONE_LINK}:
                _, _, index, flags, _ = _LINK.unpack_from(body)
                return self._link(index, is_up=kind == _NEW_LINK and _is_way_out(flags))
            if kind == _NEW_ADDRESS:
                return bool(_ADDRESS.unpack_from(body)[3] != _HOST_ONLY)
        return False

    def _link(self, index: int, *, is_up: bool) -> bool:
        was_up = index in self._up
        self._up = self._up | {index} if is_up else self._up - {index}
        return is_up and not was_up


def _is_way_out(flags: int) -> bool:
    return bool(flags & _RUNNING) and not flags & _LOOPBACK


def _messages(told: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the messages of one datagram: kind and body; each begins at a multiple of four bytes."""
    at = 0
    while at + _HEADER.size <= len(told):
        length, kind, *_ = _HEADER.unpack_from(told, at)
        if length < _HEADER.size:
            return
        yield kind, told[at + _HEADER.size : at + length]
        at += (length + 3) & ~3
