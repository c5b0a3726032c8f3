"""Write a picture of every sample view: `python tests/screens/gallery.py --out out/gallery`."""

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

from kiosk.core.glass_lines import Panel  # noqa: E402 - the checkout is on the path only now
from kiosk.core.views import Look  # noqa: E402 - as above
from screens import lockdown  # noqa: E402 - as above

PANELS = {
    "portrait": Panel(1080, 1920, 268.0, 476.0),
    "landscape": Panel(1920, 1080, 476.0, 268.0),
    "small": Panel(1366, 768, 344.0, 194.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/gallery"))
    parser.add_argument("--panel", choices=PANELS, default="portrait")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--cap-height", type=float, default=4.8, help="millimetres")
    parser.add_argument("--only", default="", help="views whose name begins so, several with commas")
    asked = parser.parse_args()
    prepare(PANELS[asked.panel])
    asked.out.mkdir(parents=True, exist_ok=True)
    draw(asked)


def prepare(panel: Panel) -> None:
    """Make a window that nobody sees, as the glass makes its own."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    lockdown.clean_environment(os.environ)
    lockdown.refuse_clipboard()
    lockdown.configure(panel.width_px, panel.height_px, fullscreen=False)


def draw(asked: argparse.Namespace) -> None:
    """Draw each view that was asked for, and say how long its screen took."""
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared
    from tests.screens.sample_views import all_views  # noqa: PLC0415 - as above

    easel = Easel(PANELS[asked.panel])
    for name, view in all_views().items():
        if not name.startswith(tuple(asked.only.split(","))):
            continue
        dressed = replace(view, frame=replace(view.frame, look=Look(asked.theme, asked.cap_height)))
        began = time.perf_counter()
        screen = easel.show(dressed)
        built_ms = (time.perf_counter() - began) * 1000
        sys.stdout.write(f"{name}: {built_ms:.0f} ms, {screen.ids.body.theme.density}\n")
        (asked.out / f"{asked.panel}-{name}.png").write_bytes(easel.picture(screen))


if __name__ == "__main__":
    main()
