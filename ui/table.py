"""The one table: frozen rows, columns that say how a row reads, and a quiet view of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QVBoxLayout, QWidget

from ui.theme import Weight, theme
from ui.widgets import painting
from ui.widgets.widths import Wish, sampled, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from ui.widgets.cards import Empty

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW, TALL_ROW = 32, 46
LEAST, LEAST_WORDS = 56, 112
"""Less wide than that no column is made, nor one whose words may be cut short."""
OBJECT = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()


@dataclass(frozen=True)  # with slots, Python 3.11 cannot make a `Column[Row](...)`
class Column(Generic[R]):
    """How one column reads a row."""

    header: str
    text: Callable[[R], str]
    width: int = 0
    """Usual width in pixels at 100 %, more where its words need it; columns of nought share what is left."""
    figures: bool = False
    """Amounts and counts stand at the right, all figures equally wide."""
    weight: Weight = "regular"
    tone: Callable[[R], str] | str = "ink"
    """The token a cell is written in."""
    mark: Callable[[R], painting.Mark | None] | None = None
    """An icon before the words, on a tint where it is a chip."""
    under: Callable[[R], str] | None = None
    """A second, soft line, in a table whose rows are tall."""
    bar: Callable[[R], str] | None = None
    """The token of a treatment's colour, drawn as a bar before the words."""
    sort: Callable[[R], Any] | None = None
    """What rows are put in order by; None where the column cannot be sorted."""
    link: bool = False
    """The cell leads somewhere: pressing it is told by `followed`."""
    whole: bool = False
    """Its words are never cut short, such as when something begins and ends."""
    total: str = ""


class Rows(QAbstractTableModel, Generic[R]):
    """Frozen rows in memory; with `asked` it leaves sorting to a new question and tells `sort_asked`."""

    sort_asked = Signal(int, bool)

    def __init__(self, columns: Sequence[Column[R]], *, asked: bool = False) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[R, ...] = ()
        self._asked = asked
        self._order: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows in place of the old, in the order chosen before."""
        self.beginResetModel()
        self.rows = self._sorted(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.header}: {column.text(row)}".replace("\n", " ")
        return row if role == OBJECT else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(self.columns[section], Qt.AlignmentFlag.AlignBottom)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in order by a column, or ask for them anew in that order."""
        descending = order == Qt.SortOrder.DescendingOrder
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._order = (column, descending)
        if self._asked:
            self.sort_asked.emit(column, descending)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.rows
        kept = [(index, id(before[index.row()])) for index in self.persistentIndexList()]
        self.rows = self._sorted(before)
        if kept:
            place = {id(row): at for at, row in enumerate(self.rows)}
            self.changePersistentIndexList(
                [index for index, _row in kept],
                [self.index(place[row], index.column()) for index, row in kept],
            )
        self.layoutChanged.emit()

    def _sorted(self, rows: Sequence[R]) -> tuple[R, ...]:
        if self._order is None or self._asked:
            return tuple(rows)
        column, descending = self._order
        return tuple(sorted(rows, key=self.columns[column].sort or str, reverse=descending))


def _aligned(
    column: Column[Any], vertical: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter
) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft) | vertical


class _View(QTableView):
    """Qt's table with the house's manners: whole rows, hover, Enter opens."""

    entered_row = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hovered = -1
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorClearable(False)
        self.horizontalHeader().setMinimumSectionSize(24)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() else -1)
        model = self.model()
        leads = index.isValid() and isinstance(model, Rows) and model.columns[index.column()].link
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()


