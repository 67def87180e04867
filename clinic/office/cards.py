"""Cards: what to know of a visit before the door is opened, on one small page; and how the next day looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.office import charts
from clinic.records import Appointment, Client, Note, Room, Staff, Treatment
from clinic.rules.permissions import Permission, Reach
from clinic.values import COMING, HOLDING, AppointmentId, ClientId, Money, Purpose, StaffId, State

if TYPE_CHECKING:
    from clinic.office.charts import LetterCard
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A visit with what is known of its client; what the reader may not see is empty."""

    id: AppointmentId
    client: ClientId
    name: str
    legal_name: str
    phone: str | None
    at: datetime
    minutes: int
    state: State
    treatment: str
    staff: StaffId
    staff_name: str
    room: str | None
    allergies: tuple[str, ...]
    letter: LetterCard | None
    visit: int | None
    """Which of the letter's visits this one is."""
    letters_seen: bool
    plan: str
    """What the last signed note planned."""
    planned_on: date | None
    areas: tuple[str, ...]
    """Where the hands were in that note."""
    wishes: str
    """How the client likes it here."""
    balance: Money
    credit: Money
    last: datetime | None
    next: datetime | None
    series: int = 0
    """How many visits of its series can still change; nothing for one that stands alone."""
    sites: tuple[str, ...] = ()
    """The areas that were asked for at booking, and below the products."""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day in three numbers."""

    on: date
    visits: int
    first: datetime | None
    unconfirmed: int


def of_visit(work: Work, appointment: AppointmentId) -> VisitCard:
    """Put together what to know before a visit; that health was read goes into the trail with the chart."""
    work.require(Permission.CALENDAR_SEE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_SEE, staff=record.staff)
    chart = charts.chart(work, ClientId(record.client))
    client = work.get(Client, record.client)
    treatment, therapist = work.get(Treatment, record.treatment), work.get(Staff, record.staff)
    room = work.get(Room, record.room).name if record.room else None
    covered = next((visit for visit in chart.coverage if visit.id == appointment), None)
    under = covered.letter if covered and treatment.purpose is not Purpose.RELAXATION else None
    letter = next((card for card in chart.letters if card.id == under), None)
    plan, planned_on, areas = _plan(work, record)
    others = [v.at for v in chart.coverage if v.at > record.at and v.state in HOLDING]
    before = [v.at for v in chart.coverage if v.at < record.at and v.state is State.DONE]
    return VisitCard(
        id=appointment,
        client=chart.id,
        name=client.preferred_name or client.name,
        legal_name=client.name,
        phone=chart.phone,
        at=record.at,
        minutes=record.minutes,
        state=record.state,
        treatment=treatment.name,
        staff=StaffId(therapist.id),
        staff_name=therapist.name,
        room=room,
        allergies=chart.allergies,
        letter=letter,
        visit=covered.visit if covered else None,
        letters_seen=work.reach(Permission.LETTER_SEE) is not Reach.NONE,
        plan=plan,
        planned_on=planned_on,
        areas=areas,
        wishes=client.wishes or "",
        balance=chart.balance,
        credit=chart.credit,
        last=max(before, default=None),
        next=min(others, default=None),
        series=_in_series(work, record),
        sites=tuple(record.sites or ()),
        products=tuple(record.products or ()),
    )


def _plan(work: Work, record: Appointment) -> tuple[str, date | None, tuple[str, ...]]:
    """Read what the last signed note before this visit planned, to those who may read notes."""
    if work.reach(Permission.NOTE_READ) is Reach.NONE:
        return "", None, ()
    asked = (
        select(Note.soap, Note.areas, Appointment.at)
        .join(Appointment, Appointment.id == Note.appointment)
        .where(Appointment.client == record.client, Appointment.at < record.at, Note.signed_at.is_not(None))
        .order_by(Appointment.at.desc())
        .limit(1)
    )
    found = work.run(asked).first()
    if found is None:
        return "", None, ()
    return str(found.soap.get("p", "")), found.at.date(), tuple(found.areas or ())


def day_ahead(work: Work) -> DayAhead:
    """Count tomorrow: visits, the first of them, and those nobody confirmed; a therapist's own."""
    granted = work.require(Permission.CALENDAR_SEE)
    on = work.today + timedelta(days=1)
    begin = datetime.combine(on, time())
    asked = select(
        func.count().label("visits"),
        func.min(Appointment.at).label("first"),
        func.count().filter(Appointment.state == State.TENTATIVE).label("unconfirmed"),
    ).where(
        Appointment.at >= begin, Appointment.at < begin + timedelta(days=1), Appointment.state.in_(HOLDING)
    )
    if granted is Reach.OWN:
        asked = asked.where(Appointment.staff == work.actor.staff)
    row = work.run(asked).one()
    return DayAhead(on, row.visits, row.first, row.unconfirmed)


def _in_series(work: Work, record: Appointment) -> int:
    """Count the visits booked together with this one that are still ahead."""
    if record.series is None:
        return 0
    ahead = select(func.count()).where(
        Appointment.client == record.client,
        Appointment.series == record.series,
        Appointment.state.in_(COMING),
        Appointment.at >= work.wall,
    )
    return work.session.scalar(ahead) or 0
