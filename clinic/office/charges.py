"""Charges: the lines a visit is charged, proposed before anything is paid, with the letter behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from clinic.records import Appointment, Bundle, Client, Invoice, Line, Staff, Treatment
from clinic.rules import billing, missed, prices
from clinic.rules.permissions import Permission
from clinic.values import (
    MISSED,
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
from clinic.workroom import ledgers
from clinic.workroom.asking import name_of
from clinic.workroom.facts import rates_in

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

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
    discount_reason: str = ""

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
    holder: str = ""
    """Who bought it, where that is somebody else who shares it."""


@dataclass(frozen=True, slots=True)
class TaxNow:
    """The sales tax of a place, in thousandths of a per cent."""

    place: str
    rate: int


def tax_on(net: Money, rate: int) -> Money:
    """Work out the sales tax on goods."""
    return prices.tax_on(net, rate)


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
    most_off: int = 0
    """How many per cent of a price whoever asks may take off."""
    taxes: tuple[TaxNow, ...] = ()
    """The sales tax in force today, by place."""
    tips: tuple[int, ...] = prices.TIPS
    """The tips proposed for the therapist, in per cent of the price."""


def propose(work: Work, appointment: AppointmentId) -> Proposal:
    """Fill in the lines of a visit."""
    work.require(Permission.MONEY_TAKE)
    visit = work.get(Appointment, appointment)
    work.require(Permission.MONEY_TAKE, client=visit.client)
    treatment = work.get(Treatment, visit.treatment)
    client = work.get(Client, visit.client)
    charged = _is_charged(work, appointment)
    wished = (work.practice.settings or {}).get("tips", {})
    return Proposal(
        ClientId(client.id),
        client.name,
        appointment,
        visit.at,
        work.get(Staff, visit.staff).name,
        TreatmentId(treatment.id),
        charged,
        () if charged else _proposed(work, visit, treatment),
        open_bundles(work, visit.client),
        _credit(work, visit.client),
        _gift_code(work),
        *_prices(work),
        tips=prices.tips_for(visit.staff, wished),
    )


def _proposed(work: Work, visit: Appointment, treatment: Treatment) -> tuple[Charge, ...]:
    """Charge the treatment; for a visit that was missed the fee, which is no care, unless it was waived.

    What was called off or not begun for safety's sake is charged nothing.
    """
    if visit.state in {State.DECLINED, State.CANCELLED}:
        return ()
    price, key = Money(treatment.price_cents), AppointmentId(visit.id)
    if visit.state not in MISSED:
        return (Charge(LineKind.TREATMENT, treatment.name, price, appointment=key),)
    fee = missed.fee(visit.state, price, missed.terms_in(work.practice.settings))
    if visit.fee_waived is not None or not fee:
        return ()
    return (Charge(LineKind.FEE, wording.fee(visit.state), fee, appointment=key),)


def propose_sale(work: Work, client: ClientId) -> Proposal:
    """Begin with nothing: goods, a gift certificate or visits in advance are sold outside a visit."""
    work.require(Permission.MONEY_TAKE, client=client)
    person, credit = work.get(Client, client), _credit(work, client)
    code = _gift_code(work)
    return Proposal(
        client,
        person.name,
        None,
        None,
        "",
        None,
        charged=False,
        charges=(),
        bundles=(),
        credit=credit,
        gift_code=code,
        most_off=(told := _prices(work))[0],
        taxes=told[1],
    )


def _prices(work: Work) -> tuple[int, tuple[TaxNow, ...]]:
    """Tell what whoever asks may take off a price, and the sales taxes of today."""
    settings = work.practice.settings or {}
    most = prices.most_off(work.actor.role, settings.get("discount_limits", {}))
    rates = prices.rates_on(rates_in(settings), work.today)
    return most, tuple(TaxNow(rate.place, rate.rate) for rate in rates)


def _credit(work: Work, client: str) -> Money:
    ledger = ledgers.ledger_of(work, client)
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    own = (credit for credit in settled.credits if credit.method not in billing.NOT_THE_CLIENTS)
    return max(NOTHING, Money(sum(credit.amount.cents for credit in own)))


def _gift_code(work: Work) -> str:
    return work.new_id()[-CODE_LENGTH:].upper()


def open_bundles(work: Work, client: str) -> tuple[OpenBundle, ...]:
    """List the bundles with visits left that a client may use: their own first, then those shared with them."""
    work.require(Permission.MONEY_SEE, client=client)
    own = bundles_left(work, Bundle.client == client)
    lent = select(Bundle.id, Bundle.shared_with).where(Bundle.shared_with.is_not(None))
    shared = [
        row.id for row in work.run(lent) if any(one["client"] == client for one in row.shared_with or ())
    ]
    if not shared:
        return tuple(replace(bundle, holder="") for bundle in own)
    theirs = bundles_left(work, Bundle.id.in_(shared))
    return (*(replace(bundle, holder="") for bundle in own), *theirs)


def bundles_left(work: Work, which: ColumnElement[bool]) -> tuple[OpenBundle, ...]:
    """List bundles with visits left, and who bought them."""
    work.require(Permission.MONEY_SEE)
    used = (
        select(func.count())
        .select_from(Line)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Line.bundle == Bundle.id, Line.kind == LineKind.BUNDLE_USE, Invoice.void_on.is_(None))
        .correlate(Bundle)
        .scalar_subquery()
    )
    asked = (
        select(
            Bundle.id,
            Bundle.treatment,
            Treatment.name,
            (Bundle.visits - used).label("left"),
            Client.given_name,
            Client.family_name,
        )
        .join(Treatment, Treatment.id == Bundle.treatment)
        .join(Client, Client.id == Bundle.client)
        .join(Line, Line.id == Bundle.line)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(which, Invoice.void_on.is_(None))
        .order_by(Invoice.issued_on, Bundle.id)
    )
    return tuple(
        OpenBundle(BundleId(row.id), TreatmentId(row.treatment), row.name, row.left, name_of(row))
        for row in work.run(asked)
        if row.left > 0
    )


def check(work: Work, charge: Charge, *, client: ClientId) -> None:
    """Refuse a line that can't be charged."""
    work.require(Permission.MONEY_TAKE)
    if charge.price < NOTHING or charge.tax < NOTHING:
        raise Refusal("amount_wrong", at="price")
    limits = (work.practice.settings or {}).get("discount_limits", {})
    most = prices.most_off(work.actor.role, limits)
    prices.check_discount(charge.price, charge.discount, most=most, reason=charge.discount_reason)
    if (
        charge.appointment is not None
        and charge.kind in billing.CARE
        and _is_charged(work, charge.appointment)
    ):
        raise Refusal("already_charged", at="appointment")
    if charge.kind is LineKind.BUNDLE_USE:
        bundle = work.get(Bundle, charge.bundle or "")
        if client != bundle.client and not any(one["client"] == client for one in bundle.shared_with or ()):
            raise Refusal("bundle_not_shared", at="bundle")
        if not any(open_.id == bundle.id for open_ in bundles_left(work, Bundle.id == bundle.id)):
            raise Refusal("bundle_spent", at="bundle")


_CHARGED = (
    select(Line.id)
    .join(Invoice, Invoice.id == Line.invoice)
    .where(Line.appointment == bindparam("visit"), Line.kind.in_(billing.CARE), Invoice.void_on.is_(None))
    .limit(1)
)


def _is_charged(work: Work, appointment: AppointmentId) -> bool:
    return work.run(_CHARGED, {"visit": appointment}).scalar() is not None
