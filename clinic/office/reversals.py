"""Reversals: a receipt is voided or money is paid back, with a reason; what was issued stays as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import (
    Allocation,
    Bundle,
    Client,
    Gift,
    Invoice,
    Line,
    PaperKind,
    Payment,
    Refund,
    RefundAllocation,
)
from clinic.rules import annual, billing, books
from clinic.rules.permissions import Permission
from clinic.values import ClientId, InvoiceId, LineKind, Money, PaymentId, RefundId
from clinic.workroom import closed, issuing, ledgers, sheets

if TYPE_CHECKING:
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class PaidBack:
    """A refund with its credit note's number."""

    refund: str
    number: str


def void(work: Work, invoice: InvoiceId, *, reason: str) -> str:
    """Take a receipt back: its number stays, its lines count no more, its money is the client's credit again."""
    work.require(Permission.MONEY_REVERSE, reason=reason)
    record = work.get(Invoice, invoice)
    earlier = (
        books.Void(work.actor.staff, record.void_on, record.void_reason or "") if record.void_on else None
    )
    done = books.void(
        by=work.actor.staff,
        on=work.today,
        reason=clean(reason, at="reason") or "",
        earlier=earlier,
        used=_was_used(work, invoice),
    )
    closed.check_open(work, record.issued_on)
    record.void_on, record.void_reason = done.on, done.reason
    settling = select(Allocation).join(Line, Line.id == Allocation.line).where(Line.invoice == invoice)
    for part in work.session.scalars(settling):
        # What was paid is the client's credit again; the receipt's frozen sheet still tells what it was for.
        work.session.delete(part)
    work.note("voided", f"invoices/{invoice}", {"reason": done.reason, "number": record.number})
    return record.number


def _was_used(work: Work, invoice: InvoiceId) -> bool:
    """Tell whether something the invoice sold was used since: a bundle's visit, a part of a gift or its cash."""
    lines = select(Line.id).where(Line.invoice == invoice)
    bundle = select(Line.id).join(Bundle, Bundle.id == Line.bundle).join(Invoice, Invoice.id == Line.invoice)
    bundle = bundle.where(Bundle.line.in_(lines), Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
    gift = select(Payment.id).join(Gift, Gift.id == Payment.gift).where(Gift.line.in_(lines))
    cash = select(Gift.id).where(Gift.line.in_(lines), Gift.paid_out.is_not(None))
    return any(work.session.scalar(asked.limit(1)) is not None for asked in (bundle, gift, cash))


def refund(work: Work, *, operation: str, payment: PaymentId, amount: Money, reason: str) -> PaidBack:
    """Pay a part of a payment back, with a credit note; the papers issued before stay as they are."""
    work.require(Permission.MONEY_REVERSE, reason=reason)
    if (done := work.repeated(operation, "refund")) is not None:
        told = json.loads(done)
        return PaidBack(told["refund"], told["number"])
    record = work.get(Payment, payment)
    client = ClientId(record.client)
    ledger = ledgers.ledger_of(work, client)
    paid = next(p for p in ledger.payments if p.id == payment)
    earlier = [r for r in ledger.refunds if r.payment == payment]
    books.credit(
        amount,
        paid=paid.amount,
        paid_back=Money(sum(r.amount.cents for r in earlier)),
        paid_on=paid.paid_on,
        on=work.today,
    )
    made = billing.Refund(RefundId(work.new_id()), payment, work.today, amount)
    parts = billing.allocate_refund(made, paid, ledger.lines, earlier)
    number = str(issuing.take_number(work, books.Book.CREDIT_NOTES, work.today))
    work.add(
        Refund(id=made.id, payment=payment, refunded_on=work.today, amount_cents=amount.cents, number=number),
    )
    for place, part in enumerate(parts):
        work.add(
            RefundAllocation(refund=made.id, position=place, line=part.line, amount_cents=part.amount.cents)
        )
    shared = ledgers.practice_of(work, [client])
    refunded = sheets.Refunded(
        number,
        work.wall,
        work.get(Client, client),
        paid,
        work.today,
        amount,
        parts,
        {row.line.id: row for row in annual.all_lines(ledger, shared)},
        clean(reason, at="reason") or "",
    )
    sheet = sheets.credit_note_sheet(refunded, sheets.stationery(work, shared.policy, signing=True))
    issuing.issue(work, sheet, PaperKind.CREDIT_NOTE, refund=made.id)
    work.note("refunded", f"refunds/{made.id}", {"reason": reason, "number": number})
    work.carried_out(operation, "refund", json.dumps({"refund": made.id, "number": number}))
    return PaidBack(made.id, number)
