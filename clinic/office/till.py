"""The till: what a visit is charged, money taken and paid back, receipts voided; nothing issued is ever edited."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.office import charges as charges_
from clinic.office import gifts as gifts_
from clinic.office.door import clean
from clinic.records import (
    Allocation,
    Appointment,
    Bundle,
    Client,
    Gift,
    Invoice,
    Line,
    PaperKind,
    Payment,
)
from clinic.rules import billing, books, calendar, gifts, settling
from clinic.rules.permissions import Permission
from clinic.values import (
    NOTHING,
    ClientId,
    InvoiceId,
    LineId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Refusal,
    State,
)
from clinic.workroom import closed, excerpts, issuing, ledgers, receipts, sheets, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.office.charges import Charge
    from clinic.rules.annual import Ledger
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Tender:
    """Money handed over."""

    method: Method
    amount: Money
    gift_code: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """An invoice with its receipt's number, and what is still to pay."""

    invoice: InvoiceId
    number: str
    balance: Money


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A later payment with the number of its own receipt."""

    payments: tuple[PaymentId, ...]
    numbers: tuple[str, ...]


def check_out(
    work: Work,
    *,
    operation: str,
    client: ClientId,
    charges: Sequence[Charge],
    tenders: Sequence[Tender] = (),
    replaces: str = "",
) -> CheckedOut:
    """Charge lines, take the money for them, and issue the receipt; asked twice, it is done once."""
    work.require(Permission.MONEY_TAKE, client=client)
    if (done := work.repeated(operation, "check_out")) is not None:
        told = json.loads(done)
        return CheckedOut(InvoiceId(told["invoice"]), told["number"], Money(told["balance"]))
    closed.check_open(work, work.today)
    payer = work.get(Client, client)
    if not payer.name:
        raise Refusal("patient_name_missing", at="client")
    if not charges:
        raise Refusal("nothing_to_charge", at="charges")
    for charge in charges:
        charges_.check(work, charge, client=client)
    invoice = InvoiceId(work.new_id())
    lines = [_line(work, invoice, place, charge) for place, charge in enumerate(charges)]
    asked = Money(sum(charge.total.cents for charge in charges))
    offered = Money(sum(tender.amount.cents for tender in tenders))
    if offered > asked:
        raise Refusal("paid_too_much", at="tenders", most=asked)
    number = issuing.take_number(work, books.Book.RECEIPTS, work.today)
    work.add(Invoice(id=invoice, client=client, issued_on=work.today, number=str(number)))
    for line in lines:
        work.add(line)
    for line, charge in zip(lines, charges, strict=True):
        _sell(work, client, line, charge)
    _close_visits(work, charges)
    work.flush()
    facts = [_fact(line, work, str(number)) for line in lines]
    payments = [_take(work, client, tender) for tender in tenders]
    paid = _allocate(work, facts, payments)
    work.flush()
    paid += _spend_credit(work, client, facts, paid)
    work.flush()
    _freeze(work, client, invoice, replaces)
    balance = asked - Money(sum(part.amount.cents for part in paid))
    told = {"invoice": invoice, "number": str(number), "balance": balance.cents}
    work.carried_out(operation, "check_out", json.dumps(told))
    return CheckedOut(invoice, str(number), balance)


def _close_visits(work: Work, charges: Sequence[Charge]) -> None:
    """Set the visits that are paid for to done, where they have begun: the receipt says what took place."""
    for key in {charge.appointment for charge in charges if charge.appointment is not None}:
        visit = work.get(Appointment, key)
        if calendar.ends_when_paid(visit.state, visit.at, work.wall):
            steps.take(work, visit, State.DONE)


def _line(work: Work, invoice: InvoiceId, place: int, charge: Charge) -> Line:
    text = clean(charge.text, at="text")
    if text is None:
        raise Refusal("text_missing", at="text")
    return Line(
        id=work.new_id(),
        invoice=invoice,
        position=place,
        kind=charge.kind,
        appointment=charge.appointment,
        bundle=charge.bundle,
        text=text,
        price_cents=charge.price.cents,
        discount_cents=charge.discount.cents or None,
        tax_cents=charge.tax.cents or None,
        discount_reason=clean(charge.discount_reason, at="discount_reason") if charge.discount else None,
    )


def _sell(work: Work, client: ClientId, line: Line, charge: Charge) -> None:
    """Keep what a line sells for later: a bundle's visits, or a gift certificate."""
    if charge.kind is LineKind.BUNDLE_SALE and charge.sells is not None:
        bundle = Bundle(id=work.new_id(), client=client, line=line.id, price_cents=charge.total.cents)
        bundle.treatment, bundle.visits = charge.sells.treatment, charge.sells.visits
        work.add(bundle)
    if charge.kind is LineKind.GIFT_SALE:
        code = clean(charge.gift_code, at="gift_code") or work.new_id()[-8:].upper()
        if work.session.scalar(select(Gift.id).where(Gift.code == code)) is not None:
            raise Refusal("gift_code_taken", at="gift_code")
        work.add(Gift(id=work.new_id(), line=line.id, code=code, amount_cents=charge.price.cents))


