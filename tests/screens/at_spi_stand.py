"""A bus of assistive technology of the test's own, and a stranger at its other end."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests.screens.glass_stand import WAIT_S

CLIENT = Path(__file__).with_name("at_spi_client.py")
SWITCH_ON = [
    "--print-reply",
    "--dest=org.a11y.Bus",
    "/org/a11y/bus",
    "org.freedesktop.DBus.Properties.Set",
    "string:org.a11y.Status",
    "string:IsEnabled",
    "variant:boolean:true",
]


class Reader:
    """The stranger at the other end of the bus."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._child = subprocess.Popen(
            ["/usr/bin/python3", str(CLIENT)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, line: str) -> Any:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())

    def tree(self, heading: str, wanted: Sequence[tuple[str, str, bool]] = ()) -> list[dict[str, Any]]:
        """Give what is in the window, once the view with this heading, and all that is wanted, is there."""
        until_s = time.monotonic() + WAIT_S
        while True:
            everything: list[dict[str, Any]] = self.ask("tree")
            tree = [each for each in everything if each["role"] != "frame"]
            is_there = any((each["role"], each["name"]) == ("heading", heading) for each in tree)
            if (is_there and (not wanted or found(tree) == list(wanted))) or time.monotonic() > until_s:
                return tree

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._child.kill()
        self._child.communicate()


@contextmanager
def a_bus(folder: Path) -> Iterator[dict[str, str]]:
    """A bus of the test's own, on which assistive technology is switched on.

    Its second bus, of assistive technology, stands in the directory for running programs: in a common one
    two tests would meet.
    """
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    folder.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(folder)}
    daemon = subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert daemon.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
    switch_on = ["dbus-send", *SWITCH_ON]
    subprocess.run(switch_on, env=environment, check=True, capture_output=True)
    try:
        yield environment
    finally:
        daemon.terminate()
        daemon.communicate()


def found(tree: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    return [(each["role"], each["name"], each["acts"] == ["click"]) for each in tree]
