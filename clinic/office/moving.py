"""Moving: a visit goes elsewhere, gets longer or is copied; where the time is taken, the next free ones are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from clinic.office import booking
from clinic.records import Appointment, Staff, Treatment
from clinic.rules import calendar
from clinic.rules import openings as rules
from clinic.rules.permissions import Permission
from clinic.values import (
    HOLDING,
    AppointmentId,
    ClientId,
    Refusal,
    RoomId,
    StaffId,
    TreatmentId,
)
from clinic.workroom import openings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clinic.office.booking import Booked, Moved
    from clinic.storage.work import Work
    from clinic.values import Span

STEP, APART = timedelta(minutes=15), timedelta(hours=1)
"""Where visits begin, and how far apart the times named are."""
A_DAY = 24 * 60
DAYS, OFFERED = 14, 3
"""How many days are looked through for a free time, and how many are named."""
TAKEN = frozenset({"slot_taken", "time_skipped", "blocked"})
"""Refusals that another time would not meet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a visit stood when somebody took hold of it."""

    at: datetime
    staff: StaffId


@dataclass(frozen=True, slots=True)
class Opening:
    """A time at which a visit would fit."""

    at: datetime
    staff: StaffId
    name: str


def move(
    work: Work,
    appointment: AppointmentId,
    *,
    at: datetime,
    staff: StaffId | None = None,
    room: RoomId | None = None,
    minutes: int | None = None,
    no_room: bool = False,
    seen: Seen | None = None,
) -> Moved:
    """Move or resize a visit; a time that is taken is refused with who, when, and the next that are free."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    record = work.get(Appointment, appointment)
    if seen is not None and seen != Seen(record.at, StaffId(record.staff)):
        raise Refusal("changed_meanwhile", at="at")
    length, therapist = minutes or record.minutes, staff or record.staff
    place = None if no_room else room or record.room
    try:
        return booking.move(
            work, appointment, at=at, staff=staff, room=room, minutes=minutes, no_room=no_room
        )
    except Refusal as refused:
        if refused.code not in TAKEN:
            raise
        wish = _Wish(appointment, record.treatment, StaffId(therapist), place, length)
        raise _with_times(refused, _free(work, wish, at)) from refused


def copy(
    work: Work,
    appointment: AppointmentId,
    *,
    at: datetime,
    staff: StaffId | None = None,
    room: RoomId | None = None,
    no_room: bool = False,
) -> Booked:
    """Book the same again at another time."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    record = work.get(Appointment, appointment)
    therapist, place = StaffId(staff or record.staff), None if no_room else room or record.room
    try:
        return booking.book(
            work,
            client=ClientId(record.client),
            treatment=TreatmentId(record.treatment),
            staff=therapist,
            at=at,
            room=RoomId(place) if place else None,
            minutes=record.minutes,
            sites=record.sites or (),
            products=record.products or (),
        )
    except Refusal as refused:
        if refused.code not in TAKEN:
            raise
        wish = _Wish(None, record.treatment, therapist, place, record.minutes)
        raise _with_times(refused, _free(work, wish, at)) from refused


def openings_for(
    work: Work, appointment: AppointmentId, *, after: datetime | None = None
) -> tuple[Opening, ...]:
    """Name the next times at which a visit would fit with its own therapist."""
    work.require(Permission.CALENDAR_SEE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_SEE, staff=record.staff)
    wish = _Wish(appointment, record.treatment, StaffId(record.staff), record.room, record.minutes)
    name = work.get(Staff, record.staff).name
    times = _free(work, wish, max(after or work.wall, work.wall))
    return tuple(Opening(at, wish.staff, name) for at in times)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to find a place."""

    appointment: AppointmentId | None
    treatment: str
    staff: StaffId
    room: str | None
    minutes: int


def _with_times(refused: Refusal, times: tuple[datetime, ...]) -> Refusal:
    return Refusal(refused.code, at=refused.at, **refused.facts, free=times)


def _free(work: Work, wish: _Wish, after: datetime) -> tuple[datetime, ...]:
    """Look for the next times at which therapist and room are both to be had, within the hours."""
    offered = work.get(Treatment, wish.treatment)
    before, rest = offered.buffer_before or 0, offered.buffer_after or 0
    days = [after.date() + timedelta(days=n) for n in range(DAYS)]
    spans = openings.open_days(work, [work.get(Staff, wish.staff)], days[0], days[-1])[wish.staff]
    taken = _taken(work, wish, after) + _blocked(work, wish, days)
    found: list[datetime] = []
    for day in days:
        for at in _starts(spans[day], wish.minutes, max(after, work.wall)):
            if not calendar.exists(at, work.zone):
                continue
            held = calendar.held(at, wish.minutes, before, rest, work.zone)
            apart = not found or at >= found[-1] + APART
            if apart and all(end <= held.start or start >= held.end for start, end in taken):
                found.append(at)
                if len(found) == OFFERED:
                    return tuple(found)
    return tuple(found)


def _starts(spans: Iterable[Span], minutes: int, after: datetime) -> Iterator[datetime]:
    """Go through the quarters of an hour at which something so long could begin."""
    for span in spans:
        at = span.start
        while at + timedelta(minutes=minutes) <= span.end:
            if at >= after:
                yield at
            at += STEP


def _blocked(work: Work, wish: _Wish, days: Sequence[date]) -> list[tuple[int, int]]:
    """Read when therapist, room or the whole house are not to be had."""
    begin, end = datetime.combine(days[0], time()), datetime.combine(days[-1], time()) + timedelta(days=1)
    held = [
        rules.taken(span, work.zone)
        for block in openings.blocks(work, begin, end)
        if rules.concerns(block, wish.staff, wish.room)
        for span in rules.times(block, begin, end)
    ]
    return [(each.start, each.end) for each in held]


def _taken(work: Work, wish: _Wish, after: datetime) -> list[tuple[int, int]]:
    """Read what therapist and room hold in the days looked through."""
    noon = calendar.held(datetime.combine(after.date(), time(12)), 1, 0, 0, work.zone).start
    begin = noon - A_DAY - A_DAY // 2
    same = [Appointment.staff == wish.staff]
    if wish.room is not None:
        same.append(Appointment.room == wish.room)
    asked = select(Appointment.held_from, Appointment.held_to).where(
        or_(*same),
        Appointment.held_from >= begin,
        Appointment.held_from < begin + (DAYS + 3) * A_DAY,
        Appointment.state.in_(HOLDING),
    )
    if wish.appointment is not None:
        asked = asked.where(Appointment.id != wish.appointment)
    return [(row.held_from, row.held_to) for row in work.run(asked)]
