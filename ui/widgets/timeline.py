"""What happened and what is to come: the date in the gutter, an icon, one line, the rest on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Type, known, theme
from ui.widgets.painting import Index, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.cards import Empty

ENTRY = Qt.ItemDataRole.UserRole
GUTTER = 62


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    day: str
    icon: str
    words: str
    detail: str = ""
    remark: str = ""
    """At the right: an amount, a visit's number, a word that matters."""
    tone: str = "soft_ink"
    remark_icon: str = ""
    what: object = None
    today: bool = False
    group: str = ""
    """A heading, such as a year; entries of one group follow each other."""


class Timeline(QWidget):
    """A list of entries under their headings; Enter or a press opens one."""

    opened = Signal(object)

    def __init__(self, name: str, empty: Empty) -> None:
        super().__init__()
        self._model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setAccessibleName(name)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Line(self.view))
        self.view.setMouseTracking(True)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        theme.changed.connect(self.view.doItemsLayout)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries in place of the old."""
        for entry in entries:
            known(entry.icon)
        self._model.clear()
        group = ""
        for entry in entries:
            if entry.group and entry.group != group:
                group = entry.group
                head = QStandardItem(group)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._model.appendRow(head)
            item = QStandardItem(" ".join(filter(None, (entry.day, entry.words, entry.detail, entry.remark))))
            item.setData(entry, ENTRY)
            self._model.appendRow(item)
        self._stack.setCurrentIndex(0 if entries else 1)

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if entry is not None:
            self.opened.emit(entry.what)


class _Line(QStyledItemDelegate):
    """Paints one entry, or a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(super().sizeHint(option, index).height(), theme.px(32)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        place = option.rect
        entry: Entry | None = index.data(ENTRY)
        if entry is None:
            painter.fillRect(place.adjusted(0, place.height() - 1, 0, 0), theme.colour("line"))
            inner = place.adjusted(0, theme.px(6), 0, 0)
            written(painter, inner, index.data(), "soft_ink", "regular", kind="caption")
        else:
            if entry.today or option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(place, theme.colour("accent_tint"))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(place, theme.colour("sunken"))
            painter.fillRect(place.adjusted(0, place.height() - 1, 0, 0), theme.colour("line"))
            self._entry(painter, option, entry)
        painter.restore()

    def _entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        place = option.rect.adjusted(4, 0, -8, -1)
        ratio = painter.device().devicePixelRatioF()
        middle = place.center().y() - theme.px(8) + 1
        written(painter, place, entry.day, "soft_ink", "regular", figures=False)
        left = place.left() + theme.px(GUTTER)
        painter.drawPixmap(left, middle, theme.pixmap(entry.icon, "soft_ink", 16, ratio))
        left += theme.px(28)
        right = place.right()
        if entry.remark:
            kind: Type = "body" if entry.tone == "ink" else "caption"
            metrics = QFontMetrics(theme.font(kind, "medium"))
            wide = metrics.horizontalAdvance(entry.remark) + 2
            written(
                painter,
                place.adjusted(place.width() - wide, 0, 0, 0),
                entry.remark,
                entry.tone,
                "medium",
                kind=kind,
            )
            right -= wide + 8
            if entry.remark_icon:
                right -= theme.px(12)
                icon = theme.pixmap(entry.remark_icon, entry.tone, 12, ratio)
                painter.drawPixmap(right + 4, middle + theme.px(2), icon)
                right -= 8
        words = place.adjusted(left - place.left(), 0, right - place.right(), 0)
        used = written(painter, words, entry.words, "ink", "regular")
        written(painter, words.adjusted(used + 5, 0, 0, 0), entry.detail, "soft_ink", "regular")
