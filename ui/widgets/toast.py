"""A word at the bottom of the window on what was just done, with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinic.wording import _
from ui.widgets import buttons, text

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 8_000


class Toast(QFrame):
    """One sentence, bottom centre; it goes by itself, but not while the pointer or the focus is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self._run: Callable[[], object] | None = None
        self._words = text.label()
        self.undo = buttons.link(_("Undo"), self._undo)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(16)
        line.addWidget(self._words)
        line.addWidget(self.undo)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence in place of the one there."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._run = undo
        self.undo.setVisible(undo is not None)
        self.adjustSize()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def _undo(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()

    def _leave(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start()
        else:
            self.hide()
