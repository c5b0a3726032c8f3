"""The client against every fault of the list: only an agreed answer is believed, and every call ends."""

import datetime as dt
import hashlib
import ipaddress
import json
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.core.case import CaseId
from kiosk.core.hardware import OutcomeWord
from kiosk.core.sync import ErrorClass
from kiosk.errors import CentralError, Refused, SettingsError, Unreachable
from kiosk.ports import Accepted, Parcel, Parked, RetryLater
from kiosk.sync import CentralAddress, CentralClient, pair
from kiosk.sync.signing import pairing_proof, public_text
from tests.sync.stand_in import FAULTS, KEY, address, central

DAY = dt.date(2026, 5, 1)
DEADLINE_S = 0.4


class Still:
    """A clock that stands still."""

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 5, 1, tzinfo=dt.UTC)

    def monotonic(self) -> float:
        return 0.0


def parcel(name: str = "c1") -> Parcel:
    body = f'{{"case_id":"{name}"}}'.encode()
    return Parcel(1, name, CaseId(name), "case.create", body, hashlib.sha256(body).hexdigest(), 0)


def client(url: str, ca_file: Path | None = None) -> CentralClient:
    return CentralClient(address(url, "front desk/1", ca_file=ca_file, deadline_s=DEADLINE_S), Still())


@pytest.fixture
def faulty(request: pytest.FixtureRequest) -> Iterator[CentralClient]:
    with central(lambda: str(request.param)) as (url, _):
        made = client(url)
        yield made
        made.close()


def classes() -> dict[str, ErrorClass]:
    """Say what each fault must be taken for."""
    told = {
        **dict.fromkeys(("answer-lost", "cut", "truncated", "busy", "fault-500"), ErrorClass.TRANSIENT),
        **dict.fromkeys(("slow-header", "slow-body", "mute"), ErrorClass.TIMEOUT),
        "refused-400": ErrorClass.INVALID,
        "refused-401": ErrorClass.AUTH,
        "refused-410": ErrorClass.GONE,
        "refused-413": ErrorClass.TOO_LARGE,
        "refused-426": ErrorClass.UPGRADE,
    }
    good = {"twice", "at-most-3", "poison", "slow-poison"}
    return {fault: told.get(fault, ErrorClass.PORTAL) for fault in FAULTS if fault not in good}


@pytest.mark.parametrize(("faulty", "expected"), classes().items(), indirect=["faulty"])
def test_no_fault_is_taken_for_an_acknowledgement_and_each_ends_in_time(
    faulty: CentralClient, expected: ErrorClass
) -> None:
    begun = time.monotonic()
    (delivery,) = faulty.deliver([parcel()])
    assert time.monotonic() - begun < DEADLINE_S + 1.0
    assert isinstance(delivery, RetryLater)
    assert delivery.error_class == expected
    assert delivery.problem


@pytest.mark.parametrize(("faulty", "expected"), classes().items(), indirect=["faulty"])
def test_the_other_calls_raise_the_projects_own_errors(faulty: CentralClient, expected: ErrorClass) -> None:
    with pytest.raises(CentralError) as failed:
        faulty.heartbeat({})
    if expected is not ErrorClass.PORTAL:
        assert failed.value.error_class == expected


@pytest.mark.parametrize("faulty", ["busy"], indirect=True)
def test_central_may_say_how_long_to_wait(faulty: CentralClient) -> None:
    (delivery,) = faulty.deliver([parcel()])
    assert isinstance(delivery, RetryLater)
    assert delivery.retry_after_s == 7.0
    with pytest.raises(Unreachable) as failed:
        faulty.print_orders()
    assert failed.value.retry_after_s == 7.0


def test_an_agreed_answer_is_believed_for_each_parcel() -> None:
    with central() as (url, rows):
        rows.refused.add("c2")
        made = client(url)
        first = made.deliver([parcel("c1"), parcel("c2")])
        again = made.deliver([parcel("c1")])
        made.close()
    assert first == (
        Accepted("c1", "central-c1"),
        Parked("c2", ErrorClass.INVALID, "Not a street here. Ask again."),
    )
    assert again == (Accepted("c1", "central-c1"),)
    assert rows.created == ["c1"]
    assert rows.requests[0] == "POST /v1/terminals/front%20desk%2F1/batches"
    assert rows.headers[0]["Authorization"] == "Bearer secret"
    assert rows.headers[0]["Accept-Encoding"] == "identity"


