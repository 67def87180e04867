"""The manual in a window of its own, opened at the chapter of the screen one is at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets.buttons import quiet
from ui.widgets.cards import column, row
from ui.widgets.fields import Search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QShowEvent, QTextBlock

MANUAL = Path(__file__).parents[1] / "resources" / "manual" / "manual.md"
CHAPTERS = {
    "today": "Today",
    "calendar": "Calendar",
    "clients": "Letters",
    "letters": "Letters",
    "note": "Treatment notes",
    "till": "Till",
    "year_end": "Year-end",
    "settings": "Who may do what",
}
"""Where a screen's chapter begins; the others begin at the beginning."""
CHAPTER, CONTENTS, LINE = 2, 210, 30
"""The level of a chapter's heading; how wide the list of chapters is at 100 %, and how high each of its lines."""


class Help(QDialog):
    """Reads beside the work: it may stay open."""

    def __init__(self, window: QWidget, screen: str = "") -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Manual"))
        self.search = Search(_("Find in the manual"))
        self.search.textEdited.connect(self._find)
        self.search.returnPressed.connect(self._find_next)
        self.page = QTextBrowser()
        self.page.setProperty("role", "manual")
        self.page.setAccessibleName(_("Manual"))
        self.page.document().setDefaultFont(theme.font())
        self.page.document().setDocumentMargin(theme.px(28))
        self.page.setMarkdown(MANUAL.read_text("utf-8"))
        self._set()
        self.contents = QListWidget()
        self.contents.setProperty("role", "contents")
        self.contents.setAccessibleName(_("Chapters"))
        for block in filter(_begins, self._blocks()):
            item = QListWidgetItem(block.text(), self.contents)
            item.setSizeHint(QSize(0, theme.px(LINE)))
        self.contents.setFixedWidth(theme.px(CONTENTS))
        self.contents.itemClicked.connect(lambda item: self.turn_to(item.text()))
        self.contents.itemActivated.connect(lambda item: self.turn_to(item.text()))
        foot = row(spacing=12)
        foot.addStretch(1)
        foot.addWidget(quiet(_("Close"), self.reject))
        left = column(self.search, self.contents, spacing=12)
        self.search.setFixedWidth(theme.px(CONTENTS))
        beside = row(spacing=16)
        beside.addLayout(left)
        beside.addWidget(self.page, 1)
        lines = column(spacing=12, margin=16)
        lines.addLayout(beside, 1)
        lines.addLayout(foot)
        self.setLayout(lines)
        room = self.screen().availableSize()
        self.resize(min(theme.px(880), room.width() - 40), min(theme.px(720), room.height() - 40))
        self._chapter = CHAPTERS.get(screen, "")
        self.page.verticalScrollBar().valueChanged.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.turn_to(self._chapter))

    def turn_to(self, chapter: str) -> None:
        """Bring the beginning of a chapter to the top."""
        for block in self._blocks():
            if chapter and block.blockFormat().headingLevel() and block.text() == chapter:
                self.page.setTextCursor(QTextCursor(block))
                top = self.page.document().documentLayout().blockBoundingRect(block).top()
                self.page.verticalScrollBar().setValue(round(top) - theme.px(12))

    def _follow(self, at: int) -> None:
        """Mark the chapter that stands at the top of the page."""
        layout = self.page.document().documentLayout()
        begun = [
            nth
            for nth, block in enumerate(filter(_begins, self._blocks()))
            if layout.blockBoundingRect(block).top() <= at + theme.px(24)
        ]
        self.contents.setCurrentRow(begun[-1] if begun else 0)

    def _set(self) -> None:
        """Set the page in the house's type, with room between its parts."""
        for block in self._blocks():
            level = block.blockFormat().headingLevel()
            spacing = block.blockFormat()
            spacing.setTopMargin(theme.px(20 if level else 8 if block.textList() is None else 4))
            spacing.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor = QTextCursor(block)
            cursor.setBlockFormat(spacing)
            if level:
                head = QTextCharFormat()
                head.setFont(theme.font("title" if level == 1 else "section", "semibold"))
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(head)

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.page.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _find(self, typed: str) -> None:
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if typed.strip():
            self.page.find(typed.strip())

    def _find_next(self) -> None:
        wanted = self.search.text().strip()
        if wanted and not self.page.find(wanted):
            self._find(wanted)


def _begins(block: QTextBlock) -> bool:
    """Tell whether a chapter begins here."""
    return block.blockFormat().headingLevel() == CHAPTER
