"""Carrying cases to one back office, by what `decide` says.

Responsible for: keeping where a handover stands before and after each call, and the circuit of the office.
Not responsible for: the decisions (`decide`), the form (`encode`), the answers (`decode`).
"""

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from sqlalchemy import Connection

from kiosk.central.answers import raw_answers
from kiosk.central.bridge import decide, decode, encode
from kiosk.central.bridge.decide import Act, Handover, Stand
from kiosk.central.bridge.profile import Profile, profiles
from kiosk.central.effects import Carried, End, Later, Never
from kiosk.central.ground import Ground
from kiosk.central.outside_line import NobodyKnows, NothingSent, call
from kiosk.central.settings_outward import Office, read_secret
from kiosk.central.tables import cases, handovers, journal
from kiosk.central.tables.effects import Effect
from kiosk.errors import SettingsError, UsageError

LONGEST_CALL_S = 45.0
"""An answer that takes longer counts as lost, and is looked for: whoever carries must end in a minute."""
FORM = "application/x-www-form-urlencoded; charset=utf-8"


def kind_of(office: str) -> str:
    """Return the kind of effect that this office's carrier takes."""
    return f"office {office}"


@dataclass(frozen=True, slots=True)
class OfficeCarrier:
    """Carry cases to one office."""

    ground: Ground
    name: str
    office: Office
    allow_private: bool = False

    @property
    def profile(self) -> Profile:
        """How the office speaks."""
        return profiles()[self.office.profile]

    async def carry(self, effect: Effect) -> End:
        """Bring one case one step further."""
        case_id, database = json.loads(effect.payload)["case_id"], self.ground.database
        begun = await database.write(lambda c: self._begin(c, case_id, again=effect.attempts == 1))
        if not isinstance(begun, tuple):
            return begun
        act, handover, handed = begun
        said, after = await asyncio.to_thread(self._done, act, handover, handed)
        await database.write(lambda c: self._keep(c, case_id, said, after))
        return self._end(after, handed.reference)

    def _begin(
        self, connection: Connection, case_id: str, *, again: bool
    ) -> End | tuple[Act, Handover, encode.Handed]:
        """Decide what to do, and keep it before it is done."""
        now = self.ground.now()
        circuit = handovers.circuit(connection, self.name)
        case = cases.one(connection, case_id)
        if case is None:
            return Carried()
        if circuit.open_until is not None and not circuit.lets_through(now):
            wait = (circuit.open_until - now).total_seconds()
            return Later(f"{self.name} does not answer; nothing is sent until it does.", wait)
        handovers.begin(connection, case_id, self.name, now)
        handover = handovers.one(connection, case_id, self.name) or Handover()
        if again and handover.stand in {Stand.UNCERTAIN, Stand.STUCK} and handover.attempts:
            handover = self._as_staff_say(connection, case_id, handover)
        act = decide.act(handover, self.profile)
        handed = encode.Handed(case_id, case.reference, case.service, case.terminal, raw_answers(case.body))
        if act is Act.LEAVE:
            return self._end(handover, handed.reference)
        if act is Act.SEND:
            handover = decide.about_to_send(handover, self.profile, now)
            handovers.keep(connection, case_id, self.name, handover)
        return act, handover, handed

    def _as_staff_say(self, connection: Connection, case_id: str, handover: Handover) -> Handover:
        """Begin anew as staff want it: where nothing can be looked up, they have looked themselves."""
        self._tell(connection, case_id, "handed-on-again", self.name)
        looked = self.profile.look_up == "none" or handover.stand is Stand.STUCK
        stand = Stand.WAITING if looked else Stand.UNCERTAIN
        return replace(handover, stand=stand, maybe_there=handover.maybe_there and not looked, first_at=None)

    def _done(
        self, act: Act, handover: Handover, handed: encode.Handed
    ) -> tuple[decode.Told | decode.Found, Handover]:
        jitter = int.from_bytes(self.ground.chance.random_bytes(4)) / 2**32
        match act:
            case Act.SEND:
                told = self._sent(handed)
                return told, decide.heard(handover, told, self.profile, self.ground.now(), jitter)
            case Act.ASK_TOKEN:
                found = self._token(handover)
                return found, decide.token_asked(handover, found, self.profile, self.ground.now())
            case _:
                found = self._looked_up(handover, handed)
                return found, decide.looked_up(handover, found, self.profile, self.ground.now(), jitter)

    def _sent(self, handed: encode.Handed) -> decode.Told:
        try:
            code = self.office.services.get(handed.service, "")
            form = encode.form(handed, code, read_secret(self.office.api_key_file), self.profile)
            body = urlencode({**form, **self._jurisdiction()}, doseq=True).encode()
            return decode.told(self._call("POST", "requests", body=body))
        except NothingSent as error:
            return decode.NotSent(f"{self.name} cannot be reached ({error}).")
        except NobodyKnows as error:
            return decode.Lost(f"{self.name} did not answer ({error}).")
        except (SettingsError, UsageError) as error:
            return decode.NotSent(f"{error.code}: {error.what} {error.do}")

    def _token(self, handover: Handover) -> decode.Found:
        try:
            answer = self._call("GET", f"tokens/{quote(handover.token, safe='')}", self._jurisdiction())
            return decode.identifier(answer)
        except (NothingSent, NobodyKnows, UsageError) as error:
            return decode.Lost(f"{self.name} did not answer ({error}).")

    def _looked_up(self, handover: Handover, handed: encode.Handed) -> decode.Found:
        by_parameter = self.profile.look_up == "parameter"
        own = {self.profile.look_up_parameter: handed.case_id}
        try:
            answer = self._call("GET", "requests", own if by_parameter else self._window(handover, handed))
        except (NothingSent, NobodyKnows, UsageError) as error:
            return decode.Lost(f"{self.name} did not answer ({error}).")
        return (
            decode.first(answer) if by_parameter else decode.with_mark(answer, encode.mark(handed.reference))
        )

    def _window(self, handover: Handover, handed: encode.Handed) -> dict[str, str]:
        began: datetime = (handover.first_at or self.ground.now()) - timedelta(hours=1)
        start = began.isoformat(timespec="seconds").replace("+00:00", "Z")
        code = self.office.services.get(handed.service, "")
        return {"service_code": code, "start_date": start, **self._jurisdiction()}

    def _jurisdiction(self) -> dict[str, str]:
        return {"jurisdiction_id": self.office.jurisdiction} if self.office.jurisdiction else {}

    def _call(
        self, method: str, path: str, query: dict[str, str] | None = None, body: bytes = b""
    ) -> decode.Answer:
        address = f"{self.office.endpoint.rstrip('/')}/{path}.{self.profile.format}"
        answer = call(
            method,
            f"{address}?{urlencode(query)}" if query else address,
            body=body,
            headers={"Content-Type": FORM} if body else {},
            timeout_s=min(self.profile.timeout_s, LONGEST_CALL_S),
            allow_private=self.allow_private,
        )
        return decode.Answer(answer.status, answer.content)

    def _keep(
        self, connection: Connection, case_id: str, said: decode.Told | decode.Found, after: Handover
    ) -> None:
        now = self.ground.now()
        handovers.keep(connection, case_id, self.name, after)
        handovers.put_circuit(
            connection, self.name, handovers.circuit(connection, self.name).after(said, now)
        )
        if after.stand is Stand.CONFIRMED:
            self._tell(connection, case_id, "handed-on", f"{self.name} {after.request_id}")
        elif after.stand is Stand.UNCERTAIN and self.profile.look_up == "none":
            self._tell(connection, case_id, "handing-on-uncertain", self.name)

    def _tell(self, connection: Connection, case_id: str, what: str, detail: str) -> None:
        entry = journal.Entry(self.ground.now(), "central", what, detail)
        journal.happened(connection, journal.case_subject(case_id), entry)

    def _end(self, after: Handover, reference: str) -> End:
        wait = (
            None if after.next_at is None else max(0.0, (after.next_at - self.ground.now()).total_seconds())
        )
        match after.stand:
            case Stand.CONFIRMED:
                return Carried()
            case Stand.STUCK:
                return Never(f"{self.name} refuses it: {after.problem}")
            case Stand.UNCERTAIN if self.profile.look_up == "none":
                return Never(
                    f"Nobody can say whether {self.name} has {reference}. Look there: "
                    "if it has, close this; if not, try again, and it is sent."
                )
            case _:
                return Later(after.problem or f"{self.name} is asked again.", wait)
