"""A client's name at the head of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

from ui.theme import theme
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Name(QLabel):
    """A name as large as a page's head, cut short where even the window is narrower."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", "figure")

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        painter = QPainter(self)
        painter.setFont(self.font())
        shown = cut(self.fontMetrics(), self.text(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
