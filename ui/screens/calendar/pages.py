"""Turning the page with a full hand: a visit held at the side of the board a moment brings the days beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer

from clinic.wording import _
from ui.theme import theme

if TYPE_CHECKING:
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.ink import Inkwell

DWELL_MS = 600
"""How long a visit is held at the side before the page turns, and turns again."""
STRIP = 28
"""How wide the sides are; the left one is as wide as the hours beside the board."""
HELD, FREE = 0.28, 0.10
"""How much of the accent lies over a side, held to or not: the hours show through."""
STEP = 16
"""Pixels the board goes sideways by itself while there is more of it to see."""


class Pages:
    """The two sides of the board while a visit is carried."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._side = 0
        self._turned = 0
        self._timer = QTimer(board, singleShot=True, interval=DWELL_MS)
        self._timer.timeout.connect(self._turn)

    @property
    def side(self) -> int:
        """The side at which the visit is held: -1 at the left, 1 at the right, 0 at neither."""
        return self._side

    def hold(self, at: QPointF) -> None:
        """Tell where the hand is; at a side the board goes on sideways, and at its end the page will turn."""
        board, side = self._board, self._side_at(at)
        bar = board.across
        if side and bar.minimum() < bar.maximum() and bar.value() != (bar.maximum() if side > 0 else 0):
            bar.setValue(bar.value() + side * STEP)
            side = 0
        if side != self._side:
            self._side = side
            if side:
                self._timer.start()
            else:
                self._timer.stop()

    def _side_at(self, at: QPointF) -> int:
        board = self._board
        if board.is_off(board.mapToGlobal(at).toPoint()):
            return 0
        left, right = self._boxes()
        return -1 if at.x() < left.right() else 1 if at.x() >= right.left() else 0

    def _turn(self) -> None:
        self._turned += self._side
        self._board.turned.emit(self._side)

    def settle(self) -> None:
        """Go on from the days beyond: if the hand stays at the side, the next page turns too."""
        if self._side:
            self._timer.start()

    def stop(self) -> None:
        """Stay on the page where the visit was put down."""
        self._timer.stop()
        self._side = self._turned = 0

    def go_back(self) -> None:
        """Nothing was put down: turn back to where the visit was taken up."""
        turned = self._turned
        self.stop()
        if turned:
            self._board.turned.emit(-turned)

    # Painting

    def _boxes(self) -> tuple[QRectF, QRectF]:
        body, wide = self._board.body, self._board.width()
        strip = theme.px(STRIP)
        return (
            QRectF(0, body.y(), body.x(), body.height()),
            QRectF(wide - strip, body.y(), strip, body.height()),
        )

    def paint(self, ink: Inkwell) -> None:
        """Show both sides; the one at which the visit is held in full colour, with what will come."""
        painter = ink.painter
        single = self._board.heads.one_day
        said = (_("Day before"), _("Day after")) if single else (_("Week before"), _("Week after"))
        painter.save()
        painter.setClipping(False)
        size = theme.px(20)
        for side, box in zip((-1, 1), self._boxes(), strict=True):
            held = side == self._side
            ground = theme.colour("accent")
            ground.setAlphaF(HELD if held else FREE)
            painter.fillRect(box, ground)
            icon = "chevron-left" if side < 0 else "chevron-right"
            middle = box.center()
            pill = QRectF(middle.x() - size * 0.7, middle.y() - size * 0.9, size * 1.4, size * 1.8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if held else "accent_tint"))
            painter.drawRoundedRect(pill, 6, 6)
            ink.icon(
                middle.x() - size / 2, middle.y() - size / 2, icon, "on_accent" if held else "accent", 20
            )
            if held:
                self._label(ink, box, said[0 if side < 0 else 1], side)
        painter.restore()

    def _label(self, ink: Inkwell, box: QRectF, said: str, side: int) -> None:
        painter = ink.painter
        wide, high = ink.width(said, "caption", "medium") + theme.px(20), theme.px(26)
        x = box.right() + 6 if side < 0 else box.left() - wide - 6
        place = QRectF(x, box.center().y() - high / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(place, 6, 6)
        ink.write(
            place.x() + theme.px(10),
            place.y() + theme.px(6),
            said,
            theme.colour("on_accent"),
            weight="medium",
        )