def _fact(line: Line, work: Work, number: str) -> billing.Line:
    return billing.Line(
        LineId(line.id),
        InvoiceId(line.invoice),
        work.today,
        line.position,
        line.kind,
        line.text,
        Money(line.price_cents),
        Money(line.discount_cents or 0),
        Money(line.tax_cents or 0),
        receipt=number,
    )


def _take(work: Work, client: ClientId, tender: Tender) -> Payment:
    if tender.amount <= NOTHING:
        raise Refusal("amount_wrong", at="tenders")
    gift = _redeemed(work, tender) if tender.method is Method.GIFT else None
    return work.add(
        Payment(
            id=work.new_id(),
            client=client,
            paid_on=work.today,
            method=tender.method,
            gift=gift,
            amount_cents=tender.amount.cents,
            reference=clean(tender.reference, at="reference"),
        ),
    )


def _redeemed(work: Work, tender: Tender) -> str:
    gift = gifts_.find(work, tender.gift_code)
    gifts.redeem(gifts_.left_on(work, gift), tender.amount)
    return gift.id


def _allocate(
    work: Work,
    lines: Sequence[billing.Line],
    payments: Sequence[Payment],
) -> list[billing.Allocation]:
    """Settle lines with new payments, care first and tips last."""
    told = [
        billing.Payment(PaymentId(p.id), p.paid_on, p.method, Money(p.amount_cents), None) for p in payments
    ]
    made = []
    for payment, parts in settling.in_hand(lines, told).items():
        for place, part in enumerate(parts):
            work.add(
                Allocation(payment=payment, position=place, line=part.line, amount_cents=part.amount.cents)
            )
            made.append(part)
    return made


def _spend_credit(
    work: Work,
    client: ClientId,
    lines: Sequence[billing.Line],
    paid: Sequence[billing.Allocation],
) -> list[billing.Allocation]:
    """Settle what is still open with money the client left here earlier."""
    open_lines = billing.still_open(lines, paid)
    if not any(line.total for line in open_lines):
        return []
    ledger = ledgers.ledger_of(work, client)
    held: dict[PaymentId, Money] = {}
    for credit in billing.settle(ledger.lines, ledger.payments, ledger.refunds).credits:
        held[credit.payment] = held.get(credit.payment, NOTHING) + credit.amount
    told = [
        replace(payment, amount=held[payment.id], allocations=None)
        for payment in ledger.payments
        if payment.by_client and held.get(payment.id, NOTHING) > NOTHING
    ]
    made = []
    for payment, parts in settling.allocate(open_lines, told).items():
        taken = work.session.scalar(
            select(func.max(Allocation.position)).where(Allocation.payment == payment)
        )
        for place, part in enumerate(parts, start=0 if taken is None else taken + 1):
            work.add(
                Allocation(payment=payment, position=place, line=part.line, amount_cents=part.amount.cents)
            )
            made.append(part)
    return made


def _freeze(work: Work, client: ClientId, invoice: InvoiceId, replaces: str = "") -> None:
    ledger = excerpts.of_invoices(work, client, {invoice})
    shared = excerpts.practice_of(work, ledger)
    station = sheets.stationery(work, shared.policy, signing=True)
    for one in receipts.invoiced(work, ledger, shared, {invoice}, issued_at=work.wall):
        sheet = sheets.receipt_sheet(replace(one, replaces=replaces), station)
        issuing.issue(work, sheet, PaperKind.RECEIPT, invoice=invoice)


