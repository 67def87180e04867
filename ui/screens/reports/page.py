"""One report on the screen: its figures, its chart, its table, and the rows behind a number."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office.reports.shape import About, Unit
from clinic.values import NOTHING, Money
from clinic.wording import _, money, ngettext
from clinic.wording import reports as words
from ui.table import Column, Table
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import Card, Empty, Figure, Figures, column, row
from ui.widgets.chart import Chart, Legend, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.reports import shape
    from clinic.office.reports.shape import Cell, Report

WIDTHS = {Unit.MONEY: 116, Unit.COUNT: 116, Unit.DAY: 112, Unit.MONTH: 148, Unit.SHARE: 116}
WORDS_WIDTH = 148
NO_AMOUNT = "\u2013"


class ReportPage(QWidget):
    """Shows a report, and goes into a row and back."""

    opened = Signal(object)
    """The Detail somebody opened."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.inside: shape.Row | None = None
        """The row whose entries are shown."""
        self.figures, self.chart, self.legend = Figures(), Chart(), Legend()
        self.table: Table[Any] | None = None
        self._charted = Card(margin=16)
        top = row(spacing=12)
        self._drawn = text.section("")
        top.addWidget(self._drawn)
        top.addStretch(1)
        top.addWidget(self.legend)
        self._charted.body.addLayout(top)
        self._charted.add(self.chart)
        self._listed = Card(margin=0)
        self._listed.body.setSpacing(0)
        self._back = icon_only("arrow-left", _("Back to the whole report"), self.leave)
        self._heading, self._hint = text.section(""), text.caption("")
        head = row(self._back, self._heading, spacing=8)
        head.setContentsMargins(16, 10, 16, 10)
        head.addStretch(1)
        head.addWidget(self._hint)
        self._listed.body.addLayout(head)
        self._listed.add(text.rule())
        self.chart.chosen.connect(self._enter)
        self.setLayout(column(self.figures, self._charted, self._listed, spacing=16))
        lines = self.layout()
        if isinstance(lines, QVBoxLayout):
            lines.setStretch(2, 1)

    def show_report(self, report: Report) -> None:
        """Show a report; the row that was entered stays so where it is the same report."""
        before, within = self.report, self.inside
        same = before is not None and before.asked == report.asked and within is not None
        self.report, self.inside = report, None
        self.figures.show_figures(
            [
                Figure(words.heading(each.name), _figure(each), tone=each.tone)  # type: ignore[arg-type]  # the shape's tones are the window's
                for each in report.figures
            ]
        )
        self._draw(report)
        again = next((r for r in report.rows if same and within and r.cells[0] == within.cells[0]), None)
        if again is not None:
            self._show_inside(again)
        else:
            self._show_rows(report)

    def _draw(self, report: Report) -> None:
        chart = report.chart
        if chart is None or not any(
            _drawable(each.cells[at]) for each in report.rows for at in chart.columns
        ):
            self._charted.hide()
            return
        self._charted.show()
        unit = report.columns[chart.columns[0]].unit
        names = [words.heading(report.columns[at].name) for at in chart.columns]
        if chart.of_totals:
            marks = [
                Mark(name, (_drawable(report.totals[at]),))
                for name, at in zip(names, chart.columns, strict=True)
            ]
            names = names[:1]
        else:
            marks = [
                Mark(
                    _mark_name(each.cells[0], report.columns[0].unit),
                    tuple(_drawable(each.cells[at]) for at in chart.columns),
                    _drawable(chart.before[n]) if n < len(chart.before) else None,
                )
                for n, each in enumerate(report.rows)
            ]
        single = len(names) == 1 and not chart.of_totals
        self._drawn.setText(names[0] if single else _("At a glance"))
        self.chart.show_marks(marks, names, partial(_said, unit), over_time=chart.over_time)
        earlier = any(mark.before for mark in marks)
        self.legend.show_names(names, _("a year before") if earlier else "")

    def _show_rows(self, report: Report) -> None:
        self.inside = None
        self._back.hide()
        self._heading.setText(words.title(report.asked.about))
        self._hint.setText(_("A line opens what it is made of.") if report.rows else "")
        table = self._stand(report.columns, totals=True)
        table.show_rows(report.rows)
        table.show_totals(
            [
                _("All") if at == 0 and not cell else words.written(cell, each.unit)
                for at, (cell, each) in enumerate(zip(report.totals, report.columns, strict=True))
            ]
        )
        table.view.entered_row.connect(lambda at: self._open_row(table.model.rows[at]))
        table.view.clicked.connect(lambda index: self._open_row(table.model.rows[index.row()]))

    def _open_row(self, chosen: shape.Row) -> None:
        if self.report is not None and self.report.asked.about is About.LETTERS:
            self.opened.emit(chosen.details[0])
        elif chosen.details:
            self._show_inside(chosen)

    def _enter(self, at: int) -> None:
        chart = self.report.chart if self.report is not None else None
        if self.report is not None and chart is not None and not chart.of_totals:
            self._open_row(self.report.rows[at])

    def _show_inside(self, chosen: shape.Row) -> None:
        report = self.report
        if report is None:
            return
        self.inside = chosen
        self._back.show()
        head = words.written(chosen.cells[0], report.columns[0].unit) or _("Without a name")
        self._heading.setText(f"{words.title(report.asked.about)}: {head}")
        n = len(chosen.details)
        self._hint.setText(ngettext("{n} entry", "{n} entries", n).format(n=f"{n:,}"))
        self._hint.setToolTip(_("Enter or a double click opens the receipt or the client."))
        table = self._stand(report.details, totals=False)
        table.show_rows(chosen.details)
        table.opened.connect(self.opened)
        table.view.setFocus()

    def leave(self) -> None:
        """Go back from the entries to the rows."""
        if self.report is not None:
            within = self.inside
            self._show_rows(self.report)
            if self.table is not None and within is not None:
                self.table.choose(within.cells[0])
                self.table.view.setFocus()

    def _stand(self, columns: Sequence[shape.Column], *, totals: bool) -> Table[Any]:
        """Put a table of these columns in place of the one there."""
        if self.table is not None:
            self._listed.body.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        made: Table[Any] = Table(
            [_column(at, each, totals=totals) for at, each in enumerate(columns)],
            name=words.title(self.report.asked.about) if self.report else "",
            empty=Empty(_("There is nothing of this in the time asked for."), icon="leaf"),
            identity=lambda each: each.cells[0] if totals else id(each),
        )
        made.setMinimumHeight(220)
        self._listed.add(made)
        self.table = made
        return made


