"""The hands on the board: press to choose, drag to draw, move or stretch, Ctrl to copy, Esc to let go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from clinic.wording import _
from ui.screens.calendar import carried
from ui.screens.calendar.fits import MOVABLE, STRETCHABLE, Clash, Wish, in_the_way
from ui.screens.calendar.geometry import Grip, snapped
from ui.screens.calendar.pages import STRIP, Pages
from ui.screens.calendar.travel import Sketch, Spot
from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from clinic.office.diary import Entry
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.ink import Inkwell
    from ui.screens.calendar.plan import Piece

STEP, FINE_STEP, SHORTEST, USUAL = 15, 5, 15, 60
"""Minutes to which a hand snaps, with Shift more finely; the shortest visit; what a press alone marks."""
REACH = 28
"""Pixels at the upper and lower edge within which the board scrolls while something is carried."""
SIDEWAYS = 16
"""Pixels the board goes sideways by itself while something is carried to its side."""


class Doing(Enum):
    """What the hand does."""

    NOTHING = auto()
    PRESSED = auto()
    DRAW = auto()
    MOVE = auto()
    TOP = auto()
    FOOT = auto()


GRIPS = {Grip.BODY: Doing.MOVE, Grip.TOP: Doing.TOP, Grip.FOOT: Doing.FOOT}
CURSORS = {
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.FOOT: Qt.CursorShape.SizeVerCursor,
    Grip.BODY: Qt.CursorShape.ArrowCursor,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A visit in the hand: where it would be, and what is in the way there."""

    entry: Entry
    column: int
    start: int
    end: int
    wish: Wish
    clash: Clash | None


