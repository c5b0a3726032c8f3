"""Notices to visitors, written at the desk: all that is wrong is said at once; terminals read the rest."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central import bundles
from kiosk.central.desk.notices import read_notice, state_of
from kiosk.central.notices import LONGEST, Notice, document
from kiosk.central.tables import bundles as versions
from kiosk.central.tables import journal
from kiosk.central.tables.people import Right
from kiosk.settings import load_facility
from tests.central.desk.test_access import Outline, nameless
from tests.central.room import Central, field_of

if TYPE_CHECKING:
    from httpx2 import Response

CONFIG = Path(__file__).resolve().parents[3] / "config"
PAGE = "/desk/notices"
BUNDLE = "/v1/terminals/lobby-1/bundle"
WHEN = {"from_day": "2026-11-24", "from_time": "08:00", "until_day": "2026-11-25", "until_time": "17:00"}
LIFT = {"name": "lift", "text-en": 'The "lift": out of <order>', "text-cy": "Lifft", "text-ur": "لفٹ خراب ہے"}


@pytest.fixture
def desk(central: Central) -> Central:
    """Give a central that published the demo's configuration, and somebody whose account is for notices."""
    central.pair()
    publish(central, bundles.gather(CONFIG))
    central.sign_in(central.add_staff(rights=[Right.NOTICES]))
    return central


def publish(central: Central, files: dict[str, str], version: int = 1) -> None:
    key, named, at = central.ground.signing, bundles.named(files), central.clock.now
    made = bundles.sign(key, named, version=version, made_at=at, made_by="x", note="")
    central.ground.database.write_now(lambda c: versions.add(c, made, bundles.by_hash(files)))


def send(central: Central, act: str = "new", **form: str) -> Response:
    csrf = field_of(central.browser.get("/desk/cases"), "csrf")
    return central.browser.post(f"{PAGE}/{act}", data={"csrf": csrf, **form})


def shown(central: Central) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", central.browser.get(PAGE).text)).split())


def manifest(central: Central) -> dict[str, Any]:
    told = central.browser.get(BUNDLE, headers=central.as_terminal()).json()["manifest"]
    found: dict[str, Any] = json.loads(told)
    return found


def audited(central: Central) -> list[tuple[str, str]]:
    found = central.ground.database.write_now(lambda c: journal.acts(c, 20))
    return [(entry.what, entry.detail) for entry in found if entry.actor == "staff Morgan Reid"]


def test_an_account_that_is_not_for_notices_sees_and_does_nothing_here(central: Central) -> None:
    central.pair()
    publish(central, bundles.gather(CONFIG))
    central.sign_in(central.add_staff(rights=[Right.PEOPLE, Right.SYSTEMS]))
    assert PAGE not in central.browser.get("/desk").text
    for path in ("", "/new", "/lift"):
        assert central.browser.get(PAGE + path).status_code == 403
    for act in ("new", "lift", "lift/end"):
        assert send(central, act, **LIFT, **WHEN).status_code == 403
    assert manifest(central)["version"] == 1


def test_nobody_does_anything_here_with_a_form_that_is_not_ours(desk: Central) -> None:
    for act in ("new", "lift", "lift/end"):
        answer = desk.browser.post(f"{PAGE}/{act}", data={"csrf": "wrong", **LIFT, **WHEN})
        assert answer.status_code == 403
    assert manifest(desk)["version"] == 1


def test_what_is_written_at_the_desk_is_read_at_the_terminal(desk: Central, tmp_path: Path) -> None:
    assert "It is published" in send(desk, **LIFT, **WHEN).text
    told = manifest(desk)
    assert told["version"] == 2
    for file in told["files"]:
        answer = desk.browser.get(f"{BUNDLE}/files/{file['sha256']}", headers=desk.as_terminal())
        place = tmp_path / file["path"]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(answer.json()["content"], "utf-8")
    loaded = load_facility(tmp_path, local=CONFIG)
    assert loaded.problems == ()
    (bulletin,) = loaded.facility.bulletins
    assert bulletin.texts == {name[5:]: text for name, text in LIFT.items() if name != "name"}
    assert (bulletin.begins, bulletin.ends) == (datetime(2026, 11, 24, 8), datetime(2026, 11, 25, 17))  # noqa: DTZ001 - local
    page = shown(desk)
    assert 'The "lift": out of <order>' in page
    assert "also in Welsh, Urdu" in page
    assert "8am, 24 November 2026 5pm, 25 November 2026 Shown now" in page
    assert "<order>" not in desk.browser.get(PAGE).text
    assert audited(desk)[:2] == [("notice-shown", "lift"), ("bundle-published", "version 2")]


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept(desk: Central) -> None:
    typed = {**LIFT, **WHEN, "name": "The lift", "text-en": "", "text-pl": "x" * (LONGEST + 1)}
    typed |= {"from_day": "soon", "until_time": ""}
    page = send(desk, **typed)
    assert page.status_code == 422
    assert page.text.count('class="wrong-words"') == 5
    assert "<title>Error: " in page.text
    for name in ("name", "text-cy", "text-pl", "from_day", "from_time"):
        assert f'value="{typed[name]}"' in page.text
    assert manifest(desk)["version"] == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "../kiosk"}, "name"),
        ({"name": "new"}, "name"),
        ({"text-en": " \t "}, "text-en"),
        ({"text-en": "a\u200b\u0000b"}, "text-en"),
        ({"text-cy": "x" * 121}, "text-cy"),
        ({"from_time": "25:00"}, "from_day"),
        ({"until_day": "2026-02-30"}, "until_day"),
        ({"until_day": "2026-11-24", "until_time": "08:00"}, "until_day"),
    ],
)
def test_each_thing_that_is_wrong_is_told_at_its_field(given: dict[str, str], field: str) -> None:
    form = {**LIFT, **WHEN, **given}
    assert read_notice({**LIFT, **WHEN}, "lift")[1] == {}
    notice, faults = read_notice(form, form["name"])
    assert (notice, list(faults)) == (None, [field])


