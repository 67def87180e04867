"""Words on a screen: labels in the house's kinds of type, icons beside them, rules between them."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QWidget

from ui.theme import TABULAR, Type, Weight, known, theme
from ui.widgets.cutting import cut

AREA_CODE = re.compile(r"\) (?=\d)")
LEAST_WORDS = 72
"""Pixels at 100 % that are left of words cut short."""
# Where a name is written from the right, it still begins where the lines around it begin.
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
Tone = Literal["ink", "soft", "accent", "info", "refused", "flag"]


def label(
    words: str = "",
    kind: Type = "body",
    tone: Tone = "ink",
    weight: Weight | Literal[""] = "",
    *,
    figures: bool = False,
    wrap: bool = False,
) -> QLabel:
    """Make a label; its look comes from the style sheet by these properties."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", kind)
    made.setProperty("tone", tone)
    made.setProperty("weight", weight)
    made.setWordWrap(wrap)
    made.setAlignment(LEFT)
    if figures:
        font = QFont(made.font())
        font.setFeature(TABULAR, 1)
        made.setFont(font)
    return made


class Elided(QLabel):
    """Words cut short where there is less room than they need; where they are cut the whole is their tip."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), theme.px(LEAST_WORDS)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < super().minimumSizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = cut(self.fontMetrics(), self.text(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        event.accept()


def unbroken(words: str) -> str:
    """Keep the parts of a phone number in one line."""
    return AREA_CODE.sub(")\u00a0", words)


def title(words: str = "") -> QLabel:
    """Head a screen."""
    return label(words, "title")


def section(words: str = "") -> QLabel:
    """Head a part of a screen."""
    return label(words, "section")


def caption(words: str = "", *, wrap: bool = False) -> QLabel:
    """Say something small and soft."""
    return label(words, "caption", "soft", wrap=wrap)


def soft(words: str = "", *, wrap: bool = False) -> QLabel:
    """Say something in the body's size that matters less."""
    return label(words, "body", "soft", wrap=wrap)


def strong(words: str = "") -> QLabel:
    """Say a name or a total."""
    return label(words, weight="semibold")


def retone(shown: QLabel, tone: Tone) -> None:
    """Change the tone of a label already on the screen."""
    shown.setProperty("tone", tone)
    shown.style().unpolish(shown)
    shown.style().polish(shown)


def rule() -> QFrame:
    """Draw a hairline between two things."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def clear(layout: QLayout) -> None:
    """Empty a layout and let go of what stood in it."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            clear(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Glyph(QWidget):
    """An icon that stands beside words, in the colour of its tone."""

    def __init__(self, name: str, tone: str = "soft_ink", size: int = 16) -> None:
        super().__init__()
        self._name = known(name)
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: str = "soft_ink") -> None:
        """Change which icon is shown."""
        self._name, self._tone = known(name), tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.px(self._size)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, picture)
        event.accept()
