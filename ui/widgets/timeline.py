"""What happened and what is to come: the date in the gutter, an icon, one line, the rest on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic.wording import ngettext
from ui.theme import Type, known, theme
from ui.widgets.buttons import quiet
from ui.widgets.cards import column
from ui.widgets.flow import Flow
from ui.widgets.painting import Index, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.cards import Empty

ENTRY = Qt.ItemDataRole.UserRole
GUTTER, ROW, SIDE = 58, 32, 16
"""Where the icon stands, how high a line is, and what is left of it at either side."""
FIRST = 40
"""So many entries are shown before one asks for the rest."""


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
    """A list of entries under their headings, as high as it needs; Enter or a press opens one."""

    opened = Signal(object)

    def __init__(self, name: str, empty: Empty) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._whole = False
        self._model = QStandardItemModel(self)
        self.view = _List()
        self.view.setAccessibleName(name)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Line(self.view))
        self.empty = empty
        self.more = quiet("", self.show_all)
        self._more_box = QWidget()
        rest = Flow(self.more)
        rest.setContentsMargins(SIDE, 8, SIDE, 0)
        self._more_box.setLayout(rest)
        self.setLayout(column(self.view, self._more_box, self.empty, spacing=0))
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        theme.changed.connect(self.view.fit)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries in place of the old."""
        for entry in entries:
            known(entry.icon)
        self._entries = tuple(entries)
        self._fill()

    def begin_anew(self) -> None:
        """Show only the newest entries again, as when somebody else's are to come."""
        self._whole = False

    def show_all(self) -> None:
        """Show the oldest entries too."""
        self._whole = True
        self._fill()
        self.view.setFocus()

    def _fill(self) -> None:
        shown = self._entries if self._whole else self._entries[:FIRST]
        self._model.clear()
        group = ""
        for entry in shown:
            if entry.group and entry.group != group:
                group = entry.group
                head = QStandardItem(group)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._model.appendRow(head)
            item = QStandardItem(" ".join(filter(None, (entry.day, entry.words, entry.detail, entry.remark))))
            item.setData(entry, ENTRY)
            self._model.appendRow(item)
        left = len(self._entries) - len(shown)
        self.more.say(
            ngettext("Show {n} earlier entry", "Show {n} earlier entries", left).format(n=f"{left:,}")
        )
        self._more_box.setVisible(left > 0)
        self.view.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.view.fit()

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if entry is not None:
            self.opened.emit(entry.what)


class _List(QListView):
    """All its rows at once: what is around it scrolls, so that a page has one scroll bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Be as high as all rows together."""
        self.doItemsLayout()
        rows = self.model().rowCount()
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 2 * self.frameWidth() if rows else 0)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view on the page it stands on."""
        super().scrollTo(index, hint)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        page = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and page is not None:
            place = self.visualRect(index)
            at = self.viewport().mapTo(page, place.center())
            around.ensureVisible(at.x(), at.y(), 0, place.height())


class _Line(QStyledItemDelegate):
    """Paints one entry, or a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(super().sizeHint(option, index).height(), theme.px(ROW)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        place: QRect = option.rect
        within = place.adjusted(SIDE, 0, -SIDE, 0)
        entry: Entry | None = index.data(ENTRY)
        if entry is None:
            inner = within.adjusted(0, theme.px(6), 0, 0)
            written(painter, inner, index.data(), "soft_ink", "regular", kind="caption")
        elif entry.today or option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.colour("accent_tint"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.colour("sunken"))
        painter.fillRect(within.adjusted(0, place.height() - 1, 0, 0), theme.colour("line"))
        if entry is not None:
            self._entry(painter, within.adjusted(0, 0, 0, -1), entry)
        painter.restore()

    def _entry(self, painter: QPainter, place: QRect, entry: Entry) -> None:
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
