"""The bar at the top: find anything, New, Undo, Blur and Lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from clinic.wording import _
from ui.theme import theme
from ui.widgets.buttons import Button, plain
from ui.widgets.chips import KeyCap

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

HEIGHT = 52
FIND_WIDTH, AROUND = 340, 52
"""How wide the search is at the most, and what its icon and its edges take of that, at 100 %."""


class Bar(QFrame):
    """What is at hand from every screen; where it is narrow the words go before the icons do."""

    find_asked = Signal()
    undo_asked = Signal()
    blur_asked = Signal()
    lock_asked = Signal()

    def __init__(self, new: QMenu) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.search = Button(
            _("Find a client, visit, letter, receipt"), "search", "find", self.find_asked.emit
        )
        self.search.setIcon(theme.icon("search", "soft_ink"))
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(theme.px(FIND_WIDTH))
        keys = KeyCap("Ctrl K")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addStretch(1)
        inside.addWidget(keys)
        self._keys = keys
        self.new = Button(_("New"), "plus", "menu")
        self.new.setMenu(new)
        self.undo = plain(_("Undo"), self.undo_asked.emit, icon="undo-2")
        self.blur = plain(_("Blur"), self.blur_asked.emit, icon="eye-off")
        self.blur.setToolTip(_("Hide what is on the screen from people who pass (Ctrl+Shift+P)"))
        self.lock = plain(_("Lock"), self.lock_asked.emit, icon="lock")
        self.lock.setToolTip(_("Lock the window (Ctrl+L)"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(20, 0, 20, 0)
        self._line.setSpacing(4)
        self._line.addWidget(self.search, 3)
        self._line.addStretch(1)
        for button in self._right():
            self._line.addWidget(button)
        self.name_undo("")
        self._measure()

    def name_undo(self, name: str) -> None:
        """Say what Undo would take back."""
        self.undo.setEnabled(bool(name))
        said = _("Undo {name}").format(name=name) if name else _("Nothing to undo")
        self.undo.setToolTip(said)
        self.undo.setAccessibleName(said)

    def _right(self) -> tuple[Button, ...]:
        return (self.new, self.undo, self.blur, self.lock)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        self.search.setMaximumWidth(theme.px(FIND_WIDTH))
        for button in self._right():
            button.shorten(to_icon=False)
        wanted = sum(button.sizeHint().width() + 4 for button in self._right()) + theme.px(220) + 40
        narrow = wanted > self.width()
        for button in self._right():
            button.shorten(to_icon=narrow)
        taken = sum(button.sizeHint().width() + 4 for button in self._right()) + 40
        room = min(theme.px(FIND_WIDTH), (self.width() - taken) * 3 // 4) - theme.px(AROUND)
        keyed = room - self._keys.sizeHint().width() - 12
        metrics = self.search.fontMetrics()
        said = [_("Find a client, visit, letter, receipt"), _("Find anything")]
        fitting = [words for words in said if metrics.horizontalAdvance(words) <= keyed]
        self.search.setText(fitting[0] if fitting else said[-1])
        self._keys.setVisible(bool(fitting))
