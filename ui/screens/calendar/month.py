"""The month: six weeks of days with their visits, each of which can be carried to another day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from clinic.wording import _, long_day, ngettext
from ui.screens.calendar import visit, words
from ui.screens.calendar.fits import Wish, in_the_way
from ui.screens.calendar.hands import Held
from ui.screens.calendar.ink import Inkwell, tint
from ui.screens.calendar.minimonth import ROWS, WEEK, first_of_grid
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from clinic.office.diary import Entry, Spread
    from clinic.values import StaffId, State

HEAD, LINE, TOP = 26, 18, 26
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


@dataclass(frozen=True, slots=True)
class _Line:
    """A visit's line in its day."""

    entry: Entry
    place: QRectF


class Month(QWidget):
    """Six weeks, painted."""

    opened = Signal(object)
    """A day to be shown by itself."""
    carried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Month"))
        self._ink = Inkwell(1.0)
        self._spread: Spread | None = None
        self._month = date(2000, 1, 1)
        self._at = self._month
        self._days: dict[date, list[Entry]] = {}
        self._lines: list[_Line] = []
        self._held: Entry | None = None
        self._over: date | None = None
        self._pressed: QPointF | None = None
        theme.changed.connect(self._dress)

    def show_month(
        self, spread: Spread, on: date, staff: Collection[StaffId], hidden: Collection[State]
    ) -> None:
        """Show the month around a day."""
        self._spread, self._month, self._at = spread, on.replace(day=1), on
        days: dict[date, list[Entry]] = defaultdict(list)
        for entry in spread.entries:
            if entry.staff in staff and entry.state not in hidden:
                days[entry.at.date()].append(entry)
        self._days = days
        self._name()
        self.update()

    def _dress(self) -> None:
        self._ink = Inkwell(self.devicePixelRatioF())
        self.update()

    def _name(self) -> None:
        entries = self._days.get(self._at, [])
        held = sum(entry.holds for entry in entries)
        self.setAccessibleName(f"{long_day(self._at)}, {words.count(held)}")
        self.setAccessibleDescription(
            "; ".join(f"{words.short(entry.at)} {entry.name or _('Busy')}" for entry in entries)
        )

    def cell(self, n: int) -> QRectF:
        """Say where the n-th day stands."""
        wide, head = self.width() / WEEK, theme.px(HEAD)
        high = (self.height() - head) / ROWS
        return QRectF(n % WEEK * wide, head + n // WEEK * high, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._ink.on(self):
            self._draw()
        event.accept()

    def _draw(self) -> None:
        ink = self._ink
        ink.painter.fillRect(self.rect(), theme.colour("surface"))
        begin = first_of_grid(self._month)
        self._lines = []
        for n in range(WEEK):
            ink.write(
                self.cell(n).x() + theme.px(8),
                theme.px(5),
                words.weekday(begin + timedelta(days=n)),
                theme.colour("soft_ink"),
            )
        for n in range(WEEK * ROWS):
            self._draw_day(begin + timedelta(days=n), self.cell(n))

    def _draw_day(self, on: date, cell: QRectF) -> None:
        ink = self._ink
        painter, spread = ink.painter, self._spread
        inside = on.month == self._month.month
        if not inside:
            painter.fillRect(cell, tint("canvas", 0.6))
        if spread is not None and not spread.house.get(on):
            painter.fillRect(cell, ink.hatch("ink", 0.05))
        if on == self._over:
            painter.fillRect(cell, theme.colour("accent_tint"))
        painter.setPen(ink.pen("line"))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if cell.x() > 1:
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        today = spread is not None and on == spread.now.date()
        said = str(on.day)
        x, y = cell.x() + theme.px(8), cell.y() + theme.px(5)
        if today:
            wide = ink.width(said, "body", "semibold") + theme.px(12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(x - theme.px(6), y - 1, wide, theme.px(19)), 5, 5)
        tone = "on_accent" if today else "ink" if inside else "soft_ink"
        ink.write(x, y, said, theme.colour(tone), kind="body", weight="semibold" if inside else "regular")
        entries = self._days.get(on, [])
        held = sum(entry.holds for entry in entries)
        room = int((cell.bottom() - cell.y() - theme.px(TOP) - 2) // theme.px(LINE))
        if held and (room > 1 or len(entries) == 1):  # where only a number fits, it stands with its word
            counted = str(held)
            ink.write(
                cell.right() - ink.width(counted) - theme.px(8), y + 1, counted, theme.colour("soft_ink")
            )
        self._draw_visits(entries, cell)
        if on == self._at and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _draw_visits(self, entries: list[Entry], cell: QRectF) -> None:
        ink = self._ink
        painter = ink.painter
        high, top = theme.px(LINE), cell.y() + theme.px(TOP)
        room = max(int((cell.bottom() - top - 2) // high), 0)
        shown = entries if len(entries) <= room else entries[: max(room - 1, 0)]
        for n, entry in enumerate(shown):
            place = QRectF(cell.x() + 4, top + n * high, cell.width() - 8, high - 2)
            off = entry.state in words.OFF
            if not off:
                painter.fillRect(place, tint(visit.colour(entry), visit.FILL[entry.state]))
            painter.fillRect(
                QRectF(place.x(), place.y(), 3, place.height()),
                tint(visit.colour(entry), 0.35 if off else 1.0),
            )
            time = words.short(entry.at)
            ink.write(place.x() + 7, place.y() + 1, time, theme.colour("soft_ink"))
            left = ink.width("00:00") + 11
            ink.write(
                place.x() + left,
                place.y() + 1,
                entry.name or _("Busy"),
                theme.colour("soft_ink" if off or entry.busy else "ink"),
                weight="medium",
                wide=max(place.width() - left - 3, 4),
                struck=off,
            )
            self._lines.append(_Line(entry, place))
        more = len(entries) - len(shown)
        if more and room:
            said = ngettext("{n} more", "{n} more", more).format(n=more)
            if not shown:
                said = words.count(sum(entry.holds for entry in entries))
            ink.write(cell.x() + 11, top + len(shown) * high + 1, said, theme.colour("soft_ink"))

    # Hands and keys

    def _day_at(self, at: QPointF) -> date | None:
        begin = first_of_grid(self._month)
        for n in range(WEEK * ROWS):
            if self.cell(n).contains(at):
                return begin + timedelta(days=n)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._pressed = at
        line = next((line for line in self._lines if line.place.contains(at)), None)
        self._held = line.entry if line is not None and not line.entry.busy else None
        on = self._day_at(at)
        if on is not None:
            self._at = on
            self._name()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far:
                self._over = self._day_at(event.position())
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, over, spread = self._held, self._over, self._spread
        self._held = self._over = self._pressed = None
        self.unsetCursor()
        self.update()
        if held is None or over is None or spread is None:
            return
        if over != held.at.date():
            copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            at = datetime.combine(over, held.at.time())
            wish = Wish(held, at, held.minutes, held.staff, held.room, copy)
            self.carried.emit(Held(held, 0, 0, held.minutes, wish, in_the_way(spread, wish)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        on = self._day_at(event.position())
        if on is not None:
            self.opened.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._held is not None:
            self._held = self._over = None
            self.unsetCursor()
        elif key in STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            begin = first_of_grid(self._month)
            self._at = min(
                max(self._at + timedelta(days=STEPS[key]), begin), begin + timedelta(days=WEEK * ROWS - 1)
            )
            self._name()
        elif key in ENTER:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
