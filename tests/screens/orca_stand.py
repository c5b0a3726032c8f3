"""Debian's own screen reader, Orca, beside a glass: with a bus and a display of its own, without a voice."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.devices.conftest import alone
from tests.screens.glass_stand import WAIT_S

_AT_ONCE = "from orca import debug\ndebug.debugFile.reconfigure(line_buffering=True)\n"
"""Its account is wanted line by line, as it speaks."""
_SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*?)'\{")


class Orca:
    """What Orca says, by its own account."""

    def __init__(self, account: Path) -> None:
        self._account = account
        self._told = 0

    def unsaid(self, *wanted: str) -> list[str]:
        """Wait until each thing was begun to be spoken, in any order; give what is not after a while.

        A title it speaks as such or as where the focus went ("Welcome frame"), as it happens to hear of it.
        """
        until_s = time.monotonic() + WAIT_S
        while True:
            spoken = self._spoken()[self._told :]
            missing = [each for each in wanted if not any(said.startswith(each) for said in spoken)]
            if not missing or time.monotonic() > until_s:
                return missing

    def forget(self) -> None:
        """Begin the next answer with what is spoken from now on."""
        self._told = len(self._spoken())

    def _spoken(self) -> list[str]:
        return _SPOKEN.findall(self._account.read_text()) if self._account.exists() else []


@contextmanager
def an_orca(bus: dict[str, str], folder: Path) -> Iterator[Orca]:
    """Let Orca listen on a bus; it finds neither braille nor a voice, for which it would wait.

    Beside another of the same person it would end at once, so one runs at a time.
    """
    account = folder / "orca.out"
    own = folder / ".local" / "share" / "orca"
    own.mkdir(parents=True)
    (own / "orca-customizations.py").write_text(_AT_ONCE)
    words = ["/usr/bin/orca", "--disable", "braille,braille-monitor", f"--debug-file={account}"]
    environment = bus | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "SPEECHD_ADDRESS": "unix_socket:/dev/null/none",
    }
    with (
        alone("orca"),
        subprocess.Popen(
            words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child,
    ):
        try:
            orca = Orca(account)
            assert orca.unsaid("Screen reader on.") == []
            yield orca
        finally:
            child.kill()


@contextmanager
def a_display() -> Iterator[str]:
    """An X server that picks its own number; Orca looks there for keys, the glass needs none."""
    told, theirs = os.pipe()
    words = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[theirs], stderr=subprocess.DEVNULL) as server:
        os.close(theirs)
        try:
            with os.fdopen(told) as line:
                yield f":{line.readline().strip()}"
        finally:
            server.terminate()