def _column(at: int, made: shape.Column, *, totals: bool) -> Column[Any]:
    figures = made.unit in {Unit.MONEY, Unit.COUNT, Unit.SHARE}
    stretches = at == 0 if totals else made.name in {"for", "client", "account"}
    return Column(
        words.heading(made.name),
        lambda each: _cell(each.cells[at], made, at),
        0 if stretches else WIDTHS.get(made.unit, WORDS_WIDTH),
        figures=figures,
        weight="medium" if at == 0 else "semibold" if made.name in {"total", "open", "held"} else "regular",
        sort=lambda each: _order(each.cells[at]),
        total="all" if totals and at == 0 else "",
    )


def _cell(cell: Cell, made: shape.Column, at: int) -> str:
    if cell is None or cell in {"", NOTHING}:
        return _nameless(made) if at == 0 and made.unit is Unit.WORDS else NO_AMOUNT
    return words.written(cell, made.unit)


def _nameless(made: shape.Column) -> str:
    return _("Nobody in particular") if made.name == "therapist" else _("Without a name")


def _order(cell: Cell) -> tuple[int, Any]:
    """Put cells in order, those with nothing in them first."""
    if cell is None or cell == "":
        return (0, 0)
    return (1, cell.casefold() if isinstance(cell, str) else cell)


def _figure(each: shape.Figure) -> str:
    return money(each.value) if isinstance(each.value, Money) else words.written(each.value, each.unit)


def _drawable(cell: Cell) -> int:
    return cell.cents if isinstance(cell, Money) else cell if isinstance(cell, int) else 0


def _mark_name(cell: Cell, unit: Unit) -> str:
    if unit is Unit.MONTH and isinstance(cell, date):
        return words.month(cell, short=True)
    return words.written(cell, unit) or _("Nobody in particular")


def _said(unit: Unit, value: int) -> str:
    """Write a value of the scale: dollars without cents where they are round."""
    if unit is not Unit.MONEY:
        return f"{value:,}"
    whole, cents = divmod(value, 100)
    return f"${whole:,}" if not cents else money(Money(value))
