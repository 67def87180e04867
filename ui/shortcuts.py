"""The list of keys: made from the actions themselves, so it is always true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from clinic.wording import _
from ui.widgets import text
from ui.widgets.buttons import quiet, unticked
from ui.widgets.cards import Page
from ui.widgets.chips import KeyCap

if TYPE_CHECKING:
    from collections.abc import Callable


def shortcut(owner: QWidget, words: str, keys: str, run: Callable[[], object]) -> QAction:
    """Give a widget an action with keys; it then stands in the list of keys."""
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(unticked(run))
    owner.addAction(action)
    return action


class Shortcuts(QDialog):
    """What can be pressed in this window, now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Keys"))
        page = Page()
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        listed = dict.fromkeys(
            (action.text(), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in window.findChildren(QAction)
            if not action.shortcut().isEmpty() and action.text()
        )
        for at, (words, keys) in enumerate(listed):
            grid.addWidget(text.label(words), at, 0)
            cap = KeyCap(keys)
            cap.setAccessibleName(f"{words}: {keys}")
            grid.addWidget(cap, at, 1)
        page.body.addLayout(grid)
        page.body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.addWidget(page, 1)
        lines.addWidget(quiet(_("Close"), self.reject), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(420, 560)
