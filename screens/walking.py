"""Where the keypad's focus goes from where it is: pure geometry of what can be touched.

Responsible for: rows of keys, the key above or below, the one beside, the nearest of several.
Not responsible for: having a focus (`screens.ring`).
"""

from collections.abc import Sequence

from kivy.uix.widget import Widget

KEY = "key"


def nearest(centre: tuple[float, float], stops: Sequence[Widget]) -> Widget | None:
    """Give what stands nearest to a point; None of nothing."""
    x, y = centre
    return min(stops, key=lambda w: (w.center_x - x) ** 2 + (w.center_y - y) ** 2, default=None)


def stops_by_row(stops: Sequence[Widget]) -> list[tuple[Widget, ...]]:
    """Gather the keys by rows, from the top, each from the left."""
    rows: dict[int, list[Widget]] = {}
    for each in (stop for stop in stops if stop.target_role == KEY):
        rows.setdefault(round(each.y), []).append(each)
    ordered = sorted(rows.items(), reverse=True)
    return [tuple(sorted(row, key=lambda w: float(w.x))) for _, row in ordered]


def upright(key: Widget, stops: Sequence[Widget], by: int) -> Widget:
    """Give the key above or below; beyond the first and last row, what is read before and after the keys."""
    rows = stops_by_row(stops)
    at = next(n for n, row in enumerate(rows) if key in row) + by
    if 0 <= at < len(rows):
        return min(rows[at], key=lambda w: abs(float(w.center_x) - float(key.center_x)))
    places = [n for n, each in enumerate(stops) if each.target_role == KEY]
    return stops[(places[-1] + 1) % len(stops) if by > 0 else places[0] - 1]


def beside(key: Widget, stops: Sequence[Widget], by: int) -> Widget:
    """Give the key beside, round and round in its row."""
    row = next(row for row in stops_by_row(stops) if key in row)
    return row[(row.index(key) + by) % len(row)]
