"""The keys on the board: travel by arrows, move and stretch with Alt, single letters for the visit in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.screens.calendar import travel
from ui.screens.calendar.fits import Wish, in_the_way
from ui.screens.calendar.geometry import snapped
from ui.screens.calendar.hands import SHORTEST, STEP, USUAL, Held
from ui.screens.calendar.travel import Spot
from ui.screens.today.words import Do

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.screens.calendar.board import Board
    from ui.screens.calendar.plan import Piece

Key = Qt.Key
UP_DOWN = {Key.Key_Up: -1, Key.Key_Down: 1}
SIDEWAYS = {Key.Key_Left: -1, Key.Key_Right: 1}
LETTERS = {
    Key.Key_A: Do.ARRIVE,
    Key.Key_R: Do.REBOOK,
    Key.Key_Dollar: Do.PAY,
    Key.Key_Delete: Do.CANCEL,
}
"""What single keys do to the visit that has the focus."""
ENTER = {Key.Key_Return, Key.Key_Enter}
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
BESIDES = Qt.KeyboardModifier.KeypadModifier
NOW_SHOWN = 60
"""Minutes before now from which the keyboard begins on a day that is under way."""


class Keys:
    """What the keyboard does on the board."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def begin(self) -> None:
        """Stand on the first visit from now on, or on the first there is, or where the day begins."""
        board = self._board
        plan, now = board.plan, board.now
        if plan is None or not plan.columns:
            return
        visits = travel.visits_on(plan)
        coming = [
            spot
            for spot in visits
            if now is not None
            and plan.columns[spot.column].day == now.date()
            and spot.place >= plan.ruler.place(now.hour * 60 + now.minute) - NOW_SHOWN
        ]
        first = min((start for spans in plan.open for start, _end in spans), default=9 * 60)
        spot = next(iter(coming or visits), Spot(0, first))
        board.spot = spot
        board.update()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for, and tell whether it was one of ours."""
        board = self._board
        key, held = Key(event.key()), event.modifiers() & ~BESIDES
        if key == Key.Key_Escape:
            return self.escape()
        if board.plan is None or board.spot is None:
            return False
        if held == ALT and (key in UP_DOWN or key in SIDEWAYS):
            self._nudge(UP_DOWN.get(key, 0), SIDEWAYS.get(key, 0))
        elif held == ALT | SHIFT and key in UP_DOWN:
            self._stretch(UP_DOWN[key])
        elif held == CONTROL and key in {Key.Key_C, Key.Key_X, Key.Key_V}:
            return self._clip(key)
        elif held & (ALT | CONTROL):
            return False
        else:
            return self._plain(key)
        return True

    @property
    def has_something(self) -> bool:
        """Whether Esc is for the board: something is carried, or marked by itself."""
        return self._board.hands.busy or self._board.hands.held is not None

    def escape(self) -> bool:
        """Let go of what is carried or marked; with nothing in hand the key is for the window."""
        board = self._board
        if board.hands.busy or board.hands.held is not None:
            board.hands.give_up()
            board.sketch = None
            board.update()
            return True
        if board.sketch is not None:
            board.sketch = None
            board.update()
        return False

    def _plain(self, key: Key) -> bool:
        board = self._board
        plan, spot = board.plan, board.spot
        if plan is None or spot is None:
            return False
        piece = board.focused
        if key in UP_DOWN:
            board.stand_on(travel.next_stop(plan, spot, UP_DOWN[key]))
        elif key in SIDEWAYS:
            beside = travel.across(plan, spot, SIDEWAYS[key])
            if beside is None:
                board.turned.emit(SIDEWAYS[key])
            else:
                board.stand_on(beside)
        elif key in {Key.Key_Home, Key.Key_End}:
            line = travel.stops(plan, spot.column)
            if line:
                board.stand_on(line[0 if key == Key.Key_Home else -1])
        elif key in ENTER or key == Key.Key_Space:
            self.enter()
        elif piece is not None and not piece.entry.busy and key in LETTERS:
            board.asked.emit(LETTERS[key], piece.entry)
        elif piece is not None and not piece.entry.busy and key == Key.Key_M:
            board.move_asked.emit(piece.entry)
        elif piece is not None and not piece.entry.busy and key == Key.Key_P:
            board.pinned.emit(piece.entry)
        else:
            return False
        return True

    def enter(self) -> None:
        """Open the visit in focus, or begin one at the free time in focus."""
        board, spot, piece = self._board, self._board.spot, self._board.focused
        if piece is not None:
            if not piece.entry.busy:
                board.opened.emit(piece.entry)
        elif spot is not None:
            if board.sketch is None:
                board.mark_out(spot.column, spot.place, USUAL)
            if board.sketch is not None:
                board.wanted.emit(board.sketch)

    def _nudge(self, down: int, right: int) -> None:
        """Move the visit in focus a quarter of an hour, or to the column beside."""
        board, piece = self._board, self._board.focused
        plan = board.plan
        if piece is None or plan is None or piece.entry.busy:
            return
        column = min(max(piece.column + right, 0), len(plan.columns) - 1)
        start = piece.start
        if down:
            start = snapped(plan, column, piece.start + down * STEP, STEP)
        if (column, start) != (piece.column, piece.start):
            self._carry(piece, column, start, piece.entry.minutes)

    def _stretch(self, down: int) -> None:
        """Make the visit in focus a quarter of an hour longer, or shorter."""
        piece = self._board.focused
        if piece is not None and not piece.entry.busy:
            minutes = max(piece.entry.minutes + down * STEP, SHORTEST)
            if minutes != piece.entry.minutes:
                self._carry(piece, piece.column, piece.start, minutes)

    def _carry(self, piece: Piece, column: int, start: int, minutes: int) -> None:
        board = self._board
        plan, spread = board.plan, board.spread
        if plan is None or spread is None:
            return
        target = plan.columns[column]
        at = piece.entry.at if (column, start) == (piece.column, piece.start) else plan.wall(column, start)
        wish = Wish(
            piece.entry,
            at,
            minutes,
            target.staff if target.staff is not None else piece.entry.staff,
            piece.entry.room if target.staff is not None else target.room,
        )
        board.carried.emit(Held(piece.entry, column, start, start + minutes, wish, in_the_way(spread, wish)))

    def _clip(self, key: Key) -> bool:
        """Take a visit along, to be moved or copied, or put down the one taken last."""
        board, piece, spot = self._board, self._board.focused, self._board.spot
        if key == Key.Key_V:
            if spot is not None and board.plan is not None:
                board.put_down.emit(spot)
        elif piece is not None and not piece.entry.busy:
            (board.copied if key == Key.Key_C else board.pinned).emit(piece.entry)
        return True
