"""The waiting list: who would come at once, whom a freed time suits, and the visit that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import booking
from clinic.office.door import clean
from clinic.records import Appointment, Client, Staff, Treatment, Wait
from clinic.rules import calendar
from clinic.rules import waiting as rules
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    HOLDING,
    AppointmentId,
    ClientId,
    Refusal,
    RoomId,
    Span,
    StaffId,
    TreatmentId,
    Urgency,
    WaitId,
)
from clinic.workroom import free_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.booking import Booked
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Terms:
    """When and to whom somebody would come; nothing named means any."""

    minutes: int | None = None
    staff: StaffId | None = None
    days: tuple[str, ...] = ()
    earliest: time | None = None
    latest: time | None = None
    first_on: date | None = None
    last_on: date | None = None
    urgency: Urgency = Urgency.SOON
    remark: str = ""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody who waits, as the list shows them."""

    id: WaitId
    client: ClientId
    client_name: str
    phone: str | None
    treatment: TreatmentId
    treatment_name: str
    staff_name: str | None
    terms: Terms
    since: datetime
    """When they began to wait, on the practice's wall."""


@dataclass(frozen=True, slots=True)
class WaitBefore:
    """How an entry of the waiting list stood, for an undo."""

    wait: WaitId
    terms: Terms
    treatment: TreatmentId
    appointment: AppointmentId | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody for whom a freed time would do, and the visit they could have."""

    row: WaitRow
    at: datetime
    minutes: int
    staff: StaffId
    staff_name: str
    room: RoomId | None
    asked_for: bool
    """They asked for this therapist."""


@dataclass(frozen=True, slots=True)
class Freed:
    """A time that became free, and who would come, first those to ask first."""

    at: datetime
    minutes: int
    staff_name: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A visit made from the waiting list, and how the entry stood before."""

    booked: Booked
    before: WaitBefore


def add(work: Work, *, client: ClientId, treatment: TreatmentId, terms: Terms) -> WaitId:
    """Put somebody on the waiting list."""
    work.require(Permission.CALENDAR_CHANGE, client=client)
    work.require(Permission.CALENDAR_CHANGE, staff=terms.staff)
    if work.get(Client, client).archived_on is not None:
        raise Refusal("client_archived", at="client")
    work.get(Treatment, treatment)
    wait = Wait(id=work.new_id(), client=client, treatment=treatment, since=work.now)
    _set(work, wait, terms)
    work.add(wait)
    return WaitId(wait.id)


def change(work: Work, wait: WaitId, *, treatment: TreatmentId, terms: Terms) -> WaitBefore:
    """Change what somebody on the list could make use of."""
    work.require(Permission.CALENDAR_CHANGE)
    work.require(Permission.CALENDAR_CHANGE, staff=terms.staff)
    record = _own(work, wait)
    before = _before(record)
    work.get(Treatment, treatment)
    record.treatment = treatment
    _set(work, record, terms)
    return before


def close(work: Work, wait: WaitId) -> WaitBefore:
    """Take somebody off the list: they no longer wait."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, wait)
    before = _before(record)
    record.closed_on = work.today
    return before


def put_back(work: Work, before: WaitBefore) -> None:
    """Undo a change of the list."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, before.wait)
    record.treatment = before.treatment
    _set(work, record, before.terms)
    record.appointment, record.closed_on = before.appointment, before.closed_on


def listing(work: Work) -> tuple[WaitRow, ...]:
    """List who waits, the most urgent and then the longest waiting first."""
    work.require(Permission.CALENDAR_SEE)
    rows = _waiting(work)
    return tuple(sorted(rows, key=lambda row: (rules.ORDER[row.terms.urgency], row.since)))


def matches(work: Work, appointment: AppointmentId) -> Freed:
    """Tell who of those who wait could have the time of a visit that was given up."""
    work.require(Permission.CALENDAR_SEE)
    gone = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_SEE, staff=gone.staff)
    therapist = work.get(Staff, gone.staff)
    freed = calendar.wall_span(gone.at, gone.minutes)
    rows = {row.id: row for row in _waiting(work) if row.client != gone.client}
    found = {
        row.id: span_room
        for row in rows.values()
        if (span_room := _fitting(work, row, therapist, freed)) is not None
    }
    offers = [rules.Offer(_wish(rows[key]), span, StaffId(gone.staff)) for key, (span, _) in found.items()]
    return Freed(
        gone.at,
        gone.minutes,
        therapist.name,
        tuple(
            Match(
                rows[offer.wish.id],
                offer.span.start,
                offer.span.minutes,
                offer.staff,
                therapist.name,
                found[offer.wish.id][1],
                offer.wish.staff == offer.staff,
            )
            for offer in rules.ranked(offers, freed)
        ),
    )


