"""The third step: only what keeps a line from being marked and can be mended, each with the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.wording import _, day, figure, ngettext, short_day
from clinic.wording.reasons import meaning, phrase
from ui.table import Column, Table
from ui.widgets import text
from ui.widgets.cards import Card, Empty

if TYPE_CHECKING:
    from clinic.office.year_end import Grid, ToCheck


class ChecksStep(QWidget):
    """The exceptions."""

    opened = Signal(object)
    """The client whose chart mends it."""

    def __init__(self) -> None:
        super().__init__()
        self._means = text.soft(_("Choose a line to read what it means and what would clear it."), wrap=True)
        self._table: Table[ToCheck] = Table(
            (
                Column(
                    _("Client"), lambda check: check.name, 200, weight="medium", sort=lambda check: check.name
                ),
                Column(_("Service dates"), _days, 208, sort=lambda check: check.first),
                Column(_("Treatment"), _treatments, 200),
                Column(
                    _("What to check"),
                    lambda check: _in_short(check.code),
                    sort=lambda check: check.code,
                ),
                Column(
                    _("Paid"),
                    lambda check: figure(check.amount),
                    96,
                    figures=True,
                    sort=lambda check: check.amount,
                ),
                Column("", lambda _check: _("Open the chart"), 120, tone="accent", link=True),
            ),
            name=_("What to check before the export"),
            empty=Empty(_("Nothing is left to mend: every line is marked, or rightly not."), icon="check"),
            identity=lambda check: (check.client, check.code, check.letter),
        )
        self._table.chosen.connect(self._explain)
        self._table.opened.connect(lambda check: self.opened.emit(check.client))
        self._table.followed.connect(lambda check, _column: self.opened.emit(check.client))
        card = Card(margin=0)
        card.add(self._table)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addWidget(card, 1)
        lines.addWidget(self._means)

    def show_checks(self, grid: Grid) -> None:
        """Show what is left to check."""
        self._table.show_rows(grid.to_check)

    def _explain(self, check: ToCheck | None) -> None:
        if check is not None:
            self._means.setText(meaning(check.code))


def _days(check: ToCheck) -> str:
    if check.first == check.last:
        return day(check.first)
    first = short_day(check.first) if check.first.year == check.last.year else day(check.first)
    return _("{first} to {last}").format(first=first, last=day(check.last))


def _treatments(check: ToCheck) -> str:
    if check.lines == 1:
        return check.text
    return ngettext("{n} visit", "{n} visits", check.lines).format(n=check.lines)


def _in_short(code: str) -> str:
    """Name a reason; on paper a letter that had ended is no letter, here it is the one to renew."""
    words = _("The letter had ended") if code == "E-LMN-EXPIRED" else phrase(code)
    return words[:1].upper() + words[1:]
