"""Series: many visits put together, looked at and booked at once, and changed one, from here on, or all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import booking, wishes
from clinic.records import Appointment, Room, Staff, Treatment
from clinic.rules import annual, calendar, counting, necessity
from clinic.rules import series as rules
from clinic.rules.holidays import holiday
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    COMING,
    HOLDING,
    AppointmentId,
    BlockKind,
    ClientId,
    Holiday,
    LetterKind,
    Refusal,
    RoomId,
    Scope,
    Span,
    StaffId,
    State,
    TreatmentId,
)
from clinic.workroom import facts, free_times, ledgers, openings, sheets, slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.office.booking import Moved
    from clinic.rules.counting import Stand
    from clinic.storage.work import Work

USUAL_COUNT = 6
BEYOND = frozenset({"E-COUNT", "E-LMN-EXPIRED"})
"""The letter is used up, or has ended: where a series under a letter stops."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be booked again and again."""

    client: ClientId
    treatment: TreatmentId
    staff: StaffId
    room: RoomId | None = None
    minutes: int | None = None
    sites: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How a series would begin for somebody: as their letter says, else once a week."""

    per_week: int
    every: int
    count: int
    letter: str = ""
    left: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of a series before it is booked: what stands in its way, and what to think of."""

    at: datetime
    room: RoomId | None
    taken: tuple[str, Span] | None = None
    """Whose time is taken, `staff` or `room`, and when."""
    blocked: tuple[str, BlockKind, Span] | None = None
    holiday: Holiday | None = None
    letter: str = ""
    visit: int | None = None
    visits: int | None = None
    codes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: bool = False
    """The clocks skip this time on that night."""
    instead: datetime | None = None
    """The free time nearest to it, where it can't be had."""

    @property
    def free(self) -> bool:
        """Whether it can be booked as it stands."""
        return not (self.taken or self.blocked or self.skipped)

    @property
    def beyond(self) -> bool:
        """Whether the letter no longer stands behind it."""
        return bool(BEYOND & set(self.codes))


@dataclass(frozen=True, slots=True)
class Made:
    """A series that was booked; what it is called in the file, and its visits."""

    series: str
    appointments: tuple[AppointmentId, ...]


def suggest(work: Work, client: ClientId) -> Suggestion:
    """Say how often and how many times somebody would come: as their letter says, up to its last visit."""
    work.require(Permission.CALENDAR_CHANGE, client=client)
    usual = Suggestion(1, 1, USUAL_COUNT)
    if work.reach(Permission.LETTER_SEE) is Reach.NONE:
        return usual
    _, history = next(ledgers.histories(work, [client]))
    policy = facts.policy_of(work.practice.settings)
    for letter in sorted(annual.supporting(history.letters), key=lambda one: one.signed_on or date.min)[::-1]:
        window = necessity.window(letter, policy.lmn_retro_days)
        if letter.kind is not LetterKind.LMN or window is None or window.end < work.today:
            continue
        frequency = letter.frequency
        per_week, every = 1, 1
        if frequency is not None and frequency.per == "week":
            per_week = min(max(frequency.times, 1), rules.WEEK)
        elif frequency is not None:
            every = max(1, min(rules.MOST_WEEKS, round(4 / max(frequency.times, 1))))
        left = _left(letter, history.visits)
        count = min(left, rules.MOST) if left else USUAL_COUNT
        return Suggestion(per_week, every, count, sheets.called(letter), left, window.end)
    return usual


def _left(letter: necessity.Letter, visits: Sequence[counting.Visit]) -> int | None:
    if letter.max_visits is None:
        return None
    used = sum(
        1
        for visit in visits
        if visit.letter in {None, letter.id}
        and visit.state in HOLDING
        and (window := necessity.window(letter, 0)) is not None
        and window.start <= visit.day <= window.end
    )
    return max(letter.max_visits - letter.used_before - used, 0)


