"""The books of a year: its numbers, its money, and the sheet that closes it; a closed year takes nothing more."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.documents import year_sheet
from clinic.documents.year_sheet import Numbers, YearSheet
from clinic.office.reports import owed
from clinic.office.reports.shape import About, Asked
from clinic.records import AuditRow, Counter, Invoice, Paper, PaperKind, Payment, Refund
from clinic.rules import books, reports
from clinic.rules.permissions import Permission, Reach
from clinic.rules.reports import Part
from clinic.values import NOTHING, Method, Money, Refusal
from clinic.workroom import closed, ledgers, postings, sheets

if TYPE_CHECKING:
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class YearBooks:
    """A year as its closing sheet tells it."""

    sheet: YearSheet
    closed: bool
    over: bool
    """Whether the year has ended, so that it can be closed."""

    @property
    def whole(self) -> bool:
        """Whether no number is missing."""
        return not any(each.missing for each in self.sheet.numbers)


def of_year(work: Work, *, year: int) -> YearBooks:
    """Gather the books of a year."""
    work.require(Permission.REPORTS_SEE)
    if work.reach(Permission.REPORTS_SEE) is not Reach.ALL:
        raise Refusal("not_allowed", permission=Permission.REPORTS_SEE.value)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = postings.paid(work, Reach.ALL, first, last)
    parts = reports.by_part(found)
    by_method = {
        how: reports.total(group)
        for how, group in reports.gathered(found, lambda posting: posting.method).items()
        if how is not None
    }
    holding = owed.held(work, Asked(About.HELD, first, last))
    due = owed.owed(work, Asked(About.OWED, first, last))
    head = work.run(
        select(AuditRow.sequence, AuditRow.seal).order_by(AuditRow.sequence.desc()).limit(1)
    ).first()
    station = sheets.stationery(work, ledgers.practice_of(work, []).policy)
    is_closed = year in closed.years_in(work.practice.settings)
    sheet = YearSheet(
        year=year,
        made_at=work.wall,
        closed=is_closed,
        practice=station.letterhead,
        numbers=_numbers(work, year),
        voids=_voids(work, year),
        methods=tuple((how, by_method[how]) for how in Method if how in by_method),
        care=parts[Part.CARE],
        tips=parts[Part.TIPS],
        goods=parts[Part.GOODS],
        fees=parts[Part.FEES],
        ahead=parts[Part.AHEAD] + parts[Part.ON_ACCOUNT],
        paid_back=-_went_back(work, first, last),
        tax=Money(sum(posting.tax.cents for posting in found)),
        held=_money(holding.totals[-1]),
        owed=_money(due.totals[-1]),
        trail=head.sequence if head else 0,
        head=head.seal.hex() if head else "",
        format=station.format,
    )
    return YearBooks(sheet, is_closed, over=year < work.today.year)


def _money(cell: object) -> Money:
    return cell if isinstance(cell, Money) else NOTHING


def _numbers(work: Work, year: int) -> tuple[Numbers, ...]:
    """Tell of each series its first and last number, how many stand on paper, and whether one is missing."""
    issued: dict[str, set[int]] = defaultdict(set)
    for row in work.run(select(Paper.series, Paper.sequence).where(Paper.year == year)):
        issued[row.series].add(row.sequence)
    told = []
    for counter in work.session.scalars(select(Counter).where(Counter.year == year).order_by(Counter.series)):
        taken = issued[counter.series]
        skipped = _skipped(work, counter.series, year)
        missing = sum(len(run) for run in books.gaps(taken, counter.last, skipped))
        first = min(taken, default=0)
        told.append(Numbers(counter.series, first, counter.last, len(taken), missing))
    return tuple(
        sorted(told, key=lambda each: (not each.series.startswith(books.Book.RECEIPTS), each.series))
    )


def _skipped(work: Work, series: str, year: int) -> list[range]:
    asked = select(AuditRow.payload).where(
        AuditRow.action == "numbers_skipped", AuditRow.object == f"counters/{series}/{year}"
    )
    gaps = [json.loads(payload) for payload in work.session.scalars(asked)]
    return [range(gap["from"], gap["to"] + 1) for gap in gaps]


def _voids(work: Work, year: int) -> tuple[tuple[str, date, str], ...]:
    asked = (
        select(Invoice.number, Invoice.void_on, Invoice.void_reason)
        .join(Paper, Paper.number == Invoice.number)
        .where(Paper.kind == PaperKind.RECEIPT, Paper.year == year, Invoice.void_on.is_not(None))
        .order_by(Paper.series, Paper.sequence)
    )
    return tuple((row.number, row.void_on, row.void_reason or "") for row in work.run(asked))


def _went_back(work: Work, first: date, last: date) -> Money:
    asked = (
        select(func.sum(Refund.amount_cents))
        .join(Payment, Payment.id == Refund.payment)
        .where(Refund.refunded_on.between(first, last), Payment.method != Method.GIFT)
    )
    return Money(work.session.scalar(asked) or 0)


def closing_sheet(work: Work, *, year: int) -> bytes:
    """Print the sheet that closes a year, or shows how it stands."""
    work.require(Permission.REPORTS_SEE)
    return year_sheet.pdf(of_year(work, year=year).sheet)


def close(work: Work, *, year: int, reason: str) -> None:
    """Close a year that is over: nothing is dated into it any more, and none of its receipts is voided."""
    work.require(Permission.MONEY_REVERSE, reason=reason)
    if year >= work.today.year:
        raise Refusal("year_not_over", at="year", year=year)
    settings = work.practice.settings or {}
    years = closed.years_in(settings)
    if year in years:
        raise Refusal("year_closed", at="year", year=year)
    work.practice.settings = {**settings, "closed_years": sorted({*years, year})}
    work.note("year_closed", "practice/practice", {"year": year, "reason": reason})


def open_again(work: Work, *, year: int, reason: str) -> None:
    """Open a year that was closed too early; the trail keeps who did, and why."""
    work.require(Permission.MONEY_REVERSE, reason=reason)
    settings = work.practice.settings or {}
    years = closed.years_in(settings)
    if year not in years:
        raise Refusal("year_not_closed", at="year", year=year)
    rest = sorted(years - {year})
    kept = {name: value for name, value in settings.items() if name != "closed_years"}
    work.practice.settings = {**kept, **({"closed_years": rest} if rest else {})}
    work.note("year_opened", "practice/practice", {"year": year, "reason": reason})
