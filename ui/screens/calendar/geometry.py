"""The geometry of the board: pixels to minutes and back, which column, what lies under the hand, and snapping."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ui.screens.calendar.ruler import A_DAY

if TYPE_CHECKING:
    from ui.screens.calendar.plan import Piece, Plan

SIDE, GAP = 3.0, 6.0
"""Pixels left free in a column at the left of visits, and at their right, where one can still draw a new one."""
EDGE = 6.0
"""Pixels at the upper and lower edge of a visit by which it is made longer."""
LEAST = 18.0
"""Pixels a visit must be high to be taken by its edges."""


class Grip(Enum):
    """How a hand takes hold of a visit."""

    BODY = auto()
    TOP = auto()
    FOOT = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the board."""

    x: float
    y: float
    wide: float
    high: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x <= x < self.x + self.wide and self.y <= y < self.y + self.high


@dataclass(frozen=True, slots=True)
class Geometry:
    """How wide a column is and how high a minute."""

    columns: int
    wide: float
    """Of all columns together."""
    scale: float
    """Pixels to a minute."""
    length: int = A_DAY
    tight: bool = False
    """Narrow columns leave no room at the sides."""

    @property
    def high(self) -> float:
        """How high the whole day is."""
        return self.length * self.scale

    @property
    def column(self) -> float:
        """How wide one column is."""
        return self.wide / self.columns if self.columns else self.wide

    def left(self, column: int) -> float:
        """Say where a column begins."""
        return column * self.wide / self.columns if self.columns else 0.0

    def column_at(self, x: float) -> int:
        """Say which column a point lies in; beyond the sides it is the outermost."""
        if not self.columns or self.wide <= 0:
            return 0
        return min(max(int(x * self.columns / self.wide), 0), self.columns - 1)

    def y(self, place: float) -> float:
        """Say how far down a minute of the ruler lies."""
        return place * self.scale

    def place(self, y: float) -> int:
        """Say which minute of the ruler lies at a height."""
        return min(max(int(y / self.scale), 0), self.length - 1)

    def box(self, piece: Piece) -> Box:
        """Say where a visit stands."""
        side, gap = (1.0, 2.0) if self.tight else (SIDE, GAP)
        inner = max(self.column - side - gap, 2.0)
        left = self.left(piece.column) + side + inner * piece.lane.left
        wide = inner * (piece.lane.right - piece.lane.left)
        if piece.lane.right < 1.0:
            wide -= 1.0
        top, foot = self.y(piece.start), self.y(piece.end)
        return Box(left, top, wide, max(foot - top - 1.0, 2.0))

    def under(self, plan: Plan, x: float, y: float) -> Piece | None:
        """Find the visit that lies under a point; of several the one drawn last."""
        column = self.column_at(x)
        return next(
            (
                piece
                for piece in reversed(plan.pieces)
                if piece.column == column and self.box(piece).holds(x, y)
            ),
            None,
        )

    def grip(self, piece: Piece, y: float) -> Grip:
        """Say how a hand at this height takes hold of a visit."""
        box = self.box(piece)
        if box.high < LEAST:
            return Grip.BODY
        edge = min(EDGE, box.high / 4)
        if y >= box.y + box.high - edge:
            return Grip.FOOT
        return Grip.TOP if y < box.y + edge / 2 else Grip.BODY


def snapped(plan: Plan, column: int, place: float, step: int) -> int:
    """Find the nearest step of the wall clock at which something can begin in a column."""
    rounded = round(place / step) * step
    last = plan.ruler.length - step
    near = sorted(
        range(0, plan.ruler.length, step), key=lambda each: (abs(each - min(max(rounded, 0), last)), each)
    )
    for each in near:
        minute, _second = plan.ruler.minute(each)
        if minute % step == 0 and plan.exists(column, each):
            return each
    return 0
