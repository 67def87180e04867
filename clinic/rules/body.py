"""The drawn figure of the body: outlines to paint, and regions that a touch snaps to."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from clinic.rules.areas import ENDANGERED, LOCKED, MIDDLE, SIDES
from clinic.rules.notes import Point, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CORNER = 3
"""A point of three numbers is a corner: the line does not run smoothly through it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A smooth line: where it starts, and its bends as two handles and an end each."""

    start: Point
    bends: tuple[tuple[Point, Point, Point], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the figure that stands for an area; cut by the outline where it reaches beyond."""

    area: str
    shape: tuple[Point, ...]
    endangered: bool = False
    """Vessels or nerves lie close under the hand here."""
    locked: bool = False

    @property
    def middle(self) -> Point:
        """Where a mark without a place of its own stands."""
        xs, ys = zip(*self.shape, strict=True)
        return (sum(xs) / len(xs), sum(ys) / len(ys))


@dataclass(frozen=True, slots=True)
class Figure:
    """The body seen from one side, in units of its own."""

    view: View
    width: float
    height: float
    outline: tuple[Line, ...]
    details: tuple[Line, ...]
    regions: tuple[Region, ...]

    def area_at(self, at: Point) -> str:
        """Name the area under a point, given in shares of width and height; beside the body the nearest one.

        Where regions overlap the one drawn first is meant.
        """
        x, y = at[0] * self.width, at[1] * self.height
        return min(self.regions, key=lambda region: _distance(region.shape, (x, y))).area

    def place_of(self, area: str) -> Point | None:
        """Say where an area lies, in shares of width and height; None where it is not seen from here."""
        found = [region.middle for region in self.regions if region.area == area]
        if not found:
            return None
        x = sum(at[0] for at in found) / len(found)
        y = sum(at[1] for at in found) / len(found)
        if area in MIDDLE and len(found) > 1 and not any(_holds(r.shape, (x, y)) for r in self.regions):
            x, y = found[0]
        return (x / self.width, y / self.height)


def _distance(shape: Sequence[Point], at: Point) -> float:
    """How far a point lies from a shape: nothing within it."""
    if _holds(shape, at):
        return 0.0
    return min(_from_edge(a, b, at) for a, b in zip(shape, (*shape[1:], shape[0]), strict=True))


def _holds(shape: Sequence[Point], at: Point) -> bool:
    """Whether a point lies within a shape: a line from it crosses the edge an odd number of times."""
    x, y = at
    inside = False
    for (ax, ay), (bx, by) in zip(shape, (*shape[1:], shape[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _from_edge(a: Point, b: Point, at: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length))
    return hypot(at[0] - a[0] - along * dx, at[1] - a[1] - along * dy)


def figures(drawn: Mapping[str, Any]) -> dict[View, Figure]:
    """Make the four figures of what the resource draws: halves are mirrored, the profile is turned."""
    width, height = drawn["size"]
    front, back, side = drawn["front"], drawn["back"], drawn["side"]
    # Whoever faces the viewer has the left hand at the viewer's right; seen from behind it is the other way.
    return {
        View.FRONT: _from_half(View.FRONT, front, front["outline"], ("left", "right"), (width, height)),
        View.BACK: _from_half(View.BACK, back, front["outline"], ("right", "left"), (width, height)),
        View.LEFT: _profile(View.LEFT, side, "left", (width, height), turn=1),
        View.RIGHT: _profile(View.RIGHT, side, "right", (width, height), turn=-1),
    }


def _from_half(
    view: View, drawn: Mapping[str, Any], half: Any, sides: tuple[str, str], size: tuple[float, float]
) -> Figure:
    axis = size[0] / 2
    mirrored = [[-x, *rest] for x, *rest in half[-2:0:-1]]
    outline = smooth([*half, *mirrored, half[0]], axis)
    details = [smooth(line, axis, way) for line in drawn["details"] for way in (1, -1)]
    details += [smooth(line, axis) for line in drawn["middle_details"]]
    regions = [_region(area, shape, axis, way) for area, shape in drawn["middle"].items() for way in (1, -1)]
    for area, shape in drawn["paired"].items():
        regions += [
            _region(f"{sides[0]}_{area}", shape, axis, 1),
            _region(f"{sides[1]}_{area}", shape, axis, -1),
        ]
    return Figure(view, *size, (outline,), tuple(details), tuple(regions))


def _profile(
    view: View, drawn: Mapping[str, Any], side: str, size: tuple[float, float], *, turn: int
) -> Figure:
    axis = size[0] / 2
    regions = [_region(area, shape, axis, turn) for area, shape in drawn["middle"].items()]
    paired = [_region(f"{side}_{area}", shape, axis, turn) for area, shape in drawn["paired"].items()]
    details = tuple(smooth(line, axis, turn) for line in drawn["details"])
    # What is nearer to the viewer, the arm above all, is touched first.
    return Figure(view, *size, (smooth(drawn["outline"], axis, turn),), details, (*paired, *regions))


def _region(area: str, shape: Iterable[Sequence[float]], axis: float, way: int) -> Region:
    place = area.partition("_")[2] if area.startswith(SIDES) else area
    return Region(
        area,
        tuple((axis + way * x, y) for x, y in shape),
        endangered=area in ENDANGERED or place in ENDANGERED,
        locked=area in LOCKED,
    )


def smooth(points: Sequence[Sequence[float]], axis: float = 0.0, way: int = 1) -> Line:
    """Run a smooth line through points: at each it goes the way from the point before to the one after."""
    at = [(axis + way * p[0], float(p[1])) for p in points]
    closed = at[0] == at[-1]
    ways = []
    for n in range(len(at)):
        before = at[n - 1] if n else at[-2] if closed else at[0]
        after = at[n + 1] if n + 1 < len(at) else at[1] if closed else at[-1]
        corner = len(points[n]) == CORNER
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = hypot(dx, dy) or 1.0
        ways.append((0.0, 0.0) if corner else (dx / length, dy / length))
    bends = []
    for n in range(len(at) - 1):
        (ax, ay), (bx, by) = at[n], at[n + 1]
        third = hypot(bx - ax, by - ay) / 3
        (ux, uy), (vx, vy) = ways[n], ways[n + 1]
        bends.append(((ax + ux * third, ay + uy * third), (bx - vx * third, by - vy * third), (bx, by)))
    return Line(at[0], tuple(bends))
