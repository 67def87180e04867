"""The journal's movements: what was paid, paid back and used, handed to the rule that books it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.records import Allocation, Invoice, Line, Payment, Refund, RefundAllocation
from clinic.rules import journal, reports
from clinic.rules.journal import Movement
from clinic.values import LineKind, Money
from clinic.workroom import rests
from clinic.workroom.asking import TOTAL
from clinic.workroom.purses import purses_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clinic.rules.journal import Entry
    from clinic.storage.work import Work

LINE = (Line.kind, Line.tax_cents, TOTAL.label("whole"), Invoice.issued_on, Invoice.number)


def entries(work: Work, first: date, last: date) -> tuple[Entry, ...]:
    """Book everything between two days."""
    found = chain(_came_in(work), _went_back(work), _rests(work), _used(work))
    return journal.in_order(found, first, last)


def _movement(row: Any, on: date, cents: int, **more: Any) -> Movement:
    amount = Money(cents)
    tax = reports.tax_within(amount, Money(row.tax_cents or 0), Money(row.whole))
    return Movement(on, row.method, row.kind, amount, row.number, tax, **more)


def _came_in(work: Work) -> Iterator[Entry]:
    on_lines = (
        select(Payment.paid_on, Payment.method, Allocation.amount_cents, *LINE)
        .join(Allocation, Allocation.payment == Payment.id)
        .join(Line, Line.id == Allocation.line)
        .join(Invoice, Invoice.id == Line.invoice)
    )
    for row in work.run(on_lines):
        yield from journal.came_in(_movement(row, row.paid_on, row.amount_cents, charged_on=row.issued_on))
    spent = (
        select(func.sum(Allocation.amount_cents)).where(Allocation.payment == Payment.id).scalar_subquery()
    )
    left = Payment.amount_cents - func.coalesce(spent, 0)
    loose = select(Payment.paid_on, Payment.method, Payment.number, left.label("cents")).where(left > 0)
    for row in work.run(loose):
        yield from journal.came_in(_loose(row, row.paid_on))


def _loose(row: Any, on: date) -> Movement:
    return Movement(on, row.method, None, Money(row.cents), row.number or "")


def _went_back(work: Work) -> Iterator[Entry]:
    standing = (
        select(Allocation.line)
        .where(Allocation.payment == Refund.payment, Allocation.line == RefundAllocation.line)
        .exists()
    )
    on_lines = (
        select(Refund.refunded_on, Payment.method, RefundAllocation.amount_cents, *LINE[:4], Refund.number)
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment)
        .join(RefundAllocation, RefundAllocation.refund == Refund.id)
        .join(Line, Line.id == RefundAllocation.line)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(standing)
    )
    for row in work.run(on_lines):
        yield from journal.went_back(_movement(row, row.refunded_on, row.amount_cents))
    # What went back on a line that was voided since came out of credit, for its payment is credit again.
    parts = (
        select(func.sum(RefundAllocation.amount_cents))
        .where(RefundAllocation.refund == Refund.id, standing)
        .correlate(Refund)
        .scalar_subquery()
    )
    left = Refund.amount_cents - func.coalesce(parts, 0)
    loose = (
        select(Refund.refunded_on, Payment.method, Refund.number, left.label("cents"))
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment)
        .where(left > 0)
    )
    for row in work.run(loose):
        yield from journal.went_back(_loose(row, row.refunded_on))


def _rests(work: Work) -> Iterator[Entry]:
    for rest in rests.paid_in_cash(work):
        yield from journal.rest_in_cash(rest.on, rest.amount, rest.receipt)


def _used(work: Work) -> Iterator[Entry]:
    asked = (
        select(Line.id, Line.bundle, Invoice.number)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
    )
    rows = work.run(asked).all()
    purses = purses_of(work, None) if rows else {}
    for row in rows:
        purse = purses.get(row.bundle)
        for piece in purse.funding.pieces.get(row.id, ()) if purse else ():
            yield from journal.bundle_used(piece.counts_on, piece.amount, row.number)
