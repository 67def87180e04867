"""The time a report is about: a year, the last twelve months, or from one day to another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets.cards import row
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence


def today() -> date:
    """Tell the machine's day, for what a field proposes."""
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())


YEARS_BACK = 7
MONTH, TWELVE, OWN = "month", "twelve", "own"


class Period(QWidget):
    """One field for the usual times, and two more for any other."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.choice = Choice(_offered(today))
        self.choice.setAccessibleName(_("Which time"))
        self.first, self.last = DayLine(today, past=True), DayLine(today, past=True)
        for field, name, day in (
            (self.first, _("From"), today.replace(day=1)),
            (self.last, _("To"), today),
        ):
            field.setAccessibleName(name)
            field.setFixedWidth(theme.px(132))
            field.set_day(day)
            field.hide()
            field.editingFinished.connect(self.changed)
        self.setLayout(row(self.choice, self.first, self.last, spacing=8))
        self.choice.activated.connect(self._chosen)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        chosen = self.choice.currentData()
        if chosen == MONTH:
            first = self._today.replace(day=1)
            return first, first + relativedelta(months=1, days=-1)
        if chosen == TWELVE:
            return self._today.replace(day=1) - relativedelta(months=11), self._today
        if chosen == OWN:
            first = self.first.day or self._today.replace(day=1)
            return first, max(first, self.last.day or self._today)
        return date(int(chosen), 1, 1), date(int(chosen), 12, 31)

    def _chosen(self, _at: int) -> None:
        own = self.choice.currentData() == OWN
        self.first.setVisible(own)
        self.last.setVisible(own)
        self.changed.emit()


def _offered(today: date) -> Sequence[tuple[str, object]]:
    years = [(str(today.year - back), today.year - back) for back in range(YEARS_BACK)]
    return [
        *years[:1],
        (_("This month"), MONTH),
        (_("Last twelve months"), TWELVE),
        *years[1:],
        (_("From … to …"), OWN),
    ]
