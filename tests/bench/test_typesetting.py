"""What shaping costs: start against the bindings of ADR 0003, a paragraph, a cache hit, memory over time.

Run by `make bench`, or alone: .venv/bin/python -m pytest -m bench -s tests/bench/test_typesetting.py
A binding that is not installed is left out. Ratios are asserted, milliseconds only shown.
"""

import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from kiosk.typeset import TextStyle, Typesetter, to_bitmap
from tests.typeset.samples import SAMPLES

pytestmark = [pytest.mark.bench, pytest.mark.timeout(120)]

ROOT = Path(__file__).parents[2]
ROUNDS = 7

# Each prints the milliseconds from the first import to the size of a first text.
STARTS = {
    "own, over libpangocairo": (
        sys.executable,
        "from kiosk.typeset import TextStyle, Typesetter\n"
        "Typesetter().typeset('Your ticket is A042', TextStyle(34))",
    ),
    "pangocffi + pangocairocffi": (
        sys.executable,
        "import cairocffi, pangocffi, pangocairocffi\n"
        "surface = cairocffi.ImageSurface(cairocffi.FORMAT_A8, 600, 60)\n"
        "layout = pangocairocffi.create_layout(cairocffi.Context(surface))\n"
        "layout.text = 'Your ticket is A042'\n"
        "layout.get_size()",
    ),
    "PyGObject of Debian": (
        "/usr/bin/python3",
        "import gi\n"
        "gi.require_version('PangoCairo', '1.0')\n"
        "from gi.repository import Pango, PangoCairo\n"
        "layout = Pango.Layout.new(PangoCairo.FontMap.new().create_context())\n"
        "layout.set_text('Your ticket is A042', -1)\n"
        "layout.get_pixel_size()",
    ),
}


def _say(line: str) -> None:
    sys.stdout.write(f"\n  {line}")


def _start_ms(python: str, code: str) -> float | None:
    timed = f"import time\nt = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1000)"
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [python, "-W", "ignore", "-c", timed], cwd=ROOT, capture_output=True, check=False
        )
        if done.returncode:
            return None
        found.append(float(done.stdout))
    return statistics.median(found)


def _ms(action: Callable[[], object], rounds: int = 200) -> float:
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        action()
        taken.append((perf_counter() - start) * 1000)
    return statistics.median(taken)


def test_starting_costs_less_than_a_binding() -> None:
    starts = {name: _start_ms(python, code) for name, (python, code) in STARTS.items()}
    for name, taken in starts.items():
        _say(f"{name:28} " + ("not installed" if taken is None else f"{taken:6.1f} ms import to first text"))
    own, binding = starts["own, over libpangocairo"], starts["pangocffi + pangocairocffi"]
    assert own is not None
    assert binding is None or own < binding / 2


def test_a_kept_picture_costs_next_to_nothing() -> None:
    keeping, drawing = Typesetter(), Typesetter(cache_bytes=0)
    for language, text in SAMPLES.items():
        style = TextStyle(34, language=language)
        drawn = _ms(lambda text=text, style=style: drawing.typeset(text, style, 700), 30)  # type: ignore[misc]
        measured = _ms(lambda text=text, style=style: drawing.measure(text, style, 700), 30)  # type: ignore[misc]
        hit = _ms(lambda text=text, style=style: keeping.typeset(text, style, 700))  # type: ignore[misc]
        picture = keeping.typeset(text, style, 700)
        bits = _ms(lambda picture=picture: to_bitmap(picture), 30)  # type: ignore[misc]
        _say(f"{language}: drawn {drawn:.2f} ms, measured {measured:.2f}, hit {hit:.4f}, bitmap {bits:.2f}")
        assert hit < drawn / 10


def test_memory_stays_flat_over_four_thousand_changes() -> None:
    engine = Typesetter(cache_bytes=4 * 1024 * 1024)
    languages = list(SAMPLES)

    def change(number: int) -> None:
        language = languages[number % len(languages)]
        engine.typeset(f"{number} {SAMPLES[language]}", TextStyle(20 + number % 40, language=language), 700)

    def peak_mib() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    for number in range(1000):
        change(number)
    before = peak_mib()
    for number in range(1000, 5000):
        change(number)
    _say(f"{before:.0f} MiB after 1,000 changes, {peak_mib():.0f} MiB after 5,000")
    assert peak_mib() < 1.1 * before
