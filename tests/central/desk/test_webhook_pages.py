"""Where events are sent, at the desk: added, paused, tried again, removed, and how it goes in plain words."""

from __future__ import annotations

import html
import io
import re
import threading
from contextlib import redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from standardwebhooks import Webhook

from kiosk.central import webhooks
from kiosk.central.command import main
from kiosk.central.effects import Later
from kiosk.central.service import carriers_of
from kiosk.central.settings import utc_now
from kiosk.central.settings_outward import OutwardSettings
from kiosk.central.tables import effects, journal
from kiosk.central.tables import webhooks as endpoints
from kiosk.central.worker import Worker
from tests.central.desk.test_access import Outline, nameless
from tests.central.outward.listener import Hook, listening
from tests.central.room import Central, MovedClock, case_item, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

    from kiosk.central.settings import CentralSettings

PAGE = "/desk/webhooks"


@pytest.fixture
def clock() -> MovedClock:
    """Signatures are good for five minutes of the real clock."""
    return MovedClock(utc_now())


@pytest.fixture
def may_be_private() -> bool:
    """The listeners of these tests are on this machine."""
    return True


@pytest.fixture
def settings(settings: CentralSettings, *, may_be_private: bool) -> CentralSettings:
    return replace(settings, outward=OutwardSettings(allow_private_addresses=may_be_private))


@pytest.fixture
def desk(central: Central) -> Central:
    central.pair()
    central.sign_in(account(central, "--for-systems"))
    return central


def account(central: Central, *rights: str) -> str:
    said = io.StringIO()
    with redirect_stdout(said):
        words = ["--database", central.ground.settings.database, "add-staff", "Morgan Reid", *rights]
        assert main(words) == 0
    return str(re.findall(r"Password: (\S+)", said.getvalue())[0])


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def url(hook: Hook) -> Iterator[str]:
    with listening(hook) as made:
        yield f"{made}/in"


def send(central: Central, act: str, **form: str) -> Response:
    csrf = field_of(central.browser.get(f"{PAGE}/new"), "csrf")
    return central.browser.post(f"{PAGE}/{act}", data={"csrf": csrf, **form})


def secret_of(page: Response) -> str:
    return str(re.findall(r"whsec_[\w+/=]+", html.unescape(page.text))[0])


def shown(central: Central) -> str:
    text = re.sub(r"<[^>]+>", " ", html.unescape(central.browser.get(PAGE).text))
    return " ".join(text.split())


def hand_on(central: Central, minutes: float = 0) -> None:
    """Hand on all that is due, until nothing is, and the service itself is at nothing either."""
    central.clock.pass_by(minutes=minutes)
    worker, never = Worker(central.ground, carriers_of(central.ground)), threading.Event()
    assert central.browser.portal is not None
    while central.browser.portal.call(worker.step) or is_busy(central):
        never.wait(0.01)


def is_busy(central: Central) -> bool:
    return effects.State.BEGUN in central.ground.database.write_now(effects.counts)


def audited(central: Central) -> list[tuple[str, str]]:
    found = central.ground.database.write_now(lambda c: journal.acts(c, 20))
    return [(entry.what, entry.detail) for entry in found if entry.actor == "staff Morgan Reid"]


def test_an_account_that_is_not_for_systems_sees_and_does_nothing_here(central: Central) -> None:
    central.sign_in(account(central, "--for-people", "--for-notices"))
    first = central.browser.get("/desk")
    assert PAGE not in first.text
    form = {"csrf": field_of(first, "csrf"), "label": "crm", "url": "https://crm.example/in"}
    for path in ("", "/new", "/crm/removal"):
        assert central.browser.get(PAGE + path).status_code == 403
    for act in ("new", "crm/pause", "crm/resume", "crm/retry", "crm/removal"):
        assert central.browser.post(f"{PAGE}/{act}", data=form).status_code == 403
    assert central.ground.database.write_now(endpoints.every) == ()


def test_nobody_does_anything_here_with_a_form_that_is_not_ours(desk: Central, url: str) -> None:
    send(desk, "new", label="crm", url=url)
    for act in ("new", "crm/pause", "crm/resume", "crm/retry", "crm/removal"):
        form = {"csrf": "wrong", "label": "other", "url": url}
        assert desk.browser.post(f"{PAGE}/{act}", data=form).status_code == 403
    (kept,) = desk.ground.database.write_now(endpoints.every)
    assert (kept.label, kept.paused_at) == ("crm", None)


def test_the_secret_is_shown_once_and_signs_what_is_sent(desk: Central, hook: Hook, url: str) -> None:
    made = send(desk, "new", label="crm", url=url)
    secret = secret_of(made)
    assert made.headers["cache-control"] == "no-store"
    assert "whsec_" not in shown(desk)
    assert "Nothing was sent yet" in shown(desk)
    desk.deliver(case_item())
    hand_on(desk)
    (came,) = hook.came
    Webhook(secret).verify(came.body, {name.lower(): value for name, value in came.headers.items()})
    assert "Last event taken" in shown(desk)
    assert audited(desk)[0] == ("webhook-added", "crm")


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept(desk: Central) -> None:
    page = send(desk, "new", label="<b>crm</b>", url="ftp://crm.example/in")
    assert page.status_code == 422
    assert page.text.count('class="wrong-words"') == 2
    assert 'value="&lt;b&gt;crm&lt;/b&gt;"' in page.text
    assert 'value="ftp://crm.example/in"' in page.text
    send(desk, "new", label="crm", url="https://crm.example/in")
    again = send(desk, "new", label="crm", url="https://crm.example/other")
    assert (again.status_code, "There is, or was, a webhook of this label" in again.text) == (422, True)
    assert [what for what, _ in audited(desk)].count("webhook-added") == 1