def test_a_notice_is_changed_and_another_of_its_name_is_not_written_over_it(desk: Central) -> None:
    send(desk, **LIFT, **WHEN)
    again = send(desk, **{**LIFT, **WHEN, "text-en": "Another"})
    assert (again.status_code, "There is a notice of this name" in again.text) == (422, True)
    form = desk.browser.get(f"{PAGE}/lift")
    assert 'value="2026-11-25"' in form.text
    assert "Lifft" in form.text
    send(desk, "lift", **{**LIFT, **WHEN, "text-en": "The lift works on two floors", "text-cy": ""})
    assert "The lift works on two floors" in shown(desk)
    assert "also in Urdu" in shown(desk)
    assert manifest(desk)["version"] == 3


def test_it_is_ended_and_can_be_ended_or_changed_no_more(desk: Central) -> None:
    send(desk, **LIFT, **WHEN)
    assert "It is ended" in send(desk, "lift/end").text
    assert "Visitors are told nothing now" in shown(desk)
    assert [each["path"] for each in manifest(desk)["files"] if "bulletins" in each["path"]] == []
    assert audited(desk)[0] == ("notice-ended", "lift")
    assert send(desk, "lift/end").status_code == 409
    assert send(desk, "lift", **LIFT, **WHEN).status_code == 409
    assert desk.browser.get(f"{PAGE}/lift").status_code == 404


def test_before_anything_was_published_the_page_says_what_is_missing(central: Central) -> None:
    central.sign_in(central.add_staff(rights=[Right.NOTICES]))
    assert "Nothing was published yet" in shown(central)
    answer = send(central, **LIFT, **WHEN)
    assert (answer.status_code, "First publish services" in answer.text) == (409, True)


def test_only_languages_that_the_council_offers_are_asked_for(desk: Central) -> None:
    assert desk.browser.get(f"{PAGE}/new").text.count('name="text-') == 16
    publish(desk, {"kiosk.yaml": "languages: [en, so]\n"}, version=2)
    asked = re.findall(r'name="(text-\w+)"', desk.browser.get(f"{PAGE}/new").text)
    assert asked == ["text-en", "text-so"]


def test_what_holds_now_is_told_from_what_is_over_or_not_yet() -> None:
    begins, until = datetime(2026, 5, 4, 9), datetime(2026, 5, 4, 17)  # noqa: DTZ001 - local
    notice = Notice("lift", begins, until, {"en": "x"})
    states = [state_of(notice, datetime(2026, 5, 4, hour)) for hour in (8, 9, 16, 17)]  # noqa: DTZ001 - local
    assert states == ["later", "now", "now", "over"]
    assert document(notice) == 'from: 2026-05-04 09:00\nuntil: 2026-05-04 17:00\ntext:\n  en: "x"\n'


def test_the_pages_can_be_read_by_a_program_that_reads_screens(desk: Central) -> None:
    pages = [desk.browser.get(PAGE), send(desk, name="Lift")]
    send(desk, **LIFT, **WHEN)
    pages += [desk.browser.get(PAGE), desk.browser.get(f"{PAGE}/lift"), send(desk, "lift", name="lift")]
    for outline in (Outline(page.text) for page in pages):
        assert nameless(outline) == []
        assert len(outline.all_of("h1")) == 1
        anchors = {str(each["href"])[1:] for each in outline.all_of("a") if str(each["href"]).startswith("#")}
        assert anchors <= {str(each.get("id")) for _, each in outline.tags}
