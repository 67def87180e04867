"""Handing over: visits that can't stay with their therapist or in their room, and who or what is free instead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office import booking
from clinic.office.openings import ToMove
from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules import series as rules
from clinic.rules.permissions import Permission, Reach
from clinic.values import AHEAD, TREATING, AppointmentId, ClientId, RoomId, StaffId, TreatmentId
from clinic.workroom import free_times, openings, slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic.office.booking import Moved
    from clinic.storage.work import Work

BARS = frozenset({"W-HOURS", "W-SKILL", "W-ENOUGH"})
"""Warnings with which nobody is proposed: not there, not trained for it, or enough for that day."""
PROPOSED, APART = 2, timedelta(hours=2)
"""How many other times are proposed for a visit, and how far apart."""
MOST = 60
"""So many visits are looked at together; the rest come once these are seen to."""


class Side(StrEnum):
    """What a visit can't keep, and is looked for instead."""

    STAFF = "staff"
    ROOM = "room"
    BOTH = "both"
    """The whole house is closed: nobody and nowhere, only another time."""


@dataclass(frozen=True, slots=True)
class Stranded:
    """A visit that is to move, and who could give it, or where it could be, at the same time."""

    visit: ToMove
    treatment: str
    staff_name: str
    room_name: str
    colleagues: tuple[tuple[StaffId, str], ...]
    rooms: tuple[tuple[RoomId, str], ...]
    near: tuple[Near, ...] = ()
    """Where nobody is free at that time: the nearest times at which somebody else is."""


@dataclass(frozen=True, slots=True)
class Near:
    """Another time, with somebody else: to be agreed on with the client."""

    at: datetime
    staff: StaffId
    name: str
    room: RoomId | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A therapist who leaves, and the visits booked for later."""

    staff: StaffId
    name: str
    on: date
    visits: int
    first: date


@dataclass(frozen=True, slots=True)
class Instead:
    """A visit, and who gives it or where it is instead."""

    appointment: AppointmentId
    staff: StaffId | None = None
    room: RoomId | None = None
    at: datetime | None = None
    """Another time; None for the one it has."""


def leaving(work: Work) -> tuple[Leaving, ...]:
    """Name those who leave, or have left, with visits still booked after their last day."""
    granted = work.require(Permission.CALENDAR_CHANGE)
    asked = (
        select(Staff.id, Staff.name, Staff.left_on, func.count(), func.min(Appointment.at))
        .join(Appointment, Appointment.staff == Staff.id)
        .where(Staff.left_on.is_not(None), Appointment.state.in_(AHEAD))
        .where(Appointment.at >= Staff.left_on, Appointment.at >= work.wall)
        .group_by(Staff.id)
        .order_by(Staff.left_on, Staff.name)
    )
    if granted is Reach.OWN:
        asked = asked.where(Staff.id == work.actor.staff)
    rows: list[Any] = list(work.run(asked))
    return tuple(Leaving(StaffId(key), name, on, n, at.date()) for key, name, on, n, at in rows)


def left_behind(work: Work, staff: StaffId) -> tuple[Stranded, ...]:
    """List the visits of somebody who leaves, from their first day away, with who is free instead."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    left = work.get(Staff, staff).left_on
    if left is None:
        return ()
    asked = (
        select(Appointment.id)
        .where(Appointment.staff == staff, Appointment.state.in_(AHEAD))
        .where(Appointment.at >= max(datetime.combine(left, time()), work.wall))
        .order_by(Appointment.at, Appointment.id)
        .limit(MOST)
    )
    return stranded(work, [AppointmentId(key) for key in work.session.scalars(asked)], Side.STAFF)


def stranded(work: Work, appointments: Sequence[AppointmentId], side: Side) -> tuple[Stranded, ...]:
    """Look at visits that are to move: who else, or which other room, is free at that time."""
    work.require(Permission.CALENDAR_CHANGE)
    treating = select(Staff).where(Staff.role.in_(TREATING)).order_by(Staff.name)
    people = list(work.session.scalars(treating)) if side is Side.STAFF else []
    places = list(work.session.scalars(select(Room).order_by(Room.name))) if side is Side.ROOM else []
    found = []
    for key in appointments[:MOST]:
        record = work.get(Appointment, key)
        work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
        if record.state in AHEAD:
            one = _stranded(work, record, people, places)
            found.append(one if one.colleagues else replace(one, near=_near(work, record, people)))
    return _the_same_for_all(found)


