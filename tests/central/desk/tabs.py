"""The pages of the desk by their links, so that a new one is judged as soon as somebody can come to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.central.room import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.central.room import Central


def pages_of(page: Page) -> Iterator[str]:
    """Go to every page that links lead to, one of each sort."""
    waiting, known = ["/desk", "/desk/sign-in", "/desk/nowhere"], set()
    while waiting:
        path = waiting.pop(0)
        sort = re.sub(r"[^/]*\d[^/]*", "#", path.partition("?")[0])
        if sort in known:
            continue
        known.add(sort)
        page.goto(HOST + path)
        hrefs: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        waiting += [href for href in hrefs if href.startswith("/desk") and not href.endswith(".css")]
        yield path
    assert len(known) >= 8, known


def read_by_links(desk: Central) -> dict[str, str]:
    """Read every page that links lead to without a browser, one of each sort, as it was sent."""
    waiting, read, known = ["/desk", "/desk/sign-in", "/desk/nowhere"], dict[str, str](), set()
    while waiting:
        path = waiting.pop(0)
        sort = re.sub(r"[^/]*\d[^/]*", "#", path.partition("?")[0])
        if sort not in known:
            known.add(sort)
            read[path] = desk.browser.get(path).text
            waiting += re.findall(r'<a [^>]*href="(/desk[^"]*)"', read[path])
    assert len(read) >= 12, read.keys()
    return read
