"""The field for diagnoses: one a line, and codes that fit what one types, to be picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit

from clinic.wording import _
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.letters import DiagnosisCode

LEAST = 3
"""How many characters are worth looking for."""
WIDE = 440
"""How much of a code's words is read at least; the list may be wider than the field."""
CLOSING = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Tab})
PICKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class DiagnosisField(QPlainTextEdit):
    """Lines of diagnoses; the codes offered for a line take its place when picked."""

    typed = Signal(str)
    """The line somebody is typing, long enough to be looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("One a line, such as M54.2 Cervicalgia"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(66))
        self._offered = QStringListModel(self)
        self.codes = QCompleter(self._offered, self)
        self.codes.setWidget(self)
        self.codes.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.offers = QListView()
        self.offers.setProperty("role", "offers")
        self.offers.setAccessibleName(_("Codes that fit"))
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.codes.setPopup(self.offers)
        self.codes.activated.connect(self._take)
        self.textChanged.connect(self._look)

    @property
    def line(self) -> str:
        """The line somebody is at."""
        return self.textCursor().block().text().strip()

    def offer(self, line: str, codes: Sequence[DiagnosisCode]) -> None:
        """Offer the codes found for a line, unless somebody has typed on or left since."""
        words = [f"{code.code} {code.label}" for code in codes]
        if line != self.line or not self.hasFocus() or words in ([], [line]):
            self.offers.hide()
            return
        self._offered.setStringList(words)
        place = self.cursorRect()
        place.setLeft(0)
        place.setWidth(max(self.viewport().width(), theme.px(WIDE)))
        self.codes.complete(place)
        self.offers.setCurrentIndex(QModelIndex())  # a code is chosen by somebody, not by being first

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the list once a code is chosen there; until then it ends the line as typed."""
        chosen = self.offers.currentIndex().isValid()
        if self.offers.isVisible() and (event.key() in CLOSING or (chosen and event.key() in PICKING)):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.codes.setWidget(self)
        super().focusInEvent(event)

    def _look(self) -> None:
        if not self.hasFocus():
            return
        if len(self.line) >= LEAST:
            self.typed.emit(self.line)
        else:
            self.offers.hide()

    def _take(self, words: str) -> None:
        """Put the code picked in place of the line."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        begins = cursor.selectionStart() == 0 and self.textCursor().blockNumber() == 0
        cursor.insertText(words if begins else f"\n{words}")
        self.setTextCursor(cursor)
