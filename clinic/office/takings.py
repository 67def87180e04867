"""Takings: what came in today, and what is still to be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from clinic.records import Allocation, Appointment, Client, Invoice, Line, Payment, Refund, Treatment
from clinic.rules import billing
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, State
from clinic.workroom.asking import TOTAL, Asked, name_of, of_clients, within

if TYPE_CHECKING:
    from clinic.rules.permissions import Reach
    from clinic.storage.work import Work

RECENT = timedelta(days=31)
"""How long a visit nobody charged is still asked about."""
CHARGED = (Invoice.void_on.is_(None), Line.kind != LineKind.BUNDLE_USE)


@dataclass(frozen=True, slots=True)
class ToTake:
    """Money to ask for: a visit nobody charged, or what is open on a client's receipts."""

    client: ClientId
    client_name: str
    appointment: AppointmentId | None
    """The visit to be charged; None where a receipt is open."""
    text: str
    since: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Day:
    """What came in on a day, by method, and what went back."""

    on: date
    by_method: dict[Method, Money]
    payments: int
    tips: Money
    paid_back: Money

    @property
    def taken(self) -> Money:
        """All that came in."""
        return Money(sum(amount.cents for amount in self.by_method.values()))


def day(work: Work) -> Day:
    """Count what came in today."""
    granted = work.require(Permission.MONEY_SEE)
    asked: Asked = select(
        Payment.method, func.sum(Payment.amount_cents).label("cents"), func.count().label("n")
    )
    asked = within(asked.join(Client, Client.id == Payment.client), work, granted)
    rows = work.run(asked.where(Payment.paid_on == work.today).group_by(Payment.method)).all()
    tips = (
        select(func.sum(Allocation.amount_cents))
        .join(Payment, Payment.id == Allocation.payment)
        .join(Client, Client.id == Payment.client)
        .join(Line, Line.id == Allocation.line)
        .where(Payment.paid_on == work.today, Line.kind == LineKind.TIP)
    )
    back = (
        select(func.sum(Refund.amount_cents))
        .join(Payment, Payment.id == Refund.payment)
        .join(Client, Client.id == Payment.client)
        .where(Refund.refunded_on == work.today)
    )
    return Day(
        work.today,
        {row.method: Money(row.cents) for row in rows},
        sum(row.n for row in rows),
        Money(work.session.scalar(within(tips, work, granted)) or 0),
        Money(work.session.scalar(within(back, work, granted)) or 0),
    )


def to_take(work: Work, *, client: ClientId | None = None) -> tuple[ToTake, ...]:
    """List what is still to be asked for: visits of the last weeks nobody charged, and open receipts."""
    granted = work.require(Permission.MONEY_SEE, client=client)
    found = [*_uncharged(work, granted), *_open(work, granted)]
    if client is not None:
        found = [row for row in found if row.client == client]
    return tuple(sorted(found, key=lambda row: (row.since, row.client_name), reverse=True))


def _uncharged(work: Work, granted: Reach) -> list[ToTake]:
    is_charged = (
        exists()
        .where(Line.appointment == Appointment.id, Line.kind.in_(billing.CARE), Line.invoice == Invoice.id)
        .where(Invoice.void_on.is_(None))
    )
    begin = datetime.combine(work.today - RECENT, datetime.min.time())
    asked = of_clients(
        Appointment.id, Appointment.at, Treatment.name.label("treatment"), Treatment.price_cents
    )
    asked = asked.join(Client, Client.id == Appointment.client)
    asked = asked.join(Treatment, Treatment.id == Appointment.treatment)
    asked = asked.where(Appointment.at >= begin, Appointment.state == State.DONE, ~is_charged)
    return [
        ToTake(
            ClientId(row.client),
            name_of(row),
            AppointmentId(row.id),
            row.treatment,
            row.at.date(),
            Money(row.price_cents),
        )
        for row in work.run(within(asked, work, granted))
    ]


def _open(work: Work, granted: Reach) -> list[ToTake]:
    settled = select(func.sum(Allocation.amount_cents)).where(Allocation.line == Line.id).scalar_subquery()
    owed = func.sum(TOTAL - func.coalesce(settled, 0))
    asked = of_clients(func.min(Invoice.issued_on).label("since"), owed.label("cents"))
    asked = asked.join(Invoice, Invoice.client == Client.id).join(Line, Line.invoice == Invoice.id)
    asked = within(asked.where(*CHARGED), work, granted).group_by(Client.id).having(owed > 0)
    asked = asked.where(func.coalesce(settled, 0) < TOTAL)
    return [
        ToTake(ClientId(row.client), name_of(row), None, "", row.since, Money(row.cents))
        for row in work.run(asked)
    ]
