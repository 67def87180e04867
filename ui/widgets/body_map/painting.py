"""How the body map is painted: the figures, and each kind of mark in a shape of its own, so colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)

from clinic.office.notes import MarkKind
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.body_map import Figure, Line, Region
    from clinic.office.notes import Mark

COLOURS = {
    MarkKind.PAIN: "S4",
    MarkKind.TENSION: "sea",
    MarkKind.TRIGGER_POINT: "clay",
    MarkKind.SCAR: "slate",
    MarkKind.NUMBNESS: "plum",
    MarkKind.SWELLING: "moss",
}
AVOID = "S2"
PLAIN, STRONGER = 7.5, 0.42
"""Half the height of a mark that was only touched, and what each step of strength adds to it."""
RING = 1.6
"""So many times as large as a mark is the ring that stands for one of another visit."""
ROUND = 10.0
"""A line whose ends come this near encloses an area."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its lines made paths of the painter's, once."""

    figure: Figure
    outline: QPainterPath
    details: tuple[QPainterPath, ...]

    @classmethod
    def of(cls, figure: Figure) -> Drawn:
        """Make the paths of a figure."""
        outline = QPainterPath()
        for line in figure.outline:
            outline.addPath(_path_of(line))
        return cls(figure, outline, tuple(_path_of(line) for line in figure.details))


def _path_of(line: Line) -> QPainterPath:
    path = QPainterPath(QPointF(*line.start))
    for first, second, end in line.bends:
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path


def shape_of(mark: Mark, figure: Figure) -> QPainterPath:
    """Give the shape a mark covers: what was drawn by hand, or an oval where it was touched."""
    points = [QPointF(x * figure.width, y * figure.height) for x, y in mark.stroke]
    if len(points) > 2:  # noqa: PLR2004 - fewer make no line
        return _by_hand(points)
    half = PLAIN + STRONGER * (mark.intensity or 0)
    oval = QPainterPath()
    wide = 1.3 if mark.kind is not MarkKind.TRIGGER_POINT else 1.0
    centre = QPointF(mark.at[0] * figure.width, mark.at[1] * figure.height)
    oval.addEllipse(centre, half * wide * 0.9, half * 0.82)
    return oval


def _by_hand(points: Sequence[QPointF]) -> QPainterPath:
    """Run through the points of a hand; a line that comes back to its start encloses an area."""
    path = QPainterPath(points[0])
    for here, then in pairwise(points[1:]):
        path.quadTo(here, (here + then) / 2)
    path.lineTo(points[-1])
    apart = points[-1] - points[0]
    if hypot(apart.x(), apart.y()) < ROUND and len(points) > 6:  # noqa: PLR2004 - a round takes some points
        path.closeSubpath()
        return path
    thick = QPainterPathStroker()
    thick.setWidth(6)
    thick.setCapStyle(Qt.PenCapStyle.RoundCap)
    thick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return thick.createStroke(path).simplified()


def paint_figure(painter: QPainter, drawn: Drawn) -> None:
    """Paint the body, quiet enough to be written on."""
    painter.setBrush(theme.colour("surface"))
    painter.setPen(_pen(_mixed("soft_ink", 0.66), 1.2))
    painter.drawPath(drawn.outline)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(_mixed("soft_ink", 0.32), 1.0))
    for path in drawn.details:
        painter.drawPath(path)


def _mixed(token: str, share: float) -> QColor:
    """Let a colour fade into the body."""
    ink, ground = theme.colour(token), theme.colour("surface")

    def part(a: int, b: int) -> int:
        return round(a * share + b * (1 - share))

    return QColor(
        part(ink.red(), ground.red()), part(ink.green(), ground.green()), part(ink.blue(), ground.blue())
    )


def _pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def paint_region(painter: QPainter, drawn: Drawn, region: Region, token: str, share: float) -> None:
    """Tint a region within the outline."""
    painter.save()
    painter.setClipPath(drawn.outline)
    colour = theme.colour(token)
    colour.setAlphaF(share)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(*at) for at in region.shape]))
    painter.restore()


def paint_hatched(painter: QPainter, drawn: Drawn, region: Region, token: str, *, strong: bool) -> None:
    """Hatch a region: work it lightly, or leave it out."""
    clip = drawn.outline.intersected(_polygon(region))
    painter.save()
    painter.setClipPath(clip)
    colour = theme.colour(token)
    if strong:
        ground = theme.colour(token)
        ground.setAlphaF(0.12)
        painter.fillPath(clip, ground)
    colour.setAlphaF(0.75 if strong else 0.22)
    painter.setPen(_pen(colour, 1.0 if strong else 0.8))
    box = clip.boundingRect()
    step = 4.5 if strong else 5.5
    at = box.left() - box.height()
    while at < box.right():
        painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
        at += step
    painter.restore()
    if strong:
        painter.setPen(_pen(theme.colour(token), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(clip)


def _polygon(region: Region) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*at) for at in region.shape]))
    path.closeSubpath()
    return path


