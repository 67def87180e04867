"""The journal for the accountant's books: every movement on its two accounts, named by its paper and nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office import accounts
from clinic.office.reports.shape import Asked, Column, Detail, Figure, Report, Row, Unit, summed
from clinic.rules.permissions import Permission, Reach
from clinic.values import Money, Refusal
from clinic.workroom import journal as booking

if TYPE_CHECKING:
    from clinic.storage.work import Work

ACCOUNTS = (
    Column("account", Unit.NAME),
    Column("entries", Unit.COUNT),
    Column("debited", Unit.MONEY),
    Column("credited", Unit.MONEY),
)
BOOKED = (
    Column("date", Unit.DAY),
    Column("account", Unit.NAME),
    Column("debited", Unit.MONEY),
    Column("credited", Unit.MONEY),
    Column("memo", Unit.NAME),
)


def journal(work: Work, asked: Asked) -> Report:
    """Book what came in, went back and was used in a time, by account."""
    granted = work.require(Permission.REPORTS_SEE)
    if granted is Reach.OWN:
        raise Refusal("not_allowed", permission=Permission.REPORTS_SEE.value)
    called = accounts.names(work)
    found = booking.entries(work, asked.first, asked.last)
    rows = []
    for account, name in called.items():
        own = [entry for entry in found if entry.account == account]
        debit = Money(sum(entry.debit.cents for entry in own))
        credit = Money(sum(entry.credit.cents for entry in own))
        details = [
            Detail((each.on, name, each.debit or None, each.credit or None, each.memo), each.memo)
            for each in own
        ]
        if own:
            rows.append(Row((name, len(own), debit, credit), tuple(details)))
    totals = ("", *summed(ACCOUNTS, rows)[1:])
    figures = (
        Figure("debited", totals[2]),
        Figure("credited", totals[3]),
        Figure("entries", len(found), Unit.COUNT),
    )
    return Report(asked, ACCOUNTS, tuple(rows), totals, BOOKED, figures)
