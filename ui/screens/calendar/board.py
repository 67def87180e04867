"""The board: one painted surface for days side by side, kept as a picture over which only what moves is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from clinic.wording import _
from ui.screens.calendar import words
from ui.screens.calendar.geometry import Box, Geometry
from ui.screens.calendar.hands import Hands
from ui.screens.calendar.heads import Heads
from ui.screens.calendar.keys import Keys
from ui.screens.calendar.pictures import Pictures
from ui.screens.calendar.travel import Sketch, Spot
from ui.screens.calendar.visit import NO_MARK, Look
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from clinic.office.diary import Entry, Mark, Spread
    from clinic.values import AppointmentId
    from ui.screens.calendar.fits import Wish
    from ui.screens.calendar.plan import Piece, Plan

GUTTER, HOUR = 54, 66
BAR = 12
LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 0.5, 2.5, 1.25
MORNING = 8 * 60
"""Where the board opens if nobody works and nothing is booked."""


class Board(QWidget):
    """Days, therapists or rooms side by side, with their visits."""

    chosen = Signal(object)
    """The visit somebody pressed, or None where nothing stands."""
    opened = Signal(object)
    """A visit to be opened."""
    wanted = Signal(object)
    """A `Sketch` that is to become a visit."""
    carried = Signal(object)
    """What was let go, as `Held`."""
    asked = Signal(object, object)
    """A step of the day and the visit that has the focus."""
    move_asked = Signal(object)
    """A visit to be moved by words."""
    pinned = Signal(object)
    """A visit to be taken along."""
    copied = Signal(object)
    """A visit of which a copy is to be taken along."""
    put_down = Signal(object)
    """The spot where what was taken along is to go."""
    menu_asked = Signal(object, object)
    """The visit under the hand or None, and the point of the screen, where a menu is asked for."""
    given_up = Signal()
    """What was carried is let go, and nothing moves."""
    travelled = Signal(object)
    """The visit the keyboard came to, or None."""
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("board")
        self.setAccessibleName(_("Calendar"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.spread: Spread | None = None
        self.plan: Plan | None = None
        self.marks: Mapping[AppointmentId, Mark] = {}
        self.now: datetime | None = None
        self.zoom = 1.0
        self.geometry_ = Geometry(1, 1.0, 1.0)
        self.spot: Spot | None = None
        self.sketch: Sketch | None = None
        self.lifted: AppointmentId | None = None
        self.hovered: Piece | None = None
        self.pinned_now: frozenset[AppointmentId] = frozenset()
        self.pinboard: QWidget | None = None
        self.read_by: object = None
        """What a screen reader holds of the board; it lives as long as the board does."""
        self.down = QScrollBar(Qt.Orientation.Vertical, self)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        for bar in (self.down, self.across):
            bar.valueChanged.connect(self.update)
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heads = Heads()
        self.hands = Hands(self)
        self.keys = Keys(self)
        self.pictures = Pictures(self)
        theme.changed.connect(self._dress)

    # What is shown

    def show_plan(self, spread: Spread, plan: Plan, marks: Mapping[AppointmentId, Mark]) -> None:
        """Draw this in place of the old; the hand lets go of what it carries."""
        first = self.plan is None
        self.spread, self.plan, self.marks, self.now = spread, plan, marks, spread.now
        self.heads.show(spread, plan)
        self.hovered = None
        self.sketch = None if self._gone(self.sketch) else self.sketch
        self.spot = self._same_spot()
        self.refresh()
        self._measure()
        self.hands.go_on()
        if first:
            self.go_to_morning()

    def show_marks(self, marks: Mapping[AppointmentId, Mark]) -> None:
        """Draw the small marks, which come a moment later."""
        self.marks = marks
        self.refresh()

    def show_pinned(self, pinned: frozenset[AppointmentId]) -> None:
        """Draw faintly what was taken along: it is to leave where it stands."""
        self.pinned_now = pinned
        self.refresh()

    def refresh(self) -> None:
        """Draw everything anew."""
        self.pictures.forget()
        self.update()

    def mark_of(self, entry: Entry) -> Mark:
        """Give what stands small beside a visit."""
        return self.marks.get(entry.id, NO_MARK)

    def _gone(self, sketch: Sketch | None) -> bool:
        return sketch is not None and (self.plan is None or sketch.column >= len(self.plan.columns))

    def _same_spot(self) -> Spot | None:
        """Find again where the keyboard was: the same visit, wherever it stands now."""
        if self.spot is None or self.plan is None:
            return None
        if self.spot.visit is not None:
            for piece in self.plan.pieces:
                if piece.entry.id == self.spot.visit:
                    return Spot(piece.column, piece.start, piece.entry.id)
        column = min(self.spot.column, len(self.plan.columns) - 1)
        return Spot(column, self.spot.place) if column >= 0 else None

    def mark_out(self, column: int, start: int, minutes: int) -> None:
        """Mark a free time, as long as it is free up to so many minutes."""
        if self.plan is None:
            return
        holding = (piece for piece in self.plan.of_column(column) if piece.entry.holds)
        until = min((piece.low for piece in holding if piece.low > start), default=self.plan.ruler.length)
        self.sketch = Sketch(column, start, max(min(start + minutes, until), start + 15))
        self.update()

    def is_off(self, at: QPoint) -> bool:
        """Tell whether a point of the screen lies on the pinboard beside the board."""
        return (
            self.pinboard is not None
            and self.pinboard.isVisible()
            and self.pinboard.rect().contains(self.pinboard.mapFromGlobal(at))
        )

    def carry_in(self, entry: Entry, at: QPointF, *, copy: bool) -> None:
        """Carry a visit in from outside, such as the pinboard, to a point of the board."""
        self.hands.carry_in(entry, at, copy=copy)

    def drop(self) -> None:
        """Put down what was carried in from outside."""
        if self.hands.held is not None:
            self.hands.drop()

    def piece_of(self, key: AppointmentId | None) -> Piece | None:
        """Find a visit on the board."""
        if self.plan is None or key is None:
            return None
        return next((piece for piece in self.plan.pieces if piece.entry.id == key), None)

    @property
    def focused(self) -> Piece | None:
        """The visit that has the keyboard."""
        return self.piece_of(self.spot.visit) if self.spot is not None else None

    def stand_on(self, spot: Spot | None, *, tell: bool = True) -> None:
        """Put the keyboard on a visit or a free time, and bring it into view."""
        self.spot = spot
        self.sketch = None
        if spot is not None:
            self._bring_into_view(spot)
        if tell:
            piece = self.focused
            self.travelled.emit(piece.entry if piece is not None else None)
        self.update()

    def _bring_into_view(self, spot: Spot) -> None:
        piece = self.piece_of(spot.visit)
        top = self.geometry_.y(piece.start if piece else spot.place)
        foot = self.geometry_.y(piece.end if piece else spot.place + 30)
        view = self.body.height()
        if top < self.down.value():
            self.down.setValue(int(top) - 12)
        elif foot > self.down.value() + view:
            self.down.setValue(min(int(foot) + 12 - view, int(top)))
        left = self.geometry_.left(spot.column)
        if left < self.across.value():
            self.across.setValue(int(left))
        elif left + self.geometry_.column > self.across.value() + self.body.width():
            self.across.setValue(int(left + self.geometry_.column) - self.body.width() + 1)

    def go_to_morning(self) -> None:
        """Scroll to where the day begins."""
        if self.plan is None:
            return
        begins = [start for spans in self.plan.open for start, _end in spans]
        begins += [piece.low for piece in self.plan.pieces]
        first = min(begins, default=MORNING)
        self.down.setValue(int(self.geometry_.y(max(first - 20, 0))))

    def zoom_to(self, zoom: float) -> None:
        """Draw hours higher or lower; what is in the middle stays there."""
        middle = (self.down.value() + self.body.height() / 2) / max(self.geometry_.high, 1)
        self.zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self.refresh()
        self._measure()
        self.down.setValue(int(middle * self.geometry_.high - self.body.height() / 2))

    # Measures

    @property
    def body(self) -> QRect:
        """Where the columns are seen."""
        left, top = theme.px(GUTTER), self.heads.height()
        foot = BAR if self.across.isVisibleTo(self) else 0
        return QRect(left, top, max(self.width() - left - BAR, 1), max(self.height() - top - foot, 1))

    def on_board(self, at: QPointF) -> tuple[float, float]:
        """Take a point of the widget to the board, scrolled as it is."""
        body = self.body
        return at.x() - body.x() + self.across.value(), at.y() - body.y() + self.down.value()

    def seen(self, box: Box) -> Box:
        """Take a place of the board to where it is seen on the widget."""
        body = self.body
        return replace(box, x=box.x + body.x() - self.across.value(), y=box.y + body.y() - self.down.value())

    def _measure(self) -> None:
        """Divide the width among the columns, and set how far one can scroll."""
        if self.plan is None:
            return
        view = self.width() - theme.px(GUTTER) - BAR
        columns = max(len(self.plan.columns), 1)
        wide = max(view, columns * theme.px(self.heads.least()))
        self.across.setVisible(wide > view + 1)
        body = self.body
        scale = theme.px(HOUR) * self.zoom / 60
        geometry = Geometry(
            len(self.plan.columns), float(wide), scale, self.plan.ruler.length, wide / columns < theme.px(60)
        )
        at = self.down.value() / self.geometry_.scale
        if geometry != self.geometry_:
            self.geometry_ = geometry
            self.refresh()
        self.down.setRange(0, max(0, int(geometry.high) - body.height()))
        self.down.setValue(round(at * scale))  # the hours stay where they are, however high they are drawn
        self.down.setPageStep(body.height())
        self.down.setSingleStep(max(int(scale * 15), 8))
        self.across.setRange(0, max(0, wide - body.width()))
        self.across.setPageStep(body.width())
        self.down.setGeometry(self.width() - BAR, body.y(), BAR, body.height())
        self.across.setGeometry(body.x(), self.height() - BAR, body.width(), BAR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _dress(self) -> None:
        self.pictures.dress()
        self.refresh()
        self._measure()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self.pictures.paint()
        event.accept()

    def look_of(self, piece: Piece, box: Box, *, hovered: bool = False) -> Look:
        """Say how a visit is drawn now."""
        under = ""
        if self.plan is not None and self.plan.columns[piece.column].staff is None and not piece.entry.busy:
            under = f"{words.short(piece.entry.at)}{words.DOT}{self.heads.first_name(piece.entry.staff)}"
        elif box.wide > theme.px(190) and piece.entry.treatment:
            times = words.from_to(piece.entry.at, piece.entry.minutes)
            under = f"{times}{words.DOT}{piece.entry.treatment}"
        return Look(
            under,
            hovered=hovered,
            lifted=piece.entry.id == self.lifted,
            pinned=piece.entry.id in self.pinned_now,
            long=box.wide > theme.px(200),
        )

    # What hands and keys do

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hands.twice(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer by a menu what can be done here; the keyboard's menu key asks about what has the focus."""
        if self.plan is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            piece = self.focused
            at = self.mapToGlobal(self.centre_of(piece.entry.id)) if piece is not None else event.globalPos()
        else:
            at = event.globalPos()
            self.hands.stand_under(QPointF(event.pos()))
            piece = self.focused
        self.menu_asked.emit(piece.entry if piece is not None else None, at)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = None
        self.update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * (ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP))
            event.accept()
            return
        bar = self.across if abs(event.angleDelta().x()) > abs(event.angleDelta().y()) else self.down
        bar.event(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.spot is None:
            self.keys.begin()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say in a tip what there was no room to write."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.plan is not None:
            piece = self.geometry_.under(self.plan, *self.on_board(QPointF(event.pos())))
            if piece is not None:
                QToolTip.showText(event.globalPos(), self.tip(piece.entry), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip(self, entry: Entry) -> str:
        """Say a visit whole."""
        return words.spoken(
            entry, self.mark_of(entry), self.heads.name(entry.staff), self.heads.place(entry.room)
        )

    def geometry_box(self, column: int, minute: int) -> Box:
        """Say where a minute of the wall clock stands in a column."""
        place = self.plan.ruler.place(minute) if self.plan is not None else minute
        return Box(self.geometry_.left(column), self.geometry_.y(place), 0, 0)

    def beside(self, wish: Wish) -> QPoint:
        """Say where on the widget stands what was wished for, just below its head."""
        column = self.plan.column_of(wish.at.date(), wish.staff, wish.room) if self.plan is not None else None
        if self.plan is None or column is None:
            return QPoint(self.width() // 2, self.height() // 3)
        box = self.seen(self.geometry_box(column, wish.at.hour * 60 + wish.at.minute))
        return QPoint(int(box.x) + 12, int(box.y) + theme.px(24))

    def centre_of(self, key: AppointmentId) -> QPoint:
        """Say where on the widget the middle of a visit is seen."""
        piece = self.piece_of(key)
        if piece is None:
            return QPoint()
        box = self.seen(self.geometry_.box(piece))
        return QPoint(int(box.x + box.wide / 2), int(box.y + box.high / 2))
