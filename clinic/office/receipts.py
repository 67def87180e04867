"""The book of receipts: every numbered paper as a row, and what can be done about one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select

from clinic.office import insurers
from clinic.records import Allocation, Client, Invoice, Line, Paper, PaperKind, Payment, Refund
from clinic.rules.permissions import Permission, Reach
from clinic.values import NOTHING, ClientId, InvoiceId, LineKind, Method, Money, PaymentId, Refusal
from clinic.workroom.asking import TOTAL, name_of, of_clients, within

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from clinic.storage.work import Work

MOST = 200
NOBODY_LATE = insurers.Late(NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A numbered paper as a row: a receipt, a later payment's receipt, or a credit note."""

    number: str
    on: date
    client: ClientId
    client_name: str
    amount: Money
    """What it charged or took; what a credit note gave back is negative."""
    methods: tuple[Method, ...]
    open: Money = NOTHING
    void: bool = False
    credit_note: bool = False
    invoice: InvoiceId | None = None
    printed: bool = True
    """False where today's paper was not handed out yet: a printer may fail after the receipt was issued."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment behind a receipt, and how much of it can still be paid back."""

    id: PaymentId
    on: date
    method: Method
    left: Money


@dataclass(frozen=True, slots=True)
class Opened:
    """A receipt with what can be done about it."""

    receipt: Receipt
    payments: tuple[Paid, ...]
    copies: int
    printed: bool
    void_reason: str
    may_take: bool = False
    """Whether its reader may take money and hand out papers."""
    may_reverse: bool = False
    """Whether its reader may void it and pay money back."""
    late: insurers.Late = NOBODY_LATE
    """What an insurer may still pay on it, and what came in on it beyond what it asks for."""


def recent(work: Work, *, words: str = "") -> tuple[Receipt, ...]:
    """List the newest papers, or those whose number or client is like these words."""
    granted = work.require(Permission.MONEY_SEE)
    found = [
        *_invoices(work, granted, _like(Invoice.number, words)),
        *_payments(work, granted, _like(Payment.number, words)),
        *_refunds(work, granted, _like(Refund.number, words)),
    ]
    return tuple(sorted(found, key=lambda row: (row.on, row.number), reverse=True)[:MOST])


def opened(work: Work, *, number: str) -> Opened:
    """Look at one paper, and the payments behind it."""
    granted = work.require(Permission.MONEY_SEE)
    paper = work.session.get(Paper, number)
    if paper is None:
        raise Refusal("receipt_unknown", at="number")
    rows = {
        PaperKind.RECEIPT: lambda: _invoices(work, granted, Invoice.id == paper.invoice),
        PaperKind.PAYMENT: lambda: _payments(work, granted, Payment.id == paper.payment),
        PaperKind.CREDIT_NOTE: lambda: _refunds(work, granted, Refund.id == paper.refund),
    }[paper.kind]()
    if not rows:
        raise Refusal("not_allowed", permission=Permission.MONEY_SEE.value)
    invoice = work.session.get(Invoice, paper.invoice) if paper.invoice else None
    return Opened(
        rows[0],
        _behind(work, paper, invoice),
        paper.copies,
        paper.printed_at is not None,
        (invoice.void_reason or "") if invoice else "",
        may_take=work.reach(Permission.MONEY_TAKE) is not Reach.NONE,
        may_reverse=work.reach(Permission.MONEY_REVERSE) is not Reach.NONE,
        late=insurers.late(work, rows[0].invoice) if rows[0].invoice and not rows[0].void else NOBODY_LATE,
    )


def _like(number: Any, words: str) -> Any:
    words = words.strip()
    if not words:
        return number.is_not(None)
    name = func.trim(Client.given_name + " " + Client.family_name)
    return or_(
        number.contains(words.upper(), autoescape=True),
        name.icontains(words, autoescape=True) & number.is_not(None),
    )


def _invoices(work: Work, granted: Reach, which: Any) -> list[Receipt]:
    asked = of_clients(Invoice.id, Invoice.number, Invoice.issued_on, Invoice.void_on, Paper.printed_at)
    asked = asked.join(Client, Client.id == Invoice.client).where(which)
    asked = asked.outerjoin(Paper, Paper.number == Invoice.number)
    asked = within(asked, work, granted).order_by(Invoice.issued_on.desc(), Invoice.number.desc()).limit(MOST)
    rows = work.run(asked).all()
    ids = [row.id for row in rows]
    charged, paid = _charged(work, ids), _settled(work, ids)
    return [
        Receipt(
            row.number,
            row.issued_on,
            ClientId(row.client),
            name_of(row),
            charged.get(row.id, NOTHING),
            tuple(sorted(paid[row.id])),
            open=NOTHING if row.void_on else max(NOTHING, charged.get(row.id, NOTHING) - _sum(paid[row.id])),
            void=row.void_on is not None,
            invoice=InvoiceId(row.id),
            printed=row.printed_at is not None or row.issued_on < work.today,
        )
        for row in rows
    ]


