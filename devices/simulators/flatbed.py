"""A simulated document scanner: a program that is asked and answers as SANE's ``scanimage`` is and does.

Responsible for: its list, a page with a letter on it, and the faults of a real one, in its own words.
Not responsible for: who asks. ``python -m devices.simulators.flatbed STATE WORDS …``: the first word of the
file STATE says what is wrong with it, ``ok`` or nothing for none.
"""

import re
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from devices.simulators.glyphs import REGULAR

DEVICE: Final = "simulated:flatbed"
LIST: Final = "--formatted-device-list="
PAGE_MM: Final = (210, 297)
MM_PER_INCH: Final = 25.4
FOR_EVER_S: Final = 3600.0
BRIEF_S: Final = 0.8
"""A page takes a moment, so that who rehearses sees the terminal wait."""
TOLD: Final = {
    "lid-open": (12, "scanimage: sane_start: Scanner cover is open"),
    "jam": (6, "scanimage: sane_start: Document feeder jammed"),
    "no-page": (7, "scanimage: sane_start: Document feeder out of documents"),
    "unplug": (1, f"scanimage: open of device {DEVICE} failed: Invalid argument"),
    "lost": (9, "scanimage: sane_read: Error during device I/O"),
}
"""Exit code and last words of the real program."""
LETTER: Final = (
    (15, "Anytown Water"),
    (5, ""),
    (5, "Ms Nia Rees"),
    (5, "12 Mill Lane"),
    (5, "Anytown"),
    (5, "AA3 1AB"),
    (8, ""),
    (7, "Your bill for July to September"),
    (5, ""),
    (5, "Balance from the last bill              £41.20"),
    (5, "Payment received, thank you            -£41.20"),
    (5, "Water and waste water, 3 months         £43.65"),
    (5, ""),
    (6, "To pay by 14 October                    £43.65"),
    (8, ""),
    (4, "Account 00 1234 5678 9. Questions? Call 01632 960 001, or see anytown-water.example"),
)
"""Height in millimetres and text of each line."""
PAPER: Final = (250, 249, 245)
INK: Final = (38, 40, 46)
BRAND: Final = (20, 84, 140)


def main(words: Sequence[str]) -> int:
    """Answer as the real program does."""
    state, *asked = words
    fault = _fault(Path(state))
    if any(word.startswith(LIST) for word in asked):
        if fault != "unplug":
            sys.stdout.write(f"{DEVICE}|Simulated flatbed\n")
        return 0
    if fault == "slow":
        threading.Event().wait(FOR_EVER_S)
    if fault in TOLD:
        code, told = TOLD[fault]
        sys.stderr.write(f"{told}\n")
        return code
    threading.Event().wait(BRIEF_S)
    sys.stdout.buffer.write(b"\x00\x17not a picture" * 99 if fault == "garbage" else _sent(asked))
    return 0


def _fault(state: Path) -> str:
    words = state.read_text("utf-8").split() if state.exists() else []
    return words[0] if words else "ok"


def _sent(asked: Sequence[str]) -> bytes:
    given = dict(re.findall(r"--([a-z-]+)=(\S+)", " ".join(asked)))
    dpi = int(given.get("resolution", "75"))
    picture = letter(dpi)
    if given.get("mode") == "Color":
        kind = b"P6"
    else:
        kind, picture = b"P5", picture.convert("L")
    head = b"%s\n# SANE data follows\n%d %d\n255\n" % (kind, *picture.size)
    return head + picture.tobytes()


def letter(dpi: int) -> Image.Image:
    """Draw a letter on paper."""
    scale = dpi / MM_PER_INCH
    width, height = (int(side * scale) for side in PAGE_MM)
    picture = Image.new("RGB", (width, height), PAPER)
    pen, y = ImageDraw.Draw(picture), 26.0
    pen.rectangle((0, 0, width, 16 * scale), fill=BRAND)
    for tall, text in LETTER:
        font = ImageFont.truetype(REGULAR, max(6, int(tall * 0.72 * scale)))
        pen.text((22 * scale, y * scale), text, fill=INK, font=font)
        y += tall * 1.35
    return picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
