"""What a screen stands in: it scrolls where the window is small or the text large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

if TYPE_CHECKING:
    from ui.screen import Screen


class Holder(QScrollArea):
    """Lets a screen scroll, so that nothing is ever cut off."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(screen)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Bring into view what the focus comes to; stay where a whole page takes it, or another screen."""
        at = self.verticalScrollBar().value()
        moved = super().focusNextPrevChild(forwards)
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        if not here or (focused is not None and focused.height() > self.viewport().height()):
            self.verticalScrollBar().setValue(at)
        return moved
