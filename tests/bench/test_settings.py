"""How long a whole facility takes to check: 160 services in two languages."""

import time
from pathlib import Path

import pytest

from kiosk.settings import load_facility

CONFIG = Path(__file__).parents[2] / "config"
SERVICES = 160
MOST_S = 2.0


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The demonstration with its services copied until there are 160, each with words of its own."""
    for folder in ("services", "tickets", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "kiosk.yaml").write_bytes((CONFIG / "kiosk.yaml").read_bytes())
    for path in CONFIG.glob("tickets/*.yaml"):
        (tmp_path / "tickets" / path.name).write_bytes(path.read_bytes())
    po = (CONFIG / "translations/cy.po").read_text("utf-8")
    originals = sorted(CONFIG.glob("services/*.yaml"))
    rounds = -(-SERVICES // len(originals))
    for place in range(SERVICES):
        path = originals[place % len(originals)]
        text = path.read_text("utf-8").replace("ask: ", f"ask: ({place // len(originals)}) ")
        (tmp_path / "services" / f"{path.stem}-{place}.yaml").write_text(text, "utf-8")
    head, *entries = po.split("\n\n")
    copies = [
        entry.replace('msgid "', f'msgid "({n}) ').replace('msgstr "', f'msgstr "({n}) ')
        for n in range(rounds)
        for entry in entries
    ]
    (tmp_path / "translations/cy.po").write_text("\n\n".join([head, *entries, *copies]) + "\n", "utf-8")
    return tmp_path


@pytest.mark.bench
@pytest.mark.timeout(120)
def test_a_facility_of_160_services_is_checked_in_two_seconds(large: Path) -> None:
    load_facility(CONFIG)
    began = time.perf_counter()
    small = load_facility(CONFIG)
    one_s = time.perf_counter() - began
    began = time.perf_counter()
    loaded = load_facility(large)
    took_s = time.perf_counter() - began
    print(f"\n  {SERVICES} services: {took_s:.2f} s; the demonstration: {one_s:.2f} s")
    assert small.is_usable
    assert len(loaded.problems) == 0, [str(p) for p in loaded.problems[:3]]
    assert took_s < MOST_S
