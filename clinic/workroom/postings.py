"""Postings: what came in and went back, and what was delivered, as the reports gather it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from clinic.records import (
    Allocation,
    Appointment,
    Invoice,
    Line,
    Payment,
    Refund,
    RefundAllocation,
)
from clinic.rules import reports
from clinic.rules.permissions import Reach
from clinic.rules.reports import PARTS, Part, Posting
from clinic.values import NOTHING, ClientId, LineId, LineKind, Method, Money, StaffId, TreatmentId
from clinic.workroom import rests
from clinic.workroom.asking import TOTAL
from clinic.workroom.purses import purses_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clinic.rules.annual import Purse
    from clinic.storage.work import Work
    from clinic.values import BundleId

ABOUT = (Line.id.label("line"), Line.kind, Line.text, Line.tax_cents, Invoice.number, TOTAL.label("whole"))
_BESIDE, _THEIRS = aliased(Line), aliased(Appointment)


def _of_the_visit(fact: Any, beside: Any) -> Any:
    """Take a fact of the line's visit; a tip or goods without one go with the visit on the same receipt."""
    there = (
        select(func.min(beside))
        .select_from(_BESIDE)
        .join(_THEIRS, _THEIRS.id == _BESIDE.appointment)
        .where(_BESIDE.invoice == Line.invoice)
        .correlate(Line)
        .scalar_subquery()
    )
    return func.coalesce(fact, there)


VISIT = (
    _of_the_visit(Appointment.staff, _THEIRS.staff).label("staff"),
    _of_the_visit(Appointment.treatment, _THEIRS.treatment).label("treatment"),
)


def paid(work: Work, granted: Reach, first: date, last: date) -> tuple[Posting, ...]:
    """Give what came in from clients and insurers between two days, less what went back.

    A gift certificate's money came in where it was bought, and a prepaid visit's with its bundle: neither comes
    in again when it is used.
    """
    found = [*_came_in(work, first, last), *_went_back(work, first, last), *_rests(work, first, last)]
    return _own(found, work, granted)


def delivered(work: Work, granted: Reach, first: date, last: date) -> tuple[Posting, ...]:
    """Give what was delivered between two days, before tax, whoever pays for it and whenever."""
    return _own([*_delivered(work, first, last), *_allowed(work, first, last)], work, granted)


def _own(found: list[Posting], work: Work, granted: Reach) -> tuple[Posting, ...]:
    if granted is Reach.OWN:
        found = [posting for posting in found if posting.staff == work.actor.staff]
    return tuple(sorted(found, key=lambda posting: (posting.on, posting.receipt)))


def _posting(row: Any, on: date, amount: Money, **more: Any) -> Posting:
    part = PARTS[row.kind]
    return Posting(
        on,
        amount,
        ClientId(row.client),
        part,
        staff=StaffId(row.staff) if row.staff else None,
        treatment=TreatmentId(row.treatment) if row.treatment else None,
        receipt=row.number or "",
        text=row.text or "",
        line=LineId(row.line),
        **more,
    )


def _came_in(work: Work, first: date, last: date) -> Iterator[Posting]:
    money = (Payment.id, Payment.paid_on, Payment.method, Payment.client)
    asked = (
        select(*money, *ABOUT, *VISIT, Allocation.amount_cents.label("cents"))
        .join(Allocation, Allocation.payment == Payment.id)
        .join(Line, Line.id == Allocation.line)
        .join(Invoice, Invoice.id == Line.invoice)
        .outerjoin(Appointment, Appointment.id == Line.appointment)
        .where(Payment.paid_on.between(first, last), Payment.method != Method.GIFT)
    )
    for row in work.run(asked):
        amount = Money(row.cents)
        tax = reports.tax_within(amount, Money(row.tax_cents or 0), Money(row.whole))
        yield _posting(row, row.paid_on, amount, method=row.method, tax=tax)
    spent = (
        select(func.sum(Allocation.amount_cents)).where(Allocation.payment == Payment.id).scalar_subquery()
    )
    left = Payment.amount_cents - func.coalesce(spent, 0)
    loose = select(*money, Payment.number, left.label("cents")).where(
        Payment.paid_on.between(first, last), Payment.method != Method.GIFT, left > 0
    )
    for row in work.run(loose):
        yield _on_account(row, row.paid_on, Money(row.cents))


