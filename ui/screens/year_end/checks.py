"""The third step: only what keeps a line from being marked and can be mended, each with the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office.year_end import DRAFT_NOTE, PRIOR_REFUND
from clinic.wording import _, day, figure, ngettext, short_day
from clinic.wording.reasons import meaning, phrase
from ui.table import Column, Table
from ui.widgets import text
from ui.widgets.cards import Card, Empty

if TYPE_CHECKING:
    from clinic.office.year_end import Grid, ToCheck

RENEWABLE = frozenset(
    {"E-LMN-EXPIRED", "E-COUNT", "E-LMN-INCOMPLETE", "E-NOLMN", "E-LMN-FUTURE", "E-LMN-SIGNER"}
)
"""Reasons that another letter would put right for the visits to come."""
WAY = 4
"""The column that leads to where a reason is put right."""


class ChecksStep(QWidget):
    """The exceptions."""

    opened = Signal(object)
    """The ToCheck to be put right, wherever that is done."""
    request_asked = Signal(object)
    """A renewal, or a letter, is to be asked for; the ToCheck of it."""

    def __init__(self) -> None:
        super().__init__()
        self._done: set[tuple[str, str | None]] = set()
        self._means = text.soft(_("Choose a line to read what it means and what would clear it."), wrap=True)
        self._table: Table[ToCheck] = Table(
            (
                Column(
                    _("Client"),
                    lambda check: check.name,
                    weight="medium",
                    under=_when,
                    sort=lambda check: (check.name, check.first),
                ),
                Column(
                    _("What to check"),
                    lambda check: _in_short(check.code),
                    232,
                    under=_treatments,
                    sort=lambda check: check.code,
                ),
                Column(
                    _("Paid"),
                    lambda check: figure(check.amount),
                    96,
                    figures=True,
                    sort=lambda check: check.amount,
                ),
                Column("", self._asked, 136, tone="accent", link=True),
                Column("", _way, 120, tone="accent", link=True),
            ),
            name=_("What to check before the export"),
            empty=Empty(_("Nothing is left to mend: every line is marked, or rightly not."), icon="check"),
            identity=lambda check: (check.client, check.code, check.letter),
        )
        self._table.chosen.connect(self._explain)
        self._table.opened.connect(self.opened)
        self._table.followed.connect(self._follow)
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

    def requested(self, check: ToCheck) -> None:
        """Remember that a letter was asked for, so that it is not asked for twice."""
        self._done.add((check.client, check.letter))
        self._table.view.viewport().update()

    def _asked(self, check: ToCheck) -> str:
        if check.code not in RENEWABLE:
            return ""
        if (check.client, check.letter) in self._done:
            return _("Requested")
        return _("Request renewal") if check.letter else _("Request a letter")

    def _follow(self, check: ToCheck, column: int) -> None:
        if column == WAY:
            self.opened.emit(check)
        elif check.code in RENEWABLE and (check.client, check.letter) not in self._done:
            self.request_asked.emit(check)

    def _explain(self, check: ToCheck | None) -> None:
        if check is not None:
            self._means.setText(_meaning(check.code))


def _when(check: ToCheck) -> str:
    """Say on which days the service was; all of them are days of the year that is closed."""
    if check.first == check.last:
        return short_day(check.first)
    if check.first.year != check.last.year:
        return _("{first} to {last}").format(first=day(check.first), last=day(check.last))
    return _("{first} to {last}").format(first=short_day(check.first), last=short_day(check.last))


def _treatments(check: ToCheck) -> str:
    if check.lines == 1:
        return check.text
    return ngettext("{n} visit", "{n} visits", check.lines).format(n=check.lines)


def _way(check: ToCheck) -> str:
    return {"E-UNPAID": _("Take payment"), "E-PROVIDER": _("Open the staff")}.get(
        check.code, _("Open the chart")
    )


def _meaning(code: str) -> str:
    own = {
        DRAFT_NOTE: _(
            "A note of a visit of this year is not signed yet; who keeps the papers may ask for it."
        ),
        PRIOR_REFUND: _(
            "Money of an earlier year was paid back: that year's papers stay, this year's show it apart."
        ),
    }
    return own.get(code) or meaning(code)


def _in_short(code: str) -> str:
    """Name a reason; on paper a letter that had ended is no letter, here it is the one to renew."""
    own = {
        "E-COUNT": _("The letter's visits are used"),
        "E-DX": _("Not the letter's diagnosis"),
        "E-LMN-EXPIRED": _("The letter had ended"),
        "E-LMN-FUTURE": _("Card before the letter"),
        "E-LMN-INCOMPLETE": _("Letter not complete"),
        "E-LMN-PATIENT": _("Letter for somebody else"),
        "E-LMN-SIGNER": _("Signer does not count"),
        "E-NOLMN": _("Card without a letter"),
        "E-PROVIDER": _("No valid certificate"),
        "W-DX-VAGUE": _("Diagnosis too general"),
        "W-LMN-SELFREPORT": _("Letter by questionnaire"),
        DRAFT_NOTE: _("Note not signed yet"),
        PRIOR_REFUND: _("Earlier year paid back"),
    }
    words = own.get(code) or phrase(code)
    return words[:1].upper() + words[1:]