def paint_mark(painter: QPainter, mark: Mark, figure: Figure, *, chosen: bool = False) -> None:
    """Paint a mark in the shape of its kind."""
    shape = shape_of(mark, figure)
    colour = theme.colour(COLOURS[mark.kind])
    ground = QColor(colour)
    ground.setAlphaF(0.26 if mark.kind is MarkKind.PAIN else 0.14)
    width = 2.0 if chosen else 1.35
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(shape, ground)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match mark.kind:
        case MarkKind.TENSION:
            painter.setPen(_dashed(colour, width, (2.6, 2.2)))
        case MarkKind.NUMBNESS:
            painter.setPen(_dashed(colour, width + 0.3, (0.1, 2.4)))
        case _:
            painter.setPen(_pen(colour, width))
    painter.drawPath(shape)
    _inside(painter, mark, shape, colour)


def _dashed(colour: QColor, width: float, pattern: tuple[float, float]) -> QPen:
    pen = _pen(colour, width)
    pen.setDashPattern(pattern)
    return pen


def _inside(painter: QPainter, mark: Mark, shape: QPainterPath, colour: QColor) -> None:
    """Paint what tells the kinds apart that are not told by their edge."""
    box = shape.boundingRect()
    centre = box.center()
    painter.save()
    match mark.kind:
        case MarkKind.TRIGGER_POINT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(centre, 2.6, 2.6)
        case MarkKind.SCAR:
            painter.setClipPath(shape)
            painter.setPen(_pen(colour, 1.2))
            painter.drawLine(QPointF(box.left(), centre.y()), QPointF(box.right(), centre.y()))
            at = box.left() + 3
            while at < box.right():
                painter.drawLine(QPointF(at, centre.y() - 3), QPointF(at, centre.y() + 3))
                at += 4.5
        case MarkKind.SWELLING:
            inner = QRectF(box).adjusted(3, 3, -3, -3)
            if not mark.stroke and inner.isValid():
                painter.setPen(_pen(colour, 0.9))
                painter.drawEllipse(inner)
        case MarkKind.NUMBNESS:
            painter.setClipPath(shape)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour, Qt.BrushStyle.Dense6Pattern))
            painter.drawPath(shape)
        case _:
            pass
    painter.restore()


def paint_past(painter: QPainter, mark: Mark, figure: Figure) -> None:
    """Paint a mark of another visit as a dotted ring, wide enough to be seen around one of this visit."""
    shape = shape_of(mark, figure)
    if not mark.stroke:
        centre = shape.boundingRect().center()
        wider = QTransform.fromTranslate(centre.x(), centre.y()).scale(RING, RING)
        shape = wider.translate(-centre.x(), -centre.y()).map(shape)
    painter.setPen(_dashed(theme.colour("ink"), 1.5, (0.1, 2.2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


def paint_sample(painter: QPainter, kind: MarkKind, place: QRectF) -> None:
    """Paint a small mark for a legend."""
    oval = QPainterPath()
    oval.addEllipse(place.adjusted(1, 1, -1, -1))
    colour = theme.colour(COLOURS[kind])
    ground = QColor(colour)
    ground.setAlphaF(0.26 if kind is MarkKind.PAIN else 0.14)
    painter.fillPath(oval, ground)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match kind:
        case MarkKind.TENSION:
            painter.setPen(_dashed(colour, 1.3, (2.0, 1.8)))
        case MarkKind.NUMBNESS:
            painter.setPen(_dashed(colour, 1.6, (0.1, 1.9)))
        case _:
            painter.setPen(_pen(colour, 1.3))
    painter.drawPath(oval)
    centre = place.center()
    if kind is MarkKind.TRIGGER_POINT:
        painter.setBrush(colour)
        painter.drawEllipse(centre, 1.6, 1.6)
    elif kind is MarkKind.SCAR:
        painter.drawLine(QPointF(place.left() + 2, centre.y()), QPointF(place.right() - 2, centre.y()))
    elif kind is MarkKind.SWELLING:
        painter.setPen(_pen(colour, 0.9))
        painter.drawEllipse(place.adjusted(3.4, 3.4, -3.4, -3.4))
