"""Free times: when a treatment could be given, by whom and where, best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules.permissions import Permission, Reach
from clinic.values import HOLDING, Refusal, RoomId, StaffId
from clinic.workroom import free_times

if TYPE_CHECKING:
    from clinic.rules.slots import Slot
    from clinic.storage.work import Work
    from clinic.values import ClientId, TreatmentId

LONGEST = timedelta(days=731)
WEEK = 7
AHEAD = 12
"""How many weeks are looked through for the next free times."""


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked as it stands; the reasons are codes for wording."""

    at: datetime
    minutes: int
    staff: StaffId
    staff_name: str
    room: RoomId | None
    room_name: str | None
    score: int
    why: tuple[str, ...]


def find(
    work: Work,
    *,
    treatment: TreatmentId,
    first: date,
    last: date,
    staff: StaffId | None = None,
    minutes: int | None = None,
    client: ClientId | None = None,
    most: int | None = None,
) -> tuple[FreeTime, ...]:
    """List every free time for a treatment from the first day to the last, best first."""
    granted = work.require(Permission.CALENDAR_SEE, staff=staff)
    if last < first or last - first > LONGEST:
        raise Refusal("days_the_wrong_way", at="to")
    own = work.actor.staff if granted is Reach.OWN else staff
    people = _people(work, own)
    want = free_times.wanted(work.get(Treatment, treatment), minutes)
    found = free_times.find(
        work, want, people, first, last, leaning=_leaning(work, client), after=work.wall, most=most
    )
    return _named(work, found, people)


def soonest(
    work: Work,
    *,
    treatment: TreatmentId,
    staff: StaffId | None = None,
    minutes: int | None = None,
    client: ClientId | None = None,
    first: date | None = None,
    most: int = 5,
) -> tuple[FreeTime, ...]:
    """List the next free times in the order of the calendar, a week at a time until there are enough."""
    work.require(Permission.CALENDAR_SEE, staff=staff)
    begin, found = first or work.today, list[FreeTime]()
    for week in range(AHEAD):
        monday = begin + timedelta(weeks=week)
        found += sorted(
            find(
                work,
                treatment=treatment,
                first=monday,
                last=monday + timedelta(days=WEEK - 1),
                staff=staff,
                minutes=minutes,
                client=client,
            ),
            key=lambda slot: (slot.at, -slot.score),
        )
        if len(found) >= most:
            break
    return tuple(found[:most])


def _people(work: Work, staff: StaffId | None) -> list[Staff]:
    people = free_times.therapists(work, staff)
    if staff is not None and not people:
        work.get(Staff, staff)  # somebody unknown is told apart from somebody who gives no visits
        raise Refusal("not_a_therapist", at="staff")
    return people


def _leaning(work: Work, client: ClientId | None) -> free_times.Leaning | None:
    if client is None:
        return None
    person = work.get(Client, client)
    last = work.session.scalars(
        select(Appointment.staff)
        .where(Appointment.client == client, Appointment.state.in_(HOLDING))
        .order_by(Appointment.at.desc())
        .limit(1)
    ).first()
    usual = person.assigned_to or last
    return free_times.Leaning(person, StaffId(usual) if usual else None)


def _named(work: Work, found: list[Slot], people: list[Staff]) -> tuple[FreeTime, ...]:
    names = {person.id: person.name for person in people}
    rooms = {room.id: room.name for room in work.session.scalars(select(Room))}
    return tuple(
        FreeTime(
            slot.at,
            slot.minutes,
            slot.staff,
            names[slot.staff],
            slot.room,
            rooms[slot.room] if slot.room else None,
            slot.score,
            slot.why,
        )
        for slot in found
    )
