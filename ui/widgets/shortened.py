"""Words in one line, cut short where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import theme
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

HIGH, SMALL = 19, 15


class Shortened(QLabel):
    """Words in one line, cut short where there is no room; the whole of them is the tip."""

    def __init__(self, like: QLabel) -> None:
        super().__init__()
        for name in ("type", "tone", "weight"):
            self.setProperty(name, like.property(name))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        )
        self._whole = ""
        self._cut_for: tuple[object, ...] = ()

    def say(self, whole: str) -> None:
        """Show these words."""
        self._whole = whole
        self.setAccessibleName(whole)
        self._cut()

    def sizeHint(self) -> QSize:
        # A face of another script may ask for more; a line is as high as every other.
        return QSize(
            super().sizeHint().width(), theme.px(SMALL if self.property("type") == "caption" else HIGH)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._cut()

    def _cut(self) -> None:
        now = (self._whole, self.width(), self.font().key())
        if now == self._cut_for:
            return
        self._cut_for = now
        shown = cut(self.fontMetrics(), self._whole, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
