"""A signature: drawn with finger, pen or mouse, or typed by whoever can't or won't draw."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.asking.control import Press, Tick
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import column, row
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from ui.asking.control import Manner

HIGH = 170
LEAST_POINTS = 8
"""Fewer points than that are a slip of the finger, not a name."""
Strokes = tuple[tuple[tuple[float, float], ...], ...]


class Pad(QWidget):
    """Where the hand writes; its strokes are kept in shares of the width, so they fit any paper."""

    drawn = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._strokes: list[list[QPointF]] = []
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(480, HIGH)

    @property
    def strokes(self) -> Strokes:
        """What was drawn."""
        wide = max(1, self.width())
        return tuple(
            tuple((round(point.x() / wide, 4), round(point.y() / wide, 4)) for point in stroke)
            for stroke in self._strokes
        )

    @property
    def is_signed(self) -> bool:
        """Whether more stands here than a slip of the finger."""
        return sum(len(stroke) for stroke in self._strokes) >= LEAST_POINTS

    def show_strokes(self, strokes: Strokes) -> None:
        """Show what was drawn another time."""
        wide = max(1, self.width())
        self._strokes = [[QPointF(right * wide, down * wide) for right, down in stroke] for stroke in strokes]
        self.update()

    def clear(self) -> None:
        """Take it all away."""
        self._strokes = []
        self.update()
        self.drawn.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._strokes.append([event.position()])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        base = round(self.height() * 0.74)
        painter.setPen(QPen(theme.colour("soft_ink"), 1))
        painter.drawLine(24, base, self.width() - 24, base)
        if not self._strokes:
            painter.setFont(theme.font("caption"))
            painter.drawText(24, base + theme.px(20), self._words)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(
                theme.colour("ink"),
                2.4,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        for stroke in self._strokes:
            painter.drawPath(_smooth(stroke))
        event.accept()


def _smooth(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for before, here in pairwise(points):
        path.quadTo(before, (before + here) / 2)
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0.1))
    else:
        path.lineTo(points[-1])
    return path


class SignatureField(QWidget):
    """The name of whoever signs, and the signature, drawn or typed."""

    changed = Signal()

    def __init__(self, manner: Manner, name: str) -> None:
        super().__init__()
        self.setAccessibleName(manner.word("declaration_title"))
        self.name = Line(name)
        self.name.setProperty("touch", manner.touch)
        self.name.setAccessibleName(manner.word("type_name"))
        self.name.setMaxLength(120)
        self.pad = Pad(manner.word("sign_here"))
        self.draw, self.type = Tick(manner.word("draw"), manner), Tick(manner.word("type"), manner)
        self.draw.setChecked(True)
        self.draw.clicked.connect(lambda _down: self._choose(drawn=True))
        self.type.clicked.connect(lambda _down: self._choose(drawn=False))
        clear = Press(manner.word("sign_again"), manner, "plain", self.pad.clear)
        drawing = QWidget()
        under = row(spacing=8)
        under.addStretch(1)
        under.addWidget(clear)
        lines = column(self.pad, spacing=4)
        lines.addLayout(under)
        drawing.setLayout(lines)
        self._typed = text.label(manner.word("by_typing"), tone="soft", wrap=True)
        self._drawing = drawing
        self._typed.hide()
        head = row(self.draw, self.type, spacing=6)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(text.soft(manner.word("type_name")))
        whole.addWidget(self.name)
        whole.addLayout(head)
        whole.addWidget(drawing)
        whole.addWidget(self._typed)
        self.name.textEdited.connect(lambda _text: self.changed.emit())
        self.pad.drawn.connect(self.changed)

    def _choose(self, *, drawn: bool) -> None:
        self.draw.setChecked(drawn)
        self.type.setChecked(not drawn)
        self._drawing.setVisible(drawn)
        self._typed.setVisible(not drawn)
        self.changed.emit()

    @property
    def drawn(self) -> bool:
        """Whether it is signed by hand and not by typing."""
        return self.draw.isChecked()

    @property
    def is_signed(self) -> bool:
        """Whether there is a name, and under it a hand or the will to sign by typing."""
        return bool(self.name.text().strip()) and (not self.drawn or self.pad.is_signed)
