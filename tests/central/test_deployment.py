"""The shipped nginx example, run for real: who is let through it, and who is not."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests

from kiosk.central.command import main
from kiosk.clocks import SystemClock
from kiosk.core.case import CaseId
from kiosk.core.sync import ErrorClass
from kiosk.errors import Refused
from kiosk.keys import TerminalKey
from kiosk.ports import Accepted, Enrolment, Parcel, RetryLater
from kiosk.sync import CentralAddress, CentralClient, pair
from tests.central.room import case_item
from tests.central.test_process import running
from tests.central.tls_room import SITE, Authority, nginx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(120)
CLOCK = SystemClock()


def parcel() -> Parcel:
    item = case_item()
    body = item["body"].encode()
    return Parcel(1, item["key"], CaseId("c"), "case.create", body, hashlib.sha256(body).hexdigest(), 0)


class Behind:
    """A central behind nginx, what its console says, and a terminal that is paired through it."""

    def __init__(
        self, folder: Path, url: str, authority: Authority, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.url, self.authority, self._capsys = folder, url, authority, capsys
        self.key = TerminalKey(os.urandom(32))
        self.kept: list[Enrolment] = []
        self._open = ExitStack()

    def console(self, *words: str) -> str:
        self._capsys.readouterr()
        assert main(["--database", f"sqlite:///{self.folder / 'c.sqlite3'}", *words]) == 0
        return self._capsys.readouterr().out.strip()

    def pair(self) -> Enrolment:
        code = self.console("pair", "lobby-1")
        return pair(self.url, code, self.key, CLOCK, ca_file=self.authority.ca_file, deadline_s=10)

    def client(self, enrolment: Enrolment, ca_file: Path | None = None) -> CentralClient:
        trusted = ca_file or self.authority.ca_file
        address = CentralAddress(self.url, enrolment, self.key, trusted, deadline_s=10)
        made = CentralClient(address, CLOCK, keep=self.kept.append)
        self._open.callback(made.close)
        return made

    def close(self) -> None:
        self._open.close()

    def desk(self, method: str, path: str) -> Any:
        answer = requests.request(
            method,
            self.url + path,
            headers={"Authorization": f"Bearer {self.console('desk-token')}"},
            verify=str(self.authority.ca_file),
            timeout=10,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def behind_nginx(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str = "127.0.0.1"
) -> Iterator[Behind]:
    authority = Authority.make(folder / "ours")
    tls = authority.vouch(folder / "tls")
    with (
        running(folder, "--behind-tls") as (_, inside),
        nginx(folder / "nginx", tls, urlsplit(inside).port or 0, name) as url,
    ):
        behind = Behind(folder, url, authority, capsys)
        with closing(behind):
            yield behind


def test_a_terminal_is_paired_delivers_renews_and_is_shut_out_through_the_shipped_proxy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with behind_nginx(tmp_path, capsys) as behind:
        enrolment = behind.pair()
        made, waiting = behind.client(enrolment), parcel()
        assert isinstance(made.deliver([waiting])[0], Accepted)
        assert isinstance(made.deliver([waiting])[0], Accepted)
        made.heartbeat({"outbox_waiting": 0})
        assert abs(made.clock_offset_s) < 5
        assert made.renew_token() is False

        aged = replace(enrolment, issued_at=enrolment.issued_at - timedelta(days=20))
        aging = behind.client(aged)
        assert aging.renew_token() is True
        assert behind.kept[0].expires_at >= enrolment.expires_at
        assert behind.client(behind.kept[0]).print_orders() == ()

        (terminal,) = behind.desk("GET", "/v1/desk/terminals")["terminals"]
        assert terminal["peer"] == "127.0.0.1"
        behind.desk("POST", "/v1/desk/terminals/lobby-1/revocation")
        (kept,) = made.deliver([parcel()])
        assert isinstance(kept, RetryLater)
        assert kept.error_class == ErrorClass.GONE
        with pytest.raises(Refused) as gone:
            made.heartbeat({})
        assert gone.value.code == "SYNC-005"


@pytest.mark.parametrize(("name", "peer"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1")])
def test_a_terminal_is_served_and_known_by_its_address_in_ipv4_and_in_ipv6(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, peer: str
) -> None:
    with behind_nginx(tmp_path, capsys, name) as behind:
        made = behind.client(behind.pair())
        assert isinstance(made.deliver([parcel()])[0], Accepted)
        made.heartbeat({})
        (terminal,) = behind.desk("GET", "/v1/desk/terminals")["terminals"]
    assert terminal["peer"] == peer


@pytest.mark.parametrize(("name", "peer"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1")])
def test_an_identity_that_somebody_outside_claims_does_not_arrive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, peer: str
) -> None:
    claimed = dict.fromkeys(
        ("X-Kiosk-Peer", "x-kiosk-peer", "X-Forwarded-For", "X-Real-IP", "Forwarded"), "203.0.113.9"
    )
    with behind_nginx(tmp_path, capsys, name) as behind:
        made = behind.client(behind.pair())
        send = made._line.exchange
        made._line.exchange = lambda method, url, headers, body=None: send(  # type: ignore[method-assign]
            method, url, {**headers, **claimed}, body
        )
        made.heartbeat({})
        (terminal,) = behind.desk("GET", "/v1/desk/terminals")["terminals"]
    assert terminal["peer"] == peer


def test_a_proxy_that_lets_the_header_through_is_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leaky = tmp_path / "leaky.conf"
    passes_on = "proxy_set_header X-Kiosk-Peer     $http_x_kiosk_peer;"
    shipped = SITE.read_text("utf-8")
    assert "proxy_set_header X-Kiosk-Peer     $remote_addr;" in shipped
    leaky.write_text(shipped.replace("proxy_set_header X-Kiosk-Peer     $remote_addr;", passes_on), "utf-8")
    monkeypatch.setattr("tests.central.tls_room.SITE", leaky)
    with behind_nginx(tmp_path, capsys) as behind:
        made = behind.client(behind.pair())
        send = made._line.exchange
        made._line.exchange = lambda method, url, headers, body=None: send(  # type: ignore[method-assign]
            method, url, {**headers, "X-Kiosk-Peer": "203.0.113.9"}, body
        )
        made.heartbeat({})
        (terminal,) = behind.desk("GET", "/v1/desk/terminals")["terminals"]
    assert terminal["peer"] == "203.0.113.9"


@pytest.mark.parametrize(
    ("certificate", "says"),
    [
        ({"begins": -60, "ends": -1}, "has run out, or the clock of this terminal is fast"),
        ({"begins": 1, "ends": 30}, "is not valid yet, or the clock of this terminal is slow"),
        ({"name": "elsewhere.example"}, "is for another name"),
        ({}, "central.ca-file in kiosk.yaml"),
    ],
    ids=["over", "not-yet", "other-name", "other-authority"],
)
def test_a_terminal_speaks_only_to_whom_the_councils_authority_vouches_for_now(
    tmp_path: Path, certificate: dict[str, Any], says: str
) -> None:
    ours = Authority.make(tmp_path / "ours")
    vouching = ours if certificate else Authority.make(tmp_path / "theirs")
    tls = vouching.vouch(tmp_path / "tls", **certificate)
    begin = CLOCK.now()
    enrolment = Enrolment("lobby-1", "token", begin, begin + timedelta(days=30), ())
    with nginx(tmp_path / "nginx", tls, 9) as url:
        address = CentralAddress(url, enrolment, TerminalKey(bytes(32)), ours.ca_file, deadline_s=5)
        made = CentralClient(address, CLOCK)
        (kept,) = made.deliver([parcel()])
        made.close()
    assert isinstance(kept, RetryLater)
    assert kept.error_class == ErrorClass.PORTAL
    assert "certificate" in kept.problem
    assert says in kept.problem


def test_the_example_names_no_key_and_no_password() -> None:
    assert "PRIVATE KEY" not in SITE.read_text("utf-8")
    assert json.dumps(SITE.read_text("utf-8")).count("ssl_certificate_key") == 1
