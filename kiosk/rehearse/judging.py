"""Judging one screen by numbers: where things are, how large, and how much they stand out.

Responsible for: every finding about one screen as it was drawn.
Not responsible for: which screens there are (`kiosk.rehearse.shown`), or drawing them.

Sources: targets 12.7 mm and 2.54 mm apart (VVSG 2.0, 7.2), 20 mm in the default layout (Colle and Hiszem,
2004); contrast of text 4.5:1 and of controls 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); lines
of Arabic 2.11 and of Nastaliq 2.50 em apart (tables of the Noto fonts).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar

from PIL import Image

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.companion import parts
from kiosk.core.glass_lines import Lettered, Panel, Seen, Target

FLOOR_MM, WANTED_MM, GAP_MM = 12.7, 20.0, 2.54
ARM_MM: Final = 240.0
TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0
LARGE_PANEL_MM: Final = 450.0
MANY_FIELDS: Final = 3
"""A form of so many fields, with what is wrong with each, may have its buttons under 20 mm."""
SMALLEST_SHARE: Final = 0.68
"""Of the letters asked for, on a panel under 20 inches: there is no room for more (decision 45)."""
LARGEST_FLOOR_MM: Final = 6.4
"""The third range of VVSG 2.0: a form of many fields may fall back to it where 9 mm were asked for."""
LINE_EM: Final = 1.2
ARABIC_LINE_EM: Final = 2.11
NASTALIQ_LINE_EM: Final = 2.5
"""From baseline to baseline, by script: what the fonts' own tables ask for, and of a Latin heading."""
_ARABIC: Final = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_EM_SLACK: Final = 0.01
_SLACK_PX: Final = 1.5
_OUTSIDE_PX: Final = 3
_INSIDE_PX: Final = 14
_AROUND_PX: Final = 1
"""The box of a letter is its ink: an underscore fills it, and shows no ground."""
_FEW_COLOURS: Final = 1024
"""In one text; room for as many as it has pixels costs a hundred times the counting."""