def book(work: Work, wait: WaitId, *, at: datetime, staff: StaffId, room: RoomId | None = None) -> Taken:
    """Give somebody who waits a visit: they no longer wait."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    record = work.get(Wait, wait)
    if record.closed_on is not None:
        raise Refusal("no_longer_waiting", at="wait")
    before = _before(record)
    booked = booking.book(
        work,
        client=ClientId(record.client),
        treatment=TreatmentId(record.treatment),
        staff=staff,
        at=at,
        room=room,
        minutes=record.minutes,
    )
    record.appointment, record.closed_on = booked.appointment, work.today
    return Taken(booked, before)


def take_back(work: Work, taken: Taken) -> None:
    """Undo a visit made from the list: the time is free, and they wait again."""
    work.require(Permission.CALENDAR_CHANGE)
    booking.take_back(work, taken.booked.appointment)
    put_back(work, taken.before)


def _own(work: Work, wait: WaitId) -> Wait:
    record = work.get(Wait, wait)
    work.require(Permission.CALENDAR_CHANGE, client=record.client)
    return record


def _set(work: Work, record: Wait, terms: Terms) -> None:
    if terms.staff is not None:
        work.get(Staff, terms.staff)
    if terms.earliest is not None and terms.latest is not None and terms.latest <= terms.earliest:
        raise Refusal("ends_before_it_begins", at="latest")
    if terms.first_on is not None and terms.last_on is not None and terms.last_on < terms.first_on:
        raise Refusal("ends_before_it_begins", at="last_on")
    record.minutes, record.staff, record.urgency = terms.minutes, terms.staff, terms.urgency
    record.days = [day for day in calendar.WEEKDAYS if day in terms.days] or None
    record.earliest = f"{terms.earliest:%H:%M}" if terms.earliest else None
    record.latest = f"{terms.latest:%H:%M}" if terms.latest else None
    record.first_on, record.last_on = terms.first_on, terms.last_on
    record.remark = clean(terms.remark, at="text")


def _terms(record: Wait) -> Terms:
    return Terms(
        record.minutes,
        StaffId(record.staff) if record.staff else None,
        tuple(record.days or ()),
        time.fromisoformat(record.earliest) if record.earliest else None,
        time.fromisoformat(record.latest) if record.latest else None,
        record.first_on,
        record.last_on,
        record.urgency,
        record.remark or "",
    )


def _before(record: Wait) -> WaitBefore:
    return WaitBefore(
        WaitId(record.id),
        _terms(record),
        TreatmentId(record.treatment),
        AppointmentId(record.appointment) if record.appointment else None,
        record.closed_on,
    )


def _waiting(work: Work) -> Sequence[WaitRow]:
    asked = (
        select(Wait, Client, Treatment.name.label("treatment"), Staff.name.label("therapist"))
        .join(Client, Client.id == Wait.client)
        .join(Treatment, Treatment.id == Wait.treatment)
        .outerjoin(Staff, Staff.id == Wait.staff)
        .where(Wait.closed_on.is_(None), Client.archived_on.is_(None))
        .order_by(Wait.since, Wait.id)
    )
    if work.reach(Permission.CALENDAR_SEE) is Reach.OWN:
        asked = asked.where(work.own_clients() | (Wait.staff == work.actor.staff))
    phones = work.reach(Permission.CLIENT_SEE) is not Reach.LIMITED
    return [
        WaitRow(
            WaitId(row.Wait.id),
            ClientId(row.Client.id),
            row.Client.preferred_name or row.Client.name,
            row.Client.phone if phones else None,
            TreatmentId(row.Wait.treatment),
            row.treatment,
            row.therapist,
            _terms(row.Wait),
            row.Wait.since.astimezone(work.zone).replace(tzinfo=None),
        )
        for row in work.session.execute(asked)
    ]


def _wish(row: WaitRow) -> rules.Wish:
    terms = row.terms
    return rules.Wish(
        row.id,
        terms.urgency,
        row.since,
        terms.staff,
        frozenset(terms.days),
        terms.earliest,
        terms.latest,
        terms.first_on,
        terms.last_on,
    )


def _fitting(work: Work, row: WaitRow, therapist: Staff, freed: Span) -> tuple[Span, RoomId | None] | None:
    """Find the visit somebody could have in a freed time: one that suits, touches it, and begins nearest to it."""
    want = free_times.wanted(work.get(Treatment, row.treatment), row.terms.minutes)
    on = freed.start.date()
    slots = free_times.find(work, want, [therapist], on, on, after=work.wall)
    wish, busy = _wish(row), _own_visits(work, row.client, on)
    fitting = [
        (abs(slot.at - freed.start), span, slot.room)
        for slot in slots
        if (span := calendar.wall_span(slot.at, slot.minutes)).overlaps(freed)
        and rules.suits(wish, span, StaffId(therapist.id))
        and not any(span.overlaps(visit) for visit in busy)
    ]
    if not fitting:
        return None
    _, span, room = min(fitting, key=lambda one: one[:2])
    return span, room


def _own_visits(work: Work, client: ClientId, on: date) -> list[Span]:
    day = datetime.combine(on, time())
    asked = select(Appointment).where(
        Appointment.client == client,
        Appointment.at >= day,
        Appointment.at < day.replace(hour=23, minute=59),
        Appointment.state.in_(HOLDING),
    )
    return [calendar.wall_span(visit.at, visit.minutes) for visit in work.session.scalars(asked)]
