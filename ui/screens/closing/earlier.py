"""The days that were closed, month by month; each opens its sheet again."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic.office import closed_days, closing
from clinic.values import NOTHING, Money
from clinic.wording import _, clock, long_day, money, weekday
from clinic.wording.refusals import sentence
from clinic.wording.reports import month
from ui.panel import Head
from ui.screens.closing.paper import PaperPanel, open_panel
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import Card, Page, column, row

if TYPE_CHECKING:
    from clinic.office.closed_days import ClosedDay
    from ui.screen import Counter


def open_closed_days(counter: Counter) -> None:
    """Show the days that were closed at the right."""
    counter.runner.ask(
        closed_days.recent,
        lambda found: open_panel(counter, ClosedDays(counter, found)),
        lambda no: counter.toast(sentence(no)),
    )


class ClosedDays(QWidget):
    """A line for each close: the day, how the drawer came out, and its sheet."""

    def __init__(self, counter: Counter, found: tuple[ClosedDay, ...]) -> None:
        super().__init__()
        self._counter = counter
        self._page = Page(margin=18)
        under = _("Each sheet stands as it was on the evening the day was closed.")
        self._page.body.addWidget(Head(_("Closed days"), under, counter.hide_panel))
        for first, days in groupby(found, key=lambda one: one.on.replace(day=1)):
            card = Card(month(first), margin=14)
            for each in days:
                card.body.addLayout(self._line(each))
            card.body.setSpacing(10)
            self._page.body.addWidget(card)
        if not found:
            said = _("No day was closed yet. Close of day, on Today, counts the drawer and keeps a sheet.")
            self._page.body.addWidget(text.soft(said, wrap=True))
        self._page.body.addStretch(1)
        self.setLayout(column(self._page, spacing=0))
        self.setAccessibleName(_("Closed days"))

    def _line(self, each: ClosedDay) -> QHBoxLayout:
        when = weekday(each.on)
        by = _("{time}, {name}").format(time=clock(each.closed_at), name=each.closed_by)
        under = [by if each.closed_by else clock(each.closed_at), _came_out(each)]
        under += [each.remark] if each.remark else []
        if not each.counts:
            under.append(_("closed again later"))
        lines = column(
            text.label(when, weight="semibold" if each.counts else ""),
            text.caption(", ".join(under), wrap=True),
            spacing=1,
        )
        sheet = link(_("Open sheet"), partial(self._open, each))
        sheet.setAccessibleName(_("Open the sheet of {day}").format(day=long_day(each.on)))
        line = row(spacing=8)
        line.addLayout(lines, 1)
        line.addWidget(sheet)
        return line

    def _open(self, each: ClosedDay) -> None:
        self._counter.runner.ask(partial(closing.sheet, closing=each.id), partial(self._show, each))

    def _show(self, each: ClosedDay, content: bytes) -> None:
        head = (_("Close of day"), long_day(each.on))
        panel = PaperPanel(self._counter, head, f"close-{each.on.isoformat()}", content)
        panel.inside.addWidget(link(_("All closed days"), lambda: open_closed_days(self._counter)))
        open_panel(self._counter, panel)


def _came_out(each: ClosedDay) -> str:
    """Say how the count compared with what should have lain there."""
    off = each.difference
    if off == NOTHING:
        return _("the drawer was right")
    words = _("{amount} too much") if off.cents > 0 else _("{amount} missing")
    return words.format(amount=money(Money(abs(off.cents))))
