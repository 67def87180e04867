"""Today: a day's visits with their state, and what each of them still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office.booking import UNDONE
from clinic.records import (
    Allocation,
    Appointment,
    Client,
    Invoice,
    Line,
    Note,
    Room,
    Staff,
    Treatment,
)
from clinic.rules import annual, counting, missed
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    NOTHING,
    AppointmentId,
    ClientId,
    LineKind,
    Money,
    Purpose,
    StaffId,
    State,
    Technique,
)
from clinic.workroom import facts, ledgers, steps

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Row

    from clinic.rules.counting import Stand
    from clinic.storage.work import Work


SHOWN = (
    *(Appointment.id, Appointment.at, Appointment.minutes, Appointment.state, Appointment.client),
    *(Appointment.staff, Appointment.letter, Appointment.reason, Appointment.fee_waived),
    *(Client.given_name, Client.family_name, Client.preferred_name),
    *(Treatment.name.label("treatment"), Treatment.technique, Treatment.purpose, Treatment.price_cents),
    *(Staff.name.label("therapist"), Room.name.label("room")),
)


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
    since: datetime | None = None
    """Since when it stands where it stands, where somebody moved it on."""
    reason: str = ""
    """Why it was given up."""
    fee: Money = NOTHING
    """What the practice asks because it was missed, until that is charged or waived."""
    waived: bool = False

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
        select(*SHOWN)
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
    ids = [row.id for row in found]
    money, notes, since = _money(work, ids), _notes(work, ids), steps.since(work, ids)
    stands = _stands(work, shown, found)
    terms = missed.terms_in(work.practice.settings)
    told = work.reach(Permission.FLAGS_SEE) > Reach.LIMITED
    rows = []
    for row in found:
        stand = stands.get(AppointmentId(row.id))
        counted = stand is not None and not stand.bars and row.purpose is not Purpose.RELAXATION
        under = stand.letter if stand and counted else None
        charged, open_ = money.get(row.id, (False, NOTHING))
        waived = row.fee_waived is not None
        price = Money(row.price_cents)
        rows.append(
            VisitRow(
                AppointmentId(row.id),
                row.at,
                row.minutes,
                row.state,
                ClientId(row.client),
                row.preferred_name or f"{row.given_name} {row.family_name}".strip(),
                row.treatment,
                row.technique,
                row.purpose,
                price,
                StaffId(row.staff),
                row.therapist,
                row.room,
                charged,
                open_,
                row.id in notes,
                notes.get(row.id, False),
                (under.number or under.id) if under else None,
                stand.visit if stand and under else None,
                under.max_visits if under else None,
                since.get(row.id),
                _reason(row, told=told),
                NOTHING if charged or waived else missed.fee(row.state, price, terms),
                waived,
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
        open_ = NOTHING if row.kind is LineKind.BUNDLE_USE else Money(row.open)
        care = row.kind in {LineKind.TREATMENT, LineKind.BUNDLE_USE, LineKind.FEE}
        charged, so_far = found.get(row.appointment, (False, NOTHING))
        found[row.appointment] = (charged or care, so_far + open_)
    return found


def _notes(work: Work, visits: Collection[str]) -> dict[str, bool]:
    """Tell which visits have a note, and whether it is signed."""
    asked = select(Note.appointment, Note.signed_at).where(Note.appointment.in_(visits))
    return {row.appointment: row.signed_at is not None for row in work.run(asked)}


def _reason(row: Row[Any], *, told: bool) -> str:
    """Tell why a visit was given up; why one was declined is told only to those who see flags whole."""
    declined = row.state is State.DECLINED and row.reason not in frozenset(missed.Reason)
    return "" if declined and not told else row.reason or ""


def _stands(work: Work, on: date, visits: Sequence[Row[Any]]) -> Mapping[AppointmentId, Stand]:
    """Put a day's visits under the letters that speak on it, those ahead counted as if they take place."""
    therapists = {t.name for t in facts.therapists_of(work).values()}
    policy = facts.policy_of(work.practice.settings)
    letters = ledgers.letters_of(work, {visit.client for visit in visits})
    begun = {
        client: since
        for client, own in letters.items()
        if (since := counting.bears_since(annual.supporting(own), on, policy)) is not None
    }
    # A visit may be put under somebody else's letter by name; then all that it counts is looked at.
    named = {visit.client for visit in visits if visit.letter is not None}
    found: dict[AppointmentId, Stand] = {}
    for clients, since in ((begun.keys() - named, min(begun.values(), default=None)), (named, None)):
        for _, history in ledgers.histories(work, sorted(clients), since=since) if clients else ():
            found |= counting.stand(
                history.visits,
                counting.bearing(annual.supporting(history.letters), history.visits, since, policy),
                history.person.patient,
                therapists,
                policy,
                as_booked=True,
            )
    return found
