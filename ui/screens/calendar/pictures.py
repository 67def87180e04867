"""The board as a picture: drawn once and kept, with only what moves drawn over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap

from ui.screens.calendar import backdrop, visit
from ui.screens.calendar.ink import Inkwell
from ui.theme import theme

if TYPE_CHECKING:
    from ui.screens.calendar.board import Board

LARGEST = 12_000_000
"""Pixels of a picture kept whole; of a larger board only the part around what is seen."""


RESTING_MS = 30
"""After what is seen was drawn, the rest of the day is drawn as soon as nothing else is to be done."""


class Pictures:
    """Keeps what was drawn of a board, and lays it down."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._ink = Inkwell(1.0)
        self._body: tuple[int, QPixmap] | None = None
        self._side: QPixmap | None = None
        self._head: tuple[tuple[int, int, int], QPixmap] | None = None
        self._resting = QTimer(board, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._finish)

    def forget(self) -> None:
        """Draw anew what is seen next."""
        self._body = self._side = self._head = None
        self._resting.stop()

    def dress(self) -> None:
        """Take new colours and type."""
        self._ink = Inkwell(self._board.devicePixelRatioF())
        self.forget()

    def paint(self) -> None:
        """Lay the picture down, and draw over it what moves."""
        if self._board.devicePixelRatioF() != self._ink.ratio:
            self.dress()
        with self._ink.on(self._board):
            self._lay_down()

    def _lay_down(self) -> None:
        board, painter, ink = self._board, self._ink.painter, self._ink
        if board.plan is None:
            painter.fillRect(board.rect(), theme.colour("surface"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        body, ratio = board.body, ink.ratio
        top, picture = self._body_picture(body)
        source = QRect(
            int(board.across.value() * ratio),
            int((board.down.value() - top) * ratio),
            int(body.width() * ratio),
            int(body.height() * ratio),
        )
        painter.drawPixmap(body, picture, source)
        beside = QRect(body.right() + 1, body.y(), board.width() - body.right() - 1, body.height())
        painter.fillRect(beside, theme.colour("surface"))
        self._lay_side(body)
        painter.drawPixmap(0, 0, self._head_picture(body))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(body)
        self._draw_over()
        painter.restore()
        backdrop.draw_now(ink, board, body)

    def _body_picture(self, body: QRect) -> tuple[int, QPixmap]:
        """Give the picture of the columns; at first of what is seen, of the rest when the hands rest."""
        board, ratio = self._board, self._ink.ratio
        wide, high = int(board.geometry_.wide), int(board.geometry_.high) + 1
        seen = board.down.value()
        kept = self._body
        if kept is not None and kept[0] <= seen:
            whole = kept[0] + kept[1].height() / ratio >= min(seen + body.height(), high)
            if whole:
                return kept
        if kept is None:
            self._body = self._drawn(seen, min(body.height(), high - seen), wide)
            self._resting.start()
            return self._body
        self._body = self._all(body, wide, high)
        return self._body

    def _finish(self) -> None:
        """Draw the rest of the day while nothing else is to be done."""
        board = self._board
        if board.plan is not None and self._body is not None:
            body = board.body
            self._body = self._all(body, int(board.geometry_.wide), int(board.geometry_.high) + 1)

    def _all(self, body: QRect, wide: int, high: int) -> tuple[int, QPixmap]:
        """Draw the whole day, or of a very large one the part around what is seen."""
        ratio = self._ink.ratio
        if wide * high * ratio * ratio <= LARGEST:
            return self._drawn(0, high, wide)
        top = max(0, self._board.down.value() - body.height())
        return self._drawn(top, min(high - top, 3 * body.height()), wide)

    def _drawn(self, top: int, high: int, wide: int) -> tuple[int, QPixmap]:
        ratio = self._ink.ratio
        picture = QPixmap(max(int(wide * ratio), 1), max(int(high * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        with self._ink.on(picture) as painter:
            painter.translate(0, -top)
            self._draw_body(top, top + high)
        return top, picture

    def _head_picture(self, body: QRect) -> QPixmap:
        """Give the picture of the heads, which scroll sideways with their columns."""
        board, ink = self._board, self._ink
        kept = self._head
        if kept is not None and kept[0] == (board.across.value(), board.width(), body.y()):
            return kept[1]
        picture = QPixmap(QSize(board.width(), body.y()) * ink.ratio)
        picture.setDevicePixelRatio(ink.ratio)
        with ink.on(picture):
            board.heads.paint(ink, board, body)
        self._head = ((board.across.value(), board.width(), body.y()), picture)
        return picture

    def _draw_body(self, top: int, foot: int) -> None:
        board, ink = self._board, self._ink
        plan, geometry = board.plan, board.geometry_
        if plan is None:
            return
        backdrop.draw(ink, plan, geometry, (top, foot))
        boxes = [(piece, geometry.box(piece)) for piece in plan.pieces]
        boxes = [(piece, box) for piece, box in boxes if box.y < foot and box.y + box.high > top]
        for piece, box in boxes:
            before, after = piece.start - piece.low, piece.high - piece.end
            if before or after:
                visit.draw_buffers(ink, box, before * geometry.scale, after * geometry.scale, piece.entry)
        apart = {board.lifted, *board.pinned_now}
        for piece, box in boxes:
            entry = piece.entry
            if box.wide < visit.SLIM and entry.id not in apart:  # of these there may be a thousand
                visit.draw(ink, box, entry)
            else:
                visit.draw(ink, box, entry, board.mark_of(entry), board.look_of(piece, box))

    def _draw_over(self) -> None:
        """Draw what is hovered, focused, sketched or carried."""
        board, ink = self._board, self._ink
        hovered, spot = board.hovered, board.spot
        if hovered is not None and not board.hands.busy and not hovered.entry.busy:
            box = board.geometry_.box(hovered)
            look = board.look_of(hovered, box, hovered=True)
            visit.draw(ink, board.seen(box), hovered.entry, board.mark_of(hovered.entry), look)
        if board.sketch is not None:
            backdrop.draw_sketch(ink, board, board.sketch)
        if spot is not None and board.hasFocus():
            piece = board.focused
            if piece is not None:
                visit.draw_focus(ink, board.seen(board.geometry_.box(piece)))
            elif board.sketch is None:
                backdrop.draw_spot(ink, board, spot)
        board.hands.paint(ink)

    def _lay_side(self, body: QRect) -> None:
        """Lay down the hours at the left, which scroll with the day."""
        ink, board = self._ink, self._board
        if self._side is None:
            self._side = backdrop.side_picture(ink, board)
        gutter = QRect(0, body.y(), body.x(), body.height())
        source = QRect(
            0,
            int(board.down.value() * ink.ratio),
            int(gutter.width() * ink.ratio),
            int(gutter.height() * ink.ratio),
        )
        ink.painter.drawPixmap(gutter, self._side, source)
