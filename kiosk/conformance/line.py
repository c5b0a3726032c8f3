"""One HTTP line to the server that is tried: every call ends, and no answer is believed beyond its size.

Responsible for: asking, and giving back what came, whatever it was.
Not responsible for: what the answer should have been, or why there was none (`silence`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import urllib3
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from kiosk.conformance.deadline import Deadline, Ended
from kiosk.conformance.silence import NoAnswer, Silence, silence_of, too_slow

TIMEOUT_S = 30.0
WHOLE_IN_WAITS = 4
"""So many times as long as nothing may come, a whole answer may take."""
LARGEST_ANSWER = 4 * 1024 * 1024


class Unmet(Exception):
    """A rule is not kept; says how in one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The content type, in small letters and without spaces."""
        return self.headers.get("content-type", "").lower().replace(" ", "")

    def json(self) -> Any:
        """Return the answer as JSON.

        Raises:
            Unmet: it is none.
        """
        try:
            return json.loads(self.content.decode("utf-8"))
        except ValueError as error:
            message = f"the answer ({self.status}) is not JSON in UTF-8"
            raise Unmet(message) from error

    def xml(self) -> Any:
        """Return the root element.

        Raises:
            Unmet: it is no XML, or an attack.
        """
        try:
            return fromstring(self.content)
        except (ParseError, DefusedXmlException, ValueError) as error:
            message = f"the answer ({self.status}) is not XML"
            raise Unmet(message) from error

    def expect(self, *statuses: int) -> "Answer":
        """Return this answer if it has one of these statuses.

        Raises:
            Unmet: it has another.
        """
        if self.status not in statuses:
            wanted = " or ".join(map(str, statuses))
            message = f"answered {self.status}, expected {wanted}"
            raise Unmet(message)
        return self


class Line:
    """Calls to one address; a context manager.

    Args:
        base: what stands before every path.
        timeout_s: for how long nothing may come; a whole answer may take four times as long.
        ca_file: the only authority that is trusted then; None trusts the usual.

    Attributes:
        unreached: why the server never answered; None once it did, or before anything was asked.
    """

    def __init__(self, base: str, timeout_s: float = TIMEOUT_S, ca_file: Path | None = None) -> None:
        self.base = base.rstrip("/")
        self.unreached: Silence | None = None
        self._answered = False
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file) if ca_file else True
        self._deadline = Deadline(timeout_s * WHOLE_IN_WAITS)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, Ended(self._deadline))

    def __enter__(self) -> "Line":
        """Return the line."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Close the line."""
        self._session.close()
        self._deadline.close()

    def get(self, path: str, parameters: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Ask for a path, which may be a whole address."""
        return self.ask("GET", path, params=parameters, headers=headers)

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        """Ask anything; what `requests` takes may be given.

        Raises:
            NoAnswer: nothing whole came back in time. Who never answered is not asked again: each rule
                would wait anew.
            Unmet: what came is packed in a way that cannot be undone.
        """
        if self.unreached is not None:
            raise NoAnswer(self.unreached)
        address = path if path.startswith(("http://", "https://")) else f"{self.base}/{path}"
        try:
            answer = self._asked(method, address, **more)
        except urllib3.exceptions.DecodeError as error:
            self._answered = True
            message = "the answer cannot be unpacked"
            raise Unmet(message) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise self._none(silence_of(error, self._timeout_s)) from error
        if self._deadline.has_passed:  # what was read until then looks whole where no length was told
            raise self._none(too_slow(self._deadline.seconds))
        self._answered = True
        return answer

    def _none(self, silence: Silence) -> NoAnswer:
        """Say why there is no answer, and remember it where there was never one."""
        said = too_slow(self._deadline.seconds) if self._deadline.has_passed else silence
        self.unreached = None if self._answered else said
        return NoAnswer(said)

    def _asked(self, method: str, address: str, **more: Any) -> Answer:
        with (
            self._deadline.of_a_call(),
            self._session.request(
                method, address, timeout=self._timeout_s, allow_redirects=False, stream=True, **more
            ) as got,
        ):
            content = got.raw.read(LARGEST_ANSWER, decode_content=True)
            headers = {name.lower(): value for name, value in got.headers.items()}
            return Answer(got.status_code, content, headers)
