"""A button that shows the key that does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout

from clinic.wording import _
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.chips import KeyCap

if TYPE_CHECKING:
    from collections.abc import Callable

GAP, EDGE = 8, 5


class Keyed(Button):
    """Words at the left and a key cap at the right; the key acts where the list has the focus."""

    def __init__(self, words: str, keys: str, run: Callable[[], object]) -> None:
        super().__init__(words, "", "keyed", run)
        self.setToolTip(_("{what} ({key})").format(what=words, key=keys))
        self._cap = KeyCap(keys)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, EDGE, 0)
        inside.addStretch(1)
        inside.addWidget(self._cap)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._cap.sizeHint().width() + theme.px(GAP) - EDGE, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
