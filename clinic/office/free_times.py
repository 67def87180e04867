"""Free times: when a treatment could be given, by whom and where, best first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import select

from clinic.records import Appointment, Client, Room, Staff, Treatment
from clinic.rules.permissions import Permission, Reach
from clinic.values import HOLDING, Refusal, RoomId, StaffId
from clinic.workroom import free_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.rules.slots import Slot
    from clinic.storage.work import Work
    from clinic.values import ClientId, TreatmentId

LONGEST = timedelta(days=731)
WEEK = 7
AHEAD = 12
"""How many weeks are looked through for the next free times."""


class FreeTime(NamedTuple):
    """A time that can be booked as it stands; the reasons are codes for wording."""

    at: datetime
    minutes: int
    staff: StaffId
    staff_name: str
    room: RoomId | None
    room_name: str | None
    score: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Which times will do; nothing named means any."""

    weekdays: frozenset[int] = frozenset()
    """0 is Monday."""
    earliest: time | None = None
    begin_by: time | None = None
    end_by: time | None = None

    def holds(self, at: datetime, minutes: int) -> bool:
        """Tell whether a time is one of those that will do."""
        ends = at + timedelta(minutes=minutes)
        return (
            (not self.weekdays or at.weekday() in self.weekdays)
            and (self.earliest is None or at.time() >= self.earliest)
            and (self.begin_by is None or at.time() <= self.begin_by)
            and (self.end_by is None or (ends.date() == at.date() and ends.time() <= self.end_by))
        )


ANY = Within()


def find(
    work: Work,
    *,
    treatment: TreatmentId,
    first: date,
    last: date,
    staff: StaffId | None = None,
    minutes: int | None = None,
    client: ClientId | None = None,
    within: Within = ANY,
    most: int | None = None,
    apart: int = 0,
) -> tuple[FreeTime, ...]:
    """List every free time for a treatment from the first day to the last, best first.

    With `apart` only times so many minutes from a better one of the same therapist are told: enough to choose from.
    """
    granted = work.require(Permission.CALENDAR_SEE, staff=staff)
    if last < first or last - first > LONGEST:
        raise Refusal("days_the_wrong_way", at="to")
    own = work.actor.staff if granted is Reach.OWN else staff
    people = _people(work, own)
    offered = work.get(Treatment, treatment)
    if offered.active is False:
        raise Refusal("treatment_retired", at="treatment")
    want = free_times.wanted(offered, minutes)
    limit = most if within == ANY and not apart else None
    found = free_times.find(
        work, want, people, first, last, leaning=_leaning(work, client), after=work.wall, most=limit
    )
    fitting = [slot for slot in found if within == ANY or within.holds(slot.at, slot.minutes)]
    return _named(work, _thinned(fitting, apart)[:most] if apart else fitting[:most], people)


def soonest(
    work: Work,
    *,
    treatment: TreatmentId,
    staff: StaffId | None = None,
    minutes: int | None = None,
    client: ClientId | None = None,
    within: Within = ANY,
    first: date | None = None,
    last: date | None = None,
    most: int = 5,
    apart: int = 0,
) -> tuple[FreeTime, ...]:
    """List the next free times in the order of the calendar, a week at a time until there are enough."""
    work.require(Permission.CALENDAR_SEE, staff=staff)
    begin, found = first or work.today, list[FreeTime]()
    until = last or begin + timedelta(weeks=AHEAD) - timedelta(days=1)
    while begin <= until and len(found) < most:
        week = sorted(
            find(
                work,
                treatment=treatment,
                first=begin,
                last=min(begin + timedelta(days=WEEK - 1), until),
                staff=staff,
                minutes=minutes,
                client=client,
                within=within,
            ),
            key=lambda slot: (slot.at, -slot.score),
        )
        found += _thinned(week, apart) if apart else week
        begin += timedelta(days=WEEK)
    return tuple(found[:most])


S = TypeVar("S", FreeTime, "Slot")


def _thinned(slots: Sequence[S], apart: int) -> list[S]:
    """Leave out what is hardly another choice than one already told."""
    told: dict[tuple[StaffId, date], list[datetime]] = defaultdict(list)
    kept = []
    for slot in slots:
        near = told[slot.staff, slot.at.date()]
        if all(abs(slot.at - other) >= timedelta(minutes=apart) for other in near):
            near.append(slot.at)
            kept.append(slot)
    return kept


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
    rooms = {room.id: room.name for room in work.every(Room)}
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
