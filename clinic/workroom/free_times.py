"""Free times: what the diary, the hours and the blocks say, put before the finder of slots."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Appointment, Room, Staff, Treatment
from clinic.rules import openings as rules
from clinic.rules import quarters, slots
from clinic.values import HOLDING, TREATING, RoomId, StaffId
from clinic.workroom import openings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clinic.records import Client
    from clinic.storage.work import Work
    from clinic.values import Span

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What somebody would rather have: their usual therapist, and whose hands."""

    client: Client | None = None
    usual: StaffId | None = None


def wanted(offered: Treatment, minutes: int | None) -> slots.Wanted:
    """Say what a treatment needs."""
    return slots.Wanted(
        offered.technique, minutes or offered.minutes, offered.buffer_before or 0, offered.buffer_after or 0
    )


def therapists(work: Work, staff: StaffId | None = None) -> list[Staff]:
    """Fetch whoever gives visits, or the one named."""
    found = [person for person in work.every(Staff) if person.role in TREATING and staff in {None, person.id}]
    return sorted(found, key=lambda person: (person.name, person.id))


def find(
    work: Work,
    want: slots.Wanted,
    people: Sequence[Staff],
    first: date,
    last: date,
    *,
    leaning: Leaning | None = None,
    after: datetime | None = None,
    most: int | None = None,
) -> list[slots.Slot]:
    """List the free times of these therapists, best first."""
    zone = work.zone
    when = quarters.axis(first, last, zone)
    diary = _diary(work, first, last)
    _add_blocks(work, first, last, [person.id for person in people], diary)
    open_days = openings.open_days(work, list(people), first, last)
    hands = [
        slots.Hands(
            StaffId(person.id),
            [span for day in open_days[StaffId(person.id)].values() for span in day],
            diary.hers[person.id],
            enough(person),
            _reasons(person, want, leaning or Leaning()),
            _rooms_of(person.id, diary),
        )
        for person in people
        if may_give(person, want) is not False
    ]
    return slots.find(want, hands, diary.rooms, when, zone, after=after, most=most)


def may_give(person: Staff, want: slots.Wanted) -> bool | None:
    """Tell whether somebody has what a treatment asks for; None where nobody said."""
    return slots.skilled(
        want.technique, prenatal=person.prenatal_certified, lymphatic=person.lymphatic_certified
    )


def enough(person: Staff) -> slots.Enough:
    """Say how much is enough for somebody in one day."""
    limits = person.limits or {}
    return slots.Enough(limits.get("visits"), limits.get("minutes"), limits.get("deep"))


def _reasons(person: Staff, want: slots.Wanted, leaning: Leaning) -> tuple[str, ...]:
    found = []
    if leaning.usual == person.id:
        found.append("usual_therapist")
    wish = leaning.client.prefers_gender if leaning.client else None
    if wish is not None and person.gender is wish:
        found.append("preferred_gender")
    if may_give(person, want) is None:
        found.append("skill_unknown")
    return tuple(found)


def taken_on(work: Work, staff: str, on: date, besides: str) -> list[slots.Taken]:
    """List the visits of one therapist's day, but the one named."""
    return _diary(work, on, on, besides=besides, staff=staff).hers[staff]


def _rooms_of(staff: str, diary: _Diary) -> tuple[RoomId, ...]:
    """Order the rooms as a therapist mostly uses them."""
    return tuple(sorted(diary.rooms, key=lambda room: -diary.used[staff, room]))


@dataclass(frozen=True, slots=True)
class _Diary:
    """What holds whom and what, and which room each therapist mostly works in."""

    hers: dict[str, list[slots.Taken]]
    rooms: dict[RoomId, list[slots.Taken]]
    used: Counter[tuple[str, str]]


def _diary(work: Work, first: date, last: date, *, besides: str = "", staff: str | None = None) -> _Diary:
    offered = {
        one.id: (one.technique in slots.DEEP, one.buffer_before or 0, one.buffer_after or 0)
        for one in work.every(Treatment)
    }
    begin, end = datetime.combine(first, time()), datetime.combine(last, time()) + DAY
    asked = select(
        Appointment.staff,
        Appointment.room,
        Appointment.held_from,
        Appointment.held_to,
        Appointment.at,
        Appointment.minutes,
        Appointment.treatment,
    ).where(Appointment.at >= begin - DAY, Appointment.at < end + DAY, Appointment.state.in_(HOLDING))
    if besides:
        asked = asked.where(Appointment.id != besides)
    if staff is not None:
        asked = asked.where(Appointment.staff == staff, Appointment.at >= begin, Appointment.at < end)
    rooms = sorted(work.every(Room), key=lambda room: (room.name, room.id))
    diary = _Diary(defaultdict(list), {RoomId(room.id): [] for room in rooms}, Counter())
    for who, room, held_from, held_to, at, minutes, treatment in map(tuple, work.run(asked).all()):
        deep, before, after = offered[treatment]
        taken = slots.Taken(held_from, held_to, at.date(), minutes, deep, before, after)
        diary.hers[who].append(taken)
        if room is not None:
            diary.rooms[room].append(taken)
            diary.used[who, room] += 1
    return diary


def _add_blocks(work: Work, first: date, last: date, people: Iterable[str], diary: _Diary) -> None:
    begin, end = datetime.combine(first, time()) - DAY, datetime.combine(last, time()) + 2 * DAY
    everybody = list(people)
    for block in openings.blocks(work, begin, end):
        for span in rules.times(block, begin, end):
            taken = _taken(work, span)
            if block.room is not None:
                diary.rooms[block.room].append(taken)
            else:
                for staff in [block.staff] if block.staff else everybody:
                    diary.hers[staff].append(taken)


def _taken(work: Work, span: Span) -> slots.Taken:
    held = rules.taken(span, work.zone)
    return slots.Taken(held.start, held.end)
