"""Today: a day's visits with their state, and what each of them still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.office.booking import UNDONE
from clinic.records import (
    Allocation,
    Appointment,
    Client,
    Invoice,
    Letter,
    Line,
    Note,
    Room,
    Staff,
    Treatment,
)
from clinic.rules import annual, counting
from clinic.rules.permissions import Permission, Reach
from clinic.values import AppointmentId, ClientId, LineKind, Money, Purpose, StaffId, State, Technique
from clinic.workroom import facts, ledgers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clinic.rules.counting import Stand
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as the day shows it; what somebody may not see is None."""

    id: AppointmentId
    at: datetime
    minutes: int
    state: State
    client: ClientId
    client_name: str
    treatment: str
    technique: Technique
    purpose: Purpose
    price: Money
    staff: StaffId
    staff_name: str
    room: str | None
    charged: bool
    open: Money
    """What is charged for it and not yet paid."""
    noted: bool
    signed: bool
    letter: str | None
    letter_visit: int | None
    letter_visits: int | None

    @property
    def end(self) -> datetime:
        """When it ends, on the wall."""
        return self.at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's visits in the order of the clock."""

    on: date
    now: datetime
    visits: tuple[VisitRow, ...]
    may_change: bool
    may_take_money: bool


def day(work: Work, *, on: date | None = None, staff: StaffId | None = None) -> Day:
    """List a day's visits, everybody's or one therapist's; a therapist sees whose own visits they are."""
    granted = work.require(Permission.CALENDAR_SEE)
    shown = on or work.today
    begin = datetime.combine(shown, time())
    asked = (
        select(Appointment, Client, Treatment, Staff.name.label("therapist"), Room.name.label("room"))
        .join(Client, Client.id == Appointment.client)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .join(Staff, Staff.id == Appointment.staff)
        .outerjoin(Room, Room.id == Appointment.room)
        .where(Appointment.at >= begin, Appointment.at < begin + timedelta(days=1))
        .where(func.coalesce(Appointment.reason, "") != UNDONE)
        .order_by(Appointment.at, Appointment.id)
    )
    wanted = work.actor.staff if granted is Reach.OWN else staff
    if wanted is not None:
        asked = asked.where(Appointment.staff == wanted)
    found = work.run(asked).all()
    ids = [row.Appointment.id for row in found]
    money, notes = _money(work, ids), _notes(work, ids)
    stands = _stands(work, {row.Appointment.client for row in found})
    rows = []
    for row in found:
        visit = row.Appointment
        stand = stands.get(AppointmentId(visit.id))
        counted = stand is not None and not stand.bars and row.Treatment.purpose is not Purpose.RELAXATION
        under = stand.letter if stand and counted else None
        charged, open_ = money.get(visit.id, (False, Money(0)))
        rows.append(
            VisitRow(
                AppointmentId(visit.id),
                visit.at,
                visit.minutes,
                visit.state,
                ClientId(visit.client),
                row.Client.preferred_name or row.Client.name,
                row.Treatment.name,
                row.Treatment.technique,
                row.Treatment.purpose,
                Money(row.Treatment.price_cents),
                StaffId(visit.staff),
                row.therapist,
                row.room,
                charged,
                open_,
                visit.id in notes,
                notes.get(visit.id, False),
                (under.number or under.id) if under else None,
                stand.visit if stand and under else None,
                under.max_visits if under else None,
            ),
        )
    return Day(
        shown,
        work.wall,
        tuple(rows),
        work.reach(Permission.CALENDAR_CHANGE) is not Reach.NONE,
        work.reach(Permission.MONEY_TAKE) is not Reach.NONE,
    )


def _money(work: Work, visits: Collection[str]) -> dict[str, tuple[bool, Money]]:
    """Tell what was charged for visits, and how much of it is open; a visit from a bundle is paid."""
    settled = (
        select(func.coalesce(func.sum(Allocation.amount_cents), 0))
        .where(Allocation.line == Line.id)
        .scalar_subquery()
    )
    asked = select(
        Line.appointment,
        Line.kind,
        (
            Line.price_cents
            - func.coalesce(Line.discount_cents, 0)
            + func.coalesce(Line.tax_cents, 0)
            - settled
        ).label("open"),
    ).join(Invoice, Invoice.id == Line.invoice)
    asked = asked.where(Line.appointment.in_(visits), Invoice.void_on.is_(None))
    found: dict[str, tuple[bool, Money]] = {}
    for row in work.run(asked):
        open_ = Money(0) if row.kind is LineKind.BUNDLE_USE else Money(row.open)
        care = row.kind in {LineKind.TREATMENT, LineKind.BUNDLE_USE, LineKind.FEE}
        charged, so_far = found.get(row.appointment, (False, Money(0)))
        found[row.appointment] = (charged or care, so_far + open_)
    return found


def _notes(work: Work, visits: Collection[str]) -> dict[str, bool]:
    """Tell which visits have a note, and whether it is signed."""
    asked = select(Note.appointment, Note.signed_at).where(Note.appointment.in_(visits))
    return {row.appointment: row.signed_at is not None for row in work.run(asked)}


def _stands(work: Work, clients: Collection[str]) -> Mapping[AppointmentId, Stand]:
    """Put these clients' visits under their letters, those ahead counted as if they take place."""
    therapists = {t.name for t in facts.therapists_of(work).values()}
    policy = facts.policy_of(work.practice.settings)
    found: dict[AppointmentId, Stand] = {}
    for _, history in ledgers.histories(work, _lettered(work, clients)):
        found |= counting.stand(
            history.visits,
            annual.supporting(history.letters),
            history.person.patient,
            therapists,
            policy,
            as_booked=True,
        )
    return found


def _lettered(work: Work, clients: Collection[str]) -> list[str]:
    """Pick the clients whose visits some letter may speak for."""
    own = select(Letter.client).where(Letter.client.in_(clients))
    borrowed = select(Appointment.client).where(
        Appointment.client.in_(clients), Appointment.letter.is_not(None)
    )
    return sorted(work.session.scalars(own.union(borrowed)))