def _sum(by_method: dict[Method, Money]) -> Money:
    return Money(sum(amount.cents for amount in by_method.values()))


def _charged(work: Work, invoices: Collection[str]) -> dict[str, Money]:
    asked = select(Line.invoice, func.sum(TOTAL).label("cents"))
    asked = asked.where(Line.invoice.in_(invoices), Line.kind != LineKind.BUNDLE_USE).group_by(Line.invoice)
    return {row.invoice: Money(row.cents) for row in work.run(asked)}


def _settled(work: Work, invoices: Collection[str]) -> dict[str, dict[Method, Money]]:
    asked = (
        select(Line.invoice, Payment.method, func.sum(Allocation.amount_cents).label("cents"))
        .join(Allocation, Allocation.line == Line.id)
        .join(Payment, Payment.id == Allocation.payment)
        .where(Line.invoice.in_(invoices))
        .group_by(Line.invoice, Payment.method)
    )
    paid: dict[str, dict[Method, Money]] = defaultdict(dict)
    for row in work.run(asked):
        paid[row.invoice][row.method] = Money(row.cents)
    return paid


def _payments(work: Work, granted: Reach, which: Any) -> list[Receipt]:
    asked = of_clients(Payment.number, Payment.paid_on, Payment.method, Payment.amount_cents)
    asked = asked.join(Client, Client.id == Payment.client).where(which)
    asked = within(asked, work, granted).order_by(Payment.paid_on.desc(), Payment.number.desc()).limit(MOST)
    return [
        Receipt(
            row.number,
            row.paid_on,
            ClientId(row.client),
            name_of(row),
            Money(row.amount_cents),
            (row.method,),
        )
        for row in work.run(asked)
    ]


def _refunds(work: Work, granted: Reach, which: Any) -> list[Receipt]:
    asked = of_clients(Refund.number, Refund.refunded_on, Refund.amount_cents, Payment.method)
    asked = asked.join(Payment, Payment.id == Refund.payment).join(Client, Client.id == Payment.client)
    asked = within(asked.where(which), work, granted)
    asked = asked.order_by(Refund.refunded_on.desc(), Refund.number.desc()).limit(MOST)
    return [
        Receipt(
            row.number,
            row.refunded_on,
            ClientId(row.client),
            name_of(row),
            -Money(row.amount_cents),
            (row.method,),
            credit_note=True,
        )
        for row in work.run(asked)
    ]


def _behind(work: Work, paper: Paper, invoice: Invoice | None) -> tuple[Paid, ...]:
    """Name the payments that can be paid back from here.

    They are those that settle a receipt's lines, the one that a payment's own receipt is of, and after a void
    whatever is the client's credit.
    """
    back = select(func.sum(Refund.amount_cents)).where(Refund.payment == Payment.id).scalar_subquery()
    spent = (
        select(func.sum(Allocation.amount_cents)).where(Allocation.payment == Payment.id).scalar_subquery()
    )
    left = Payment.amount_cents - func.coalesce(back, 0)
    asked = select(
        Payment.id,
        Payment.paid_on,
        Payment.method,
        left.label("left"),
        func.coalesce(spent, 0).label("spent"),
    ).order_by(Payment.paid_on, Payment.id)
    if invoice is None:
        asked = asked.where(Payment.id == paper.payment)
    elif invoice.void_on is not None:
        asked = asked.where(Payment.client == invoice.client, func.coalesce(spent, 0) < Payment.amount_cents)
    else:
        settles = (
            exists()
            .where(Allocation.payment == Payment.id, Allocation.line == Line.id)
            .where(Line.invoice == invoice.id)
        )
        asked = asked.where(settles)
    return tuple(
        Paid(PaymentId(row.id), row.paid_on, row.method, Money(_returnable(row, invoice)))
        for row in work.run(asked)
    )


def _returnable(row: Any, invoice: Invoice | None) -> int:
    """Tell how much of a payment may go back; after a void only what nothing else was paid with."""
    if invoice is None or invoice.void_on is None:
        return int(row.left)
    return int(row.left) - int(row.spent) if row.spent else int(row.left)
