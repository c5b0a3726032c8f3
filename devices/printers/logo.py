"""The council's mark as dots.

Responsible for: reading the picture that settings name, and making it fit the paper, black or nothing.
Not responsible for: where it stands on a ticket (`config/tickets`), or sending it (`encoder`).
"""

from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from devices.printers.profile import Profile
from kiosk.errors import SettingsError
from kiosk.typeset.picture import Bitmap

TALLEST_MM: Final = 14
WIDEST_SHARE: Final = 0.75
INK_BELOW: Final = 128
DOTS_PER_BYTE: Final = 8
MOST_PIXELS: Final = 16_000_000
_WHITE: Final = "white"


def read_logo(path: Path, profile: Profile) -> Bitmap:
    """Read a picture, shrunk to what a ticket has room for, never enlarged; light and clear stay paper.

    Raises:
        SettingsError: it is not a picture, or far too large.
    """
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _unusable(path)
            flat = Image.new("RGBA", picture.size, _WHITE)
            flat.alpha_composite(picture.convert("RGBA"))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError) as error:
        raise _unusable(path) from error
    return _bitmap(_fitted(flat.convert("L"), profile))


def _fitted(picture: Image.Image, profile: Profile) -> Image.Image:
    widest, tallest = int(profile.width_dots * WIDEST_SHARE), profile.dots(TALLEST_MM)
    share = min(1.0, widest / picture.width, tallest / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _bitmap(grey: Image.Image) -> Bitmap:
    across = -(-grey.width // DOTS_PER_BYTE) * DOTS_PER_BYTE
    padded = Image.new("L", (across, grey.height), _WHITE)
    padded.paste(grey, (0, 0))
    packed = padded.point([1 if level < INK_BELOW else 0 for level in range(256)], "1").tobytes()
    row = across // DOTS_PER_BYTE
    return Bitmap(across, grey.height, tuple(packed[i : i + row] for i in range(0, len(packed), row)))


def _unusable(path: Path) -> SettingsError:
    return SettingsError(
        "DEVICE-004",
        f"The logo {path.name} is not a picture that can be printed.",
        "Save it as PNG, black on white, at most 4,000 dots wide and tall.",
        str(path),
    )
