"""How long a whole facility takes to check: 160 services in sixteen languages."""

import re
import time
from pathlib import Path

import pytest

from kiosk.settings import load_facility
from kiosk.settings.translations import FRAME

CONFIG = Path(__file__).parents[2] / "config"
SERVICES = 160
MOST_S = 2.0
OWN_WORDS = re.compile(r"^( +(?:ask|hint|why|send): )(?![|>\[{\"'])(.+?)(?= *$)", re.MULTILINE)
"""What each copy of a service says in its own words: its questions, hints, reasons and last button."""
MSGID = re.compile(r'^msgid "(.*)"$', re.MULTILINE)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The demonstration with its services copied until there are 160, each with words of its own."""
    for folder in ("services", "tickets", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "kiosk.yaml").write_bytes((CONFIG / "kiosk.yaml").read_bytes())
    for path in CONFIG.glob("*.png"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for path in CONFIG.glob("tickets/*.yaml"):
        (tmp_path / "tickets" / path.name).write_bytes(path.read_bytes())
    originals = sorted(CONFIG.glob("services/*.yaml"))
    rounds = -(-SERVICES // len(originals))
    said: set[str] = set()
    for place in range(SERVICES):
        path = originals[place % len(originals)]
        text = path.read_text("utf-8")
        said |= {found[2].strip("\"'") for found in OWN_WORDS.finditer(text)}
        copy = OWN_WORDS.sub(rf"\g<1>({place // len(originals)}) \g<2>", text)
        (tmp_path / "services" / f"{path.stem}-{place}.yaml").write_text(copy, "utf-8")
    for path in CONFIG.glob("translations/*.po"):
        (tmp_path / "translations" / path.name).write_text(_for_copies(path, said, rounds), "utf-8")
    return tmp_path


def _for_copies(path: Path, said: set[str], rounds: int) -> str:
    """Give each copy of a service its words; what the terminal says too is copied with them."""
    head, *own = path.read_text("utf-8").rstrip("\n").split("\n\n")
    _, *of_frame = (FRAME / path.name).read_text("utf-8").rstrip("\n").split("\n\n")
    copies = [
        entry.replace('msgid "', f'msgid "({n}) ').replace('msgstr "', f'msgstr "({n}) ')
        for n in range(rounds)
        for entry in (each.replace('"\n"', "") for each in (*own, *of_frame))
        if (found := MSGID.search(entry)) and found[1] in said
    ]
    return "\n\n".join([head, *own, *copies]) + "\n"


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