Pixel = tuple[int, int, int]
_Placed = TypeVar("_Placed", Target, Lettered)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong on one screen: what sort, and what of."""

    sort: str
    what: str


def placed(seen: Seen, panel: Panel, access: Access) -> Iterator[Finding]:
    """Find what is outside, small, near, cut, too high, without a name, and letters or lines too small."""
    px = max(panel.width_px / panel.width_mm, panel.height_px / panel.height_mm)
    touched = [each for each in seen.targets if each.touchable]
    for each in seen.targets:
        if not _is_inside(each, panel):
            yield Finding("outside", each.name)
    many_fields = sum(each.role == "field" for each in touched) >= MANY_FIELDS
    wanted_mm = WANTED_MM if _is_default(panel, access) and not many_fields else FLOOR_MM
    for each in touched:
        yield from _sized(each, px, wanted_mm)
        yield from _reached(each, px, panel, access)
    for one, other in _neighbours(touched, GAP_MM * px):
        apart = _gap(one, other)
        if apart < GAP_MM * px - _SLACK_PX:
            yield Finding("near", f"{one.name} | {other.name}: {apart / px:.1f} mm")
    yield from _texts(seen, panel, access)


def _sized(target: Target, px: float, wanted_mm: float) -> Iterator[Finding]:
    side = min(target.width, target.height)
    if side < FLOOR_MM * px - _SLACK_PX:
        yield Finding("small", f"{target.name}: {side / px:.1f} mm")
    elif target.role in ("button", "option") and side < wanted_mm * px - _SLACK_PX:
        yield Finding("under-20-mm", f"{target.name}: {side / px:.1f} mm")
    if not target.name.strip():
        yield Finding("nameless", target.role)


def _reached(target: Target, px: float, panel: Panel, access: Access) -> Iterator[Finding]:
    line = panel.height_px
    if access.reach is not Reach.WHOLE:
        line = max(panel.height_px // 2, min(panel.height_px, round(ARM_MM * px) + 1))
    if panel.height_px - target.y > line + _SLACK_PX:
        yield Finding("high", f"{target.name}: {(panel.height_px - target.y) / px:.0f} mm")


def _is_default(panel: Panel, access: Access) -> bool:
    return access == Access(theme=access.theme) and panel.height_mm >= LARGE_PANEL_MM


def _texts(seen: Seen, panel: Panel, access: Access) -> Iterator[Finding]:
    floor = access.cap_height_mm
    if access.text is TextSize.LARGEST or access.companion or access.reach is not Reach.WHOLE:
        floor = min(floor, LARGEST_FLOOR_MM) if access.reach is Reach.WHOLE else floor * SMALLEST_SHARE
    if max(panel.width_mm, panel.height_mm) < LARGE_PANEL_MM:
        floor *= SMALLEST_SHARE
    for each in seen.texts:
        if each.is_cut:
            yield Finding("cut", each.text)
        if each.cap_mm < floor - 0.05:
            yield Finding("low-letters", f"{each.text}: {each.cap_mm:.1f} mm")
        if each.line_em < _line_em(each) - _EM_SLACK:
            yield Finding("near-lines", f"{each.text}: {each.line_em:.2f} em")
    for one, other in _neighbours(seen.texts, 0.0):
        if _gap(one, other) < -_SLACK_PX:
            yield Finding("overlapping", f"{one.text} | {other.text}")


def _line_em(text: Lettered) -> float:
    """Give the least distance of lines by the script that a text is in; Urdu is set in Nastaliq."""
    if not _ARABIC.search(parts(text.text)[0]):
        return LINE_EM
    return NASTALIQ_LINE_EM if text.language == "ur" else ARABIC_LINE_EM


def _is_inside(target: Target, panel: Panel) -> bool:
    right, low = target.x + target.width, target.y + target.height
    return target.x >= 0 and target.y >= 0 and right <= panel.width_px and low <= panel.height_px


def _neighbours(seen: Sequence[_Placed], within_px: float) -> Iterator[tuple[_Placed, _Placed]]:
    """Give the pairs that are no further apart than that from top to bottom: keyboards have a thousand."""
    ordered = sorted(seen, key=attrgetter("y"))
    for at, one in enumerate(ordered, 1):
        for other in ordered[at:]:
            if other.y >= one.y + one.height + within_px:
                break
            yield one, other


def _gap(one: Target | Lettered, other: Target | Lettered) -> float:
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    return max(across, down)


# -- what stands out


def drawn(seen: Seen, picture: Path) -> Iterator[Finding]:
    """Find texts and controls that do not stand out, by the pixels of a picture of the glass."""
    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    for text in seen.texts:
        ratio = _text_contrast(image, text)
        if ratio < TEXT_CONTRAST:
            yield Finding("pale-text", f"{text.text}: {ratio:.1f}")
    for target in seen.targets:
        if target.touchable:
            ratio = _control_contrast(image, target)
            if ratio < CONTROL_CONTRAST:
                yield Finding("pale-control", f"{target.name}: {ratio:.1f}")


def _text_contrast(image: Image.Image, text: Lettered) -> float:
    """Take the commonest colour in and around it for the ground, of its own the one that stands out most."""
    shades = sorted((colour for _, colour in _colours(image, text)), key=_luminance)
    if not shades:
        return 21.0
    ground = max(_colours(image, text, _AROUND_PX))[1]
    return max(contrast(ground, shades[0]), contrast(ground, shades[-1]))


def _colours(image: Image.Image, text: Lettered, around: int = 0) -> list[tuple[int, Pixel]]:
    """Count the colours of a text's box."""
    left, top = round(text.x), round(text.y)
    right, low = left + round(text.width), top + round(text.height)
    cut = image.crop((left - around, top - around, right + around, low + around))
    found: Any = cut.getcolors(_FEW_COLOURS) or cut.getcolors(max(1, cut.width * cut.height)) or []
    return list(found)


def _control_contrast(image: Image.Image, target: Target) -> float:
    """Compare what is just outside with border and ground just inside, at the middle of the left side."""
    pixels: Any = image.load()
    y = min(image.height - 1, max(0, round(target.y + target.height / 2)))
    outside = pixels[max(0, round(target.x) - _OUTSIDE_PX), y]
    inside = {pixels[min(image.width - 1, round(target.x) + at), y] for at in range(_INSIDE_PX)}
    return max(contrast(outside, each) for each in inside)


def contrast(one: Pixel, other: Pixel) -> float:
    """Give the contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(pixel: Pixel) -> float:
    red, green, blue = pixel
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


_LINEAR: Final = tuple(_linear(part / 255) for part in range(256))


def counted(findings: Counter[str]) -> str:
    """Say how many of each sort, or that there is none."""
    return ", ".join(f"{sort} {count}" for sort, count in sorted(findings.items())) or "none"