def hand_over(work: Work, changes: Sequence[Instead]) -> tuple[Moved, ...]:
    """Give visits to others, or put them into other rooms, at the same time; all or none."""
    work.require(Permission.CALENDAR_CHANGE)
    return tuple(
        booking.move(
            work,
            each.appointment,
            at=each.at or work.get(Appointment, each.appointment).at,
            staff=each.staff,
            room=each.room,
        )
        for each in changes
    )


def _stranded(work: Work, record: Appointment, people: Iterable[Staff], places: Iterable[Room]) -> Stranded:
    client, treatment = work.get(Client, record.client), work.get(Treatment, record.treatment)
    visit = ToMove(
        AppointmentId(record.id),
        record.at,
        record.minutes,
        ClientId(client.id),
        client.preferred_name or client.name,
        StaffId(record.staff),
        RoomId(record.room) if record.room else None,
    )
    return Stranded(
        visit,
        treatment.name,
        work.get(Staff, record.staff).name,
        work.get(Room, record.room).name if record.room else "",
        tuple((StaffId(each.id), each.name) for each in people if _could(work, record, staff=each)),
        tuple((RoomId(each.id), each.name) for each in places if _could(work, record, room=each)),
    )


def _near(work: Work, record: Appointment, people: Sequence[Staff]) -> tuple[Near, ...]:
    """Find the nearest times at which somebody else could give a visit, a day or two around its own."""
    others = [person for person in people if person.id != record.staff]
    if not others:
        return ()
    want = free_times.wanted(work.get(Treatment, record.treatment), record.minutes)
    around = timedelta(days=rules.NEAR_DAYS)
    first, last = record.at.date() - around, record.at.date() + around
    free = free_times.find(work, want, others, first, last, after=work.wall)
    names = {person.id: person.name for person in others}
    nearest: list[Near] = []
    while free and len(nearest) < PROPOSED:
        at = rules.nearest(record.at, [slot.at for slot in free])
        slot = next(each for each in free if each.at == at)
        nearest.append(Near(slot.at, slot.staff, names[slot.staff], slot.room))
        free = [each for each in free if abs(each.at - slot.at) >= APART]
    return tuple(nearest)


def _could(work: Work, record: Appointment, *, staff: Staff | None = None, room: Room | None = None) -> bool:
    """Tell whether somebody else could give a visit at its time, or another room is free for it."""
    if (staff is not None and staff.id == record.staff) or (room is not None and room.id == record.room):
        return False
    if staff is not None and staff.left_on is not None and record.at.date() >= staff.left_on:
        return False
    if room is not None and record.room is None:
        return False
    tried = slots.wanted(
        work,
        client=ClientId(record.client),
        treatment=TreatmentId(record.treatment),
        staff=StaffId(staff.id if staff is not None else record.staff),
        at=record.at,
        room=RoomId(room.id) if room is not None else RoomId(record.room) if record.room else None,
        minutes=record.minutes,
    )
    tried.id = record.id  # it stands in its own way nowhere
    if _clashes(work, tried, side="staff" if staff is not None else "room"):
        return False
    if staff is None:
        return True
    return not BARS & set(slots.warnings(work, staff, record.at, record.minutes, tried))


def _clashes(work: Work, tried: Appointment, *, side: str) -> bool:
    """Look at the side that changes; what is wrong with the other is no reason against this one."""
    clash = slots.clash(work, tried)
    if clash is not None and clash[0] == side:
        return True
    stands = openings.blocked(work, tried)
    if stands is None:
        return False
    block, _span = stands
    return block.room is not None if side == "room" else block.staff is not None


def _the_same_for_all(found: Sequence[Stranded]) -> tuple[Stranded, ...]:
    """Put first who could take the most of them: clients of one therapist would rather stay together."""
    takes = Counter(key for each in found for key, _name in each.colleagues)
    holds = Counter(key for each in found for key, _name in each.rooms)
    return tuple(
        replace(
            each,
            colleagues=tuple(sorted(each.colleagues, key=lambda one: (-takes[one[0]], one[1]))),
            rooms=tuple(sorted(each.rooms, key=lambda one: (-holds[one[0]], one[1]))),
        )
        for each in found
    )
