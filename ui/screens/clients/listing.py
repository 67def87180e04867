"""The table of clients: found while one types, in the order asked for, further on when scrolled to the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import clients
from clinic.office.clients import ClientRow, Order
from clinic.wording import _, day, figure, moment, ngettext
from ui.table import Column, Table
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, Empty, column, row
from ui.widgets.fields import Search
from ui.widgets.flow import Flow
from ui.widgets.painting import Mark
from ui.widgets.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ui.runner import Runner

STRETCH = 200
"""How many clients are fetched at a time."""
ORDERS = {0: Order.NAME, 3: Order.LAST_VISIT, 4: Order.NEXT_VISIT}
NARROW = ((2, 760), (1, 690), (3, 540), (5, 420))
"""Columns that give way, and the width at which each does."""


class Stretch(NamedTuple):
    """Some of the clients, and how many there are in all."""

    rows: tuple[ClientRow, ...]
    whole: int


def _stretch(work: Any, **asked: Any) -> Stretch:
    many = clients.count(work, typed=asked["typed"], archived=asked["archived"])
    return Stretch(clients.page(work, **asked), many)


class Listing(QWidget):
    """Everybody on file; Enter opens a client's page."""

    opened = Signal(object)

    def __init__(self, runner: Runner, take_on: Callable[[], object], bring: Callable[[], object]) -> None:
        super().__init__()
        self._runner = runner
        self._order: tuple[Order, bool] = (Order.NAME, False)
        self._rows: tuple[ClientRow, ...] = ()
        self._whole = 0
        self._asking = False
        self.search = Search(_("Name, phone or birth date"))
        self.search.textChanged.connect(lambda _typed: self.ask(anew=True))
        self.search.returnPressed.connect(self._open_first)
        self.search.installEventFilter(self)
        self.archived = QCheckBox(_("Archived too"))
        self.archived.toggled.connect(lambda _on: self.ask(anew=True))
        self._many = text.soft()
        self._empty = Empty(_("The people you treat stand here."), _("New client"), take_on, "users")
        self.table: Table[ClientRow] = Table(
            _columns(),
            name=_("Clients"),
            empty=self._empty,
            identity=lambda row: row.id,
            asked=True,
        )
        self.table.opened.connect(lambda row: self.opened.emit(row.id))
        self.table.sort_asked.connect(self._sort)
        self.table.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        card = Card(margin=1)
        card.add(self.table)
        self.new = primary(_("New client"), take_on, icon="user-plus")
        self.bring = quiet(_("From another program"), bring, icon="upload")
        head = Flow(text.title(_("Clients")), self._many, Tools(self.bring, self.new), last_right=True)
        lines = column(spacing=16, margin=20)
        lines.addLayout(head)
        looking = row(self.search, self.archived)
        looking.setStretch(0, 1)
        lines.addLayout(looking)
        lines.addWidget(card, 1)
        self.setLayout(lines)
        self.setMinimumHeight(theme.px(300))

    def let_take_on(self, *, may: bool, many: bool) -> None:
        """Offer to take somebody on, or the whole list of another program, only to who may."""
        self.new.setVisible(may)
        self.bring.setVisible(many)
        self._empty.button.setVisible(may)

    def ask(self, *, anew: bool = False) -> None:
        """Look again; `anew` begins at the top, as for other words or another order."""
        if anew:
            self.table.view.scrollToTop()
        limit = STRETCH if anew else max(STRETCH, len(self._rows))
        self._ask(0, limit)

    def _ask(self, offset: int, limit: int) -> None:
        order, descending = self._order
        self._asking = True
        query = partial(
            _stretch,
            typed=self.search.text(),
            order=order,
            descending=descending,
            archived=self.archived.isChecked(),
            offset=offset,
            limit=limit,
        )
        self._runner.ask(query, self._show_more if offset else self._show, latest="clients/list")

    def _show(self, found: Stretch) -> None:
        self._asking = False
        self._rows, self._whole = found
        searching = bool(self.search.text().strip())
        self._empty.sentence.setText(
            _("Nobody on file is found by these words.")
            if searching
            else _("The people you treat stand here.")
        )
        self._show_rows()

    def _show_more(self, found: Stretch) -> None:
        self._asking = False
        known = {row.id for row in self._rows}
        self._rows += tuple(row for row in found.rows if row.id not in known)
        self._whole = found.whole
        self._show_rows()

    def _show_rows(self) -> None:
        bar = self.table.view.verticalScrollBar()
        at = bar.value()
        self.table.show_rows(self._rows)
        bar.setValue(at)
        self._many.setText(ngettext("{n} client", "{n} clients", self._whole).format(n=f"{self._whole:,}"))

    def _scrolled(self, at: int) -> None:
        """Fetch the next stretch shortly before the end is reached."""
        bar = self.table.view.verticalScrollBar()
        if at > bar.maximum() - bar.pageStep() and len(self._rows) < self._whole and not self._asking:
            self._ask(len(self._rows), STRETCH)

    def _sort(self, column: int, descending: bool) -> None:  # noqa: FBT001 - as the signal hands it over
        self._order = (ORDERS[column], descending)
        self.ask(anew=True)

    def _open_first(self) -> None:
        if self._rows and not self._asking:
            self.opened.emit(self._rows[0].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow down lead from the search into the table."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress and self._rows:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current is None:
                self.table.view.selectRow(0)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for at, least in NARROW:
            self.table.view.setColumnHidden(at, self.width() < theme.px(least))


def _columns() -> tuple[Column[ClientRow], ...]:
    return (
        Column(
            _("Client"),
            _name,
            weight="medium",
            tone=lambda row: "soft_ink" if row.archived else "ink",
            mark=lambda row: Mark("archive") if row.archived else None,
            sort=lambda row: row.name,
        ),
        Column(_("Phone"), lambda row: row.phone or "", 140, tone="soft_ink"),
        Column(_("Visits"), lambda row: f"{row.visits:,}", 70, figures=True),
        Column(
            _("Last visit"),
            lambda row: day(row.last_visit.date()) if row.last_visit else "",
            120,
            tone="soft_ink",
            sort=lambda row: row.last_visit,
        ),
        Column(
            _("Next visit"),
            lambda row: moment(row.next_visit) if row.next_visit else "",
            180,
            sort=lambda row: row.next_visit,
        ),
        Column(
            _("Balance"),
            lambda row: figure(row.balance),
            110,
            figures=True,
            tone=lambda row: "ink" if row.balance else "soft_ink",
        ),
    )


def _name(row: ClientRow) -> str:
    if row.preferred_name and not row.name.startswith(row.preferred_name):
        return _("{name} ({preferred})").format(name=row.name, preferred=row.preferred_name)
    return row.name