def take_payment(work: Work, *, operation: str, client: ClientId, tenders: Sequence[Tender]) -> TakenIn:
    """Take money for what is still owed; each payment gets a receipt of its own that names the first one."""
    work.require(Permission.MONEY_TAKE, client=client)
    if (done := work.repeated(operation, "take_payment")) is not None:
        told = json.loads(done)
        return TakenIn(tuple(told["payments"]), tuple(told["numbers"]))
    closed.check_open(work, work.today)
    ledger = ledgers.ledger_of(work, client)
    owed = _owed(ledger)
    offered = Money(sum(tender.amount.cents for tender in tenders))
    due = Money(sum(amount.cents for amount in owed.values()))
    if not tenders or offered > due:
        raise Refusal("paid_too_much" if tenders else "amount_wrong", at="tenders", most=due)
    payments = [_take(work, client, tender) for tender in tenders]
    open_lines = [
        replace(line, price=owed[line.id], discount=NOTHING, tax=NOTHING)
        for line in ledger.lines
        if line.id in owed
    ]
    paid = {part.line for part in _allocate(work, open_lines, payments)}
    numbers = receipted(work, client, payments, {line.invoice for line in open_lines if line.id in paid})
    told = {"payments": list(numbers), "numbers": list(numbers.values())}
    work.carried_out(operation, "take_payment", json.dumps(told))
    return TakenIn(tuple(PaymentId(key) for key in numbers), tuple(numbers.values()))


def receipted(
    work: Work, client: ClientId, payments: Sequence[Payment], invoices: set[InvoiceId]
) -> dict[str, str]:
    """Give each of some later payments the next number, and a receipt that names the first ones."""
    work.require(Permission.MONEY_TAKE, client=client)
    numbers = {}
    for payment in payments:
        payment.number = str(issuing.take_number(work, books.Book.RECEIPTS, work.today))
        numbers[payment.id] = payment.number
    work.flush()
    told = excerpts.of_invoices(work, client, invoices)
    shared = excerpts.practice_of(work, told)
    station = sheets.stationery(work, shared.policy, signing=True)
    for one in receipts.later(work, told, shared, numbers):
        sheet = sheets.receipt_sheet(replace(one, issued_at=work.wall), station)
        issuing.issue(work, sheet, PaperKind.PAYMENT, payment=one.payment)
    return numbers


def take_deposit(work: Work, *, operation: str, client: ClientId, tenders: Sequence[Tender]) -> TakenIn:
    """Take money that is for nothing yet: it stays the client's, and pays what is charged later."""
    work.require(Permission.MONEY_TAKE, client=client)
    if (done := work.repeated(operation, "take_deposit")) is not None:
        told = json.loads(done)
        return TakenIn(tuple(told["payments"]), tuple(told["numbers"]))
    if not tenders or any(tender.method in billing.NOT_THE_CLIENTS for tender in tenders):
        raise Refusal("deposit_needs_money", at="tenders")
    payer = work.get(Client, client)
    if not payer.name:
        raise Refusal("patient_name_missing", at="client")
    payments = [_take(work, client, tender) for tender in tenders]
    station = sheets.stationery(work, ledgers.practice_of(work, [client]).policy)
    for payment in payments:
        payment.number = str(issuing.take_number(work, books.Book.RECEIPTS, work.today))
    work.flush()
    for payment in payments:
        sheet = sheets.deposit_sheet(payment, payer, station, work.wall)
        issuing.issue(work, sheet, PaperKind.PAYMENT, payment=payment.id)
    numbers = [payment.number or "" for payment in payments]
    told = {"payments": [payment.id for payment in payments], "numbers": numbers}
    work.carried_out(operation, "take_deposit", json.dumps(told))
    return TakenIn(tuple(PaymentId(payment.id) for payment in payments), tuple(numbers))


def _owed(ledger: Ledger) -> Mapping[LineId, Money]:
    """Work out what is open on each line of a client's that stands."""
    settled = billing.settle(ledger.lines, ledger.payments, ())
    owed = {}
    for line in ledger.lines:
        if billing.is_open(line):
            left = line.total - Money(sum(piece.amount.cents for piece in settled.pieces.get(line.id, ())))
            if left > NOTHING:
                owed[line.id] = left
    return owed
