"""What needs attention: things that will not mend themselves, each with why it is here and who it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.records import Allocation, Appointment, Client, Invoice, Letter, Line, Note, Staff
from clinic.rules import necessity
from clinic.rules.permissions import Permission, Reach
from clinic.values import NOTHING, ClientId, LineKind, Money, State

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from clinic.storage.work import Work

LETTER_DAYS = 30
CERTIFICATE_DAYS = 60
LOOK_BACK = timedelta(days=60)
MOST = 5
"""How many of one kind are named; the rest is a number."""


class Why(StrEnum):
    """Why something stands in the list."""

    UNPAID = "unpaid"
    UNSIGNED = "unsigned"
    LETTER_ENDS = "letter_ends"
    CERTIFICATE_ENDS = "certificate_ends"
    POLICY_ENDS = "policy_ends"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to see to."""

    why: Why
    name: str
    client: ClientId | None = None
    amount: Money = NOTHING
    on: date | None = None
    count: int = 1


def items(work: Work) -> tuple[Item, ...]:
    """List what needs attention, as far as this person may see it; the number of questions is always the same."""
    granted = work.require(Permission.CALENDAR_SEE)
    mine = work.own_clients() if granted is Reach.OWN else None
    found = [*_unpaid(work, mine), *_unsigned(work), *_letters(work, mine)]
    if work.reach(Permission.STAFF_CHANGE) is not Reach.NONE:
        found += _credentials(work)
    return tuple(found)


def _unpaid(work: Work, mine: ColumnElement[bool] | None) -> list[Item]:
    """Name the clients with visits that took place lately and are not paid."""
    if work.reach(Permission.MONEY_SEE) is Reach.NONE:
        return []
    settled = select(func.coalesce(func.sum(Allocation.amount_cents), 0)).where(Allocation.line == Line.id)
    asked = Line.price_cents - func.coalesce(Line.discount_cents, 0) + func.coalesce(Line.tax_cents, 0)
    owed = func.sum(asked - settled.scalar_subquery())
    question = (
        select(
            Client.id,
            Client.given_name,
            Client.family_name,
            owed.label("owed"),
            func.max(Invoice.issued_on).label("on"),
        )
        .join(Invoice, Invoice.client == Client.id)
        .join(Line, Line.invoice == Invoice.id)
        .where(
            Invoice.void_on.is_(None),
            Invoice.issued_on >= work.today - LOOK_BACK,
            Line.kind != LineKind.BUNDLE_USE,
        )
        .group_by(Client.id)
        .having(owed > 0)
        .order_by(func.max(Invoice.issued_on).desc())
        .limit(MOST)
    )
    if mine is not None:
        question = question.where(mine)
    return [
        Item(
            Why.UNPAID,
            f"{row.given_name} {row.family_name}".strip(),
            ClientId(row.id),
            Money(row.owed),
            row.on,
        )
        for row in work.run(question)
    ]


def _unsigned(work: Work) -> list[Item]:
    """Name the visits whose note is still open, one's own for a therapist."""
    granted = work.reach(Permission.NOTE_WRITE)
    if granted is Reach.NONE:
        return []
    question = (
        select(Client.id, Client.given_name, Client.family_name, Appointment.at)
        .join(Appointment, Appointment.client == Client.id)
        .join(Note, Note.appointment == Appointment.id)
        .where(Note.signed_at.is_(None), Appointment.state == State.DONE)
        .order_by(Appointment.at.desc())
        .limit(MOST)
    )
    if granted is Reach.OWN:
        question = question.where(Note.written_by == work.actor.staff)
    return [
        Item(Why.UNSIGNED, f"{row.given_name} {row.family_name}".strip(), ClientId(row.id), on=row.at.date())
        for row in work.run(question)
    ]


def _letters(work: Work, mine: ColumnElement[bool] | None) -> list[Item]:
    """Name the letters that end within the month for clients who have a visit booked after that day or before."""
    if work.reach(Permission.LETTER_SEE) is Reach.NONE:
        return []
    until = work.today + timedelta(days=LETTER_DAYS)
    booked = (
        select(Appointment.id).where(Appointment.client == Client.id, Appointment.at > work.wall).exists()
    )
    question = (
        select(Client.id, Client.given_name, Client.family_name, Letter.ends_on)
        .join(Letter, Letter.client == Client.id)
        .where(
            Letter.kind.in_(necessity.SUPPORTING),
            Letter.revoked_on.is_(None),
            Letter.ends_on >= work.today,
            Letter.ends_on <= until,
            booked,
        )
        .order_by(Letter.ends_on)
        .limit(MOST)
    )
    if mine is not None:
        question = question.where(mine)
    return [
        Item(Why.LETTER_ENDS, f"{row.given_name} {row.family_name}".strip(), ClientId(row.id), on=row.ends_on)
        for row in work.run(question)
    ]


def _credentials(work: Work) -> list[Item]:
    """Name the certificates and policies that end within two months, or have ended."""
    until = work.today + timedelta(days=CERTIFICATE_DAYS)
    found = []
    for person in work.session.scalars(select(Staff).order_by(Staff.name)):
        ends = (person.certificate or {}).get("expires")
        if ends and date.fromisoformat(ends) <= until:
            found.append(Item(Why.CERTIFICATE_ENDS, person.name, on=date.fromisoformat(ends)))
        last = max((policy["expires"] for policy in person.policies or ()), default=None)
        if last and date.fromisoformat(last) <= until:
            found.append(Item(Why.POLICY_ENDS, person.name, on=date.fromisoformat(last)))
    return found
