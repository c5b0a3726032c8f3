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
URGENCY = {1: "polite", 2: "assertive"}


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

    def one(self, role: str, name: str, state: str = "", **wanted: Any) -> dict[str, Any]:
        """Give one node, once it is in a state and as wanted; as it is, when it never becomes so."""
        until_s = time.monotonic() + WAIT_S
        while True:
            nodes: list[dict[str, Any]] = self.ask("tree")
            node = next((each for each in nodes if (each["role"], each["name"]) == (role, name)), {})
            is_so = bool(node) and all(node[key] == value for key, value in wanted.items())
            is_so = is_so and (not state or state in node["states"])
            if is_so or time.monotonic() > until_s:
                return node

    def hears(self, *wanted: tuple[str, str]) -> list[tuple[str, str]]:
        """Give what is announced, each with its urgency, until all that is wanted was."""
        until_s = time.monotonic() + WAIT_S
        heard: list[tuple[str, str]] = []
        while not set(wanted) <= set(heard) and time.monotonic() < until_s:
            heard += [(URGENCY[urgency], text) for urgency, text in self.ask("heard")]
        return heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._child.kill()
        self._child.communicate()


@contextmanager
def a_bus(folder: Path, display: str = "") -> Iterator[dict[str, str]]:
    """A bus of the test's own, on which assistive technology is switched on.

    Its second bus, of assistive technology, stands in the directory for running programs: in a common one
    two tests would meet.

    Args:
        folder: for what runs on it.
        display: an X server whose keys those on the bus may ask for.
    """
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    folder.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(folder)}
    environment |= {"DISPLAY": display} if display else {}
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
