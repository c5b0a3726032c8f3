"""What holds for every test of every room: the network is loopback, and chance is reproducible."""

from __future__ import annotations

import ipaddress
import os
import sys

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=50)
settings.register_profile("prove", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


class OutsideWorldError(Exception):
    """A test tried to speak with another machine."""


def is_loopback(host: object) -> bool:
    """Say whether a host, by name or number, is this machine (or, to listen on, any of its own addresses)."""
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return host in {None, "", "localhost", b"localhost"}
    return address.is_loopback or address.is_unspecified


def _refuse_the_outside_world(event: str, details: tuple[object, ...]) -> None:
    match event, details:
        case (("socket.connect" | "socket.sendto"), (_, (str() as host, *_))):
            pass
        case "socket.getaddrinfo", (host, *_):
            pass
        case _:
            return
    if not is_loopback(host):
        message = f"tests speak with loopback only, not with {host!r}"
        raise OutsideWorldError(message)


sys.addaudithook(_refuse_the_outside_world)
