"""How a table's rows and totals are painted: no vertical lines, hover in sunken, selection in accent tint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.theme import Type, Weight, theme
from ui.widgets.cutting import cut
from ui.widgets.widths import longest

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex
PAD, FIRST_PAD = 12, 16
MARK, AFTER_MARK, CHIP, BAR = 14, 6, 8, 14
"""Pixels at 100 %: an icon, the gap after it, what a chip leaves around its words, a treatment's bar."""
OBJECT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon before a cell's words, in a tone; with a tint the words stand on a chip."""

    icon: str = ""
    tone: str = "soft_ink"
    tint: str = ""


class RowPainter(QStyledItemDelegate):
    """Paints a cell as its column says."""

    def __init__(self, view: QTableView, columns: Sequence[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._columns = columns

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = QFontMetrics(theme.font()).horizontalAdvance(str(index.data() or "")) + 2 * theme.px(PAD)
        return QSize(wide, option.rect.height() or theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of the row, its hairline, and the cell on it."""
        column = self._columns[index.column()]
        row = index.data(OBJECT)
        place = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.colour("accent_tint"))
        elif index.row() == getattr(self._view, "hovered", -1):
            painter.fillRect(place, theme.colour("sunken"))
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), theme.colour("line"))
        self._focus_ring(painter, place, index)
        tone = column.tone if isinstance(column.tone, str) else column.tone(row)
        inner = place.adjusted(_before(first=not index.column()), 0, -theme.px(PAD), -1)
        if column.bar is not None:
            inner = _bar(painter, inner, column.bar(row))
        mark = column.mark(row) if column.mark is not None else None
        words = column.text(row)
        if mark is not None and words:
            inner = _mark(painter, inner, mark, words)
            tone = mark.tone if mark.tint else tone
        under = column.under(row) if column.under is not None else ""
        weight: Weight = "medium" if column.link else column.weight
        tone = "accent" if column.link else tone
        if under:
            half = inner.height() // 2
            upper, lower = inner.adjusted(0, theme.px(4), 0, -half), inner.adjusted(0, half, 0, -theme.px(4))
            written(painter, upper, words, tone, weight)
            written(painter, lower, under, "soft_ink", "regular", kind="caption")
        else:
            written(painter, inner, words, tone, weight, figures=column.figures)
        painter.restore()

    def _focus_ring(self, painter: QPainter, place: QRect, index: Index) -> None:
        """Show where the keyboard is by a bar at the row's left edge."""
        first = self._view.horizontalHeader().logicalIndex(0)
        if (
            self._view.hasFocus()
            and index.row() == self._view.currentIndex().row()
            and index.column() == first
        ):
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height() - 1), theme.colour("accent"))


def _bar(painter: QPainter, place: QRect, token: str) -> QRect:
    if token:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(token))
        painter.drawRoundedRect(QRectF(place.left(), place.top() + 6, 4, place.height() - 12), 2, 2)
    return place.adjusted(theme.px(BAR), 0, 0, 0)


def _before(*, first: bool) -> int:
    """Say how far from its column's edge a cell begins, in line with the header."""
    return theme.px(FIRST_PAD if first else PAD)


def needed(column: Any, rows: Sequence[Any], foot: str, *, first: bool) -> int:
    """Measure how wide a column must be for its header, its total and the longest of its words."""
    weight: Weight = "medium" if column.link else column.weight
    body = QFontMetrics(theme.font("body", weight, figures=column.figures))
    caption = QFontMetrics(theme.font("caption"))
    total = QFontMetrics(theme.font("body", "semibold", figures=column.figures))
    widest = max(caption.horizontalAdvance(line) for line in column.header.split("\n"))
    widest = max(widest, total.horizontalAdvance(foot))
    words = [column.text(row) for row in rows]
    around = 0
    if column.bar is not None:
        around += theme.px(BAR)
    if column.mark is not None:
        marks = [column.mark(row) for row in rows]
        around += theme.px(MARK + AFTER_MARK) * any(mark is not None and mark.icon for mark in marks)
        around += theme.px(2 * CHIP) * any(mark is not None and mark.tint for mark in marks)
    for said in longest(words):
        widest = max(widest, body.horizontalAdvance(said) + around)
    if column.under is not None:
        for said in longest([column.under(row) for row in rows]):
            widest = max(widest, caption.horizontalAdvance(said) + around)
    return widest + _before(first=first) + theme.px(PAD) + 3


def _mark(painter: QPainter, place: QRect, mark: Mark, words: str) -> QRect:
    """Paint the chip and the icon, and give the place left for the words."""
    side = theme.px(MARK) if mark.icon else 0
    gap, chip_pad = theme.px(AFTER_MARK), theme.px(CHIP)
    if mark.tint:
        metrics = QFontMetrics(theme.font())
        wide = min(
            place.width(), metrics.horizontalAdvance(words) + 2 * chip_pad + (side + gap if side else 0)
        )
        high = theme.px(22)
        chip = QRectF(place.left(), place.center().y() - high / 2 + 1, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(mark.tint))
        painter.drawRoundedRect(chip, 4, 4)
        inset = chip_pad - 1
        place = place.adjusted(inset, 0, wide - place.width() - inset if wide < place.width() else -inset, 0)
    if not mark.icon:
        return place
    ratio = painter.device().devicePixelRatioF()
    picture = theme.pixmap(mark.icon, mark.tone, 14, ratio)
    painter.drawPixmap(place.left(), place.top() + (place.height() - side) // 2, picture)
    return place.adjusted(side + gap, 0, 0, 0)


def written(
    painter: QPainter,
    place: QRect,
    words: str,
    tone: str,
    weight: Weight,
    *,
    kind: Type = "body",
    figures: bool = False,
) -> int:
    """Write words in a place, cut short where they do not fit, and say how wide they came out."""
    font = theme.font(kind, weight, figures=figures)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    metrics = QFontMetrics(font)
    shown = cut(metrics, words, place.width())
    side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


class Totals(QWidget):
    """The foot of a table: totals under their columns, under a line."""

    def __init__(self, view: QTableView, columns: Sequence[Any]) -> None:
        super().__init__()
        self._view = view
        self._columns = columns
        self._totals = tuple(column.total for column in self._columns)
        header = view.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _at: self.update())

    @property
    def shown(self) -> Sequence[str]:
        """The totals shown now, one to a column."""
        return self._totals

    def show_totals(self, totals: Sequence[str]) -> None:
        """Show these totals, one to a column."""
        self._totals = tuple(totals)
        said = (
            f"{column.header}: {total}" for column, total in zip(self._columns, totals, strict=True) if total
        )
        self.setAccessibleName(", ".join(said).replace("\n", " "))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("ink"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        for at, total in enumerate(self._totals):
            left = self._view.columnViewportPosition(at)
            before = _before(first=not at)
            wide = self._view.columnWidth(at) - before - theme.px(PAD)
            place = QRect(left + before, 1, wide, self.height() - 1)
            written(painter, place, total, "ink", "semibold", figures=self._columns[at].figures)
        event.accept()
