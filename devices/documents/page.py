"""A page as it is kept and as it is shown: JPEG, made anew from bare pixels, so that nothing else is in it.

Responsible for: size and resolution. Not responsible for: where pixels come from (`pnm`).
"""

import base64
from io import BytesIO
from typing import Final

from PIL import Image

from devices.documents.pnm import Raster
from devices.documents.scanimage import DPI
from kiosk.core.scans import ScannedPage

MOST_BYTES: Final = 2 * 1024 * 1024
"""Of a page; five of them go up a slow line in minutes, and central takes four times as much."""
QUALITIES: Final = (80, 65, 50, 35)
PICTURE_PX: Final = 1200
"""The longer side of what is shown: the height of a page on a usual panel."""
PICTURE_QUALITY: Final = 70
LARGEST_PICTURE: Final = 256 * 1024
_MODES: Final = {1: "L", 3: "RGB"}


class PageTooLarge(ValueError):
    """The page does not fit, however much of its detail is given up."""


def page_of(raster: Raster) -> ScannedPage:
    """Make the page of a picture.

    Raises:
        PageTooLarge: it cannot be made small enough.
    """
    size, mode = (raster.width, raster.height), _MODES[raster.channels]
    whole = Image.frombytes(mode, size, raster.rows)
    shown = whole.copy()
    shown.thumbnail((PICTURE_PX, PICTURE_PX), Image.Resampling.LANCZOS)
    picture = _small_enough(shown, (PICTURE_QUALITY, *QUALITIES), LARGEST_PICTURE)
    content = _small_enough(whole, QUALITIES, MOST_BYTES)
    return ScannedPage(content, base64.b64encode(picture).decode("ascii"), *shown.size)


def _small_enough(image: Image.Image, qualities: tuple[int, ...], most: int) -> bytes:
    for quality in qualities:
        written = BytesIO()
        image.save(written, "JPEG", quality=quality, dpi=(DPI, DPI), optimize=True)
        if written.tell() <= most:
            return written.getvalue()
    raise PageTooLarge
