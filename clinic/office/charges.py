"""Charges: the lines a visit is charged, proposed before anything is paid, with the letter behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.records import Appointment, Bundle, Client, Invoice, Line, Staff, Treatment
from clinic.rules import billing, missed
from clinic.rules.permissions import Permission
from clinic.values import (
    NOTHING,
    AppointmentId,
    BundleId,
    ClientId,
    LineKind,
    Money,
    Refusal,
    State,
    TreatmentId,
)
from clinic.wording import visits as wording
from clinic.workroom import ledgers, sheets

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.storage.work import Work

CODE_LENGTH = 8
"""Signs of a gift certificate's code that the till makes up."""


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
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the till proposes for a visit, before anything is charged."""

    client: ClientId
    client_name: str
    appointment: AppointmentId | None
    """The visit; None where something is sold outside one."""
    at: datetime | None
    therapist: str
    treatment: TreatmentId | None
    charged: bool
    """Whether the visit stands on a receipt already."""
    charges: tuple[Charge, ...]
    bundles: tuple[OpenBundle, ...]
    credit: Money
    """What the client left here earlier; it is used for what stays open."""
    gift_code: str
    """A fresh code, in case a gift certificate is sold."""


def propose(work: Work, appointment: AppointmentId) -> Proposal:
    """Fill in the lines of a visit."""
    work.require(Permission.MONEY_TAKE)
    visit = work.get(Appointment, appointment)
    work.require(Permission.MONEY_TAKE, client=visit.client)
    treatment = work.get(Treatment, visit.treatment)
    client = work.get(Client, visit.client)
    return Proposal(
        ClientId(client.id),
        client.name,
        appointment,
        visit.at,
        work.get(Staff, visit.staff).name,
        TreatmentId(treatment.id),
        _is_charged(work, appointment),
        _proposed(work, visit, treatment),
        open_bundles(work, visit.client),
        _credit(work, visit.client),
        _gift_code(work),
    )


def _proposed(work: Work, visit: Appointment, treatment: Treatment) -> tuple[Charge, ...]:
    """Charge the treatment; for a visit that was missed the fee, which is no care, unless it was waived."""
    price, key = Money(treatment.price_cents), AppointmentId(visit.id)
    if visit.state not in {State.NO_SHOW, State.LATE_CANCEL}:
        return (Charge(LineKind.TREATMENT, treatment.name, price, appointment=key),)
    fee = missed.fee(visit.state, price, missed.terms_in(work.practice.settings))
    if visit.fee_waived is not None or not fee:
        return ()
    return (Charge(LineKind.FEE, wording.fee(visit.state), fee, appointment=key),)


def propose_sale(work: Work, client: ClientId) -> Proposal:
    """Begin with nothing: goods, a gift certificate or visits in advance are sold outside a visit."""
    work.require(Permission.MONEY_TAKE, client=client)
    person, credit = work.get(Client, client), _credit(work, client)
    return Proposal(client, person.name, None, None, "", None, False, (), (), credit, _gift_code(work))  # noqa: FBT003 - no visit, so none is charged


def _credit(work: Work, client: str) -> Money:
    ledger = ledgers.ledger_of(work, client)
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    own = (credit for credit in settled.credits if credit.method not in billing.NOT_THE_CLIENTS)
    return max(NOTHING, Money(sum(credit.amount.cents for credit in own)))


def _gift_code(work: Work) -> str:
    return work.new_id()[-CODE_LENGTH:].upper()


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
    asked = (
        select(Bundle.id, Bundle.treatment, Treatment.name, (Bundle.visits - used).label("left"))
        .join(Treatment, Treatment.id == Bundle.treatment)
        .where(Bundle.client == client)
    )
    return tuple(
        OpenBundle(BundleId(row.id), TreatmentId(row.treatment), row.name, row.left)
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
