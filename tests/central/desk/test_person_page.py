"""What is kept of one person, at the desk: found, handed out as a file, erased after a second look."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import uuid
import zipfile
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central.command import main
from kiosk.central.tables import journal
from kiosk.core.sealing import CouncilKey
from kiosk.store.sealing import seal
from tests.central.desk.test_access import Outline, nameless
from tests.central.room import Central, case_item, field_of

if TYPE_CHECKING:
    from httpx2 import Response

MARK = "Olivia-Hartley-of-27-Marigold-Lane"
PHOTO = b"a photo of a broken lamp"


@pytest.fixture
def desk(central: Central) -> Central:
    """Give a central at whose desk somebody signed in whose account is for people."""
    central.pair()
    central.sign_in(account(central, "--for-people"))
    return central


def account(central: Central, *for_people: str) -> str:
    """Make an account at the console; return its password."""
    database = central.ground.settings.database
    said = io.StringIO()
    with redirect_stdout(said):
        assert main(["--database", database, "add-staff", "Morgan Reid", *for_people]) == 0
    return str(re.findall(r"Password: (\S+)", said.getvalue())[0])


def deliver(central: Central, **other: Any) -> str:
    item = case_item(answers={"name": MARK}, **other)
    assert central.deliver(item)[0]["status"] == "created"
    return str(json.loads(item["body"])["case_id"])


def send(central: Central, act: str, **form: Any) -> Response:
    csrf = field_of(central.browser.get("/desk/person"), "csrf")
    return central.browser.post(f"/desk/person/{act}", data={"csrf": csrf, **form})


def audited(central: Central) -> list[tuple[str, str]]:
    found = central.ground.database.write_now(lambda c: journal.acts(c, 10))
    return [(entry.what, entry.detail) for entry in found if entry.actor == "staff Morgan Reid"]


def unpacked(answer: Response) -> dict[str, bytes]:
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def attach(central: Central, content: bytes) -> dict[str, str]:
    digest = hashlib.sha256(content).hexdigest()
    headers = {"Upload-Offset": "0", "Upload-Complete": "?1", "Content-Type": "application/partial-upload"}
    place = f"/v1/terminals/lobby-1/uploads/{digest}"
    answer = central.browser.patch(place, headers={**central.as_terminal(), **headers}, content=content)
    assert answer.status_code == 200, answer.text
    return {"sha256": digest, "media_type": "image/jpeg"}


ACTS = ["find", "export", "erasure", "erase", "unseen"]


def test_an_account_that_is_not_for_people_sees_and_does_nothing_here(central: Central) -> None:
    central.pair()
    case_id = deliver(central)
    central.sign_in(account(central))
    first = central.browser.get("/desk")
    assert "/desk/person" not in first.text
    assert central.browser.get("/desk/person").status_code == 403
    form = {"csrf": field_of(first, "csrf"), "words": case_id, "case": case_id, "certain": "yes"}
    for act in ACTS:
        answer = central.browser.post(f"/desk/person/{act}", data=form)
        assert (answer.status_code, MARK in answer.text) == (403, False)
    assert central.ask("GET", f"/cases/{case_id}").status_code == 200


def test_nobody_does_anything_here_with_a_form_that_is_not_ours(desk: Central) -> None:
    case_id = deliver(desk)
    for act in ACTS:
        form = {"words": case_id, "case": case_id, "certain": "yes", "csrf": "wrong"}
        assert desk.browser.post(f"/desk/person/{act}", data=form).status_code == 403
    assert desk.ask("GET", f"/cases/{case_id}").status_code == 200


def test_somebody_is_found_and_no_address_holds_the_words(desk: Central) -> None:
    case_id = deliver(desk)
    desk.book(full_name=MARK)
    by_name = send(desk, "find", words=MARK)
    assert "One thing was found" in by_name.text
    assert case_id not in by_name.text
    both = send(desk, "find", words=MARK, in_answers="yes")
    assert "2 things were found" in both.text
    assert case_id in both.text
    assert MARK not in str(both.url)
    assert audited(desk)[0] == ("person-looked-for", "1 cases, 1 appointments")


def test_what_is_handed_out_can_be_read_and_holds_the_attachments(desk: Central) -> None:
    attached = attach(desk, PHOTO)
    case_id, other = deliver(desk, attachments=[attached]), deliver(desk)
    booked = desk.book(full_name=MARK)["appointment_id"]
    files = unpacked(send(desk, "export", case=case_id, appointment=booked))
    told = json.loads(files.pop("what-is-kept.json"))
    assert [case["answers"] for case in told["cases"]] == [{"name": MARK}]
    assert [each["full_name"] for each in told["appointments"]] == [MARK]
    page = files.pop("what-is-kept.html").decode()
    assert MARK in page
    ((name, content),) = files.items()
    assert content == PHOTO
    assert f'href="{name}"' in page
    assert other not in page + json.dumps(told)
    assert {what for what, _ in audited(desk)} >= {"case-exported", "appointment-exported"}


def test_a_sealed_attachment_is_handed_out_open_and_one_that_no_key_opens_is_said(desk: Central) -> None:
    case_id = str(uuid.uuid4())
    asked = desk.browser.get("/v1/terminals/lobby-1/council-keys", headers=desk.as_terminal())
    (told,) = json.loads(asked.json()["document"])["keys"]
    key = CouncilKey(told["key_id"], base64.b64decode(told["public_key"]), desk.clock.now)
    sealed = seal(key, PHOTO, f"council-kiosk attachment 1\n{case_id}\nlobby-1".encode())
    named = [
        {**attach(desk, sealed), "key_id": key.key_id},
        {**attach(desk, b"of another time"), "key_id": "0" * 16},
    ]
    deliver(desk, case_id=case_id, attachments=named)
    files = unpacked(send(desk, "export", case=case_id))
    assert [content for name, content in files.items() if name.startswith("attachments/")] == [PHOTO]
    assert "could not be opened" in files["what-is-kept.html"].decode()


def test_what_a_visitor_typed_is_text_in_the_file_and_on_the_page(desk: Central) -> None:
    item = case_item(answers={"name": "<script>alert(1)</script>"})
    desk.deliver(item)
    case_id = json.loads(item["body"])["case_id"]
    assert b"<script" not in unpacked(send(desk, "export", case=case_id))["what-is-kept.html"]
    assert "<script" not in send(desk, "find", words="<script>", in_answers="yes").text


def test_nothing_is_erased_before_somebody_says_that_it_was_looked_at(desk: Central) -> None:
    case_id = deliver(desk)
    asked = send(desk, "erasure", case=case_id)
    assert "Erase for ever?" in asked.text
    refused = send(desk, "erase", case=case_id)
    assert (refused.status_code, "There is a problem" in refused.text) == (422, True)
    assert desk.ask("GET", f"/cases/{case_id}").status_code == 200
    assert "case-erased" not in {what for what, _ in audited(desk)}


def test_what_was_ticked_is_erased_and_nothing_else(desk: Central) -> None:
    case_id, other = deliver(desk), deliver(desk)
    booked = desk.book(full_name=MARK)["appointment_id"]
    done = send(desk, "erase", case=case_id, appointment=booked, certain="yes")
    assert "It is erased." in done.text
    assert desk.ask("GET", f"/cases/{case_id}").status_code == 404
    assert desk.ask("GET", f"/cases/{other}").status_code == 200
    assert "Nothing is kept" in send(desk, "find", words=booked).text
    assert ("case-erased", case_id) in audited(desk)
    assert ("appointment-erased", booked) in audited(desk)
    assert MARK not in repr(audited(desk))


def test_a_case_that_never_came_is_erased_by_the_reference_on_its_ticket(desk: Central) -> None:
    assert "Mark K7-3042-X as erased" in send(desk, "find", words="k7-3042-x").text
    assert "marked as erased" in send(desk, "unseen", words="k7-3042-x").text
    item = case_item(created_at="2026-11-24T08:00:00Z")
    desk.deliver(item)
    assert desk.ask("GET", f"/cases/{json.loads(item['body'])['case_id']}").status_code == 404


def test_a_reference_that_is_kept_here_is_never_marked_as_unseen(desk: Central) -> None:
    case_id = deliver(desk)
    assert "One thing was found" in send(desk, "unseen", words="K7-3042-X").text
    assert desk.ask("GET", f"/cases/{case_id}").status_code == 200


def test_a_form_with_nothing_in_it_says_what_is_missing(desk: Central) -> None:
    deliver(desk)
    for act, form in (
        ("find", {"words": " "}),
        ("export", {"words": "K7-3042-X"}),
        ("erasure", {"words": "K7-3042-X"}),
    ):
        answer = send(desk, act, **form)
        assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
        assert answer.text.count("<title>Error: ") == 1


def test_the_pages_can_be_read_by_a_program_that_reads_screens(desk: Central) -> None:
    cases = [deliver(desk), deliver(desk)]
    pages = [
        desk.browser.get("/desk/person"),
        send(desk, "find", words="K7-3042-X"),
        send(desk, "erasure", case=cases),
        send(desk, "erase", case=cases),
    ]
    for outline in (Outline(page.text) for page in pages):
        assert nameless(outline) == []
        assert len(outline.all_of("h1")) == 1
        assert outline.all_of("main")[0]["id"] == "main"
        anchors = {str(each["href"])[1:] for each in outline.all_of("a") if str(each["href"]).startswith("#")}
        assert anchors <= {str(each.get("id")) for _, each in outline.tags}
