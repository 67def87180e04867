"""Charges: the lines a visit is charged, proposed before anything is paid, with the letter behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.records import Appointment, Bundle, Client, Invoice, Line, Treatment
from clinic.rules import annual, billing
from clinic.rules.permissions import Permission
from clinic.values import (
    NOTHING,
    AppointmentId,
    BundleId,
    ClientId,
    InvoiceId,
    LineId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Refusal,
    State,
    TreatmentId,
)
from clinic.workroom import ledgers, sheets

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.rules.annual import Ledger, YearLine
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class BundleOffer:
    """Visits sold in advance by a line."""

    treatment: TreatmentId
    visits: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A line about to be charged."""

    kind: LineKind
    text: str
    price: Money
    discount: Money = NOTHING
    tax: Money = NOTHING
    appointment: AppointmentId | None = None
    bundle: BundleId | None = None
    sells: BundleOffer | None = None
    gift_code: str = ""

    @property
    def total(self) -> Money:
        """What the line asks for here and now; a visit from a bundle was paid with the bundle."""
        return NOTHING if self.kind is LineKind.BUNDLE_USE else self.price - self.discount + self.tax


@dataclass(frozen=True, slots=True)
class OpenBundle:
    """A bundle of the client's with visits left."""

    id: BundleId
    treatment: TreatmentId
    left: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the till proposes for a visit, before anything is charged."""

    client: ClientId
    client_name: str
    appointment: AppointmentId
    at: datetime
    charges: tuple[Charge, ...]
    marked: bool
    letter: str
    visit: int | None
    visits: int | None
    codes: tuple[str, ...]
    """What keeps the treatment from being marked, or warns."""
    bundles: tuple[OpenBundle, ...]
    credit: Money


def propose(work: Work, appointment: AppointmentId) -> Proposal:
    """Fill in the lines of a visit, and say which letter would stand behind them."""
    work.require(Permission.MONEY_TAKE)
    visit = work.get(Appointment, appointment)
    work.require(Permission.MONEY_TAKE, client=visit.client)
    treatment = work.get(Treatment, visit.treatment)
    client = work.get(Client, visit.client)
    charge = Charge(
        LineKind.TREATMENT,
        treatment.name,
        Money(treatment.price_cents),
        appointment=appointment,
    )
    ledger = ledgers.ledger_of(work, visit.client)
    judged = _foreseen(work, ledger, charge)
    letter = judged.judgement.letter
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    credit = sum(c.amount.cents for c in settled.credits if c.method not in billing.NOT_THE_CLIENTS)
    return Proposal(
        ClientId(client.id),
        client.name,
        appointment,
        visit.at,
        (charge,),
        judged.marked,
        sheets.reference(letter) if letter else "",
        judged.judgement.visit,
        letter.max_visits if letter else None,
        judged.judgement.codes,
        open_bundles(work, visit.client),
        max(NOTHING, Money(credit)),
    )


def _foreseen(work: Work, ledger: Ledger, charge: Charge) -> YearLine:
    """Judge a line as if it were charged and paid now, and its visit done."""
    invoice, line, payment = InvoiceId("~"), LineId("~"), PaymentId("~")
    ahead = billing.Line(
        line, invoice, work.today, 0, charge.kind, charge.text, charge.price, charge.discount
    )
    ahead = replace(ahead, tax=charge.tax, appointment=charge.appointment)
    paid = billing.Payment(
        payment,
        work.today,
        Method.CARD,
        ahead.total,
        (billing.Allocation(line, ahead.total),),
    )
    visits = tuple(
        replace(visit, state=State.DONE) if visit.id == charge.appointment else visit
        for visit in ledger.visits
    )
    whole = replace(ledger, lines=(*ledger.lines, ahead), payments=(*ledger.payments, paid), visits=visits)
    rows = annual.all_lines(whole, ledgers.practice_of(work, [ledger.person.patient.id]))
    return next(row for row in rows if row.line.id == line)


def open_bundles(work: Work, client: str) -> tuple[OpenBundle, ...]:
    """List a client's bundles that have visits left."""
    work.require(Permission.MONEY_SEE, client=client)
    used = (
        select(func.count())
        .select_from(Line)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Line.bundle == Bundle.id, Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
        .correlate(Bundle)
        .scalar_subquery()
    )
    asked = select(Bundle.id, Bundle.treatment, (Bundle.visits - used).label("left")).where(
        Bundle.client == client
    )
    return tuple(
        OpenBundle(BundleId(row.id), TreatmentId(row.treatment), row.left)
        for row in work.run(asked)
        if row.left > 0
    )


def check(work: Work, charge: Charge) -> None:
    """Refuse a line that can't be charged."""
    work.require(Permission.MONEY_TAKE)
    if charge.price < NOTHING or charge.tax < NOTHING:
        raise Refusal("amount_wrong", at="price")
    if not NOTHING <= charge.discount <= charge.price:
        raise Refusal("discount_too_large", at="discount")
    if (
        charge.appointment is not None
        and charge.kind in sheets.CARE
        and _is_charged(work, charge.appointment)
    ):
        raise Refusal("already_charged", at="appointment")
    if charge.kind is LineKind.BUNDLE_USE:
        bundle = work.get(Bundle, charge.bundle or "")
        if not any(open_.id == bundle.id for open_ in open_bundles(work, bundle.client)):
            raise Refusal("bundle_spent", at="bundle")


def _is_charged(work: Work, appointment: AppointmentId) -> bool:
    asked = (
        select(Line.id)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Line.appointment == appointment, Line.kind.in_(sheets.CARE), Invoice.void_on.is_(None))
        .limit(1)
    )
    return work.session.scalar(asked) is not None
