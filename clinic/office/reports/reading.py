"""Reading a report: which there are for whom, and the one that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.reports import income, journal, owed, people, taxes
from clinic.office.reports.shape import About
from clinic.rules.permissions import Permission, Reach
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic.office.reports.shape import Asked, Report
    from clinic.storage.work import Work

MAKERS: Mapping[About, Callable[[Work, Asked], Report]] = {
    About.INCOME: income.income,
    About.OWED: owed.owed,
    About.TIPS: income.tips,
    About.SALES_TAX: taxes.sales_tax,
    About.HELD: owed.held,
    About.ABSENCES: people.absences,
    About.LETTERS: people.letters,
    About.CLIENTS: people.clients,
    About.SCHEDULE_C: taxes.schedule_c,
    About.JOURNAL: journal.journal,
}
ALSO = {About.LETTERS: Permission.LETTER_SEE, About.ABSENCES: Permission.CALENDAR_SEE}
WHOLE = frozenset({About.SALES_TAX, About.JOURNAL})
"""Reports about the practice as a whole, which nobody has a part of their own in."""


def offered(work: Work) -> tuple[About, ...]:
    """Name the reports this person may read."""
    granted = work.require(Permission.REPORTS_SEE)
    return tuple(
        about
        for about in MAKERS
        if (about not in ALSO or work.reach(ALSO[about]) > Reach.NONE)
        and (granted is Reach.ALL or about not in WHOLE)
    )


def read(work: Work, asked: Asked) -> Report:
    """Make the report that was asked for."""
    work.require(Permission.REPORTS_SEE)
    if asked.first > asked.last:
        raise Refusal("period_backwards", at="last")
    return MAKERS[asked.about](work, asked)