def _on_account(row: Any, on: date, amount: Money) -> Posting:
    """Post money that is for nothing yet, or no longer."""
    return Posting(
        on, amount, ClientId(row.client), Part.ON_ACCOUNT, method=row.method, receipt=row.number or ""
    )


def _went_back(work: Work, first: date, last: date) -> Iterator[Posting]:
    money = (Refund.refunded_on, Payment.method, Payment.client)
    asked = (
        select(*money, *ABOUT, *VISIT, RefundAllocation.amount_cents.label("cents"))
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment)
        .join(RefundAllocation, RefundAllocation.refund == Refund.id)
        .join(Line, Line.id == RefundAllocation.line)
        .join(Invoice, Invoice.id == Line.invoice)
        .outerjoin(Appointment, Appointment.id == Line.appointment)
        .where(Refund.refunded_on.between(first, last), Payment.method != Method.GIFT)
    )
    for row in work.run(asked):
        amount = -Money(row.cents)
        tax = reports.tax_within(amount, Money(row.tax_cents or 0), Money(row.whole))
        yield _posting(row, row.refunded_on, amount, method=row.method, tax=tax)
    parts = (
        select(func.sum(RefundAllocation.amount_cents))
        .where(RefundAllocation.refund == Refund.id)
        .scalar_subquery()
    )
    left = Refund.amount_cents - func.coalesce(parts, 0)
    loose = (
        select(*money, Refund.number, left.label("cents"))
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment)
        .where(Refund.refunded_on.between(first, last), Payment.method != Method.GIFT, left > 0)
    )
    for row in work.run(loose):
        yield _on_account(row, row.refunded_on, -Money(row.cents))


def _rests(work: Work, first: date, last: date) -> Iterator[Posting]:
    """Give the small rests of gift certificates that were paid in cash."""
    for rest in rests.paid_in_cash(work, first, last):
        yield Posting(
            rest.on, -rest.amount, rest.client, Part.AHEAD, Method.CASH, receipt=rest.receipt, text=rest.code
        )


def _delivered(work: Work, first: date, last: date) -> Iterator[Posting]:
    begin, end = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    charged = (
        select(
            Invoice.client,
            Invoice.issued_on,
            Line.bundle,
            Appointment.at,
            *ABOUT,
            *VISIT,
            (Line.price_cents - func.coalesce(Line.discount_cents, 0)).label("cents"),
        )
        .join(Line, Line.invoice == Invoice.id)
        .outerjoin(Appointment, Appointment.id == Line.appointment)
        .where(Invoice.void_on.is_(None), Line.kind.not_in(reports.SOLD_AHEAD))
    )
    at_visits = charged.where(Appointment.at >= begin, Appointment.at < end)
    without = charged.where(Line.appointment.is_(None), Invoice.issued_on.between(first, last))
    rows = [*work.run(at_visits).all(), *work.run(without).all()]
    uses = any(row.kind is LineKind.BUNDLE_USE for row in rows)
    purses = purses_of(work, None) if uses else {}
    for row in rows:
        on = row.at.date() if row.at is not None else row.issued_on
        worth = _worth(row, purses) if row.kind is LineKind.BUNDLE_USE else Money(row.cents)
        yield _posting(row, on, worth)


def _worth(row: Any, purses: dict[BundleId, Purse]) -> Money:
    """Tell what a prepaid visit is worth: its share of the bundle's price."""
    purse = purses.get(row.bundle)
    return purse.funding.worth.get(row.line, NOTHING) if purse else NOTHING


def _allowed(work: Work, first: date, last: date) -> Iterator[Posting]:
    """Give what was paid back on lines that were delivered: they earned that much less."""
    for posting in _went_back(work, first, last):
        if posting.part not in {Part.AHEAD, Part.ON_ACCOUNT}:
            yield Posting(
                posting.on,
                posting.amount - posting.tax,
                posting.client,
                posting.part,
                staff=posting.staff,
                treatment=posting.treatment,
                receipt=posting.receipt,
                text=posting.text,
            )