def preview(
    work: Work, order: Order, *, first: datetime, per_week: int, every: int, count: int
) -> tuple[Planned, ...]:
    """Put a series together without booking it: what is in the way of each visit, which letter it falls under."""
    work.require(Permission.CALENDAR_CHANGE)
    work.require(Permission.CALENDAR_CHANGE, staff=order.staff)
    if not 1 <= per_week <= rules.WEEK:
        raise Refusal("no_series", at="per_week", most=rules.MOST)
    pattern = rules.Pattern(first, rules.spread(first.date(), per_week), every, count)
    at = rules.times(pattern, work.zone)
    if at[0] < work.wall:
        raise Refusal("series_in_the_past", at="day")
    therapist = work.get(Staff, order.staff)
    stands = _stands(work, order, at)
    free = _free(work, order, therapist, at)
    planned = [
        _planned(work, order, therapist, each, stands.get(AppointmentId(each.isoformat()))) for each in at
    ]
    planned += [Planned(each, order.room, skipped=True) for each in rules.skipped(pattern, work.zone)]
    taken = {each.at for each in planned if each.free}
    return tuple(
        each if each.free else replace(each, instead=rules.nearest(each.at, set(free) - taken))
        for each in sorted(planned, key=lambda one: one.at)
    )


def book(work: Work, order: Order, visits: Sequence[tuple[datetime, RoomId | None]]) -> Made:
    """Book all visits of a series, or none: the first that can't be had refuses the whole."""
    work.require(Permission.CALENDAR_CHANGE)
    work.require(Permission.CALENDAR_CHANGE, staff=order.staff)
    if not 1 <= len(visits) <= rules.MOST:
        raise Refusal("no_series", at="count", most=rules.MOST)
    made: list[AppointmentId] = []
    for at, room in sorted(visits, key=lambda one: one[0]):
        booked = booking.book(
            work,
            client=order.client,
            treatment=order.treatment,
            staff=order.staff,
            at=at,
            room=room,
            minutes=order.minutes,
            sites=order.sites,
            products=order.products,
        )
        work.get(Appointment, booked.appointment).series = made[0] if made else booked.appointment
        made.append(booked.appointment)
    work.flush()
    return Made(made[0], tuple(made))


def take_back(work: Work, made: Made) -> None:
    """Undo the booking of a series."""
    work.require(Permission.CALENDAR_CHANGE)
    for appointment in made.appointments:
        booking.take_back(work, appointment)


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit among those it was booked with, as they can still be changed together."""

    appointment: AppointmentId
    at: datetime
    minutes: int
    ahead: tuple[datetime, ...]


def standing(work: Work, appointment: AppointmentId) -> Standing:
    """Show a visit with those of its series that are still ahead."""
    work.require(Permission.CALENDAR_SEE)
    one = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_SEE, staff=one.staff)
    return Standing(appointment, one.at, one.minutes, tuple(each.at for each in _members(work, one)))


def move(
    work: Work,
    appointment: AppointmentId,
    scope: Scope,
    *,
    at: datetime,
    staff: StaffId | None = None,
    room: RoomId | None = None,
) -> tuple[Moved, ...]:
    """Move a visit and those of its series in scope, each by as many days and to the same time; all or none."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    one = work.get(Appointment, appointment)
    before = one.at
    chosen = _chosen(work, one, scope)
    # Each may be moved onto where the next one was, so the way is cleared from the far end.
    chosen.sort(key=lambda visit: visit.at, reverse=at >= before)
    return tuple(
        booking.move(
            work, AppointmentId(each.id), at=rules.moved(each.at, before, at), staff=staff, room=room
        )
        for each in chosen
    )


def cancel(work: Work, appointment: AppointmentId, scope: Scope, *, reason: str = "") -> tuple[Moved, ...]:
    """Cancel a visit and those of its series in scope."""
    work.require(Permission.CALENDAR_CHANGE)
    one = work.get(Appointment, appointment)
    return tuple(
        booking.advance(work, AppointmentId(each.id), State.CANCELLED, reason=reason)
        for each in _chosen(work, one, scope)
    )


def put_back(work: Work, before: Sequence[Moved]) -> None:
    """Undo what was done to several visits, the last first."""
    work.require(Permission.CALENDAR_CHANGE)
    for each in reversed(before):
        booking.put_back(work, each)


