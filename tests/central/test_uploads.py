"""Attachments come before their case, piece by piece, and are kept only as the bytes of their digest."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central import uploading
from kiosk.central.command import main
from kiosk.central.tables import uploads
from kiosk.central.upkeep import Upkeep
from kiosk.core.sealing import CouncilKey
from kiosk.store.sealing import seal
from tests.central.room import Central, case_item

if TYPE_CHECKING:
    from httpx2 import Response
    from sqlalchemy import Connection

PHOTO = b"a photo of a broken lamp " * 4000
PIECE = 40_000


@pytest.fixture(autouse=True)
def _paired(central: Central) -> None:
    central.pair()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place(sha256: str, terminal: str = "lobby-1") -> str:
    return f"/v1/terminals/{terminal}/uploads/{sha256}"


def send(central: Central, sha256: str, offset: int, content: bytes, *, last: bool) -> Response:
    headers = {"Upload-Offset": str(offset), "Upload-Complete": "?1" if last else "?0"}
    typed = {"Content-Type": "application/partial-upload"}
    return central.browser.patch(
        place(sha256), headers={**central.as_terminal(), **headers, **typed}, content=content
    )


def offset(central: Central, sha256: str) -> int:
    answer = central.browser.head(place(sha256), headers=central.as_terminal())
    assert answer.status_code == 204
    return int(answer.headers["Upload-Offset"])


def upload(central: Central, content: bytes, sha256: str = "") -> Response:
    for start in range(0, len(content), PIECE):
        last = start + PIECE >= len(content)
        answer = send(central, sha256 or digest(content), start, content[start : start + PIECE], last=last)
    return answer


def item(*contents: bytes, **other: Any) -> dict[str, str]:
    named = [{"sha256": digest(each), "media_type": "image/jpeg"} for each in contents]
    return case_item(attachments=named, **other)


def kept(central: Central, content: bytes) -> bytes:
    return central.ground.database.write_now(lambda c: uploads.content(c, "lobby-1", digest(content)))


def test_an_upload_goes_on_where_the_last_piece_ended(central: Central) -> None:
    sha256 = digest(PHOTO)
    assert offset(central, sha256) == 0
    assert send(central, sha256, 0, PHOTO[:PIECE], last=False).json()["offset"] == PIECE
    assert offset(central, sha256) == PIECE
    answer = send(central, sha256, PIECE, PHOTO[PIECE:], last=True)
    assert answer.json() == {"sha256": sha256, "offset": len(PHOTO), "complete": True}
    asked = central.browser.get(place(sha256), headers=central.as_terminal())
    assert (asked.json(), asked.headers["Upload-Complete"]) == (answer.json(), "?1")
    assert kept(central, PHOTO) == PHOTO


def test_a_piece_at_another_place_is_not_kept(central: Central) -> None:
    sha256 = digest(PHOTO)
    send(central, sha256, 0, PHOTO[:PIECE], last=False)
    for wrong in (0, PIECE - 1, PIECE + 1):
        answer = send(central, sha256, wrong, PHOTO[:10], last=False)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/upload-elsewhere")
    assert offset(central, sha256) == PIECE


def test_a_whole_upload_that_is_sent_again_says_so_and_stays(central: Central) -> None:
    upload(central, PHOTO)
    assert send(central, digest(PHOTO), 0, b"something else", last=True).json()["complete"]
    assert kept(central, PHOTO) == PHOTO


def test_bytes_of_another_digest_are_refused_and_forgotten(central: Central) -> None:
    wrong = b"x" + PHOTO[1:]
    answer = upload(central, wrong, digest(PHOTO))
    assert (answer.status_code, answer.json().get("type")) == (422, "/problems/upload-differs")
    assert offset(central, digest(PHOTO)) == 0
    assert upload(central, PHOTO).json()["complete"]


def test_a_case_waits_until_its_attachment_is_whole(central: Central) -> None:
    named = item(PHOTO)
    send(central, digest(PHOTO), 0, PHOTO[:PIECE], last=False)
    result = central.deliver(named)[0]
    assert (result["status"], result["problem"]["type"]) == ("retry", "/problems/attachment-missing")
    send(central, digest(PHOTO), PIECE, PHOTO[PIECE:], last=True)
    assert central.deliver(named)[0]["status"] == "created"
    assert central.deliver(named)[0]["status"] == "duplicate"


def test_what_another_terminal_uploaded_is_not_here(central: Central) -> None:
    upload(central, PHOTO)
    central.pair("lobby-2")
    assert central.deliver(item(PHOTO), terminal="lobby-2")[0]["status"] == "retry"
    answer = central.browser.get(place(digest(PHOTO)), headers=central.as_terminal("lobby-2"))
    assert answer.status_code == 403


def test_a_case_without_its_signature_brings_nothing(central: Central) -> None:
    headers = {"Upload-Offset": "0", "Upload-Complete": "?1"}
    assert central.browser.patch(place(digest(PHOTO)), headers=headers, content=PHOTO).status_code == 401


def test_more_than_five_attachments_are_not_as_agreed(central: Central) -> None:
    result = central.deliver(item(*(bytes([n]) for n in range(6))))[0]
    assert (result["status"], result["problem"]["type"]) == ("rejected", "/problems/body-not-as-agreed")


def test_an_attachment_that_is_too_large_is_refused(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "LARGEST", PIECE)
    answer = upload(central, PHOTO)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/upload-elsewhere")
    answer = send(central, digest(PHOTO), PIECE, b"1", last=True)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/attachment-too-large")


def test_a_terminal_that_never_sends_cases_uploads_no_more(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_LOOSE", 1)
    assert upload(central, b"first").status_code == 200
    answer = upload(central, b"second")
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/uploads-waiting")
    assert central.deliver(item(b"first"))[0]["status"] == "created"
    assert upload(central, b"second").status_code == 200


def test_staff_take_an_attachment_as_a_file_that_no_browser_runs(central: Central) -> None:
    page = b"<script>alert(1)</script>"
    case_id = str(uuid.uuid4())
    answer = central.browser.get("/v1/terminals/lobby-1/council-keys", headers=central.as_terminal())
    (told,) = json.loads(answer.json()["document"])["keys"]
    key = CouncilKey(told["key_id"], base64.b64decode(told["public_key"]), central.clock.now)
    sealed = seal(key, page, f"council-kiosk attachment 1\n{case_id}\nlobby-1".encode())
    upload(central, sealed)
    named = {"sha256": digest(sealed), "media_type": "text/html", "key_id": key.key_id}
    assert central.deliver(case_item(attachments=[named], case_id=case_id))[0]["status"] == "created"
    address = f"/desk/cases/{case_id}/attachments/{digest(sealed)}"
    assert central.browser.get(address, follow_redirects=False).status_code != 200
    central.sign_in(central.add_staff())
    assert address in central.browser.get(f"/desk/cases/{case_id}").text
    answer = central.browser.get(address)
    assert (answer.status_code, answer.content) == (200, page)
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert central.browser.get(address.replace(case_id, "another")).status_code == 404


def test_the_pages_of_a_case_are_listed_in_the_order_in_which_the_visitor_gave_them(central: Central) -> None:
    pages = sorted((b"page %d" % number for number in range(5)), key=digest, reverse=True)
    for each in pages:
        upload(central, each)
    case_id = str(uuid.uuid4())
    assert central.deliver(item(*pages, case_id=case_id))[0]["status"] == "created"
    central.sign_in(central.add_staff())
    page = central.browser.get(f"/desk/cases/{case_id}").text
    listed = [f'/attachments/{digest(each)}">Attachment {place}<' for place, each in enumerate(pages, 1)]
    assert [each in page for each in listed] == [True] * 5


def test_an_erased_case_takes_its_attachments_with_it(central: Central) -> None:
    upload(central, PHOTO)
    named = item(PHOTO)
    central.deliver(named)
    case_id = json.loads(named["body"])["case_id"]
    assert main(["--database", central.ground.settings.database, "person", "erase", case_id]) == 0
    assert kept(central, PHOTO) == b""
    assert offset(central, digest(PHOTO)) == 0


def test_a_case_that_was_erased_before_it_came_leaves_no_attachment(central: Central) -> None:
    main(["--database", central.ground.settings.database, "person", "erase", "K7-3042-X"])
    upload(central, PHOTO)
    assert central.deliver(item(PHOTO, created_at="2026-11-24T08:00:00Z"))[0]["status"] == "created"
    assert kept(central, PHOTO) == b""


def look_after(central: Central) -> None:
    begun, portal = central.ground.now(), central.browser.portal
    assert portal is not None

    def steady() -> float:
        return (central.ground.now() - begun).total_seconds()

    portal.call(Upkeep(central.ground, steady).step)


def test_an_upload_without_a_case_is_cleared_after_a_week_and_no_other(central: Central) -> None:
    upload(central, b"of a case")
    central.deliver(item(b"of a case"))
    upload(central, b"of none")
    central.clock.now += uploading.LOOSE_FOR - timedelta(minutes=10)
    look_after(central)
    assert kept(central, b"of none") == b"of none"
    central.clock.now += timedelta(minutes=11)
    look_after(central)
    assert (kept(central, b"of none"), kept(central, b"of a case")) == (b"", b"of a case")


def test_these_tests_find_a_central_that_forgets_to_compare(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting(connection: Connection, upload: uploads.Upload) -> tuple[uploads.Upload, None]:
        uploads.finish(connection, upload)
        return replace(upload, complete=True), None

    monkeypatch.setattr(uploading, "_finished", trusting)
    with pytest.raises(AssertionError):
        test_bytes_of_another_digest_are_refused_and_forgotten(central)
