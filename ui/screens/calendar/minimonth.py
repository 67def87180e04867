"""The small month: find a day, see how busy each is, and which days are shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic.wording import _, long_day
from ui.screens.calendar import words
from ui.screens.calendar.ink import Inkwell
from ui.theme import Weight, theme
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

WEEK, ROWS = 7, 6
CELL, HEAD = 25, 22
LARGE = 130
"""From this size of text on the name of a month is cut short."""
BUSY = 8
"""So many visits make a line as wide as it gets."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def first_of_grid(month: date) -> date:
    """Find the Sunday on or before the first of a month."""
    first = month.replace(day=1)
    return first - timedelta(days=(first.weekday() + 1) % WEEK)


class Days(QWidget):
    """Six weeks of days."""

    picked = Signal(object)
    leafed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._ink = Inkwell(1.0)
        self._hovered: date | None = None
        self.month = date(2000, 1, 1)
        self.today = self.first = self.last = self.month
        self.busy: Mapping[date, int] = {}
        self._at = self.month
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(CELL) * WEEK, theme.px(HEAD + CELL * ROWS))

    def show_days(self, month: date, today: date, first: date, last: date) -> None:
        """Show a month, with today and the days that are shown on the board."""
        self.month, self.today, self.first, self.last = month.replace(day=1), today, first, last
        self._at = month
        self._name()
        self.update()

    def show_busy(self, busy: Mapping[date, int]) -> None:
        """Show how busy each day is."""
        self.busy = busy
        self._name()
        self.update()

    def _dress(self) -> None:
        self._ink = Inkwell(self.devicePixelRatioF())
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        visits = self.busy.get(self._at, 0)
        self.setAccessibleName(f"{long_day(self._at)}, {words.count(visits)}")

    def _cell(self, n: int) -> QRectF:
        wide = self.width() / WEEK
        high = theme.px(CELL)
        return QRectF(n % WEEK * wide, theme.px(HEAD) + n // WEEK * high, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._ink.on(self):
            self._draw()
        event.accept()

    def _draw(self) -> None:
        ink = self._ink
        painter = ink.painter
        begin = first_of_grid(self.month)
        soft, full = theme.colour("soft_ink"), theme.colour("ink")
        for n in range(WEEK):
            name = words.weekday(begin + timedelta(days=n))[:1]
            cell = self._cell(n)
            ink.write(cell.center().x() - ink.width(name) / 2, theme.px(2), name, soft)
        for n in range(WEEK * ROWS):
            on, cell = begin + timedelta(days=n), self._cell(n)
            if self.first <= on <= self.last:
                self._band(painter, cell, on)
            tone = full if on.month == self.month.month else soft
            if on == self.today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                side = theme.px(21)
                painter.drawEllipse(
                    QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
                )
                tone = theme.colour("on_accent")
            elif on == self._hovered or (self.hasFocus() and on == self._at):
                painter.setPen(ink.pen("accent") if self.hasFocus() and on == self._at else ink.pen("line"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell.adjusted(2, 2, -2, -2), 5, 5)
            said = str(on.day)
            weight: Weight = "semibold" if on == self.today else "regular"
            x = cell.center().x() - ink.width(said, "caption", weight) / 2
            ink.write(x, cell.center().y() - theme.px(8), said, tone, weight=weight)
            visits = self.busy.get(on, 0)
            if visits and on != self.today:
                wide = theme.px(3) + (cell.width() * 0.5 - theme.px(3)) * min(visits, BUSY) / BUSY
                line = QRectF(cell.center().x() - wide / 2, cell.bottom() - theme.px(5), wide, 1.6)
                faint = theme.colour("accent")
                faint.setAlphaF(0.75 if on.month == self.month.month else 0.35)
                painter.fillRect(line, faint)

    def _band(self, painter: QPainter, cell: QRectF, on: date) -> None:
        """Lay a band behind the days shown, rounded at its ends."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_tint"))
        place = cell.adjusted(0, 1, 0.5, -1)
        painter.drawRoundedRect(place, 5, 5)
        if on != self.first and on.weekday() != 6:  # noqa: PLR2004 - Sunday
            painter.drawRect(place.adjusted(0, 0, -place.width() / 2, 0))
        if on != self.last and on.weekday() != 5:  # noqa: PLR2004 - Saturday
            painter.drawRect(place.adjusted(place.width() / 2, 0, 0, 0))

    def _day_at(self, event: QMouseEvent) -> date | None:
        for n in range(WEEK * ROWS):
            if self._cell(n).contains(event.position()):
                return first_of_grid(self.month) + timedelta(days=n)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        on = self._day_at(event)
        if on is not None:
            self.picked.emit(on)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._day_at(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self._at += timedelta(days=STEPS[key])
            begin = first_of_grid(self.month)
            if not begin <= self._at < begin + timedelta(days=WEEK * ROWS):
                self.leafed.emit(1 if STEPS[key] > 0 else -1)
            self._name()
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class MiniMonth(QWidget):
    """A small month with its name and two arrows."""

    picked = Signal(object)
    """A day."""
    leafed = Signal(object)
    """The month now shown, whose busy days are to be counted."""

    def __init__(self) -> None:
        super().__init__()
        self._name = text.label("", weight="semibold")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.days = Days()
        self.days.picked.connect(self.picked)
        self.days.leafed.connect(self.leaf)
        back = icon_only("chevron-left", _("The month before"), lambda: self.leaf(-1))
        on = icon_only("chevron-right", _("The month after"), lambda: self.leaf(1))
        for button in (back, on):
            button.setProperty("role", "link")
            button.setFixedWidth(22)
        head = row(self._name, spacing=0)
        head.setStretch(0, 1)
        head.addWidget(back)
        head.addWidget(on)
        head.setContentsMargins(6, 0, 0, 0)
        lines = column(spacing=2)
        lines.addLayout(head)
        lines.addWidget(self.days)
        self.setLayout(lines)

    def show_days(self, today: date, first: date, last: date, anchor: date) -> None:
        """Show the month of the days on the board."""
        self.days.show_days(anchor, today, first, last)
        self._say(anchor)

    def leaf(self, by: int) -> None:
        """Turn to another month; the board stays."""
        month = self.days.month
        at = month.year * 12 + month.month - 1 + by
        self.days.month = date(at // 12, at % 12 + 1, 1)
        self._say(self.days.month)
        self.days.update()
        self.leafed.emit(self.days.month)

    def _say(self, month: date) -> None:
        """Name the month, in short where letters are large."""
        self._name.setText(words.month_name(month, short=theme.percent > LARGE))

    @property
    def stretch(self) -> tuple[date, date]:
        """The first and the last day that is on view."""
        begin = first_of_grid(self.days.month)
        return begin, begin + timedelta(days=WEEK * ROWS - 1)
