"""A chart painted in the house's style: columns over time, or bars of people and things; each leads to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets.painting import written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect

TONES = ("accent", "sea", "ochre", "plum")
"""One colour to a series, the first the house's own."""
MOST_BARS = 8
"""So many bars fit; the rest stands in the table under the chart."""
GAP, COLUMN_MOST, BAR_ROW = 8, 44, 30
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """One column or bar: its name, the parts that make it up, and what the same was a year before."""

    name: str
    parts: tuple[int, ...]
    before: int | None = None

    @property
    def whole(self) -> int:
        """All parts together; what went back below nought is not drawn."""
        return sum(max(0, part) for part in self.parts)


class Chart(QWidget):
    """A few marks side by side; pressing one, or Enter on it, tells which."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._names: tuple[str, ...] = ()
        self._over_time = True
        self._say: Callable[[int], str] = str
        self._at = -1
        self._places: list[QRectF] = []
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_marks(
        self, marks: Sequence[Mark], names: Sequence[str], say: Callable[[int], str], *, over_time: bool
    ) -> None:
        """Draw these marks, whose parts bear these names; `say` writes a value."""
        self._marks = tuple(marks if over_time else marks[:MOST_BARS])
        self._names, self._say, self._over_time, self._at = tuple(names), say, over_time, -1
        told = (f"{mark.name}: {say(mark.whole)}" for mark in self._marks)
        self.setAccessibleName(", ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        high = 208 if self._over_time else max(1, len(self._marks)) * BAR_ROW + 8
        return QSize(320, theme.px(high))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = []
        if self._marks:
            (self._columns if self._over_time else self._bars)(painter)
        event.accept()

    def _most(self) -> int:
        return max((max(mark.whole, mark.before or 0) for mark in self._marks), default=0)

    def _columns(self, painter: QPainter) -> None:
        top, step = _scale(self._most())
        metrics = QFontMetrics(theme.font("caption", figures=True))
        left = max(metrics.horizontalAdvance(self._say(value)) for value in (step, top)) + theme.px(12)
        foot = theme.px(24)
        ground = QRectF(left, theme.px(10), self.width() - left, self.height() - foot - theme.px(10))
        self._lines(painter, ground, top, step)
        each = ground.width() / len(self._marks)
        wide = min(theme.px(COLUMN_MOST), max(4.0, each - theme.px(GAP)))
        for at, mark in enumerate(self._marks):
            middle = ground.left() + each * (at + 0.5)
            whole = QRectF(middle - each / 2, ground.top(), each, ground.height() + foot)
            self._places.append(whole)
            if at == self._at:
                self._ground(painter, whole)
            self._column(painter, mark, QRectF(middle - wide / 2, ground.top(), wide, ground.height()), top)
            under = QRectF(whole.left(), ground.bottom() + theme.px(4), each, foot - theme.px(4))
            self._name(painter, under.toRect(), mark.name)

    def _lines(self, painter: QPainter, ground: QRectF, top: int, step: int) -> None:
        painter.setFont(theme.font("caption", figures=True))
        for value in range(0, top + 1, step):
            high = ground.bottom() - ground.height() * value / top
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(round(ground.left()), round(high), round(ground.right()), round(high))
            painter.setPen(theme.colour("soft_ink"))
            place = QRectF(0, high - theme.px(9), ground.left() - theme.px(8), theme.px(18))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._say(value)
            )

    def _column(self, painter: QPainter, mark: Mark, place: QRectF, top: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        foot = place.bottom()
        for tone, part in zip(TONES, mark.parts, strict=False):
            high = place.height() * max(0, part) / top
            if high > 0:
                painter.setBrush(theme.colour(tone))
                painter.drawRoundedRect(QRectF(place.left(), foot - high, place.width(), high), 2, 2)
                foot -= high
        if mark.before:
            high = round(place.bottom() - place.height() * mark.before / top)
            left, right = round(place.left()) - theme.px(5), round(place.right()) + theme.px(5)
            for tone, thick in (("surface", 4), ("ink", 2)):  # the line is seen on the column and beside it
                painter.setPen(QPen(theme.colour(tone), thick))
                painter.drawLine(left, high, right, high)
            painter.setPen(Qt.PenStyle.NoPen)

    def _name(self, painter: QPainter, place: QRect, name: str) -> None:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("soft_ink"))
        fits = QFontMetrics(painter.font()).horizontalAdvance(name) <= place.width()
        painter.drawText(
            place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name if fits else name[:1]
        )

    def _bars(self, painter: QPainter) -> None:
        most = max(1, self._most())
        metrics = QFontMetrics(theme.font())
        figures = QFontMetrics(theme.font(figures=True))
        named = min(
            round(self.width() * 0.36),
            max(metrics.horizontalAdvance(mark.name) for mark in self._marks) + theme.px(16),
        )
        said = max(figures.horizontalAdvance(self._say(mark.whole)) for mark in self._marks) + theme.px(12)
        room = max(20, self.width() - named - said)
        for at, mark in enumerate(self._marks):
            place = QRectF(0, theme.px(4) + at * theme.px(BAR_ROW), self.width(), theme.px(BAR_ROW))
            self._places.append(place)
            if at == self._at:
                self._ground(painter, place)
            middle = place.adjusted(theme.px(6), 0, 0, 0).toRect()
            middle.setWidth(named - theme.px(12))
            written(painter, middle, mark.name, "ink", "regular")
            left = float(named)
            painter.setPen(Qt.PenStyle.NoPen)
            for tone, part in zip(TONES, mark.parts, strict=False):
                wide = room * max(0, part) / most
                if wide > 0:
                    painter.setBrush(theme.colour(tone))
                    high = theme.px(14)
                    painter.drawRoundedRect(QRectF(left, place.center().y() - high / 2, wide, high), 2, 2)
                    left += wide
            beside = QRectF(left + theme.px(8), place.top(), said, place.height()).toRect()
            painter.setFont(theme.font(figures=True))
            painter.setPen(theme.colour("soft_ink"))
            painter.drawText(
                beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._say(mark.whole)
            )

    def _ground(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(theme.colour("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_tint"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _go(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _under(self, event: QMouseEvent) -> int:
        return next((at for at, place in enumerate(self._places) if place.contains(event.position())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self._under(event))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._at >= 0 else Qt.CursorShape.ArrowCursor)
        if self._at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.told(self._at), self)
        super().mouseMoveEvent(event)

    def told(self, at: int) -> str:
        """Say in words what one mark shows."""
        mark = self._marks[at]
        lines = [f"{mark.name}: {self._say(mark.whole)}"]
        if mark.before:
            lines.append(_("a year before: {amount}").format(amount=self._say(mark.before)))
        if len(mark.parts) > 1:
            lines += [
                f"{name}: {self._say(part)}"
                for name, part in zip(self._names, mark.parts, strict=False)
                if part
            ]
        return "\n".join(lines)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._go(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (at := self._under(event)) >= 0:
            self.chosen.emit(at)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._marks:
            self._go((self._at + steps[Qt.Key(event.key())]) % len(self._marks))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)


def _scale(most: int) -> tuple[int, int]:
    """Find the height of the scale and its step: three to five lines at round values."""
    size = 1
    while True:
        for step in STEPS:
            lines = -(-most // (step * size))
            if lines <= 5:  # noqa: PLR2004 - more lines than that are a grid
                return max(1, lines) * step * size, step * size
        size *= 10


class Legend(QWidget):
    """Which colour is which part."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_names(self, names: Sequence[str], before: str = "") -> None:
        """Name the parts, and what stands behind them."""
        told = (
            [(tone, name) for tone, name in zip(TONES, names, strict=False)]
            if len(names) > 1 or before
            else []
        )
        if before:
            told.append(("", before))
        self._names = tuple(told)
        self.setVisible(bool(told))
        self.setAccessibleName(", ".join(name for _tone, name in told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("caption"))
        wide = sum(metrics.horizontalAdvance(name) + theme.px(34) for _tone, name in self._names)
        return QSize(wide, theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(theme.font("caption"))
        left, middle = 0, self.height() / 2
        for tone, name in self._names:
            if tone:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(tone))
                painter.drawRoundedRect(
                    QRectF(left + 1, middle - theme.px(5), theme.px(10), theme.px(10)), 2, 2
                )
            else:
                painter.setPen(QPen(theme.colour("ink"), 2))
                painter.drawLine(left, round(middle), left + theme.px(11), round(middle))
            wide = metrics.horizontalAdvance(name)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("soft_ink"))
            place = QRectF(left + theme.px(16), 0, wide + 4, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            left += wide + theme.px(34)
        event.accept()
