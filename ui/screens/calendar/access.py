"""What a screen reader finds on the board: each visit by name, with its time and state, where it is drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from ui.screens.calendar.board import Board

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from ui.screens.calendar.plan import Piece

NOWHERE = QRect()


class OnBoard(QAccessibleInterface):
    """One visit on the board, as a screen reader knows it; by its place, so that it lives as long as the board."""

    def __init__(self, board: Board, at: int) -> None:
        super().__init__()
        self._board, self._at = board, at

    @property
    def _piece(self) -> Piece | None:
        plan = self._board.plan if shiboken6.isValid(self._board) else None
        return plan.pieces[self._at] if plan is not None and self._at < len(plan.pieces) else None

    def isValid(self) -> bool:
        return self._piece is not None

    def object(self) -> QObject | None:  # type: ignore[override]  # a painted visit is no object of Qt's
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # as above
        return None

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._board)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # it has none
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # as above
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        piece = self._piece
        return self._board.tip(piece.entry) if piece is not None and kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """Leave the words as they are: they are changed in the panel."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        piece = self._piece
        if piece is None:
            return NOWHERE
        box = self._board.seen(self._board.geometry_.box(piece))
        corner = self._board.mapToGlobal(QPoint(int(box.x), int(box.y)))
        return QRect(corner.x(), corner.y(), int(box.wide), int(box.high))

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        piece = self._piece
        state.focusable = state.selectable = 1
        if piece is not None and self._board.focused is piece:
            state.selected = 1
            state.focused = int(self._board.hasFocus())
        return state


class OfBoard(QAccessibleWidget):
    """The board, whose children are the visits."""

    def __init__(self, board: Board) -> None:
        super().__init__(board, QAccessible.Role.List, board.accessibleName())
        self._board = board
        self._children: dict[int, OnBoard] = {}

    def _pieces(self) -> int:
        plan = self._board.plan if shiboken6.isValid(self._board) else None
        return len(plan.pieces) if plan is not None else 0

    def childCount(self) -> int:
        return self._pieces()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # beyond the last is none
        if not 0 <= index < self._pieces():
            return None
        if index not in self._children:
            made = self._children[index] = OnBoard(self._board, index)
            QAccessible.registerAccessibleInterface(made)
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, each in self._children.items() if each is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # free time is none
        board = self._board
        if board.plan is None:
            return None
        at = board.on_board(board.mapFromGlobal(QPoint(x, y)).toPointF())
        piece = board.geometry_.under(board.plan, *at)
        return self.child(board.plan.pieces.index(piece)) if piece is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # a free time is none
        board = self._board
        focused = board.focused
        if board.plan is None or focused is None:
            return None
        return self.child(board.plan.pieces.index(focused))


def _made(_class: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, Board):
        return None
    thing.read_by = OfBoard(thing)
    return thing.read_by


@cache
def announce() -> None:
    """Let screen readers into boards from now on."""
    QAccessible.installFactory(_made)


def tell_focus(board: Board) -> None:
    """Tell a screen reader that the keyboard came to another visit."""
    focused = board.focused
    if not QAccessible.isActive() or board.plan is None or focused is None:
        return
    event: Any = QAccessibleEvent(board, QAccessible.Event.Focus)
    event.setChild(board.plan.pieces.index(focused))
    QAccessible.updateAccessibility(event)
