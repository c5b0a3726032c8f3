"""The Open311 server that is tried: its line, the key we have, and what it said of its services.

Responsible for: asking for lists in either format, and requests that are filled in by a definition.
Not responsible for: the rules (`open311_reading`, `open311_writing`).
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kiosk.conformance.checks import NotTried, unless
from kiosk.conformance.line import Answer, Line, Unmet

FORM = "application/x-www-form-urlencoded; charset=utf-8"
MARK = "Conformance test of a reception kiosk. Nothing is to be done."
FILLED = {"number": "1", "datetime": "2026-11-24T09:00:00Z"}


@dataclass
class Subject:
    """One server.

    Attributes:
        key: an api_key, or an empty text.
        service: the service to make requests of; empty takes the first that can be filled in.
        jurisdiction: sent with every call when it is not empty.
        own_id: makes an identifier that was never used.
    """

    line: Line
    key: str = ""
    service: str = ""
    jurisdiction: str = ""
    own_id: Any = None
    made: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **parameters: str) -> Answer:
        """Ask for an address below the endpoint, with its format."""
        return self.line.get(path, {**self._always(), **parameters})

    def _always(self) -> dict[str, str]:
        return {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}

    def post(self, format_: str = "xml", *, leave_out: tuple[str, ...] = (), **changed: str) -> Answer:
        """Hand a request in that is right but for what is changed."""
        form: dict[str, Any] = {**self._always(), **self._right(), **changed}
        sent = {name: value for name, value in form.items() if name not in leave_out and value != ""}
        headers = {"Content-Type": FORM}
        return self.line.ask("POST", f"requests.{format_}", data=sent, headers=headers)

    def _right(self) -> dict[str, Any]:
        return {
            "api_key": self.key,
            "service_code": self.chosen,
            "lat": "51.5034",
            "long": "-0.1276",
            "description": MARK,
            **self._attributes(),
        }

    def xml_rows(self, answer: Answer, root: str, child: str) -> list[dict[str, str]]:
        """Return the rows of an XML list as texts by name."""
        element = answer.xml()
        unless(element.tag == root, f"the root is <{element.tag}>, expected <{root}>")
        strange = {each.tag for each in element} - {child}
        unless(not strange, f"<{root}> holds {sorted(strange)}, expected only <{child}>")
        return [{inner.tag: inner.text or "" for inner in each} for each in element]

    def json_rows(self, answer: Answer) -> list[dict[str, Any]]:
        """Return the rows of a JSON list, whether or not it stands in a wrapping that Spark forbids."""
        found = answer.json()
        if isinstance(found, dict) and len(found) == 1:
            found = next(iter(found.values()))
        unless(
            isinstance(found, list) and all(isinstance(each, dict) for each in found),
            "the answer is no list of objects",
        )
        return list(found)

    @cached_property
    def services(self) -> list[dict[str, str]]:
        """The service list, in XML, which every server must speak."""
        answer = self.get("services.xml")
        if answer.status != 200:  # noqa: PLR2004 - found out by the check of the service list
            raise NotTried(f"the service list cannot be read ({answer.status})")
        return self.xml_rows(answer, "services", "service")

    @cached_property
    def speaks_json(self) -> bool:
        """Whether the server offers JSON, which it need not."""
        answer = self.get("services.json")
        return answer.status == 200 and answer.media_type.startswith("application/json")  # noqa: PLR2004

    def need_json(self) -> None:
        """Let a check of JSON be, where there is none.

        Raises:
            NotTried: the server speaks XML only.
        """
        if not self.speaks_json:
            raise NotTried("the server speaks XML only")

    def need_key(self) -> None:
        """Let a check be that needs to get past the key.

        Raises:
            NotTried: we have none.
        """
        if not self.key:
            raise NotTried("it needs --api-key")

    @cached_property
    def chosen(self) -> str:
        """The service to make requests of."""
        if self.service:
            return self.service
        plain = [each for each in self.services if each.get("metadata") != "true"]
        found = next(
            (each["service_code"] for each in [*plain, *self.services] if each.get("service_code")), ""
        )
        if not found:
            raise NotTried("the server offers no service")
        return found

    @cached_property
    def defined(self) -> str:
        """A service that has a definition."""
        for each in self.services:
            if each.get("metadata") == "true":
                return each.get("service_code", "")
        raise NotTried("no service has a definition")

    def _attributes(self) -> dict[str, str]:
        listed = next((each for each in self.services if each.get("service_code") == self.chosen), {})
        if listed.get("metadata") != "true":
            return {}
        root = self.get(f"services/{self.chosen}.xml").xml()
        filled = {}
        for each in root.iter("attribute"):
            if each.findtext("required") == "true" and each.findtext("variable") != "false":
                key = each.findtext("values/value/key") or FILLED.get(each.findtext("datatype") or "", MARK)
                several = each.findtext("datatype") == "multivaluelist"
                filled[f"attribute[{each.findtext('code')}]{'[]' if several else ''}"] = key
        return filled

    def identifier(self, answer: Answer, format_: str) -> str:
        """Return the identifier of a request that was just made, by its token if it has one.

        Raises:
            Unmet: it has neither, or both.
        """
        answer.expect(200, 201)
        rows = (
            self.json_rows(answer)
            if format_ == "json"
            else self.xml_rows(answer, "service_requests", "request")
        )
        unless(len(rows) == 1, f"{len(rows)} requests in the answer, expected one")
        made, token = rows[0].get("service_request_id"), rows[0].get("token")
        if bool(made) is bool(token):
            message = "expected service_request_id or token, and not both"
            raise Unmet(message)
        return str(made or token)
