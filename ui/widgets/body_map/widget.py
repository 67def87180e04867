"""The widget of the body map: two figures side by side, marked by touch, by a drawn line, or by keys."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clinic.office import body_map
from clinic.office.notes import Mark, MarkKind, View
from clinic.wording import _, body
from ui.theme import theme
from ui.widgets.body_map import keys, painting
from ui.widgets.body_map.numbers import RADIUS, placed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from clinic.office.body_map import Region
    from ui.widgets.body_map.numbers import Number

PAIRS = {"bodies": (View.FRONT, View.BACK), "sides": (View.LEFT, View.RIGHT)}
FOOT = 26
"""Room under the figures for their names."""
A_LINE = 6.0
"""A hand that moved less than this has touched, and not drawn."""


class BodyMap(QWidget):
    """Figures with their marks. It keeps none of them: whoever shows it says what they are."""

    added = Signal(object)
    """A `Mark` somebody has just made."""
    chosen = Signal(int)
    """The place of the mark somebody pointed at."""
    removed = Signal(int)
    strengthened = Signal(int, int)
    """The place of a mark, and how strong it is said to be."""
    kind_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kind = MarkKind.PAIN
        self.marks: tuple[Mark, ...] = ()
        self.current: int | None = None
        self.locked = False
        """A signed note is looked at only."""
        self.at_region: tuple[View, str] | None = None
        self._past: tuple[Mark, ...] = ()
        self._avoid: frozenset[str] = frozenset()
        self._drawn = {view: painting.Drawn.of(figure) for view, figure in body_map.figures().items()}
        self._pair = PAIRS["bodies"]
        self._stroke: list[QPointF] = []
        self._pressed: View | None = None
        self._numbers: tuple[Number, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Body map"))
        self._tell()

    # What is shown

    def show_marks(self, marks: Sequence[Mark], current: int | None = None) -> None:
        """Show these marks, one of them chosen."""
        self.marks, self.current = tuple(marks), current
        self._tell()
        self.update()

    def show_past(self, marks: Sequence[Mark]) -> None:
        """Lay the marks of another visit under those of this one."""
        self._past = tuple(marks)
        self.update()

    def show_avoided(self, areas: Collection[str]) -> None:
        """Hatch the areas a flag leaves out."""
        self._avoid = frozenset(areas)
        self._tell()
        self.update()

    def show_side(self, pair: str) -> None:
        """Turn to front and back, or to the sides."""
        self._pair = PAIRS[pair]
        self.at_region = None
        self.update()

    def _tell(self) -> None:
        """Say all of it in words, for whoever does not see it."""
        said = list(body_map.lines(self.marks))
        said += [_("{area}: avoid").format(area=body.headed(body.area(area))) for area in sorted(self._avoid)]
        keys = _("Arrow keys move over the body, Enter marks, 0 to 9 say how strong, Delete takes away.")
        self.setAccessibleDescription("\n".join([*said, keys]))

    # Where things lie

    def sizeHint(self) -> QSize:
        return QSize(theme.px(500), theme.px(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(330), theme.px(320))

    def _cells(self) -> list[tuple[View, QRectF]]:
        """Stand the two figures beside each other, as large as they can be."""
        high = self.height() - theme.px(FOOT)
        wide = self.width() / 2
        figure = self._drawn[View.FRONT].figure
        scale = min(high / figure.height, wide / (figure.width * 1.12))
        size = (figure.width * scale, figure.height * scale)
        return [
            (
                view,
                QRectF(
                    wide * n + (wide - size[0]) / 2,
                    max(0.0, (high - size[1]) / 2),
                    *size,
                ),
            )
            for n, view in enumerate(self._pair)
        ]

    def _cell_at(self, at: QPointF) -> tuple[View, QRectF]:
        cells = self._cells()
        return cells[0] if at.x() < self.width() / 2 else cells[1]

    @staticmethod
    def _share(cell: QRectF, at: QPointF) -> tuple[float, float]:
        """Tell a point of the widget in shares of its figure."""
        x = (at.x() - cell.left()) / cell.width()
        y = (at.y() - cell.top()) / cell.height()
        return (round(min(1.0, max(0.0, x)), 4), round(min(1.0, max(0.0, y)), 4))

    def mark_at(self, at: QPointF) -> int | None:
        """Find the mark, or its number, under a point."""
        for number in self._numbers:
            if hypot(number.centre.x() - at.x(), number.centre.y() - at.y()) <= theme.px(RADIUS) + 3:
                return number.at
        view, cell = self._cell_at(at)
        figure = self._drawn[view].figure
        x, y = self._share(cell, at)
        point = QPointF(x * figure.width, y * figure.height)
        found = [
            n
            for n, mark in enumerate(self.marks)
            if mark.view is view and painting.shape_of(mark, figure).contains(point)
        ]
        return found[-1] if found else None

    def area_at(self, at: QPointF) -> tuple[View, str]:
        """Name the area under a point."""
        view, cell = self._cell_at(at)
        return view, self._drawn[view].figure.area_at(self._share(cell, at))

    # By hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        touched = self.mark_at(event.position())
        if touched is not None:
            self.chosen.emit(touched)
        elif not self.locked and self._on_body(event.position()):
            self._pressed = self._cell_at(event.position())[0]
            self._stroke = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            self._stroke.append(event.position())
        elif self._on_body(event.position()):
            self.at_region = self.area_at(event.position())
            QToolTip.showText(event.globalPosition().toPoint(), self._word(self.at_region[1]), self)
        else:
            self.at_region = None
            QToolTip.hideText()
        self.update()

    def _word(self, area: str) -> str:
        """Name an area, and what there is to know of it."""
        region = next(r for d in self._drawn.values() for r in d.figure.regions if r.area == area)
        said = body.headed(body.area(area))
        if area in self._avoid:
            return _("{area}: avoid").format(area=said)
        if region.locked:
            return _("{area}: only with written consent and a referral").format(area=said)
        if region.endangered:
            return _("{area}: light work or none").format(area=said)
        return said

    def _on_body(self, at: QPointF) -> bool:
        view, cell = self._cell_at(at)
        figure = self._drawn[view].figure
        scale = figure.width / cell.width()
        point = QPointF((at.x() - cell.left()) * scale, (at.y() - cell.top()) * scale)
        return self._drawn[view].outline.contains(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        view, self._pressed = self._pressed, None
        stroke, self._stroke = self._stroke, []
        if view is None or not stroke:
            return
        cell = dict(self._cells())[view]
        points = [self._share(cell, at) for at in stroke]
        moved = max(hypot(at.x() - stroke[0].x(), at.y() - stroke[0].y()) for at in stroke)
        drawn = tuple(keys.thinned(points)) if moved > theme.px(A_LINE) else ()
        xs, ys = zip(*(drawn or points[:1]), strict=True)
        middle = (round((min(xs) + max(xs)) / 2, 4), round((min(ys) + max(ys)) / 2, 4))
        self._add(view, self._drawn[view].figure.area_at(middle), middle, drawn)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.at_region = None
        self.update()

    def _add(
        self,
        view: View,
        area: str,
        at: tuple[float, float],
        stroke: tuple[tuple[float, float], ...] = (),
    ) -> None:
        self.added.emit(Mark(self.kind, area, view, at, None, None, stroke))

    # By keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if not plain:
            super().keyPressEvent(event)
        elif key in keys.WAYS:
            self._walk(*keys.WAYS[key])
        elif self.locked:
            super().keyPressEvent(event)
        elif key in keys.LETTERS:
            self.kind_chosen.emit(keys.LETTERS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.at_region:
            view, area = self.at_region
            place = self._drawn[view].figure.place_of(area)
            if place is not None:
                self._add(view, area, (round(place[0], 4), round(place[1], 4)))
        elif self.current is not None and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.strengthened.emit(self.current, key - Qt.Key.Key_0)
        elif self.current is not None and key is Qt.Key.Key_Plus:
            self.strengthened.emit(self.current, 10)
        elif self.current is not None and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _walk(self, dx: float, dy: float) -> None:
        """Go to the nearest area in a direction; at the edge of one figure on to the other."""
        places = self._places()
        if self.at_region not in places:
            first = (self._pair[-1], "mid_back") if self._pair[-1] is View.BACK else next(iter(places))
            self.at_region = first if first in places else next(iter(places))
        else:
            self.at_region = keys.nearest(places, self.at_region, dx, dy)
        word = self._word(self.at_region[1])
        self.setAccessibleName(_("Body map, {area}").format(area=word))
        self.update()

    def _places(self) -> dict[tuple[View, str], tuple[float, float]]:
        """Say where each area of the two figures lies in the widget."""
        found = {}
        for view, cell in self._cells():
            figure = self._drawn[view].figure
            for area in dict.fromkeys(region.area for region in figure.regions):
                place = figure.place_of(area)
                if place is not None:
                    found[view, area] = (
                        cell.left() + place[0] * cell.width(),
                        cell.top() + place[1] * cell.height(),
                    )
        return found

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.at_region = None
        self.setAccessibleName(_("Body map"))
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers: list[Number] = []
        for view, cell in self._cells():
            drawn = self._drawn[view]
            painter.save()
            painter.translate(cell.topLeft())
            painter.scale(cell.width() / drawn.figure.width, cell.height() / drawn.figure.height)
            self._paint_body(painter, view)
            painter.restore()
            numbers += self._number(view, cell)
            self._name(painter, view, cell)
        self._numbers = tuple(numbers)
        for number in numbers:
            self._paint_number(painter, number)
        if len(self._stroke) > 1:
            painter.setPen(QPen(theme.colour(painting.COLOURS[self.kind]), 2))
            painter.drawPolyline(self._stroke)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        event.accept()

    def _paint_body(self, painter: QPainter, view: View) -> None:
        drawn = self._drawn[view]
        painting.paint_figure(painter, drawn)
        for region in drawn.figure.regions:
            if region.area in self._avoid:
                painting.paint_hatched(painter, drawn, region, painting.AVOID, strong=True)
            elif self.at_region == (view, region.area):
                _hover(painter, drawn, region)
            elif region.endangered or region.locked:
                painting.paint_hatched(painter, drawn, region, "soft_ink", strong=False)
        for mark in self._past:
            if mark.view is view:
                painting.paint_past(painter, mark, drawn.figure)
        for n, mark in enumerate(self.marks):
            if mark.view is view:
                painting.paint_mark(painter, mark, drawn.figure, chosen=n == self.current)

    def _number(self, view: View, cell: QRectF) -> tuple[Number, ...]:
        figure = self._drawn[view].figure
        scale = cell.width() / figure.width
        marks = []
        for n, mark in enumerate(self.marks):
            if mark.view is view:
                box = painting.shape_of(mark, figure).boundingRect()
                centre = box.center() * scale + cell.topLeft()
                marks.append((n, centre, QPointF(box.width() / 2 * scale, 0)))
        half = self.width() / 2
        room = QRectF(0 if cell.center().x() < half else half, 0, half, self.height() - theme.px(FOOT))
        return placed(marks, cell, room, theme.percent / 100)

    def _paint_number(self, painter: QPainter, number: Number) -> None:
        mark = self.marks[number.at]
        colour = theme.colour(painting.COLOURS[mark.kind])
        painter.setPen(QPen(colour, 1.1))
        painter.drawLine(number.centre, number.end)
        radius = theme.px(RADIUS)
        if number.at == self.current:
            painter.setBrush(theme.colour("surface"))
            painter.setPen(QPen(colour, 1.4))
            painter.drawEllipse(number.centre, radius + 3, radius + 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(number.centre, radius, radius)
        painter.setPen(theme.colour("surface"))
        painter.setFont(theme.font("caption", "semibold"))
        place = QRectF(number.centre.x() - radius, number.centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number.at + 1))

    def _name(self, painter: QPainter, view: View, cell: QRectF) -> None:
        painter.setPen(theme.colour("soft_ink"))
        painter.setFont(theme.font("caption"))
        place = QRectF(cell.left(), self.height() - theme.px(FOOT) + 4, cell.width(), theme.px(FOOT) - 6)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, body.view(view.value))


def _hover(painter: QPainter, drawn: painting.Drawn, region: Region) -> None:
    painting.paint_region(painter, drawn, region, "accent", 0.16)
