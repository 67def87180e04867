"""Privacy blur: what is on the screen stays readable to nobody who passes, until it is asked for again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card

COARSE = 28
"""Letters melt into patches of this many pixels."""


class Blur(QWidget):
    """A veil over the window's inside, made of its own picture gone out of focus."""

    lifted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        picture = over.grab()
        small = picture.scaled(
            picture.size() / COARSE,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture: QPixmap = small
        self.setAccessibleName(_("The screen is blurred"))
        card = Card()
        card.add(text.label(_("Blurred")), quiet(_("Show again"), self.lifted.emit, icon="eye"))
        lines = QVBoxLayout(self)
        lines.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(over.rect())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show()
        self.raise_()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("canvas"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.7)
        painter.drawPixmap(self.rect(), self._picture)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep presses from what lies underneath."""
        event.accept()