class Hands:
    """What the mouse does on the board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._doing = Doing.NOTHING
        self._pressed_at = QPointF()
        self._grip = Grip.BODY
        self._piece: Piece | None = None
        self._taken: Entry | None = None
        """What is carried; its place on the board may lie on another page by now."""
        self._last = (QPointF(), STEP, False)
        self._offset = 0
        self._column = 0
        self._from = 0
        self.held: Held | None = None
        self.pages = Pages(board, self._sides, board.turned.emit)

    @property
    def busy(self) -> bool:
        """Whether something is drawn or carried."""
        return self._doing not in {Doing.NOTHING, Doing.PRESSED}

    def let_go(self) -> None:
        """Leave everything as it was."""
        was = self.busy or self.held is not None
        self._doing, self._piece, self._taken, self.held = Doing.NOTHING, None, None, None
        self.pages.stop()
        if self._board.lifted is not None:
            self._board.lifted = None
            self._board.refresh()
        if was:
            self._board.unsetCursor()
            self._board.update()

    def give_up(self) -> None:
        """Leave everything as it was, and turn back to the page where the visit was taken up."""
        self.pages.go_back()
        self.let_go()
        self._board.given_up.emit()

    def go_on(self) -> None:
        """Other days lie open: what is carried stays in the hand, anything else is let go."""
        if self._doing is not Doing.MOVE or self._taken is None:
            self.let_go()
            return
        self._piece = None
        at, step, copy = self._last
        self._show(self._taken, at, step, copy=copy)
        self.pages.settle()

    def press(self, event: QMouseEvent) -> None:
        """Choose what lies under the hand; nothing moves yet."""
        board = self._board
        if board.plan is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if event.position().y() < board.body.y() or event.position().x() < board.body.x():
            return
        x, y = board.on_board(event.position())
        self._pressed_at = event.position()
        self._doing = Doing.PRESSED
        self._piece = board.geometry_.under(board.plan, x, y)
        self._column = board.geometry_.column_at(x)
        place = board.geometry_.place(y)
        if self._piece is not None:
            self._grip = board.geometry_.grip(self._piece, y)
            self._offset = place - self._piece.start
            board.stand_on(Spot(self._piece.column, self._piece.start, self._piece.entry.id), tell=False)
        else:
            self._from = snapped(board.plan, self._column, place - STEP / 2, STEP)
            board.stand_on(Spot(self._column, self._from), tell=False)

    def stand_under(self, at: QPointF) -> None:
        """Put the keyboard on what lies under a point."""
        board = self._board
        if board.plan is None or not board.body.contains(at.toPoint()):
            return
        x, y = board.on_board(at)
        piece = board.geometry_.under(board.plan, x, y)
        column = board.geometry_.column_at(x)
        if piece is not None:
            board.stand_on(Spot(piece.column, piece.start, piece.entry.id), tell=False)
        else:
            place = snapped(board.plan, column, board.geometry_.place(y) - STEP / 2, STEP)
            board.stand_on(Spot(column, place), tell=False)

    def move(self, event: QMouseEvent) -> None:
        """Draw, carry or stretch; or only point."""
        board = self._board
        if board.plan is None:
            return
        if self._doing is Doing.NOTHING:
            self.point(event.position())
            return
        if self._doing is Doing.PRESSED:
            far = (event.position() - self._pressed_at).manhattanLength()
            if far < QApplication.startDragDistance():
                return
            self._begin()
        if self.busy:
            self._scroll_along(event.position())
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._carry(event.position(), FINE_STEP if fine else STEP, copy=copy)

    def _begin(self) -> None:
        """Take hold of what was pressed."""
        board, piece = self._board, self._piece
        if board.spread is None or not board.spread.may_change:
            self._doing = Doing.NOTHING
        elif piece is None:
            self._doing = Doing.DRAW
        elif piece.entry.busy:
            self._doing = Doing.NOTHING
        else:
            stretch = self._grip is not Grip.BODY and piece.entry.state in STRETCHABLE
            self._doing = GRIPS[self._grip] if stretch else Doing.MOVE
            self._taken = piece.entry
            board.lifted = piece.entry.id
            board.refresh()
            board.setCursor(Qt.CursorShape.SizeVerCursor if stretch else Qt.CursorShape.ClosedHandCursor)

    def carry_in(self, entry: Entry, at: QPointF, *, copy: bool) -> None:
        """Carry a visit in from outside, such as the pinboard, to a point of the board."""
        self._piece, self._doing, self._offset = None, Doing.MOVE, min(entry.minutes // 2, 30)
        self._taken = entry
        self._show(entry, at, STEP, copy=copy)

    def _carry(self, at: QPointF, step: int, *, copy: bool) -> None:
        board, piece = self._board, self._piece
        if board.plan is None:
            return
        _x, y = board.on_board(at)
        place = board.geometry_.place(y)
        if self._doing is Doing.DRAW:
            end = snapped(board.plan, self._column, place + step / 2, step)
            low, high = min(self._from, end), max(self._from + step, end)
            board.sketch = Sketch(self._column, low, max(high, low + SHORTEST), drawn=True)
            board.update()
        elif self._taken is not None and self._doing is Doing.MOVE:
            self._show(self._taken, at, step, copy=copy)
        elif piece is not None:
            self._stretch(piece, place, step)

    def _show(self, entry: Entry, at: QPointF, step: int, *, copy: bool) -> None:
        """Hold a visit over the board, snapped to where it would go."""
        board = self._board
        if board.plan is None:
            return
        self._last = (at, step, copy)
        side = 0 if board.is_off(board.mapToGlobal(at).toPoint()) else self.pages.side_at(at)
        self.pages.hold(0 if side and self._went_sideways(side) else side)
        x, y = board.on_board(at)
        column = board.geometry_.column_at(x)
        start = snapped(board.plan, column, y / board.geometry_.scale - self._offset, step)
        minutes = self._piece.end - self._piece.start if self._piece is not None else entry.minutes
        self._hold(entry, column, start, start + minutes, entry.minutes, copy=copy)

    def _stretch(self, piece: Piece, place: int, step: int) -> None:
        """Make a visit longer or shorter by its edge."""
        board = self._board
        if board.plan is None:
            return
        edge = snapped(board.plan, piece.column, place + step / 2, step)
        start, end = piece.start, piece.end
        if self._doing is Doing.FOOT:
            end = max(edge, start + SHORTEST)
        else:
            start = min(edge, end - SHORTEST)
        self._hold(piece.entry, piece.column, start, end, end - start, copy=False)

    def _hold(self, entry: Entry, column: int, start: int, end: int, minutes: int, *, copy: bool) -> None:
        board = self._board
        plan, spread = board.plan, board.spread
        if plan is None or spread is None:
            return
        target = plan.columns[column]
        by_staff = target.staff is not None
        wish = Wish(
            entry,
            plan.wall(column, start),
            minutes,
            target.staff if target.staff is not None else entry.staff,
            entry.room if by_staff else target.room,
            copy,
        )
        clash = in_the_way(spread, wish)
        self.held = Held(entry, column, start, end, wish, clash)
        board.setCursor(
            Qt.CursorShape.ForbiddenCursor
            if clash is not None
            else Qt.CursorShape.DragCopyCursor
            if copy
            else Qt.CursorShape.SizeVerCursor
            if self._doing in {Doing.TOP, Doing.FOOT}
            else Qt.CursorShape.ClosedHandCursor
        )
        board.update()

    def release(self, event: QMouseEvent) -> None:
        """Put down what was carried, or open what was pressed."""
        board = self._board
        doing, held, piece = self._doing, self.held, self._piece
        if doing is Doing.NOTHING or event.button() != Qt.MouseButton.LeftButton:
            return
        self._doing = Doing.NOTHING
        board.unsetCursor()
        self.pages.stop()
        if doing is Doing.PRESSED:
            board.chosen.emit(piece.entry if piece is not None else None)
            self.let_go()
        elif doing is Doing.DRAW:
            self.let_go()
            if board.sketch is not None:
                board.wanted.emit(board.sketch)
        elif held is not None and board.is_off(event.globalPosition().toPoint()):
            self.let_go()
            board.pinned.emit(held.entry)
        else:
            self.drop()

    def drop(self) -> None:
        """Put down what is carried, where it is."""
        board, held = self._board, self.held
        self._doing = Doing.NOTHING
        self.pages.stop()
        if held is None or held.wish.stays:
            self.let_go()
        else:
            board.unsetCursor()
            board.carried.emit(held)

    def twice(self, event: QMouseEvent) -> None:
        """Open a visit, or begin one at a free time."""
        board = self._board
        if board.plan is None or event.position().y() < board.body.y():
            return
        x, y = board.on_board(event.position())
        piece = board.geometry_.under(board.plan, x, y)
        self.let_go()
        if piece is not None:
            board.opened.emit(piece.entry)
            return
        column = board.geometry_.column_at(x)
        start = snapped(board.plan, column, board.geometry_.place(y) - STEP / 2, STEP)
        board.mark_out(column, start, USUAL)
        if board.sketch is not None:
            board.wanted.emit(board.sketch)

    def point(self, at: QPointF) -> None:
        """Show what lies under the hand, and how it could be taken."""
        board = self._board
        if board.plan is None:
            return
        inside = board.body.contains(at.toPoint())
        x, y = board.on_board(at)
        piece = board.geometry_.under(board.plan, x, y) if inside else None
        if piece is not board.hovered:
            board.hovered = piece
            board.update()
        may = piece is not None and not piece.entry.busy and piece.entry.state in MOVABLE
        grip = board.geometry_.grip(piece, y) if piece is not None and may else Grip.BODY
        board.setCursor(CURSORS[grip])

    def _scroll_along(self, at: QPointF) -> None:
        """Scroll while something is carried to the edge."""
        board = self._board
        body = board.body
        if at.y() > body.bottom() - REACH:
            board.down.setValue(board.down.value() + REACH // 2)
        elif at.y() < body.y() + REACH:
            board.down.setValue(board.down.value() - REACH // 2)

    def _sides(self) -> tuple[QRectF, QRectF]:
        """Say where the page turns: over the hours at the left, in a strip at the right."""
        board, strip = self._board, theme.px(STRIP)
        body = board.body
        return (
            QRectF(0, body.y(), body.x(), body.height()),
            QRectF(board.width() - strip, body.y(), strip, body.height()),
        )

    def _went_sideways(self, side: int) -> bool:
        """Go on sideways while there is more of the board to see, and tell whether there was."""
        bar = self._board.across
        at_end = bar.value() == (bar.maximum() if side > 0 else bar.minimum())
        if not at_end:
            bar.setValue(bar.value() + side * SIDEWAYS)
        return not at_end

    def paint(self, ink: Inkwell) -> None:
        """Draw what is carried over the board."""
        if self.held is not None:
            if self._doing is Doing.MOVE:
                single = self._board.heads.one_day
                said = (_("Day before"), _("Day after")) if single else (_("Week before"), _("Week after"))
                self.pages.paint(ink, said)
            carried.draw(ink, self._board, self.held)
