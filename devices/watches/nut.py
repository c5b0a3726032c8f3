"""A UPS behind a NUT server, on this machine or beside it.

Responsible for: the connection, and one question every two seconds.
Not responsible for: the language (`nut_codec`), or switching the machine off (NUT's own upsmon does that).
"""

import re
import select
from typing import Final

from devices.links.link import lost
from devices.links.tcp_link import TcpLink
from devices.watches.nut_codec import NutCodec, Refused, Variables, power_of, question
from kiosk.core.hardware import PowerChanged, PowerSource
from kiosk.errors import LinkError

PORT: Final = 3493
PERIOD_S: Final = 2.0
ANSWER_S: Final = 2.0


MOST_BYTES: Final = 65_536
LISTED: Final = re.compile(rb'^UPS ([A-Za-z0-9._-]{1,64}) "', re.MULTILINE)


def listed_ups(host: str, port: int = PORT) -> list[str]:
    """Return the names of the UPS that a server knows, none where no server answers; blocks two seconds."""
    link, came = TcpLink(host, port, f"nut:{host}"), b""
    try:
        link.open()
        link.write_some(b"LIST UPS\n")
        while b"\nEND LIST UPS" not in came and len(came) < MOST_BYTES:
            ready, _, _ = select.select([link.fileno()], [], [], ANSWER_S)
            if not ready:
                break
            came += link.read()
    except LinkError:
        return []
    finally:
        link.close()
    return [name.decode("ascii") for name in LISTED.findall(came)]


class NutSource:
    """One UPS of a NUT server.

    Args:
        device: what facts call it.
        ups: the name under which the server knows it.
        link: the way to the server; owned by the source.
    """

    period_s = PERIOD_S

    def __init__(self, device: str, ups: str, link: TcpLink) -> None:
        self._device = device
        self._ups = ups
        self._link = link
        self._codec = NutCodec(ups)

    def open(self) -> None:
        """Connect."""
        self._link.open()
        self._codec = NutCodec(self._ups)

    def descriptor(self) -> int:
        """The server says nothing unasked, but a connection that it ends wakes at once."""
        return self._link.fileno()

    def look(self) -> PowerChanged:
        """Ask, and wait for the answer."""
        asked = question(self._ups)
        while asked:
            asked = asked[self._link.write_some(asked) :]
        match self._answer():
            case Variables(values):
                return power_of(values, self._device)
            case Refused(reason):
                raise lost(self._link.address, f"the NUT server says {reason}")

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def unknown(self) -> PowerChanged:
        """Nobody can tell."""
        return PowerChanged(self._device, PowerSource.UNKNOWN)

    def _answer(self) -> Variables | Refused:
        while True:
            ready, _, _ = select.select([self._link.fileno()], [], [], ANSWER_S)
            if not ready:
                raise lost(self._link.address, "the NUT server does not answer")
            answers = self._codec.feed(self._link.read())
            if answers:
                return answers[-1]
