"""Every command has help with an example, and every error is one sentence with a code and a next step."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.catalogue import token_of
from kiosk import cli
from kiosk.app import store_settings, usable
from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.staff import SignedIn, UnknownBadge
from kiosk.core.ticket import Ticket
from kiosk.council_keys import KeyShelf
from kiosk.keys import site_key
from kiosk.ports import Delivery, Parked, RetryLater
from kiosk.store import open_store
from tests.store.making import COUNCIL_KEY

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(60)  # each is a process that loads a room; a busy machine needs its time
SEVERAL = pytest.mark.timeout(180)  # up to six of them in one test


def kiosk(*words: str | Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_a_command_has_help_with_an_example(command: str) -> None:
    code, out, _ = kiosk(command, "--help")
    assert code == 0
    assert "xample" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chekc"], "'chekc' is not known here. Did you mean 'check'? Look at 'kiosk --help'."),
        (
            ["check", "--confg", "x"],
            "'--confg x' is not known here. Did you mean '--config'? Look at 'kiosk --help'.",
        ),
        (["cases", "show"], "REFERENCE is missing. Look at 'kiosk cases show --help'."),
        ([], "a command is missing. Look at 'kiosk --help'."),
    ],
)
def test_words_that_are_not_understood_are_told_with_what_may_be_meant(words: list[str], told: str) -> None:
    assert kiosk(*words) == (2, "", f"KIOSK-006 This was not understood: {told}\n")


def test_the_version_is_told() -> None:
    assert kiosk("--version")[1].startswith("kiosk 0.")


def test_a_configuration_with_problems_exits_with_1_and_lists_all(tmp_path: Path) -> None:
    (tmp_path / "kiosk.yaml").write_text("council: A\nlangauges: [en]\n", "utf-8")
    code, out, _ = kiosk("check", "--config", tmp_path)
    assert code == 1
    assert f"{tmp_path}/kiosk.yaml:2:1 SET-201 The key 'langauges' is not known here." in out
    assert "Did you mean 'languages'?" in out


def test_the_demo_facility_has_no_problem() -> None:
    code, out, _ = kiosk("check")
    assert code == 0, out


def test_cases_before_the_first_start_says_what_to_do(tmp_path: Path) -> None:
    code, _, err = kiosk("cases", "list", "--data", tmp_path)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("STORE-011")


def kept_case(folder: Path, *deliveries: Callable[[str], Delivery]) -> str:
    KeyShelf(folder).keep([COUNCIL_KEY])
    opened = open_store(store_settings(usable(ROOT / "config"), folder), NOW)
    draft = CaseDraft(
        CaseId("5b0c7f6e-0000-4000-8000-000000000001"), "report-missed-bin", 0, "en", {"a": "b"}
    )
    saved = opened.store.save(draft, lambda *_: Ticket(()), NOW)
    opened.store.outbox.settle([delivery(str(saved.case_id)) for delivery in deliveries], NOW)
    opened.store.close()
    return saved.reference


def test_a_kept_case_is_listed_shown_and_exported_without_showing_answers(tmp_path: Path) -> None:
    reference = kept_case(tmp_path)
    assert reference in kiosk("cases", "list", "--data", tmp_path)[1]
    code, shown, err = kiosk("cases", "show", reference, "--data", tmp_path)
    assert code == 0, err
    assert "waiting" in shown
    assert "no outcome yet" in shown
    code, told, _ = kiosk("cases", "retry", reference, "--data", tmp_path)
    assert (code, told) == (1, "It is not parked: there is nothing to send again.\n")
    code, told, err = kiosk("cases", "export", "--to", tmp_path, "--data", tmp_path)
    assert code == 0, err
    assert "1 cases written" in told
    (target,) = tmp_path.glob("kiosk-cases-*.jsonl")
    assert reference in target.read_text("utf-8")
    assert target.stat().st_mode & 0o077 == 0


def not_reached(key: str) -> Delivery:
    return RetryLater(key, "transient", "The connection to the central service failed.")


def refused(key: str) -> Delivery:
    return Parked(key, "invalid", "The service is closed.")


def test_a_case_that_waits_needs_nothing_and_one_that_is_parked_needs_somebody(tmp_path: Path) -> None:
    for name, delivery in (("waits", not_reached), ("parked", refused)):
        (tmp_path / name).mkdir()
        reference = kept_case(tmp_path / name, delivery)
        shown = kiosk("cases", "show", reference.lower().replace("-", ""), "--data", tmp_path / name)[1]
        assert ("Next: nothing; it is sent by itself" in shown) is (name == "waits")
        assert (f"'kiosk cases retry {reference}'" in shown) is (name == "parked")


def test_a_terminal_does_not_start_with_problems(tmp_path: Path) -> None:
    code, _, err = kiosk("run", "--config", tmp_path, "--data", tmp_path)
    assert code == 2
    assert err.startswith("SET-001")
    assert "kiosk check --config" in err


def test_staff_are_entered_with_a_pin_that_is_shown_once(tmp_path: Path) -> None:
    code, out, err = kiosk("staff", "add", "Sam Jones", "--badge", "0A00CE754C", "--data", tmp_path)
    assert code == 0, err
    assert "PIN:" in out
    assert "Sam Jones" in kiosk("staff", "list", "--data", tmp_path)[1]
    assert b"0A00CE754C" not in (tmp_path / "terminal.sqlite").read_bytes()


@SEVERAL
def test_a_lost_badge_is_removed_by_name_at_once_also_under_a_running_terminal(tmp_path: Path) -> None:
    pin = entered(tmp_path, "Sam Jones", "0A00CE754C")
    entered(tmp_path, "Ann Smith", "0A00CE754D")
    lost = token_of("0A00CE754C", site_key(tmp_path))
    running = open_store(store_settings(usable(ROOT / "config"), tmp_path), NOW).store
    try:
        assert running.staff.check(lost, pin, NOW) == SignedIn("Sam Jones")
        code, out, err = kiosk("staff", "remove", "sam jones", "--data", tmp_path)
        assert (code, err) == (0, "")
        assert out.startswith("The badge of sam jones opens nothing here any more.")
        assert running.staff.check(lost, pin, NOW) == UnknownBadge()
    finally:
        running.close()
    assert kiosk("staff", "list", "--data", tmp_path)[1] == "Ann Smith\n"
    code, out, _ = kiosk("staff", "remove", "Sam Jones", "--data", tmp_path)
    assert (code, out) == (1, "Nobody here is called Sam Jones. Who may sign in: kiosk staff list\n")


@SEVERAL
def test_a_badge_is_removed_by_its_number_as_it_was_entered(tmp_path: Path) -> None:
    entered(tmp_path, "Sam Jones", "0A00CE754C")
    entered(tmp_path, "Sam Jones", "0A00CE754D")
    assert kiosk("staff", "remove", "--badge", " 0a00ce754c ", "--data", tmp_path)[0] == 0
    assert kiosk("staff", "list", "--data", tmp_path)[1] == "Sam Jones\n"
    code, out, _ = kiosk("staff", "remove", "--badge", "0A00CE754C", "--data", tmp_path)
    assert (code, out) == (1, "Nobody here has this badge. Who may sign in: kiosk staff list\n")


@SEVERAL
def test_where_several_have_a_name_none_is_removed_until_it_is_said_which(tmp_path: Path) -> None:
    entered(tmp_path, "Sam Jones", "0A00CE754C")
    entered(tmp_path, "Sam Jones", "0A00CE754D")
    code, out, err = kiosk("staff", "remove", "Sam Jones", "--data", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("STAFF-006 Sam Jones: There are 2 badges of this name, and none was removed.")
    assert kiosk("staff", "list", "--data", tmp_path)[1] == "Sam Jones\nSam Jones\n"
    code, out, _ = kiosk("staff", "remove", "Sam Jones", "--all", "--data", tmp_path)
    assert (code, "(2 of them)" in out) == (0, True)
    assert kiosk("staff", "list", "--data", tmp_path)[1].startswith("Nobody yet")


def test_nobody_is_removed_where_it_is_not_said_who(tmp_path: Path) -> None:
    code, _, err = kiosk("staff", "remove", "--all", "--data", tmp_path)
    assert code == 2
    assert err.startswith("KIOSK-006")


def entered(folder: Path, name: str, badge: str) -> str:
    """Enter a member of staff with the command; returns the PIN that it shows."""
    code, out, err = kiosk("staff", "add", name, "--badge", badge, "--data", folder)
    assert (code, err) == (0, "")
    return out.partition("PIN:")[2].split()[0]


def test_an_unforeseen_fault_is_one_line_with_a_place(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    code, _, err = kiosk("staff", "list", "--data", tmp_path / "data" / "below")
    assert code == 2
    assert err.startswith("KIOSK-002")


def test_a_slip_in_a_service_keeps_nobody_from_the_cases_that_are_kept_here(tmp_path: Path) -> None:
    folder, config = tmp_path / "kept", tmp_path / "config"
    folder.mkdir()
    shutil.copytree(ROOT / "config", config)
    reference = kept_case(folder)
    (config / "services" / "report-pothole.yaml").write_text("name: [", "utf-8")
    assert kiosk("check", "--config", config)[0] == 1
    code, out, err = kiosk("cases", "list", "--config", config, "--data", folder)
    assert (code, err) == (0, "")
    assert reference in out
    assert kiosk("cases", "export", "--to", tmp_path, "--config", config, "--data", folder)[0] == 0
    assert kiosk("run", "--config", config, "--data", folder)[2].startswith("SET-001")


def test_the_devices_that_can_be_simulated_are_listed() -> None:
    _, out, _ = kiosk("simulate", "--help")
    assert all(word in out for word in ("printer", "magstripe", "pcsc", "panel"))
