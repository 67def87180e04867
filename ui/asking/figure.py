"""The figure a client touches to say where: the body from the front and from behind, areas chosen lit up.

Whoever does not see or touch it has the same areas by name beside it, so it takes no focus of its own.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from clinic.office import body_map
from clinic.office.notes import View
from clinic.wording.areas import area
from ui.theme import theme
from ui.widgets import text
from ui.widgets.body_map import painting
from ui.widgets.cards import column

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from ui.asking.control import Manner

HIGH = {True: 340, False: 300}
"""How high the figures stand, for a finger and at the desk; larger text does not make the body grow for ever."""
HIGHEST = 470
FOOT = 46
"""Room under the figures for their names, and for the name of what is touched."""
SIDE = 44
"""Room beside a figure for the word of its side."""
FINGER = 12.0
"""Pixels a finger may miss the body by."""
SIDES = {View.FRONT: ("right", "left"), View.BACK: ("left", "right")}
"""The client's own sides, as they lie in each figure from left to right."""
SHADES = {True: 0.34, False: 0.12}
"""How strongly an area is tinted that is chosen, or only pointed at."""


class Figures(QWidget):
    """The body from the front and from behind; a touch names an area."""

    touched = Signal(str)

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self._manner = manner
        self._chosen: frozenset[str] = frozenset()
        self._under: tuple[View, str] | None = None
        self._drawn = {
            view: painting.Drawn.of(figure) for view, figure in body_map.figures().items() if view in SIDES
        }
        self.setAccessibleName(manner.word("figure_hint"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chosen(self, areas: Collection[str]) -> None:
        """Light these areas up."""
        self._chosen = frozenset(areas)
        self.update()

    def sizeHint(self) -> QSize:
        high = min(HIGHEST, theme.px(HIGH[self._manner.touch]))
        figure = self._drawn[View.FRONT].figure
        return QSize(
            round(2 * high * figure.width / figure.height) + theme.px(4 * SIDE), high + theme.px(FOOT)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(4 * SIDE) + 120, self.sizeHint().height())

    def _cells(self) -> dict[View, QRectF]:
        half, high = self.width() / 2, self.height() - theme.px(FOOT)
        figure = self._drawn[View.FRONT].figure
        scale = min(high / figure.height, (half - 2 * theme.px(SIDE)) / figure.width)
        wide, tall = figure.width * scale, figure.height * scale
        return {
            view: QRectF(half * at + (half - wide) / 2, (high - tall) / 2, wide, tall)
            for at, view in enumerate(SIDES)
        }

    def place_of(self, name: str) -> QPointF | None:
        """Say where an area is touched; None where it is seen neither from the front nor from behind."""
        for view, cell in self._cells().items():
            place = self._drawn[view].figure.place_of(name)
            if place is not None:
                return QPointF(cell.left() + place[0] * cell.width(), cell.top() + place[1] * cell.height())
        return None

    def area_at(self, at: QPointF) -> tuple[View, str] | None:
        """Name what lies under a finger, or a little beside it."""
        view = next(iter(SIDES)) if at.x() < self.width() / 2 else list(SIDES)[-1]
        cell, drawn = self._cells()[view], self._drawn[view]
        around = [at, *(at + QPointF(FINGER * cos(n * pi / 4), FINGER * sin(n * pi / 4)) for n in range(8))]
        for point in around:
            x, y = (point.x() - cell.left()) / cell.width(), (point.y() - cell.top()) / cell.height()
            if drawn.outline.contains(QPointF(x * drawn.figure.width, y * drawn.figure.height)):
                return view, drawn.figure.area_at((x, y))
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.area_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self._under = found
            self.touched.emit(found[1])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self.area_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, cell in self._cells().items():
            drawn = self._drawn[view]
            painter.save()
            painter.translate(cell.topLeft())
            painter.scale(cell.width() / drawn.figure.width, cell.height() / drawn.figure.height)
            painting.paint_figure(painter, drawn)
            for region in drawn.figure.regions:
                chosen = region.area in self._chosen
                if chosen or self._under == (view, region.area):
                    painting.paint_region(painter, drawn, region, "accent", SHADES[chosen])
            painter.restore()
            self._name(painter, view, cell)
        event.accept()

    def _name(self, painter: QPainter, view: View, cell: QRectF) -> None:
        """Say from where the body is seen, which side is whose, and what is under the finger."""
        line = theme.px(FOOT) / 2
        half = QRectF(0 if view is next(iter(SIDES)) else self.width() / 2, 0, self.width() / 2, line)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("soft_ink"))
        under = half.translated(0, self.height() - 2 * line)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, self._manner.word(f"figure_{view.value}"))
        edges = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        room = theme.px(SIDE)
        beside = QRectF(cell.left() - room, cell.top() + cell.height() * 0.16, cell.width() + 2 * room, line)
        for side, edge in zip(SIDES[view], edges, strict=True):
            painter.drawText(beside, edge | Qt.AlignmentFlag.AlignTop, self._manner.word(side))
        if self._under is not None and self._under[0] is view:
            painter.setPen(theme.colour("ink"))
            said = area(self._under[1], language=self._manner.language)
            painter.drawText(half.translated(0, self.height() - line), Qt.AlignmentFlag.AlignCenter, said)


class Chooser(QFrame):
    """The figure and the names beside each other where there is room, else under one another."""

    def __init__(self, figures: Figures, names: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._figures = figures
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(16)
        self._box.addWidget(figures, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(names, 1)
        lines = column(text.soft(figures.accessibleName(), wrap=True), spacing=10, margin=12)
        lines.addLayout(self._box)
        self.setLayout(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._figures.sizeHint().width() + theme.px(380)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
