"""Purses: how the money on bundles went to their visits, whoever sold, bought or used them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from clinic.records import Allocation, Appointment, Bundle, Invoice, Line, Payment, Refund, RefundAllocation
from clinic.rules import annual, billing, bundles
from clinic.values import BundleId, ClientId, LineId, LineKind, Money
from clinic.workroom.facts import LINE_FACTS, line_of, payments_of, refunds_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

    from clinic.storage.work import Work


def purses_of(work: Work, clients: Collection[str] | None) -> dict[BundleId, annual.Purse]:
    """Work out how the bundles' money went to their visits; a bundle may be used by somebody else's visits."""
    if clients is None:
        return _purses(work, None)
    used = select(Line.bundle).join(Invoice, Invoice.id == Line.invoice).where(Invoice.client.in_(clients))
    return _purses(work, or_(Bundle.client.in_(clients), Bundle.id.in_(used)))


def purses_used(work: Work, ids: Collection[str]) -> dict[BundleId, annual.Purse]:
    """Work out how the money of some bundles went to their visits; mostly there are none."""
    return _purses(work, Bundle.id.in_(ids)) if ids else {}


def _purses(work: Work, which: ColumnElement[bool] | None) -> dict[BundleId, annual.Purse]:
    sold = select(Bundle, Line.price_cents, Line.discount_cents, Line.tax_cents).join(
        Line, Line.id == Bundle.line
    )
    found = work.session.execute(sold if which is None else sold.where(which)).all()
    if not found:
        return {}
    ids, sales = [row.Bundle.id for row in found], [row.Bundle.line for row in found]
    uses = _uses(work, Line.bundle.is_not(None) if which is None else Line.bundle.in_(ids))
    on_sales = Allocation.line.in_(select(Bundle.line) if which is None else sales)
    settled = _settled_sales(work, on_sales)
    return annual.purses(
        (
            bundles.Bundle(
                BundleId(row.Bundle.id),
                ClientId(row.Bundle.client),
                LineId(row.Bundle.line),
                Money(row.price_cents - (row.discount_cents or 0) + (row.tax_cents or 0)),
                row.Bundle.visits,
                tuple(uses[row.Bundle.id]),
            )
            for row in found
        ),
        settled.pieces,
        settled.late_refunds,
    )


def sales_of(work: Work) -> billing.Settled:
    """Follow the money on the sales of all bundles."""
    return _settled_sales(work, Allocation.line.in_(select(Bundle.line)))


def _uses(work: Work, which: ColumnElement[bool]) -> dict[str, list[bundles.Use]]:
    asked = (
        select(Line.bundle, Line.id, Appointment.at, Appointment.state, Invoice.issued_on)
        .join(Invoice, Invoice.id == Line.invoice)
        .outerjoin(Appointment, Appointment.id == Line.appointment)
        .where(which, Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
    )
    uses: dict[str, list[bundles.Use]] = defaultdict(list)
    for row in work.run(asked):
        if row.at is None:
            uses[row.bundle].append(bundles.Use(LineId(row.id), row.issued_on))
        elif row.state in annual.TAKEN:
            uses[row.bundle].append(bundles.Use(LineId(row.id), row.at.date()))
    return uses


def _settled_sales(work: Work, on_sales: ColumnElement[bool]) -> billing.Settled:
    """Follow the money on the sales of bundles, whoever paid it."""
    payers = select(Allocation.payment).where(on_sales)
    paid = work.run(
        select(Payment.client, Payment.id, Payment.paid_on, Payment.method, Payment.amount_cents).where(
            Payment.id.in_(payers),
        ),
    ).all()
    allocated = work.run(
        select(Allocation.payment, Allocation.line, Allocation.amount_cents)
        .where(Allocation.payment.in_(payers))
        .order_by(Allocation.payment, Allocation.position),
    ).all()
    refunds = work.run(
        select(Refund.id, Refund.payment, Refund.refunded_on, Refund.amount_cents).where(
            Refund.payment.in_(payers)
        ),
    ).all()
    taken = work.run(
        select(RefundAllocation.refund, RefundAllocation.line, RefundAllocation.amount_cents)
        .join(Refund, Refund.id == RefundAllocation.refund)
        .where(Refund.payment.in_(payers)),
    ).all()
    lines = work.run(
        select(Invoice.client, *LINE_FACTS)
        .join(Line, Line.invoice == Invoice.id)
        .where(Line.kind == LineKind.BUNDLE_SALE),
    )
    return billing.settle(
        [line_of(row) for row in lines],
        payments_of(list(paid), list(allocated)),
        refunds_of(list(refunds), list(taken)),
    )
