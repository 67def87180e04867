"""The month: six weeks of days with their visits, each of which can be carried to another day, and other months."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from clinic.wording import _, long_day
from ui.screens.calendar import carried, month_day, words
from ui.screens.calendar.fits import Wish, in_the_way
from ui.screens.calendar.geometry import Box
from ui.screens.calendar.hands import Held
from ui.screens.calendar.ink import Inkwell
from ui.screens.calendar.minimonth import ROWS, WEEK, first_of_grid
from ui.screens.calendar.month_day import Cell, Line
from ui.screens.calendar.pages import STRIP, Pages
from ui.screens.calendar.visit import NO_MARK
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from clinic.office.diary import Entry, Spread
    from clinic.values import StaffId, State

HEAD = 26
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Month(QWidget):
    """Six weeks, painted."""

    opened = Signal(object)
    """A day to be shown by itself."""
    chosen = Signal(object)
    """The visit somebody pressed, or None where nothing stands."""
    carried = Signal(object)
    """What was let go over another day, as `Held`."""
    given_up = Signal()
    """What was carried is let go, and nothing moves."""
    put_down = Signal(object)
    """The day on which what was taken along is to go."""
    menu_asked = Signal(object, object)
    """The visit under the hand or None, and the point of the screen, where a menu is asked for."""
    turned = Signal(int)

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
        self._lines: list[Line] = []
        self._pressed: QPointF | None = None
        self._under: Entry | None = None
        """The visit that was pressed and could be carried."""
        self._taken: Entry | None = None
        """What is carried; its own day may lie on another page by now."""
        self._hand, self._copy = QPointF(), False
        self.held: Held | None = None
        self.pages = Pages(self, self._sides, self.turned.emit)
        theme.changed.connect(self._dress)

    def show_month(
        self, spread: Spread, on: date, staff: Collection[StaffId], hidden: Collection[State]
    ) -> None:
        """Show the month around a day; what is carried stays in the hand."""
        self._spread, self._month, self._at = spread, on.replace(day=1), on
        days: dict[date, list[Entry]] = defaultdict(list)
        for entry in spread.entries:
            if entry.staff in staff and entry.state not in hidden:
                days[entry.at.date()].append(entry)
        self._days = days
        self._name()
        if self._taken is not None:
            self._carry(self._hand, copy=self._copy)
            self.pages.settle()
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

    # Where things stand

    @property
    def at(self) -> date:
        """The day the keyboard stands on."""
        return self._at

    def cell(self, n: int) -> QRectF:
        """Say where the n-th day stands."""
        wide, head = self.width() / WEEK, theme.px(HEAD)
        high = (self.height() - head) / ROWS
        return QRectF(n % WEEK * wide, head + n // WEEK * high, wide, high)

    def beside(self, wish: Wish) -> QPoint:
        """Say where on the widget stands the day that was wished for, just below its number."""
        n = (wish.at.date() - first_of_grid(self._month)).days
        cell = self.cell(min(max(n, 0), WEEK * ROWS - 1))
        return QPoint(int(cell.x()) + 12, int(cell.y()) + theme.px(24))

    def _day_at(self, at: QPointF) -> date | None:
        begin = first_of_grid(self._month)
        for n in range(WEEK * ROWS):
            if self.cell(n).contains(at):
                return begin + timedelta(days=n)
        return None

    def _line_at(self, at: QPointF) -> Line | None:
        return next((line for line in self._lines if line.place.contains(at)), None)

    def _sides(self) -> tuple[QRectF, QRectF]:
        strip, head = theme.px(STRIP), theme.px(HEAD)
        high = self.height() - head
        return QRectF(0, head, strip, high), QRectF(self.width() - strip, head, strip, high)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._ink.on(self):
            self._draw()
        event.accept()

    def _draw(self) -> None:
        ink, spread, held = self._ink, self._spread, self.held
        ink.painter.fillRect(self.rect(), theme.colour("surface"))
        begin = first_of_grid(self._month)
        for n in range(WEEK):
            said = words.weekday(begin + timedelta(days=n))
            ink.write(self.cell(n).x() + theme.px(8), theme.px(5), said, theme.colour("soft_ink"))
        over = held.wish.at.date() if held is not None else None
        held_over = "accent" if held is not None and held.clash is None else "soft_ink"
        away = frozenset({held.entry.id} if held is not None and not held.wish.copy else ())
        self._lines = []
        for n in range(WEEK * ROWS):
            on = begin + timedelta(days=n)
            cell = Cell(
                on,
                self.cell(n),
                inside=on.month == self._month.month,
                open=spread is None or bool(spread.house.get(on)),
                today=spread is not None and on == spread.now.date(),
                focused=on == self._at and self.hasFocus(),
                held_over=held_over if on == over else "",
            )
            self._lines += month_day.draw(ink, cell, self._days.get(on, []), away)
        if held is not None and spread is not None:
            self.pages.paint(ink, (_("Month before"), _("Month after")))
            self._draw_held(held)

    def _draw_held(self, held: Held) -> None:
        """Draw what is carried at the hand, with what is in the way there."""
        wide, high = self.width() / WEEK - 8, theme.px(month_day.LINE) + 4
        x = min(max(self._hand.x() - theme.px(20), 2), self.width() - wide - 2)
        place = QRectF(x, self._hand.y() - high / 2, wide, high)
        self._ink.painter.fillRect(place, theme.colour("surface"))
        entry = replace(held.entry, at=held.wish.at)
        month_day.draw_line(self._ink, entry, place.adjusted(0, 2, 0, -2))
        box = Box(place.x(), place.y(), place.width(), place.height())
        if held.clash is None:
            carried.frame(self._ink, box)
        else:
            carried.refuse(self._ink, box, carried.said(held.clash, self._first_name(held.wish.staff)))

    def _first_name(self, staff: StaffId) -> str:
        people = self._spread.people if self._spread is not None else ()
        return next((person.name.split()[0] for person in people if person.id == staff), "")

    # Carrying

    @property
    def busy(self) -> bool:
        """Whether something is carried."""
        return self._taken is not None

    def carry_in(self, entry: Entry, at: QPointF, *, copy: bool) -> None:
        """Carry a visit in from outside, such as the pinboard, to a point of the month."""
        self._taken = entry
        self._carry(at, copy=copy)

    def _carry(self, at: QPointF, *, copy: bool) -> None:
        """Hold the visit over the day that lies under the hand, at its own time."""
        entry, spread, on = self._taken, self._spread, self._day_at(at)
        self._hand, self._copy = at, copy
        self.pages.hold(self.pages.side_at(at) if self.rect().contains(at.toPoint()) else 0)
        self.held = None
        if entry is not None and spread is not None and on is not None:
            wish = Wish(
                entry, datetime.combine(on, entry.at.time()), entry.minutes, entry.staff, entry.room, copy
            )
            self.held = Held(entry, 0, 0, entry.minutes, wish, in_the_way(spread, wish))
        refused = self.held is None or (self.held.clash is not None and not self.held.wish.stays)
        free = Qt.CursorShape.DragCopyCursor if copy else Qt.CursorShape.ClosedHandCursor
        self.setCursor(Qt.CursorShape.ForbiddenCursor if refused else free)
        self.update()

    def drop(self) -> None:
        """Put down what is carried, on the day it is held over."""
        held = self.held
        self.let_go()
        if held is not None and not held.wish.stays:
            self.carried.emit(held)

    def let_go(self) -> None:
        """Leave everything as it was."""
        self._taken = self._under = self._pressed = self.held = None
        self.pages.stop()
        self.unsetCursor()
        self.update()

    def give_up(self) -> None:
        """Leave everything as it was, and turn back to the month where the visit was taken up."""
        self.pages.go_back()
        self.let_go()
        self.given_up.emit()

    # Hands and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._stand_under(event.position())
        line = self._line_at(event.position())
        self._pressed = event.position()
        self._under = line.entry if line is not None and line.entry and not line.entry.busy else None

    def _stand_under(self, at: QPointF) -> None:
        """Put the keyboard on the day under a point."""
        on = self._day_at(at)
        if on is not None:
            self._at = on
            self._name()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = self._pressed is not None and (event.position() - self._pressed).manhattanLength()
        if self._taken is None and self._under is not None and far >= QApplication.startDragDistance():
            self._taken = self._under
        if self._taken is not None:
            self._carry(event.position(), copy=bool(event.modifiers() & CONTROL))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._taken is not None:
            self.drop()
            return
        line = self._line_at(event.position())
        if line is not None and line.entry is None:
            self.opened.emit(line.on)
        else:
            self.chosen.emit(self._under)
        self._under = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        on, line = self._day_at(event.position()), self._line_at(event.position())
        if on is not None and (line is None or line.entry is None or line.entry.busy):
            self.opened.emit(on)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer by a menu what can be done with a visit, or on a day."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            n = (self._at - first_of_grid(self._month)).days
            self.menu_asked.emit(None, self.mapToGlobal(self.cell(n).center().toPoint()))
            return
        line = self._line_at(QPointF(event.pos()))
        self._stand_under(QPointF(event.pos()))
        self.menu_asked.emit(line.entry if line is not None else None, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape and self.busy:
            self.give_up()
        elif key in STEPS and not modifiers & ALT:
            begin = first_of_grid(self._month)
            self._at = min(
                max(self._at + timedelta(days=STEPS[key]), begin), begin + timedelta(days=WEEK * ROWS - 1)
            )
            self._name()
        elif key == Qt.Key.Key_V and modifiers & CONTROL:
            self.put_down.emit(self._at)
        elif key in ENTER:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say in a tip what there was no room to write."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._spread is not None:
            line = self._line_at(QPointF(event.pos()))
            if line is not None and line.entry is not None:
                entry, spread = line.entry, self._spread
                name = next((one.name for one in spread.people if one.id == entry.staff), "")
                room = next((one.name for one in spread.places if one.id == entry.room), "")
                QToolTip.showText(event.globalPos(), words.spoken(entry, NO_MARK, name, room), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
