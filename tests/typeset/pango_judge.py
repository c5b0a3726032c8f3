"""Pango's own command-line rendering as a judge of ours: where there is ink, and how far two inks lie apart.

The outlines are filled at exact positions here and at whole pixels there, so ink may lie two pixels away; a
letter that is missing, unjoined, mirrored or out of order lies further. Needs pango-view (pango1.0-tools).
"""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

from kiosk.typeset import TextStyle
from kiosk.typeset.faces import _FAMILIES, _FAMILIES_BY_LANGUAGE, FONTS
from kiosk.typeset.style import is_right_to_left

PANGO_VIEW = shutil.which("pango-view")
AHEAD_OR_BEHIND_PX = 2
Ink = set[tuple[int, int]]


def _unfiltered(rows: bytes, stride: int, pixel_bytes: int) -> list[bytes]:
    """Undo the row filters of a PNG."""
    above, done = bytearray(stride), []
    for start in range(0, len(rows), stride + 1):
        kind, line = rows[start], bytearray(rows[start + 1 : start + 1 + stride])
        for at in range(stride):
            left = line[at - pixel_bytes] if at >= pixel_bytes else 0
            corner = above[at - pixel_bytes] if at >= pixel_bytes else 0
            line[at] = (line[at] + _predicted(kind, left, above[at], corner)) & 255
        done.append(bytes(line))
        above = line
    return done


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]


def ink_of_png(path: Path) -> Ink:
    """Read which pixels of a PNG are darker than half."""
    content, at, packed = path.read_bytes(), 8, b""
    width = colour = 0
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        chunk = content[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, _, colour = struct.unpack(">IIBB", chunk[:10])
        if kind == b"IDAT":
            packed += chunk
        at += length + 12
    pixel_bytes = {0: 1, 2: 3, 6: 4}[colour]
    rows = _unfiltered(zlib.decompress(packed), width * pixel_bytes, pixel_bytes)
    return {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row[::pixel_bytes]) if dark < 128}


def at_origin(ink: Ink) -> Ink:
    """Move ink to the top left, so that two can be compared."""
    left, top = min(x for x, _ in ink), min(y for _, y in ink)
    return {(x - left, y - top) for x, y in ink}


def pangos(text: str, style: TextStyle, folder: Path) -> Ink:
    """Let pango-view draw a text with our fonts."""
    families = _FAMILIES_BY_LANGUAGE.get(style.language, _FAMILIES)
    rules = folder / "fonts.conf"
    rules.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}</cachedir></fontconfig>")
    words, picture = folder / "text", folder / "picture.png"
    words.write_text(text, "utf-8")
    command = [
        str(PANGO_VIEW),
        "--no-display",
        "--pixels",
        "--hinting=none",
        "--hint-metrics=off",
        "--no-auto-dir",
    ]
    command += [
        "--subpixel-positions",
        f"--font={families} {style.size_px}px",
        f"--language={style.language}",
    ]
    command += [
        "--margin=90",
        f"--output={picture}",
        *(["--rtl"] if is_right_to_left(text, style) else []),
        str(words),
    ]
    subprocess.run(
        command, env={"FONTCONFIG_FILE": str(rules), "PATH": "/usr/bin"}, check=True, capture_output=True
    )
    return at_origin(ink_of_png(picture))


def far_from(ink: Ink, other: Ink) -> float:
    """Give the part of the ink that has none of the other within two pixels."""
    near = range(-AHEAD_OR_BEHIND_PX, AHEAD_OR_BEHIND_PX + 1)
    lost = sum(not any((x + right, y + down) in other for right in near for down in near) for x, y in ink)
    return lost / len(ink)
