"""A small line through time: where a measure began, how it went, and where it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SMALL = (64, 26)


class Sparkline(QWidget):
    """A measure's way in the space of a word; its words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float], said: str) -> None:
        """Draw these values, the oldest first, and say in words how they went."""
        self._values = tuple(values)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SMALL[0]), theme.px(SMALL[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(4, 5, -5, -5)
        points = spread(self._values, place)
        painter.setPen(QPen(theme.colour("accent"), 1.6, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(points[-1], 3, 3)


def spread(values: Sequence[float], place: QRectF) -> list[QPointF]:
    """Spread values over a place, the highest at its top; equal ones run through the middle."""
    low, high = min(values), max(values)
    span = high - low
    steps = max(1, len(values) - 1)
    return [
        QPointF(
            place.left() + place.width() * (n / steps if len(values) > 1 else 1),
            place.center().y() if not span else place.bottom() - place.height() * (value - low) / span,
        )
        for n, value in enumerate(values)
    ]


class TrendPlot(QWidget):
    """A measure through time with its scale: how it was on coming, how on leaving, and how far it has come."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._before: tuple[float | None, ...] = ()
        self._after: tuple[float | None, ...] = ()
        self._ends = ("", "")
        self._range = (0.0, 10.0)
        self.setMinimumHeight(theme.px(120))

    def show_points(
        self,
        days: Sequence[date],
        before: Sequence[float | None],
        after: Sequence[float | None],
        *,
        ends: tuple[str, str],
        said: str,
    ) -> None:
        """Draw the values of these days; a value nobody took leaves no point."""
        self._days, self._before, self._after = tuple(days), tuple(before), tuple(after)
        self._ends = ends
        known = [value for value in (*before, *after) if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 10.0)
        room = max(1.0, (high - low) * 0.12)
        self._range = (min(0.0, low) if low < 12 else low - room, high + room)  # noqa: PLR2004 - a short scale begins at nought
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figures = theme.px(26)
        foot = theme.px(18)
        place = QRectF(self.rect()).adjusted(figures, 8, -8, -foot)
        self._scale(painter, place, figures)
        self._line(painter, place, self._after, "sea", hollow=True)
        self._line(painter, place, self._before, "accent", hollow=False)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("soft_ink"))
        base = QRectF(place.left(), place.bottom() + 2, place.width(), foot)
        painter.drawText(base, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._ends[0])
        if len(self._days) > 1:
            painter.drawText(base, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, self._ends[1])

    def _scale(self, painter: QPainter, place: QRectF, figures: int) -> None:
        low, high = self._range
        painter.setFont(theme.font("caption", figures=True))
        step = _step(high - low)
        value = -(-low // step) * step
        while value <= high:
            y = place.bottom() - place.height() * (value - low) / (high - low)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(theme.colour("soft_ink"))
            box = QRectF(0, y - 8, figures - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")
            value += step

    def _line(
        self, painter: QPainter, place: QRectF, values: Sequence[float | None], token: str, *, hollow: bool
    ) -> None:
        low, high = self._range
        whole = max(1, (self._days[-1] - self._days[0]).days)
        points = [
            QPointF(
                place.left()
                + place.width() * ((day - self._days[0]).days / whole if len(self._days) > 1 else 0.5),
                place.bottom() - place.height() * (value - low) / (high - low),
            )
            for day, value in zip(self._days, values, strict=True)
            if value is not None
        ]
        if not points:
            return
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        colour = theme.colour(token)
        pen = QPen(colour, 1.6, Qt.PenStyle.DashLine if hollow else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(theme.colour("surface") if hollow else colour)
        for point in points if len(points) < 40 else points[-1:]:  # noqa: PLR2004 - more would be a caterpillar
            painter.drawEllipse(point, 2.6, 2.6)


def _step(span: float) -> float:
    """Choose how far apart the lines of the scale stand: three to five of them."""
    for step in (1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0):
        if span / step <= 5:  # noqa: PLR2004 - as said
            return step
    return 100.0
