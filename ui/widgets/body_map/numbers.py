"""The numbers beside the figures: where each stands, so that none hides another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRectF

RADIUS, APART = 8.5, 20.0
"""In pixels at the usual size of text."""


@dataclass(frozen=True, slots=True)
class Number:
    """A mark's number in its circle, and the point of the mark its line leads to."""

    at: int
    centre: QPointF
    end: QPointF


def placed(
    marks: Sequence[tuple[int, QPointF, QPointF]], body: QRectF, room: QRectF, scale: float
) -> tuple[Number, ...]:
    """Stand the numbers at the side of the body where their marks lie, in the order from head to foot.

    Each mark comes with its middle and with how far it reaches to the right.
    """
    found: list[Number] = []
    for right in (False, True):
        own = [mark for mark in marks if (mark[1].x() >= body.center().x()) is right]
        own.sort(key=lambda mark: (mark[1].y(), mark[0]))
        step = APART * scale
        heights = _spread([mark[1].y() - 14 * scale for mark in own], step, room.top() + step, room.bottom())
        for (number, middle, reach), y in zip(own, heights, strict=True):
            x = _beside(middle, body, room, scale, right=right)
            end = QPointF(middle.x() + (reach.x() if right else -reach.x()), middle.y())
            found.append(Number(number, QPointF(x, y), end))
    return tuple(found)


def _beside(middle: QPointF, body: QRectF, room: QRectF, scale: float, *, right: bool) -> float:
    """Stand beside the body, nearer for what lies further out, within the room there is."""
    away = 62 * scale
    half = RADIUS * scale + 2
    if right:
        return min(room.right() - half, max(middle.x() + away, body.center().x() + body.width() * 0.3))
    return max(room.left() + half, min(middle.x() - away, body.center().x() - body.width() * 0.3))


def _spread(wanted: Sequence[float], step: float, top: float, bottom: float) -> list[float]:
    """Keep heights apart, moving as few as little as can be."""
    heights: list[float] = []
    for y in wanted:
        heights.append(max(y, top if not heights else heights[-1] + step))
    over = (heights[-1] - bottom) if heights else 0.0
    if over > 0:
        limit = bottom
        for n in range(len(heights) - 1, -1, -1):
            heights[n] = min(heights[n], limit)
            limit = heights[n] - step
    return heights
