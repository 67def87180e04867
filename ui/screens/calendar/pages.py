"""Turning the page with a full hand: a visit held at the side a moment brings the days beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.screens.calendar.ink import Inkwell

DWELL_MS = 600
"""How long a visit is held at the side before the page turns, and turns again."""
STRIP = 28
"""How wide the sides are; the left one is as wide as the hours beside the board."""
HELD, FREE = 0.28, 0.10
"""How much of the accent lies over a side, held to or not: the hours show through."""


class Pages:
    """The two sides of a calendar's page while a visit is carried over it."""

    def __init__(
        self, page: QWidget, boxes: Callable[[], tuple[QRectF, QRectF]], turn: Callable[[int], object]
    ) -> None:
        """Take the page, where its sides are, and what turns it."""
        self._boxes, self._turn_page = boxes, turn
        self._side = 0
        self._turned = 0
        self._timer = QTimer(page, singleShot=True, interval=DWELL_MS)
        self._timer.timeout.connect(self._turn)

    @property
    def side(self) -> int:
        """The side at which the visit is held: -1 at the left, 1 at the right, 0 at neither."""
        return self._side

    def side_at(self, at: QPointF) -> int:
        """Tell at which side a point lies."""
        left, right = self._boxes()
        return -1 if at.x() < left.right() else 1 if at.x() >= right.left() else 0

    def hold(self, side: int) -> None:
        """Tell at which side the hand is: held there, the page will turn."""
        if side != self._side:
            self._side = side
            if side:
                self._timer.start()
            else:
                self._timer.stop()

    def _turn(self) -> None:
        self._turned += self._side
        self._turn_page(self._side)

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
            self._turn_page(-turned)

    # Painting

    def paint(self, ink: Inkwell, said: tuple[str, str]) -> None:
        """Show both sides; the one at which the visit is held in full colour, with what will come."""
        painter = ink.painter
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
