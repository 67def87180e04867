"""The board as a picture: drawn once and kept, with only what moves drawn over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPixmap

from ui.screens.calendar import backdrop, visit
from ui.screens.calendar.ink import Inkwell
from ui.theme import theme

if TYPE_CHECKING:
    from ui.screens.calendar.board import Board

LARGEST = 12_000_000
"""Pixels of a picture kept whole; of a larger board only the part around what is seen."""


class Pictures:
    """Keeps what was drawn of a board, and lays it down."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._ink = Inkwell(1.0)
        self._body: tuple[int, QPixmap] | None = None
        self._side: QPixmap | None = None

    def forget(self) -> None:
        """Draw anew what is seen next."""
        self._body = self._side = None

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
        board, painter = self._board, self._ink.painter
        painter.fillRect(board.rect(), theme.colour("surface"))
        if board.plan is None:
            return
        body, ink = board.body, self._ink
        ratio = ink.ratio
        top, picture = self._body_picture(body)
        source = QRectF(
            board.across.value() * ratio,
            (board.down.value() - top) * ratio,
            body.width() * ratio,
            body.height() * ratio,
        )
        painter.drawPixmap(QRectF(body), picture, source)
        painter.save()
        painter.setClipRect(body)
        self._draw_over()
        painter.restore()
        self._draw_side(body)
        board.heads.paint(ink, board, body)
        backdrop.draw_now(ink, board, body)

    def _body_picture(self, body: QRect) -> tuple[int, QPixmap]:
        """Give the picture of the columns, drawn when it is first needed."""
        board, ratio = self._board, self._ink.ratio
        wide, high = int(board.geometry_.wide), int(board.geometry_.high) + 1
        seen = board.down.value()
        kept = self._body
        if kept is not None and kept[0] <= seen:
            whole = kept[0] + kept[1].height() / ratio >= min(seen + body.height(), high)
            if whole:
                return kept
        top = 0
        if wide * high * ratio * ratio > LARGEST:
            top = max(0, seen - body.height())
            high = min(high - top, 3 * body.height())
        picture = QPixmap(max(int(wide * ratio), 1), max(int(high * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        with self._ink.on(picture) as painter:
            painter.translate(0, -top)
            self._draw_body(top, top + high)
        self._body = (top, picture)
        return self._body

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
        for piece, box in boxes:
            visit.draw(ink, box, piece.entry, board.mark_of(piece.entry), board.look_of(piece, box))

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

    def _draw_side(self, body: QRect) -> None:
        """Draw the hours at the left, which scroll with the day."""
        ink, board = self._ink, self._board
        painter, ratio = ink.painter, ink.ratio
        if self._side is None:
            self._side = backdrop.side_picture(ink, board)
        gutter = QRect(0, body.y(), body.x(), board.height() - body.y())
        painter.fillRect(gutter, theme.colour("surface"))
        source = QRectF(0, board.down.value() * ratio, gutter.width() * ratio, gutter.height() * ratio)
        painter.drawPixmap(QRectF(gutter), self._side, source)
