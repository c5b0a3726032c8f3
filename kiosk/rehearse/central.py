"""The real central service beside a rehearsal: started, paired, seeded, and put through its moods.

Responsible for: one central process with a database of its own, and what the desk would do by hand.
Not responsible for: the terminal (`kiosk.rehearse.stand`).
"""

import json
import secrets
import signal
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from kiosk.clocks import SystemClock
from kiosk.errors import RehearsalError
from kiosk.ports import Enrolment, Signer
from kiosk.rehearse.processes import Process, run_once
from kiosk.sync import pair

ANSWER_S = 10.0
BOOKED = (
    ("HX2K97", "Mair Evans", "1950-03-27", 15, "homelessness-help", "A"),
    ("TR5W42", "Tomasz Nowak", "1984-11-05", 45, "council-tax-bill", "C"),
    ("BN8P31", "Amina Begum", "1972-07-19", 75, "housing-benefit", "A"),
)
"""Invented people: reference, name, date of birth, minutes after the start, service, queue."""


class RehearsalCentral:
    """Run the central service for one stand.

    Args:
        folder: for its database and log.
        facility: the council's name.
        time_zone: of its days.
    """

    def __init__(self, folder: Path, facility: str, time_zone: str) -> None:
        self._folder = folder
        self._words = ("--facility", facility, "--time-zone", time_zone)
        self._database = f"sqlite:///{folder / 'central.sqlite'}"
        self._process: Process | None = None
        self._port = "0"
        self.url = ""
        self.token = ""
        self._start()

    def pair(self, terminal: str, key: Signer) -> Enrolment:
        """Pair a terminal as staff would, with a one-time code."""
        made = self._desk("POST", f"/v1/desk/terminals/{terminal}/pairing-codes", None)
        return pair(self.url, str(made["code"]), key, SystemClock())

    def book(self, start: datetime) -> None:
        """Enter the invented appointments of the day."""
        for reference, name, born, minutes, service, queue in BOOKED:
            booking = {
                "reference": reference,
                "full_name": name,
                "birth_date": born,
                "starts_at": (start + timedelta(minutes=minutes)).isoformat(),
                "service": service,
                "queue": queue,
            }
            self._desk("POST", "/v1/desk/appointments", booking)

    def mood(self, mode: str) -> None:
        """Be up, down, slow (take requests and not answer them until up), or refuse every case."""
        if mode == "down":
            self.close()
            return
        if self._process is None:
            self._start()
        if mode == "slow":
            self._running().signal(signal.SIGSTOP)
            return
        self._running().signal(signal.SIGCONT)
        accepting = mode != "refuse"
        reason = "" if accepting else "This service is not open for new cases today."
        self._desk("PUT", "/v1/desk/services/*", {"accepting": accepting, "reason": reason})

    def add_staff(self, name: str) -> str:
        """Make an account for the desk pages; returns what the command says, with the password."""
        return run_once(["kiosk", "central", "add-staff", name, "--database", self._database])

    def holds(self, case_id: str) -> Mapping[str, Any] | None:
        """Return what central holds of a case, or None."""
        if self._process is None:
            return None
        try:
            return self._desk("GET", f"/v1/desk/cases/{case_id}", None)
        except RehearsalError:
            return None

    def close(self) -> None:
        """End it; the database stays."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def _running(self) -> Process:
        if self._process is None:
            raise RehearsalError("WALK-034", "Central is down.", "Add '- central: up' to the walk.")
        return self._process

    def _start(self) -> None:
        ready = self._folder / "central-ready.json"
        ready.unlink(missing_ok=True)
        words = ["kiosk", "central", "--database", self._database, "--port", self._port, *self._words]
        log = self._folder / "central.log"
        self._process = Process("central service", [*words, "--ready-file", str(ready)], log)
        self._process.wait_for(ready)
        self.url = str(json.loads(ready.read_text("utf-8"))["url"])
        self._port = self.url.rsplit(":", 1)[-1]
        if not self.token:
            label = f"rehearsal {secrets.token_hex(2)}"
            words = ["kiosk", "central", "desk-token", "--database", self._database, "--label", label]
            self.token = run_once(words).split()[-1]

    def _desk(self, method: str, path: str, body: Mapping[str, object] | None) -> Mapping[str, Any]:
        try:
            answer = requests.request(
                method,
                self.url + path,
                json=body,
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=ANSWER_S,
            )
        except requests.RequestException as problem:
            raise RehearsalError("WALK-035", "Central does not answer.", "Look at central.log.") from problem
        if not answer.ok:
            raise RehearsalError(
                "WALK-036", f"Central refused {method} {path} ({answer.status_code}).", "Look at central.log."
            )
        found: Mapping[str, Any] = answer.json()
        return found
