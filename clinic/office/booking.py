"""Booking: an appointment is made, moved on through its day, moved to another time, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules import calendar
from clinic.rules.permissions import Permission
from clinic.values import (
    HOLDING,
    AppointmentId,
    ClientId,
    Refusal,
    Role,
    RoomId,
    StaffId,
    State,
    TreatmentId,
)

if TYPE_CHECKING:
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Booked:
    """A time is held; the warnings are worth a look and stop nothing."""

    appointment: AppointmentId
    state: State
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What an appointment was before it changed, for an undo."""

    appointment: AppointmentId
    state: State
    at: datetime
    staff: StaffId
    room: RoomId | None
    reason: str | None


def book(
    work: Work,
    *,
    client: ClientId,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    room: RoomId | None = None,
    minutes: int | None = None,
) -> Booked:
    """Hold a therapist, and a room if one is named; a taken time is refused with who and when."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    therapist, offered = work.get(Staff, staff), work.get(Treatment, treatment)
    if therapist.role is Role.BOOKKEEPER or therapist.role is Role.FRONT_DESK:
        raise Refusal("not_a_therapist", at="staff")
    if work.get(Client, client).archived_on is not None:
        raise Refusal("client_archived", at="client")
    if room is not None:
        work.get(Room, room)
    length = minutes or offered.minutes
    taken = calendar.held(at, length, offered.buffer_before or 0, offered.buffer_after or 0, work.zone)
    appointment = Appointment(
        id=work.new_id(),
        client=client,
        staff=staff,
        room=room,
        treatment=treatment,
        at=at,
        minutes=length,
        state=State.CONFIRMED,
        held_from=taken.start,
        held_to=taken.end,
    )
    _refuse_taken(work, appointment)
    work.add(appointment)
    work.flush()
    return Booked(AppointmentId(appointment.id), appointment.state, _warnings(work, therapist, at, length))


def _refuse_taken(work: Work, wanted: Appointment) -> None:
    """Say who has the time and when; the database would refuse it too, in fewer words."""
    near = select(Appointment).where(
        Appointment.held_from < wanted.held_to,
        Appointment.held_from > wanted.held_from - 1440,
        Appointment.held_to > wanted.held_from,
        Appointment.state.in_(HOLDING),
        Appointment.id != wanted.id,
    )
    for side, column, key in (
        ("staff", Appointment.staff, wanted.staff),
        ("room", Appointment.room, wanted.room),
    ):
        if key is None:
            continue
        other = work.session.scalars(near.where(column == key).limit(1)).first()
        if other is not None:
            raise Refusal(
                "slot_taken",
                at=side,
                by=side,
                start=other.at,
                end=calendar.wall_span(other.at, other.minutes).end,
            )


def _warnings(work: Work, therapist: Staff, at: datetime, minutes: int) -> tuple[str, ...]:
    found = []
    span = calendar.wall_span(at, minutes)
    hours = therapist.hours if therapist.hours is not None else work.practice.hours
    if not any(
        open_.start <= span.start and span.end <= open_.end for open_ in calendar.opening(hours, at.date())
    ):
        found.append("W-HOURS")
    certificate = therapist.certificate
    if certificate and certificate.get("expires") and date.fromisoformat(certificate["expires"]) < at.date():
        found.append("W-CERTIFICATE-EXPIRED")
    policies = therapist.policies or []
    if policies and not any(
        date.fromisoformat(p["effective"]) <= at.date() <= date.fromisoformat(p["expires"]) for p in policies
    ):
        found.append("W-INS-EXPIRED")
    return tuple(found)


def _moved(appointment: Appointment) -> Moved:
    return Moved(
        AppointmentId(appointment.id),
        appointment.state,
        appointment.at,
        StaffId(appointment.staff),
        RoomId(appointment.room) if appointment.room else None,
        appointment.reason,
    )


def advance(work: Work, appointment: AppointmentId, to: State, *, reason: str = "") -> Moved:
    """Move a visit on: arrived, in treatment, done, or given up, and answer what it was, for an undo."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    before = _moved(record)
    calendar.move_on(record.state, to)
    if to is State.DONE and record.at > work.wall:
        raise Refusal("not_yet", at="state")
    record.state = to
    if reason:
        record.reason = clean(reason, at="reason")
    return before


def move(
    work: Work,
    appointment: AppointmentId,
    *,
    at: datetime,
    staff: StaffId | None = None,
    room: RoomId | None = None,
) -> Moved:
    """Give an appointment another time, therapist or room, and answer where it was, for an undo."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    record = _own(work, appointment)
    before = _moved(record)
    if record.state not in {State.TENTATIVE, State.CONFIRMED}:
        raise Refusal("wrong_state", at="state", state=record.state.value, to="moved")
    offered = work.get(Treatment, record.treatment)
    taken = calendar.held(
        at, record.minutes, offered.buffer_before or 0, offered.buffer_after or 0, work.zone
    )
    record.at, record.held_from, record.held_to = at, taken.start, taken.end
    record.staff = staff or record.staff
    record.room = room or record.room
    _refuse_taken(work, record)
    work.flush()
    return before


def put_back(work: Work, before: Moved) -> None:
    """Undo a move or a step of the day: the appointment is again what it was, if its time is still free."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, before.appointment)
    offered = work.get(Treatment, record.treatment)
    taken = calendar.held(
        before.at, record.minutes, offered.buffer_before or 0, offered.buffer_after or 0, work.zone
    )
    record.state, record.at, record.reason = before.state, before.at, before.reason
    record.staff, record.room = before.staff, before.room
    record.held_from, record.held_to = taken.start, taken.end
    if record.state in HOLDING:
        _refuse_taken(work, record)
    work.flush()


def take_back(work: Work, appointment: AppointmentId) -> None:
    """Undo a booking: the time is free again and the story stays."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, appointment)
    calendar.move_on(record.state, State.CANCELLED)
    record.state, record.reason = State.CANCELLED, "undone"


def _own(work: Work, appointment: AppointmentId) -> Appointment:
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    return record
