"""Nothing opens a fresh installation: no account, no password, no key that is shipped or shared."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import func, select

from kiosk.central import schema
from kiosk.central.settings import CentralSettings
from kiosk.keys import private_folder, site_key, terminal_key
from tests.central.room import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from tests.central.room import Central

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("kiosk", "screens", "devices", "config", "docs")
SKIPPED = {".png", ".pyc", ".ttf", ".otf", ".woff2", ".mo", ".po"}
ASSIGNED = re.compile(
    r"""(?i)\b(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|pin)\b["']?\s*[:=]\s*"""
    r"""["']([^"'\s{}$<]{4,})["']"""
)
PEM = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
QUOTED = re.compile(r"""["']([A-Za-z0-9+/_=-]{32,})["']""")
KNOWN = {
    "an-example-and-no-token",  # openapi.yaml
    "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",  # the public key of RFC 8032's first test
}
DEFAULTS = ["admin", "password", "council", "kiosk", "changeme", "123456", "12345678", "letmein", "desk", ""]


def shipped() -> Iterator[tuple[str, str]]:
    for room in SHIPPED:
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and path.suffix not in SKIPPED and "__pycache__" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text("utf-8", "replace")


def bits(text: str) -> float:
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def secrets_in(name: str, text: str) -> list[str]:
    found = [f"{name}: a private key" for _ in PEM.finditer(text)]
    found += [f"{name}: {m[0]}" for m in ASSIGNED.finditer(text) if m[1] not in KNOWN]
    quoted = (m[1] for m in QUOTED.finditer(text) if m[1] not in KNOWN)
    words = (word for word in quoted if len(set(word)) < len(word))  # else it is an alphabet
    looks_random = (w for w in words if bits(w) > 4.6 and re.search(r"\d", w) and re.search(r"[A-Z]", w))
    return found + [f"{name}: {word}" for word in looks_random]


def test_no_password_and_no_key_is_shipped() -> None:
    assert [found for name, text in shipped() for found in secrets_in(name, text)] == []


@pytest.mark.parametrize(
    "leak",
    [
        'PASSWORD = "hunter22"',
        "pin: '483920'",
        '"api_key": "abcd1234"',
        "-----BEGIN PRIVATE KEY-----",
        'KEY = "q7V3xkP0mZ8sT2uYwB5nR9dLfG1hJ4cE6aXvN0oQ"',
    ],
)
def test_a_secret_that_is_shipped_is_found(leak: str) -> None:
    assert secrets_in("kiosk/leaky.py", leak)


def test_a_fresh_central_has_no_account_no_token_and_no_terminal(central: Central) -> None:
    kept = (schema.staff, schema.desk_tokens, schema.terminals, schema.pairing_codes, schema.desk_sessions)

    def count(connection: Connection) -> dict[str, int]:
        rows = {table.name: select(func.count()).select_from(table) for table in kept}
        return {name: connection.execute(each).scalar_one() for name, each in rows.items()}

    counted = central.ground.database.write_now(count)
    assert set(counted.values()) == {0}, counted


def test_no_usual_password_signs_anybody_in_at_a_fresh_central(central: Central) -> None:
    for name in ("admin", "staff", "desk"):
        page = central.browser.get("/desk/sign-in")
        form = {"name": name, "password": DEFAULTS[0], "form_word": field_of(page, "form_word")}
        answer = central.browser.post("/desk/sign-in", data=form, follow_redirects=False)
        assert answer.status_code in {401, 422, 429}, name
        assert "desk_session" not in answer.cookies


def test_a_fresh_central_lets_nobody_do_anything_without_being_known(central: Central) -> None:
    open_to_all = {"/v1/pairings"}
    app = central.browser.app
    for route in app.routes:  # type: ignore[attr-defined]
        if not isinstance(route, APIRoute) or not route.path.startswith("/v1") or route.path in open_to_all:
            continue
        path = re.sub(r"\{[^}]*\}", "lobby-1", route.path)
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}:
            for token in ("", *(f"Bearer {word}" for word in DEFAULTS)):
                answer = central.browser.request(
                    method, path, headers={"Authorization": token} if token else {}
                )
                assert answer.status_code in {401, 403}, f"{method} {path}"


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    first, second = private_folder(tmp_path / "a"), private_folder(tmp_path / "b")
    assert site_key(first) != site_key(second)
    assert terminal_key(first).public_bytes != terminal_key(second).public_bytes
    for folder in (first, second):
        assert folder.stat().st_mode & 0o777 == 0o700
        for path in folder.iterdir():
            assert path.stat().st_mode & 0o777 == 0o600


def test_the_settings_have_no_secret_to_begin_with() -> None:
    begun = CentralSettings("sqlite:///central.sqlite3")
    assert not [name for name in CentralSettings.__slots__ if re.search("secret$|password|token", name)]
    assert begun.keys is None
