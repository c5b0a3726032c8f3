"""Contact sheets: many screens on one picture, for people to look at.

Responsible for: one picture of several. Not responsible for: which screens belong on it.
"""

from pathlib import Path

from PIL import Image

CELL_PX, GAP_PX, COLUMNS = 360, 8, 6
GROUND = (128, 128, 128)


def contact_sheet(pictures: list[Path], path: Path) -> None:
    """Write one picture of all, in order, and delete the single ones."""
    images = [_small(each) for each in pictures]
    height = max(each.height for each in images)
    lines = -(-len(images) // COLUMNS)
    columns = min(COLUMNS, len(images))
    sheet = Image.new("RGB", (columns * (CELL_PX + GAP_PX), lines * (height + GAP_PX)), GROUND)
    for at, image in enumerate(images):
        line, column = divmod(at, COLUMNS)
        sheet.paste(image, (column * (CELL_PX + GAP_PX), line * (height + GAP_PX)))
    sheet.save(path)
    for each in pictures:
        each.unlink()


def _small(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB").resize((CELL_PX, round(CELL_PX * opened.height / opened.width)))