def test_the_frozen_bytes_arrive_as_they_are() -> None:
    body = '{"case_id":"c1","name":"Ŵyn \U0001f600 \\" \\\\"}'.encode()
    odd = Parcel(1, "c1", CaseId("c1"), "case.create", body, hashlib.sha256(body).hexdigest(), 0)
    with central() as (url, rows):
        made = client(url)
        made.deliver([odd])
        made.close()
    assert rows.by_key["c1"] == odd.sha256


def test_appointments_orders_outcomes_and_heartbeats_go_over_one_connection() -> None:
    with central() as (url, rows):
        rows.orders.append(
            {"order_id": "o1", "kind": "reprint", "case_id": "c1", "reference": "R", "lines": [], "copy": 1}
        )
        made = client(url)
        listed = made.appointments(DAY, "")
        assert listed is not None
        assert (listed.etag, listed.appointments[0].full_name) == ('"v1"', "Ann Test")
        assert made.appointments(DAY, listed.etag) is None
        (order,) = made.print_orders()
        assert (order.order_id, order.copy, order.appointment_id) == ("o1", 1, "")
        made.report_print("o1", OutcomeWord.PRINTED, "none")
        made.heartbeat({"outbox_waiting": 0})
        made.close()
    assert rows.outcomes == {"o1": {"outcome": "printed", "reason": "none"}}
    assert rows.heartbeats == [{"outbox_waiting": 0}]


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    with central() as (url, _):
        made = client(url)
        assert isinstance(made.deliver([parcel()])[0], Accepted)
        made.close()


def test_nobody_at_the_address_is_told_as_such() -> None:
    with central() as (url, _):
        pass
    made = client(url)
    with pytest.raises(Unreachable) as failed:
        made.heartbeat({})
    made.close()
    assert (failed.value.code, failed.value.error_class) == ("SYNC-001", "transient")


@pytest.mark.parametrize(
    "url",
    ["http://central.example", "ftp://localhost", "localhost", "https://", "https://a/?b", "https://u@h"],
)
def test_an_address_that_would_send_cases_in_clear_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        client(url)


def test_a_terminal_is_paired_with_a_code_and_its_token_is_never_shown() -> None:
    with central() as (url, rows):
        enrolment = pair(url, "1234", KEY, Still(), deadline_s=DEADLINE_S)
    assert (enrolment.terminal, enrolment.token) == ("front-desk", "secret")
    assert "secret" not in repr(CentralAddress(url, enrolment, KEY))
    assert json.loads(rows.bodies[0]) == {
        "code": "1234",
        "public_key": public_text(KEY),
        "proof": pairing_proof("1234", KEY),
    }


def test_a_wrong_code_is_refused_with_a_reason() -> None:
    with central(lambda: "refused-410") as (url, _), pytest.raises(Refused) as refused:
        pair(url, "1234", KEY, Still(), deadline_s=DEADLINE_S)
    assert "Refused with 410" in str(refused.value)
    assert "Codes are made at central's desk" in refused.value.do


def test_nobody_who_pairs_is_told_that_it_is_tried_again_by_itself() -> None:
    with pytest.raises(Unreachable) as failed:
        pair("http://127.0.0.1:9", "1234", KEY, Still(), deadline_s=DEADLINE_S)
    assert failed.value.do.startswith("Nothing was paired")


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for localhost that only a private authority vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=365 * 100))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    ca_file, key_file = folder / "ca.pem", folder / "key.pem"
    ca_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca_file, key_file)
    return ca_file, context


def test_only_the_councils_own_authority_is_trusted_when_it_is_given(tmp_path: Path) -> None:
    ca_file, context = certificate(tmp_path)
    with central(context=context) as (url, _):
        knowing, strange = client(url, ca_file), client(url)
        assert isinstance(knowing.deliver([parcel()])[0], Accepted)
        (refused,) = strange.deliver([parcel("c2")])
        knowing.close()
        strange.close()
    assert isinstance(refused, RetryLater)
    assert refused.error_class == ErrorClass.PORTAL
    assert "certificate" in refused.problem


def test_a_slow_answer_over_tls_ends_in_time_too(tmp_path: Path) -> None:
    ca_file, context = certificate(tmp_path)
    with central(lambda: "slow-body", context) as (url, _):
        made = client(url, ca_file)
        begun = time.monotonic()
        (delivery,) = made.deliver([parcel()])
        made.close()
    assert time.monotonic() - begun < DEADLINE_S + 1.0
    assert isinstance(delivery, RetryLater)
    assert delivery.error_class == ErrorClass.TIMEOUT
