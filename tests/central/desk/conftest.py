"""A real browser at the desk: a tab whose every request the desk itself answers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from kiosk.central.tables.people import Right
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.central.room import Central

USUAL_PX = 1280


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell")
        yield playwright.chromium.launch(executable_path=program)


@pytest.fixture
def desk(central: Central) -> Central:
    """A desk with a terminal that told of itself, a case, one that was refused, an appointment, and staff."""
    headers = central.pair()
    told = {"facts": {"outbox_waiting": 3, "printer": {"condition": "ready"}}}
    central.browser.post("/v1/terminals/lobby-1/heartbeats", headers=headers, json=told)
    central.deliver(case_item(), {**case_item(case_id="refused"), "sha256": "0"})
    central.book()
    central.sign_in(central.add_staff(rights=tuple(Right)))
    return central


@pytest.fixture
def page(browser: Browser, desk: Central) -> Iterator[Page]:
    """A tab whose every request is answered by the desk itself, without a network."""

    def answer(route: Route) -> None:
        asked = route.request
        typed = {name: asked.headers[name] for name in ("content-type",) if name in asked.headers}
        said = desk.browser.request(asked.method, asked.url, content=asked.post_data_buffer, headers=typed)
        headers = {name: said.headers[name] for name in ("content-type",) if name in said.headers}
        route.fulfill(status=said.status_code, headers=headers, body=said.content)

    context = browser.new_context(bypass_csp=True, viewport={"width": USUAL_PX, "height": 900})
    context.route("**/*", answer)
    yield context.new_page()
    context.close()