PRIVATE = ["http://crm.example/in", "https://10.0.0.1/in", "https://[::1]/in"]
STRANGE = [
    "https://u:p@crm.example/in",
    "https://crm.example/a b",
    "https://crm.example/\ta",
    "https://é.example/",
]


@pytest.mark.parametrize("may_be_private", [False])
@pytest.mark.parametrize("address", [*PRIVATE, *STRANGE, "https://crm.example/" + "x" * 2000])
def test_an_address_that_must_not_be_called_is_refused_as_at_the_console(
    database: str, desk: Central, address: str
) -> None:
    page = send(desk, "new", label="crm", url=address)
    assert (page.status_code, "This address cannot be called" in page.text) == (422, True)
    assert main(["--database", database, "webhook-add", "crm", address]) == 1
    assert desk.ground.database.write_now(endpoints.every) == ()


def test_why_the_last_event_was_not_taken_is_said_in_plain_words(desk: Central, hook: Hook, url: str) -> None:
    hook.statuses = [503]
    send(desk, "new", label="crm", url=url)
    desk.deliver(case_item())
    hand_on(desk)
    assert "The endpoint answered 503: it has a fault of its own." in shown(desk)
    assert "Events that wait 1" in shown(desk)
    send(desk, "crm/retry")
    hand_on(desk)
    assert "a fault of its own" not in shown(desk)
    assert "Events that wait 0" in shown(desk)
    assert len({came.headers["webhook-id"] for came in hook.came}) == 1
    assert ("webhook-retried", "crm") in audited(desk)


def test_nobody_listening_is_said_in_plain_words_too(desk: Central) -> None:
    send(desk, "new", label="crm", url="http://127.0.0.1:9/in")
    desk.deliver(case_item())
    hand_on(desk)
    assert "The endpoint gave no answer (nothing listens there)." in shown(desk)


def test_what_was_given_up_is_counted_and_can_be_tried_again(desk: Central, hook: Hook, url: str) -> None:
    hook.statuses = [410]
    send(desk, "new", label="crm", url=url)
    desk.deliver(case_item())
    hand_on(desk)
    assert "Events given up 1" in shown(desk)
    send(desk, "crm/retry")
    hand_on(desk)
    assert "Events given up 0" in shown(desk)
    assert len(hook.came) == 2


def test_a_paused_endpoint_is_sent_nothing_for_hours_and_then_everything(
    desk: Central, hook: Hook, url: str
) -> None:
    send(desk, "new", label="crm", url=url)
    send(desk, "crm/pause")
    items = [case_item(), case_item()]
    desk.deliver(*items)
    for _ in range(40):
        hand_on(desk, minutes=6)
        assert "Paused since" in shown(desk)
    assert hook.came == []
    assert "Events that wait 2" in shown(desk), "a pause is no attempt that failed"
    desk.clock.now = utc_now()
    send(desk, "crm/resume")
    hand_on(desk)
    assert len(hook.came) == 2
    assert [what for what, _ in audited(desk)][:2] == ["webhook-resumed", "webhook-paused"]


def test_a_carrier_that_takes_a_pause_for_a_failure_gives_events_up(
    desk: Central, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "Held", Later)
    send(desk, "new", label="crm", url=url)
    send(desk, "crm/pause")
    desk.deliver(case_item())
    for _ in range(40):
        hand_on(desk, minutes=61)
    desk.sign_in(account(desk, "--for-systems"))
    assert "Events given up 1" in shown(desk), "the mutant must give up, else the test above proves nothing"


def test_one_endpoint_is_paused_and_another_goes_on(desk: Central, hook: Hook, url: str) -> None:
    for label in ("crm", "other"):
        send(desk, "new", label=label, url=f"{url}/{label}")
    send(desk, "crm/pause")
    desk.deliver(case_item())
    hand_on(desk)
    assert [came.path for came in hook.came] == ["/in/other"]


def test_it_is_removed_after_a_second_look_and_its_secret_is_forgotten(
    desk: Central, hook: Hook, url: str
) -> None:
    secret = secret_of(send(desk, "new", label="crm", url=url))
    asked = desk.browser.get(f"{PAGE}/crm/removal")
    assert "Remove crm?" in asked.text
    assert desk.ground.database.write_now(endpoints.every)[0].secret == secret
    assert "It is removed" in send(desk, "crm/removal").text
    desk.deliver(case_item())
    hand_on(desk)
    assert hook.came == []
    assert audited(desk)[0] == ("webhook-ended", "crm")
    assert desk.browser.get(f"{PAGE}/crm/removal").status_code == 404
    for act in ("crm/removal", "crm/pause", "crm/resume", "crm/retry"):
        assert send(desk, act).status_code == 409


def test_the_pages_can_be_read_by_a_program_that_reads_screens(desk: Central, url: str) -> None:
    empty, wrong = desk.browser.get(PAGE), send(desk, "new", label="", url="")
    made = send(desk, "new", label="crm", url=url)
    pages = [empty, wrong, made, desk.browser.get(PAGE), desk.browser.get(f"{PAGE}/crm/removal")]
    for outline in (Outline(page.text) for page in pages):
        assert nameless(outline) == []
        assert len(outline.all_of("h1")) == 1
        anchors = {str(each["href"])[1:] for each in outline.all_of("a") if str(each["href"]).startswith("#")}
        assert anchors <= {str(each.get("id")) for _, each in outline.tags}
