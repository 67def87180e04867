"""What keys and hands mean on the body map: letters for kinds, arrows over the body, and a line thinned out."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from clinic.office.notes import MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

K = TypeVar("K")
MOST_POINTS = 1_000
LETTERS = {
    Qt.Key.Key_P: MarkKind.PAIN,
    Qt.Key.Key_T: MarkKind.TENSION,
    Qt.Key.Key_G: MarkKind.TRIGGER_POINT,
    Qt.Key.Key_S: MarkKind.SCAR,
    Qt.Key.Key_N: MarkKind.NUMBNESS,
    Qt.Key.Key_W: MarkKind.SWELLING,
}
WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


def nearest(places: Mapping[K, tuple[float, float]], here: K, dx: float, dy: float) -> K:
    """Find the nearest place in a direction; what lies off to a side counts as further away."""
    x, y = places[here]
    best, found = None, here
    for key, (to_x, to_y) in places.items():
        along = (to_x - x) * dx + (to_y - y) * dy
        far = along + 2.2 * (abs((to_x - x) * dy) + abs((to_y - y) * dx))
        if along > 1 and (best is None or far < best):
            best, found = far, key
    return found


def thinned(points: Sequence[tuple[float, float]], apart: float = 0.006) -> list[tuple[float, float]]:
    """Keep of a hand's line the points that shape it."""
    kept = [points[0]]
    for point in points[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= apart:
            kept.append(point)
    kept.append(points[-1])
    return kept[:MOST_POINTS]
