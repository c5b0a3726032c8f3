"""No test speaks with another machine: the guard in tests/conftest.py refuses before a byte leaves."""

from __future__ import annotations

import socket

import pytest

REFUSED = "loopback only"
ANOTHER_MACHINE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


@pytest.mark.parametrize("family", ANOTHER_MACHINE)
def test_a_connection_to_another_machine_is_refused(family: socket.AddressFamily) -> None:
    with socket.socket(family) as line, pytest.raises(Exception, match=REFUSED):
        line.connect((ANOTHER_MACHINE[family], 80))


def test_a_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, pytest.raises(Exception, match=REFUSED):
        line.sendto(b"hello", (ANOTHER_MACHINE[socket.AF_INET], 53))


def test_asking_for_the_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Exception, match=REFUSED):
        socket.getaddrinfo("central.example", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("localhost", port)).close()