def _members(work: Work, one: Appointment) -> list[Appointment]:
    if one.series is None:
        return [one]
    asked = (
        select(Appointment)
        .where(Appointment.client == one.client, Appointment.series == one.series)
        .where(Appointment.state.in_(COMING), Appointment.at >= work.wall)
        .order_by(Appointment.at, Appointment.id)
    )
    return list(work.session.scalars(asked))


def _chosen(work: Work, one: Appointment, scope: Scope) -> list[Appointment]:
    others = _members(work, one)
    wanted = set(rules.in_scope(scope, one.at, [each.at for each in others]))
    return [each for each in others if each.at in wanted] if scope is not Scope.ONE else [one]


def _stands(work: Work, order: Order, at: Sequence[datetime]) -> Mapping[AppointmentId, Stand]:
    """Put the visits under the client's letters as if all of them took place with those already booked."""
    if work.reach(Permission.LETTER_SEE) is Reach.NONE:
        return {}
    treatment = work.get(Treatment, order.treatment)
    _, history = next(ledgers.histories(work, [order.client]))
    visits = [
        counting.Visit(
            AppointmentId(each.isoformat()),
            order.client,
            each,
            State.CONFIRMED,
            order.staff,
            treatment.purpose,
            treatment.technique,
            order.minutes or treatment.minutes,
        )
        for each in at
    ]
    return counting.stand(
        (*history.visits, *visits),
        annual.supporting(history.letters),
        history.person.patient,
        {therapist.name for therapist in facts.therapists_of(work).values()},
        facts.policy_of(work.practice.settings),
        as_booked=True,
    )


def _free(work: Work, order: Order, therapist: Staff, at: Sequence[datetime]) -> list[datetime]:
    want = free_times.wanted(work.get(Treatment, order.treatment), order.minutes)
    near = timedelta(days=rules.NEAR_DAYS)
    first, last = at[0].date() - near, at[-1].date() + near
    return [each.at for each in free_times.find(work, want, [therapist], first, last, after=work.wall)]


def _planned(work: Work, order: Order, therapist: Staff, at: datetime, stand: Stand | None) -> Planned:
    room, wanted = _in_a_room(work, order, at)
    clash, block = slots.clash(work, wanted), openings.blocked(work, wanted)
    taken = None
    if clash is not None:
        side, other = clash
        taken = side, Span(other.at, calendar.ends(other.at, other.minutes, work.zone))
    letter = stand.letter if stand is not None else None
    return Planned(
        at,
        room,
        taken,
        (_whose(block[0].staff, block[0].room), block[0].kind, block[1]) if block else None,
        holiday(at.date()),
        sheets.called(letter) if letter else "",
        stand.visit if stand else None,
        letter.max_visits if letter else None,
        tuple(sorted(stand.bars)) if stand else (),
        slots.warnings(work, therapist, at, wanted.minutes, wanted),
    )


def _whose(staff: str | None, room: str | None) -> str:
    return "staff" if staff else "room" if room else "practice"


def _in_a_room(work: Work, order: Order, at: datetime) -> tuple[RoomId | None, Appointment]:
    """Put the visit into the room that is wanted, or into another that is free."""

    def within(room: RoomId | None) -> Appointment:
        return slots.wanted(
            work,
            client=order.client,
            treatment=order.treatment,
            staff=order.staff,
            at=at,
            room=room,
            minutes=order.minutes,
            sites=wishes.areas(order.sites),
            products=wishes.goods(order.products),
        )

    wanted = within(order.room)
    if order.room is None:
        return None, wanted
    rooms = [
        order.room,
        *(RoomId(room.id) for room in work.session.scalars(select(Room).order_by(Room.name))),
    ]
    for room in rooms:
        tried = within(room)
        clash, block = slots.clash(work, tried), openings.blocked(work, tried)
        if (clash is None or clash[0] != "room") and (block is None or block[0].room is None):
            return room, tried
    return order.room, wanted
