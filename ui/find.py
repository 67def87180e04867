"""Find anything: type a few letters, see what the practice knows by them, Enter opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text
from ui.widgets.fields import Search
from ui.widgets.painting import Index, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ui.front import Found
    from ui.runner import Runner

FOUND = Qt.ItemDataRole.UserRole
WIDTH = 560
ROW, ROWS_SHOWN = 32, 12
TAKEN = 140
"""What the bar above, the line to type in and the margins take of the window's height."""
WALKING = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class Finder(QFrame):
    """A palette over the window; the screens and what they offer are found here too."""

    opened = Signal(object)
    """The Found someone chose."""
    grown = Signal()
    """It takes another size, and has to be placed anew."""

    def __init__(
        self, runner: Runner, find: Callable[[Any, str], tuple[Found, ...]], ways: Sequence[Found]
    ) -> None:
        super().__init__()
        self.setProperty("role", "palette")
        self.setAccessibleName(_("Find anything"))
        self._runner = runner
        self._find = find
        self._ways = ways
        self.line = Search(_("Find a client, visit, letter, receipt"))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._ask)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setAccessibleName(_("What was found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_FoundLine(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(lambda _index: self._open())
        self._nothing = text.soft(_("Nothing is known by these letters."))
        self._nothing.setContentsMargins(12, 8, 12, 12)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.setSpacing(8)
        for part in (self.line, self.list, self._nothing):
            lines.addWidget(part)
        self.hide()

    def ask(self) -> None:
        """Open the palette, empty."""
        self.line.clear()
        self.setFixedWidth(min(theme.px(WIDTH), self.window().width() - 40))
        self._show("", ())
        self.show()
        self.raise_()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list, open and close, while the hands stay on the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in WALKING:
                self._walk(WALKING[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open()
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        if event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return super().eventFilter(watched, event)

    def _ask(self, words: str) -> None:
        if words.strip():
            self._runner.ask(
                lambda work: self._find(work, words.strip()), partial(self._show, words), latest="find"
            )
        else:
            self._show("", ())

    def _show(self, words: str, found: Sequence[Found]) -> None:
        """Show what was found, under the ways whose words begin so."""
        said = words.strip().casefold()
        ways = [
            way
            for way in self._ways
            if any(f" {way.title.casefold()}"[at:].startswith(f" {said}") for at in _words(way.title))
        ]
        self._model.clear()
        group = ""
        for each in (*found, *(ways if said else self._ways)):
            if each.group != group:
                group = each.group
                head = QStandardItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(head)
            item = QStandardItem(f"{each.title} {each.detail}".strip())
            item.setData(each, FOUND)
            self._model.appendRow(item)
        rows = self._model.rowCount()
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        room = max(3, (self.window().height() - theme.px(TAKEN)) // theme.px(ROW))
        self.list.setFixedHeight(theme.px(ROW) * min(rows, ROWS_SHOWN, room) + 2)
        self._walk(1)
        self.adjustSize()
        self.grown.emit()

    def _walk(self, steps: int) -> None:
        """Move the choice over what can be opened, past the headings."""
        places = [at for at in range(self._model.rowCount()) if self._model.item(at).data(FOUND) is not None]
        if not places:
            return
        here = self.list.currentIndex().row()
        at = places.index(here) + steps if here in places else 0
        self.list.setCurrentIndex(self._model.index(places[min(max(at, 0), len(places) - 1)], 0))
        if self.list.currentIndex().row() == places[0]:
            self.list.scrollToTop()

    def _open(self) -> None:
        found = self.list.currentIndex().data(FOUND)
        if found is not None:
            self.hide()
            self.opened.emit(found)


def _words(title: str) -> tuple[int, ...]:
    """Tell where the words of a title begin, counted from one place before."""
    whole = f" {title}"
    return tuple(at for at, sign in enumerate(whole) if sign == " ")


class _FoundLine(QStyledItemDelegate):
    """Paints a thing found, or the heading of a group."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        found = index.data(FOUND)
        place = option.rect.adjusted(12, 0, -12, 0)
        if found is None:
            written(
                painter,
                place.adjusted(0, theme.px(8), 0, 0),
                index.data(),
                "soft_ink",
                "regular",
                kind="caption",
            )
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent_tint"))
                painter.drawRoundedRect(option.rect, 6, 6)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            side = theme.px(16)
            ratio = painter.device().devicePixelRatioF()
            icon = theme.pixmap(found.icon, "soft_ink", 16, ratio)
            painter.drawPixmap(place.left(), place.center().y() - side // 2 + 1, icon)
            words = place.adjusted(side + theme.px(10), 0, 0, 0)
            if found.keys:
                words.setRight(words.right() - _keys(painter, words, found.keys))
            used = written(painter, words, found.title, "ink", "medium")
            written(painter, words.adjusted(used + 8, 0, 0, 0), found.detail, "soft_ink", "regular")
        painter.restore()


def _keys(painter: QPainter, place: QRect, keys: str) -> int:
    """Paint keys at the right of a line as a key cap, and say how much room they took."""
    wide = QFontMetrics(theme.font("caption")).horizontalAdvance(keys) + theme.px(10)
    high = theme.px(18)
    cap = QRectF(place.right() - wide + 0.5, place.center().y() - high / 2 + 1, wide, high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(cap, 4, 4)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour("soft_ink"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
    return wide + theme.px(8)
