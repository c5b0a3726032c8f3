"""One HTTP line to the server that is tried: every call ends, and no answer is believed beyond its size.

Responsible for: asking, and giving back what came, whatever it was.
Not responsible for: what the answer should have been.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

TIMEOUT_S = 30.0
LARGEST_ANSWER = 4 * 1024 * 1024


class Unmet(Exception):
    """A rule is not kept; says how in one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` is 0 when nothing did, and `content` then says why."""

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
            message = f"answered {self.status or self.content.decode()}, expected {wanted}"
            raise Unmet(message)
        return self


class Line:
    """Calls to one address; a context manager."""

    def __init__(self, base: str, timeout_s: float = TIMEOUT_S) -> None:
        self.base = base.rstrip("/")
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> "Line":
        """Return the line."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Close the line."""
        self._session.close()

    def get(self, path: str, parameters: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Ask for a path, which may be a whole address."""
        return self.ask("GET", path, params=parameters, headers=headers)

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        """Ask anything; what `requests` takes may be given."""
        address = path if path.startswith(("http://", "https://")) else f"{self.base}/{path}"
        try:
            with self._session.request(
                method, address, timeout=self._timeout_s, allow_redirects=False, stream=True, **more
            ) as got:
                content = got.raw.read(LARGEST_ANSWER, decode_content=True)
                headers = {name.lower(): value for name, value in got.headers.items()}
                return Answer(got.status_code, content, headers)
        except (requests.RequestException, OSError) as error:
            return Answer(0, f"nothing ({type(error).__name__})".encode())
