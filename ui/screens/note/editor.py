"""A part of a note to write in: it grows with its words, takes phrases after a slash, and hints at words too far."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QSizePolicy, QWidget

from clinic.office import measures
from clinic.wording import _, body, outcomes
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

SLASH = "/"
PAUSE_MS = 600
"""How long nothing is typed before the words are weighed."""
WIDE = 420
LEAST_LINES, UNDERLINE = 2, 3
ROOM = 3
"""Above and below the words, in pixels."""


class Writing(QPlainTextEdit):
    """Words without a frame, as high as they need."""

    def __init__(self, name: str, hint: str = "", *, least: int = LEAST_LINES) -> None:
        super().__init__()
        self._least = least
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, ROOM, 0, ROOM)
        self.textChanged.connect(self._fit)
        self._phrases: tuple[str, ...] = ()
        self._offered = QStringListModel(self)
        self.completer = QCompleter(self._offered, self)
        self.completer.setWidget(self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.offers = QListView()
        self.offers.setProperty("role", "offers")
        self.offers.setAccessibleName(_("Phrases that fit"))
        self.offers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.completer.setPopup(self.offers)
        self.completer.activated.connect(self._take)
        self.textChanged.connect(self._look)
        self._fit()

    def offer(self, phrases: Sequence[str]) -> None:
        """Hold these phrases ready."""
        self._phrases = tuple(phrases)

    def say(self, words: str) -> None:
        """Show words in place of the old; the keyboard's undo begins anew."""
        if words != self.toPlainText():
            self.setPlainText(words)
            self.moveCursor(QTextCursor.MoveOperation.End)

    # Phrases

    def _typed(self) -> str | None:
        """Give what stands between the last slash of the line and the cursor; None without such a slash."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        at = before.rfind(SLASH)
        begins = at == 0 or (at > 0 and before[at - 1] in " (\t")
        return before[at + 1 :] if begins else None

    def _look(self) -> None:
        typed = self._typed() if self.hasFocus() and not self.isReadOnly() else None
        if typed is None:
            self.offers.hide()
            return
        words = typed.casefold().split()
        found = [each for each in self._phrases if all(word in each.casefold() for word in words)]
        if not found:
            self.offers.hide()
            return
        self._offered.setStringList(found)
        place = self.cursorRect()
        place.setLeft(0)
        place.setWidth(max(self.viewport().width(), theme.px(WIDE)))
        self.completer.complete(place)
        self.offers.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _take(self, phrase: str) -> None:
        typed = self._typed()
        if typed is None:
            return
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed) + len(SLASH)
        )
        cursor.insertText(phrase)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that choose to the list while it is open; Ctrl+Enter signs, and writes no line."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        choosing = self.offers.isVisible() and (enter or event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Escape})
        if choosing or (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.completer.setWidget(self)
        super().focusInEvent(event)

    # As high as its words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        block, needed = self.document().begin(), 0.0
        while block.isValid():
            needed += self.blockBoundingRect(block).height()
            block = block.next()
        least = self._least * self.fontMetrics().lineSpacing()
        high = ceil(max(least, needed)) + 2 * ROOM + UNDERLINE
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)
        self.verticalScrollBar().setValue(0)  # all of it is seen, so nothing has to be scrolled
        self.horizontalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), self.minimumHeight())


class Part(QWidget):
    """One of the four parts: its name, its words, and a hint where they claim too much."""

    changed = Signal()
    phrase_kept = Signal(str, str)
    """The part and the words somebody wants to write again."""

    def __init__(self, key: str, hint: str) -> None:
        super().__init__()
        self.key = key
        self._name = text.strong(body.part(key))
        self.writing = Writing(body.part(key), hint)
        self._name.setBuddy(self.writing)
        self._keep = link(_("Keep as phrase"), self._keep_phrase)
        self._keep.hide()
        self._hint = text.caption(wrap=True)
        self._hint.hide()
        head = row(self._name, spacing=8)
        head.addStretch(1)
        head.addWidget(self._keep)
        lines = column(spacing=2)
        lines.addLayout(head)
        lines.addWidget(self.writing)
        lines.addWidget(self._hint)
        self.setLayout(lines)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.weigh)
        self.writing.textChanged.connect(self.changed)
        self.writing.textChanged.connect(self._pause.start)
        self.writing.selectionChanged.connect(self._offer_to_keep)

    @property
    def words(self) -> str:
        """What stands in the part."""
        return self.writing.toPlainText()

    def weigh(self) -> None:
        """Hint at the first phrase that claims too much; nothing is held up by it."""
        found = measures.claims(self.words)
        self._hint.setVisible(bool(found))
        if found:
            self._hint.setText(outcomes.beyond(found[0].what.value, found[0].words))
            self.writing.setAccessibleDescription(self._hint.text())
        else:
            self.writing.setAccessibleDescription("")

    def _offer_to_keep(self) -> None:
        chosen = self.writing.textCursor().selectedText().strip()
        self._keep.setVisible(len(chosen) > 3 and not self.writing.isReadOnly())  # noqa: PLR2004 - a word is no phrase

    def _keep_phrase(self) -> None:
        words = self.writing.textCursor().selectedText().replace("\u2029", " ").strip()
        self._keep.hide()
        if words:
            self.phrase_kept.emit(self.key, words)
