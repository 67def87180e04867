"""Several of a few: boxes to tick, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.theme import theme
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


LEAST = 160
"""Narrower than that words are not broken into lines, in pixels at 100 %."""


class Tick(QCheckBox):
    """A box to tick whose words go on in the next line where there is no room; the box stays at the first."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), theme.px(LEAST)), whole.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        one = super().sizeHint().height()
        around = one - self.fontMetrics().height()
        return max(one, self._words_in(width).height() + around)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style, painter = self.style(), QStylePainter(self)
        box = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        words = self._words_in(self.width())
        line = self.fontMetrics().height()
        top = max(0, (self.height() - words.height()) // 2)
        box.moveTop(max(0, top + (line - box.height()) // 2))
        words.moveTop(top)
        option.rect = box
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option)
        tone = "ink" if self.isEnabled() else "soft_ink"
        painter.setPen(theme.colour(tone))
        painter.drawText(words, self._flags(), self.text())
        event.accept()

    def _words_in(self, width: int) -> QRect:
        """Find the place of the words, beside the box."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        left = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).left()
        room = QRect(left, 0, max(1, width - left), 10_000)
        high = self.fontMetrics().boundingRect(room, self._flags(), self.text()).height()
        return QRect(left, 0, room.width(), high)

    @staticmethod
    def _flags() -> int:
        return int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft.value)


class Ticks(QWidget):
    """Boxes, each standing for a value."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(words) for words, value in choices}
        lines = Flow(*self._boxes.values(), spacing=12)
        self.setLayout(lines)
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())

    @property
    def ticked(self) -> list[str]:
        """The values ticked, in the order of the boxes."""
        return [value for value, box in self._boxes.items() if box.isChecked()]

    def tick(self, values: Collection[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)
