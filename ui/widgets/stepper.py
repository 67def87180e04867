"""The steps of a task done in order: those behind ticked, the one at hand filled, those ahead hollow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clinic.wording import _
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 12
DASH = 28


class Stepper(QWidget):
    """Says where one is in a task; it is looked at, not pressed."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._at = 0
        self.go(0)

    def go(self, at: int) -> None:
        """Move to a step, counted from nought."""
        self._at = at
        self.setAccessibleName(
            _("Step {n} of {whole}: {name}").format(n=at + 1, whole=len(self._steps), name=self._steps[at])
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._width(self._steps)), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._width(self._steps[self._at : self._at + 1])), theme.px(24))

    def _width(self, steps: Sequence[str]) -> float:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(step) + theme.px(8) for step in steps)
        return words + len(steps) * (theme.px(22) + GAP) + (len(steps) - 1) * (DASH + GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all steps, or where there is no room only the one at hand."""
        shown = range(len(self._steps))
        if self.width() < self._width(self._steps):
            shown = range(self._at, self._at + 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = theme.px(22)
        left = self.width() - self._width([self._steps[at] for at in shown])
        for at in shown:
            if at != shown[0]:
                painter.setPen(QPen(theme.colour("line"), 1))
                middle = self.height() / 2
                painter.drawLine(round(left), round(middle), round(left + DASH), round(middle))
                left += DASH + GAP
            self._disc(painter, QRectF(left + 0.5, (self.height() - disc) / 2 + 0.5, disc - 1, disc - 1), at)
            left += disc + theme.px(8)
            painter.setFont(theme.font("body", "semibold" if at == self._at else "regular"))
            painter.setPen(theme.colour("accent" if at == self._at else "soft_ink"))
            advance = painter.fontMetrics().horizontalAdvance(self._steps[at])
            painter.drawText(
                QRectF(left, 0, advance + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self._steps[at]
            )
            left += advance + GAP
        event.accept()

    def _disc(self, painter: QPainter, place: QRectF, at: int) -> None:
        behind, here = at < self._at, at == self._at
        ground = "accent" if here else "accent_tint" if behind else "surface"
        painter.setPen(QPen(theme.colour("line" if not here and not behind else ground), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawEllipse(place)
        if behind:
            tick = theme.pixmap("check", "accent", 14, self.devicePixelRatioF())
            side = theme.px(14)
            painter.drawPixmap(
                round(place.center().x() - side / 2), round(place.center().y() - side / 2), tick
            )
        else:
            painter.setPen(theme.colour("on_accent" if here else "soft_ink"))
            painter.setFont(theme.font("caption", "semibold", figures=True))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(at + 1))
