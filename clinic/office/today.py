"""Today: a day's visits with their state, and what each of them still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office.booking import UNDONE
from clinic.records import (
    Appointment,
    Client,
    Room,
    Staff,
    Treatment,
)
from clinic.rules import missed
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    NOTHING,
    AppointmentId,
    ClientId,
    Money,
    Purpose,
    StaffId,
    State,
    Technique,
)
from clinic.workroom import marks, standings, steps

if TYPE_CHECKING:
    from sqlalchemy import Row

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
    flag: str = ""
    """The gravest flag of a visit that is not over, without a word on why."""
    asks: bool = False
    """Whether that flag only asks for answers of the client."""

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
    may_write_notes: bool


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
    these, since = Appointment.id.in_(ids), steps.since(work, ids)
    money, notes = marks.money_of(work, these), marks.notes_of(work, these)
    stands = marks.stands_of(work, found)
    terms = missed.terms_in(work.practice.settings)
    told = work.reach(Permission.FLAGS_SEE) > Reach.LIMITED
    flagged = standings.shown(work, ids) if work.reach(Permission.FLAGS_SEE) is not Reach.NONE else {}
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
                *flagged.get(row.id, ("", False)),
            ),
        )
    return Day(
        shown,
        work.wall,
        tuple(rows),
        work.reach(Permission.CALENDAR_CHANGE) is not Reach.NONE,
        work.reach(Permission.MONEY_TAKE) is not Reach.NONE,
        work.reach(Permission.NOTE_WRITE) is not Reach.NONE,
    )


def _reason(row: Row[Any], *, told: bool) -> str:
    """Tell why a visit was given up; why one was declined is told only to those who see flags whole."""
    declined = row.state is State.DECLINED and row.reason not in frozenset(missed.Reason)
    return "" if declined and not told else row.reason or ""
