"""Insurers that pay late: for care the client has paid meanwhile, and has coming back to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.office import till
from clinic.office.door import clean
from clinic.records import Allocation, Client, Invoice, Payment
from clinic.rules import billing
from clinic.rules.permissions import Permission
from clinic.values import NOTHING, ClientId, InvoiceId, Method, Money, PaymentId, PlanType, Refusal
from clinic.workroom import closed, excerpts

if TYPE_CHECKING:
    from clinic.storage.work import Work

NEVER_PAY = frozenset({None, PlanType.NONE.value, PlanType.MEDICARE.value})


@dataclass(frozen=True, slots=True)
class Late:
    """What an insurer may still pay on a receipt, and what came in on it beyond what it asks for."""

    may_pay: Money
    """Nothing where the client has no plan that pays for massage, and no insurer paid so far."""
    too_much: Money


@dataclass(frozen=True, slots=True)
class PaidLate:
    """An insurer's payment with its receipt's number, and what the client has coming back now."""

    payment: PaymentId
    number: str
    too_much: Money


def late(work: Work, invoice: InvoiceId) -> Late:
    """Tell what an insurer may still pay on a receipt, whatever the client has paid."""
    work.require(Permission.MONEY_SEE)
    record = work.get(Invoice, invoice)
    work.require(Permission.MONEY_SEE, client=record.client)
    ledger = excerpts.of_invoices(work, ClientId(record.client), {invoice})
    lines = [line for line in ledger.lines if line.invoice == invoice]
    plan = (work.get(Client, record.client).payer or {}).get("plan_type")
    expected = plan not in NEVER_PAY or any(paid.method is Method.INSURER for paid in ledger.payments)
    left = billing.left_for_insurer(lines, ledger.payments, ledger.refunds) if expected else {}
    return Late(
        Money(sum(amount.cents for amount in left.values())),
        billing.overpaid(lines, ledger.payments, ledger.refunds),
    )


def take(work: Work, *, operation: str, invoice: InvoiceId, amount: Money, reference: str = "") -> PaidLate:
    """Take what an insurer pays for the care on a receipt; asked twice, it is taken once."""
    work.require(Permission.MONEY_TAKE)
    record = work.get(Invoice, invoice)
    client = ClientId(record.client)
    work.require(Permission.MONEY_TAKE, client=client)
    if (done := work.repeated(operation, "insurer_paid")) is not None:
        told = json.loads(done)
        return PaidLate(PaymentId(told["payment"]), told["number"], Money(told["too_much"]))
    closed.check_open(work, work.today)
    ledger = excerpts.of_invoices(work, client, {invoice})
    lines = [line for line in ledger.lines if line.invoice == invoice]
    left = billing.left_for_insurer(lines, ledger.payments, ledger.refunds)
    most = Money(sum(each.cents for each in left.values()))
    if amount <= NOTHING:
        raise Refusal("amount_wrong", at="amount")
    if amount > most:
        raise Refusal("paid_too_much", at="amount", most=most)
    payment = work.add(
        Payment(
            id=work.new_id(),
            client=client,
            paid_on=work.today,
            method=Method.INSURER,
            amount_cents=amount.cents,
            reference=clean(reference, at="reference"),
        )
    )
    rest = amount
    for place, (line, open_) in enumerate(left.items()):
        part = min(open_, rest)
        if part > NOTHING:
            work.add(Allocation(payment=payment.id, position=place, line=line, amount_cents=part.cents))
        rest -= part
    number = till.receipted(work, client, [payment], {invoice})[payment.id]
    too_much = late(work, invoice).too_much
    told = {"payment": payment.id, "number": number, "too_much": too_much.cents}
    work.carried_out(operation, "insurer_paid", json.dumps(told))
    return PaidLate(PaymentId(payment.id), number, too_much)
