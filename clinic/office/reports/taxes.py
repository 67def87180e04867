"""Sales tax month by month, and a year's figures in the order a Schedule C asks for them; figures, no advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func

from clinic.office.reports import income, owed
from clinic.office.reports.shape import Asked, Cell, Chart, Column, Detail, Figure, Report, Row, Unit, summed
from clinic.records import Client, Invoice, Line
from clinic.rules import reports
from clinic.rules.permissions import Permission, Reach
from clinic.rules.reports import Part, Posting
from clinic.values import NOTHING, ClientId, LineKind, Money, Refusal
from clinic.workroom import postings
from clinic.workroom.asking import name_of, of_clients

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clinic.storage.work import Work

SALES = (
    Column("month", Unit.MONTH),
    Column("goods_taxed", Unit.MONEY),
    Column("goods_untaxed", Unit.MONEY),
    Column("tax_paid_back", Unit.MONEY),
    Column("sales_tax", Unit.MONEY),
)
SOLD = (
    Column("day", Unit.DAY),
    Column("client"),
    Column("receipt"),
    Column("for"),
    Column("net", Unit.MONEY),
    Column("sales_tax", Unit.MONEY),
)


def sales_tax(work: Work, asked: Asked) -> Report:
    """Tell what tax was charged on goods, by the day they were sold; what was paid back takes its part along."""
    granted = work.require(Permission.REPORTS_SEE)
    if granted is Reach.OWN:
        raise Refusal("not_allowed", permission=Permission.REPORTS_SEE.value)
    found = [*_sold(work, asked), *_returned(work, asked)]
    rows = []
    for month in reports.months(asked.first, asked.last):
        here = [each for each in found if reports.month_of(each.on) == month]
        taxed = sum(each.net.cents for each in here if each.sold and each.tax)
        untaxed = sum(each.net.cents for each in here if each.sold and not each.tax)
        back = sum(each.tax.cents for each in here if not each.sold)
        due = sum(each.tax.cents for each in here)
        cells: tuple[Cell, ...] = (month, Money(taxed), Money(untaxed), Money(back), Money(due))
        rows.append(Row(cells, tuple(each.detail for each in here)))
    totals = ("", *summed(SALES, rows)[1:])
    figures = (
        Figure("sales_tax", totals[4], tone="accent"),
        Figure("goods_taxed", totals[1]),
        Figure("goods_untaxed", totals[2]),
    )
    return Report(asked, SALES, tuple(rows), totals, SOLD, figures, Chart((4,), over_time=True))


@dataclass(frozen=True, slots=True)
class _Taxed:
    """Goods sold, or given back."""

    on: Any
    net: Money
    tax: Money
    sold: bool
    detail: Detail


def _sold(work: Work, asked: Asked) -> Iterator[_Taxed]:
    net = Line.price_cents - func.coalesce(Line.discount_cents, 0)
    said = of_clients(Invoice.issued_on, Invoice.number, Line.text, Line.tax_cents, net.label("net"))
    said = said.join(Invoice, Invoice.client == Client.id).join(Line, Line.invoice == Invoice.id)
    said = said.where(Invoice.issued_on.between(asked.first, asked.last), Invoice.void_on.is_(None))
    said = said.where((Line.kind == LineKind.PRODUCT) | (func.coalesce(Line.tax_cents, 0) > 0))
    for row in work.run(said.order_by(Invoice.issued_on, Invoice.number, Line.position)):
        amount, tax = Money(row.net), Money(row.tax_cents or 0)
        cells = (row.issued_on, name_of(row), row.number, row.text, amount, tax)
        detail = Detail(cells, row.number, ClientId(row.client))
        yield _Taxed(row.issued_on, amount, tax, sold=True, detail=detail)


def _returned(work: Work, asked: Asked) -> Iterator[_Taxed]:
    back = [
        posting
        for posting in postings.paid(work, Reach.ALL, asked.first, asked.last)
        if posting.amount < NOTHING and posting.tax
    ]
    names = income.names_of(work, {posting.client for posting in back})
    for posting in back:
        net = posting.amount - posting.tax
        cells = (posting.on, names.clients[posting.client], posting.receipt, posting.text, net, posting.tax)
        detail = Detail(cells, posting.receipt, posting.client)
        yield _Taxed(posting.on, net, posting.tax, sold=False, detail=detail)


SCHEDULE = (Column("line"), Column("entries", Unit.COUNT), Column("amount", Unit.MONEY))


def schedule_c(work: Work, asked: Asked) -> Report:
    """Put a period's money in the order of a Schedule C, by the day it was paid."""
    granted = work.require(Permission.REPORTS_SEE)
    found = postings.paid(work, granted, asked.first, asked.last)
    names = income.names_of(work, {posting.client for posting in found})

    def line(code: str, which: Callable[[Posting], bool]) -> Row:
        group = [posting for posting in found if which(posting)]
        amount = reports.total(group) - Money(sum(posting.tax.cents for posting in group))
        return Row((code, len(group), amount), income.entries(group, names))

    came = {part: _came(part) for part in Part}
    rows = [
        line("gross_care", came[Part.CARE]),
        line("gross_tips", came[Part.TIPS]),
        line("gross_goods", came[Part.GOODS]),
        line("gross_fees", came[Part.FEES]),
        line("gross_ahead", lambda p: p.amount > NOTHING and p.part in {Part.AHEAD, Part.ON_ACCOUNT}),
        line("returns", lambda p: p.amount < NOTHING),
    ]
    receipts_ = _added(rows)
    tax = Money(sum(posting.tax.cents for posting in found))
    rows.append(Row(("tax_collected", sum(bool(p.tax) for p in found), tax)))
    figures = [Figure("net_receipts", receipts_, tone="accent"), Figure("tax_collected", tax)]
    if granted is Reach.ALL:
        holding = owed.held(work, asked)
        figures.append(Figure("held", holding.totals[-1]))
    totals = ("net_receipts", None, receipts_)
    return Report(asked, SCHEDULE, tuple(rows), totals, income.ENTRIES, tuple(figures), Chart((2,)))


def _came(part: Part) -> Callable[[Posting], bool]:
    return lambda posting: posting.amount > NOTHING and posting.part is part


def _added(rows: Sequence[Row]) -> Money:
    return Money(sum(cell.cents for row in rows if isinstance(cell := row.cells[-1], Money)))
