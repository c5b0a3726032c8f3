"""Central answers at once: the end of an answer never waits for the caller's late ACK, 40 ms on Linux."""

import socket

from kiosk.central import command


def test_what_is_accepted_sends_small_pieces_at_once() -> None:
    with (
        command._listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
