"""The second step: every client with what they paid, and what of it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.values import NOTHING, Money
from clinic.wording import _, figure, money, ngettext
from ui.table import Column, Table
from ui.widgets import painting
from ui.widgets.buttons import Segments
from ui.widgets.cards import Card, Empty, Figure, Figures
from ui.widgets.fields import Search
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.year_end import Grid, GridRow

NO_AMOUNT = "\u2013"
EVERYONE, TO_CHECK, WITH, WITHOUT = "everyone", "check", "with", "without"


def _documented(line: GridRow) -> Money:
    return line.totals.marked_personal + line.totals.marked_hsa_fsa


def other_massage(line: GridRow) -> Money:
    """Tell what was paid for massage that no letter stood behind."""
    return line.totals.not_marked - line.fees_and_products - line.tips


def _cell(amount: Money) -> str:
    return figure(amount) if amount else NO_AMOUNT


def _state(line: GridRow) -> str:
    if not line.to_check:
        return _("Ready")
    return ngettext("{n} to check", "{n} to check", line.to_check).format(n=line.to_check)


def _mark(line: GridRow) -> painting.Mark:
    return (
        painting.Mark("circle-alert", "info", "info_on")
        if line.to_check
        else painting.Mark("check", "soft_ink")
    )


class GridStep(QWidget):
    """The grid with its figures, its filters and its totals."""

    opened = Signal(object)
    """The client of the row that was opened."""

    def __init__(self) -> None:
        super().__init__()
        self._grid: Grid | None = None
        self._figures = Figures()
        self._filter = Segments([(EVERYONE, _("Everyone"))], _("Show"))
        self._filter.switched.connect(self._show)
        self._name = Search(_("Filter by name"))
        self._name.setMaximumWidth(240)
        self._name.textChanged.connect(self._show)
        self._table: Table[GridRow] = Table(
            (
                Column(
                    _("Client"),
                    lambda line: line.name,
                    weight="medium",
                    sort=lambda line: line.name.casefold(),
                ),
                Column(
                    _("Visits"),
                    lambda line: str(line.visits),
                    72,
                    figures=True,
                    sort=lambda line: line.visits,
                ),
                Column(
                    _("Documented,\nown money"),
                    lambda line: _cell(line.totals.marked_personal),
                    124,
                    figures=True,
                    sort=lambda line: line.totals.marked_personal,
                ),
                Column(
                    _("Documented,\nHSA or FSA card"),
                    lambda line: _cell(line.totals.marked_hsa_fsa),
                    132,
                    figures=True,
                    sort=lambda line: line.totals.marked_hsa_fsa,
                ),
                Column(
                    _("Other\nmassage"),
                    lambda line: _cell(other_massage(line)),
                    112,
                    figures=True,
                    sort=other_massage,
                ),
                Column(
                    _("Fees and\nproducts"),
                    lambda line: _cell(line.fees_and_products),
                    104,
                    figures=True,
                    sort=lambda line: line.fees_and_products,
                ),
                Column(
                    _("Tips"), lambda line: _cell(line.tips), 96, figures=True, sort=lambda line: line.tips
                ),
                Column(
                    _("Paid"),
                    lambda line: figure(line.totals.client_paid),
                    112,
                    figures=True,
                    weight="semibold",
                    sort=lambda line: line.totals.client_paid,
                    total="paid",
                ),
                Column(_("State"), _state, 128, mark=_mark, sort=lambda line: -line.to_check),
            ),
            name=_("Every client's year"),
            empty=Empty(_("Nobody paid anything in this year.")),
            identity=lambda line: line.client,
        )
        self._table.opened.connect(lambda line: self.opened.emit(line.client))
        card = Card(margin=0)
        top = Flow(self._filter, self._name, last_right=True)
        top.setContentsMargins(12, 12, 12, 12)
        card.body.setSpacing(0)
        card.body.addLayout(top)
        card.add(self._table)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(16)
        lines.addWidget(self._figures)
        lines.addWidget(card, 1)

    def show_grid(self, grid: Grid) -> None:
        """Show a year."""
        self._grid = grid
        rows, totals = grid.rows, grid.totals
        to_check = sum(line.to_check for line in rows)
        clients = sum(1 for line in rows if line.to_check)
        visits = sum(line.visits for line in rows)
        self._figures.show_figures(
            [
                Figure(
                    _("Clients"),
                    str(len(rows)),
                    ngettext("{n} visit", "{n} visits", visits).format(n=f"{visits:,}"),
                ),
                Figure(_("Paid by clients"), money(totals.client_paid), _("as the till has it")),
                Figure(
                    _("Documented under a letter"),
                    money(totals.marked_personal + totals.marked_hsa_fsa),
                    _("of which {amount} by HSA or FSA card").format(amount=money(totals.marked_hsa_fsa)),
                    "accent",
                ),
                Figure(
                    _("To check before export"),
                    str(to_check),
                    ngettext("at {n} client", "at {n} clients", clients).format(n=clients)
                    if to_check
                    else _("nothing is left to mend"),
                    "info" if to_check else "ink",
                ),
            ],
        )
        marked = sum(1 for line in rows if _documented(line))
        self._filter.offer(
            [
                (EVERYONE, _("Everyone {n}").format(n=len(rows))),
                (TO_CHECK, _("To check {n}").format(n=clients)),
                (WITH, _("With a letter {n}").format(n=marked)),
                (WITHOUT, _("Without {n}").format(n=len(rows) - marked)),
            ],
        )
        self._show()

    def _show(self) -> None:
        if self._grid is None:
            return
        typed = self._name.text().casefold()
        shown = self._filter.chosen
        rows = tuple(
            line for line in self._grid.rows if _belongs(line, shown) and typed in line.name.casefold()
        )
        self._table.show_rows(rows)
        self._table.show_totals(_totals(rows))


def _belongs(line: GridRow, shown: str) -> bool:
    if shown == TO_CHECK:
        return line.to_check > 0
    return shown == EVERYONE or bool(_documented(line)) is (shown == WITH)


def _totals(rows: tuple[GridRow, ...]) -> tuple[str, ...]:
    def total(amounts: list[Money]) -> str:
        return figure(sum(amounts, start=NOTHING))

    checks = sum(line.to_check for line in rows)
    return (
        ngettext("{n} client", "All {n} clients", len(rows)).format(n=len(rows)),
        f"{sum(line.visits for line in rows):,}",
        total([line.totals.marked_personal for line in rows]),
        total([line.totals.marked_hsa_fsa for line in rows]),
        total([other_massage(line) for line in rows]),
        total([line.fees_and_products for line in rows]),
        total([line.tips for line in rows]),
        total([line.totals.client_paid for line in rows]),
        ngettext("{n} to check", "{n} to check", checks).format(n=checks) if checks else "",
    )