class Table(QWidget, Generic[R]):
    """A table on a screen: the view, its totals, and a sentence where it is empty."""

    chosen = Signal(object)
    """The row under the selection, or None."""
    opened = Signal(object)
    """The row someone pressed Enter or a double click on."""
    followed = Signal(object, int)
    """A row's link, by its column."""
    sort_asked = Signal(int, bool)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        name: str,
        empty: Empty,
        identity: Callable[[R], object] = id,
        asked: bool = False,
    ) -> None:
        """Take the name a screen reader says, what stands there when empty, how a row is known again."""
        super().__init__()
        self.model: Rows[R] = Rows(columns, asked=asked)
        self._identity = identity
        self._empty = empty
        self.drawn: dict[int, int] = {}
        """The columns drawn to a width by hand, in pixels at 100 %."""
        self._needed: list[int] = []
        self._fitting = False
        self.view = _View()
        self.view.setAccessibleName(name)
        self.view.setModel(self.model)
        self.view.setItemDelegate(painting.RowPainter(self.view, self.model.columns))
        self._totals = (
            painting.Totals(self.view, self.model.columns)
            if any(column.total for column in columns)
            else None
        )
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.view)
        if self._totals is not None:
            lines.addWidget(self._totals)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(empty)
        self._head()
        self._measure()
        theme.changed.connect(self._measure)
        self.model.sort_asked.connect(self.sort_asked)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current))
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self.model.rows[index.row()]))
        self.view.entered_row.connect(self._open)
        self.view.clicked.connect(self._follow)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; the one that was chosen stays chosen where it is still there."""
        before = None if self.current is None else self._identity(self.current)
        self.model.set_rows(rows)
        if before is not None:
            self.choose(before)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._weigh()

    def show_totals(self, totals: Sequence[str]) -> None:
        """Put these totals at the foot, one to a column."""
        if self._totals is not None:
            self._totals.show_totals(totals)
            self._weigh()

    def draw_columns(self, widths: Mapping[int, int]) -> None:
        """Give columns the widths somebody drew them to before."""
        self.drawn = {at: width for at, width in widths.items() if at < len(self.model.columns)}
        self._fit()

    @property
    def current(self) -> R | None:
        """The row under the selection."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def choose(self, identity: object) -> None:
        """Select the row known by this identity, and bring it into view."""
        for at, row in enumerate(self.model.rows):
            if self._identity(row) == identity:
                self.view.selectRow(at)
                return

    def _open(self, row: int) -> None:
        at = self.view.currentIndex().column()
        if self.model.columns[at].link:
            self.followed.emit(self.model.rows[row], at)
        else:
            self.opened.emit(self.model.rows[row])

    def _follow(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].link:
            self.followed.emit(self.model.rows[index.row()], index.column())

    def _head(self) -> None:
        header = self.view.horizontalHeader()
        sortable = any(column.sort is not None for column in self.model.columns)
        header.setSectionsClickable(sortable)
        header.setSortIndicatorShown(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if sortable:
            self.view.setSortingEnabled(True)
            header.setSortIndicatorShown(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._redrawn)
        self.view.resized.connect(self._fit)

    def _measure(self) -> None:
        tall = any(column.under is not None for column in self.model.columns)
        self.view.verticalHeader().setDefaultSectionSize(theme.px(TALL_ROW if tall else ROW))
        self._weigh()

    def _weigh(self) -> None:
        """Measure what each column's words need, and divide the room anew."""
        rows = sampled(self.model.rows)
        feet = self._totals.shown if self._totals is not None else ("",) * len(self.model.columns)
        self._needed = [
            painting.needed(column, rows, foot, first=not at)
            for at, (column, foot) in enumerate(zip(self.model.columns, feet, strict=True))
        ]
        self._fit()

    def _fit(self) -> None:
        """Divide the room among the columns that are shown."""
        header, room = self.view.horizontalHeader(), self.view.viewport().width()
        shown = [at for at in range(len(self._needed)) if not header.isSectionHidden(at)]
        self._fitting = True
        for at, width in zip(shown, shared([self._wish(at) for at in shown], room), strict=True):
            header.resizeSection(at, width)
        self._fitting = False

    def _wish(self, at: int) -> Wish:
        column, needed = self.model.columns[at], self._needed[at]
        if at in self.drawn:
            return Wish(theme.px(self.drawn[at]), needed, 0, fixed=True)
        whole = (
            column.figures or column.link or column.whole
        )  # half an amount says something else, half a link nothing
        least = needed if whole else max(theme.px(LEAST), min(needed, theme.px(LEAST_WORDS)))
        return Wish(theme.px(column.width), needed, least, shares=not column.width)

    def _redrawn(self, at: int, before: int, now: int) -> None:
        """Keep to a width drawn by hand; a column that comes or goes leaves its room to the others."""
        if self._fitting:
            return
        if before and now:
            self.drawn[at] = round(now * 100 / theme.percent)
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._totals is not None:
            self._totals.update()
