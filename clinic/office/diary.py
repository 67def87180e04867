"""The diary: the visits of a span of days as the calendar draws them, with opening hours and who works then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, and_, case, cast, func, or_, select

from clinic.office.booking import UNDONE
from clinic.records import Appointment, Client, Room, Staff, Standing, Treatment
from clinic.rules import openings as rules
from clinic.rules.contraindications import Severity
from clinic.rules.permissions import Permission, Reach
from clinic.values import (
    HOLDING,
    NOTHING,
    TREATING,
    AppointmentId,
    BlockId,
    BlockKind,
    ClientId,
    Money,
    Purpose,
    RoomId,
    Span,
    StaffId,
    State,
    Technique,
)
from clinic.workroom import marks, openings, standings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement

    from clinic.storage.work import Work

WINDOW = timedelta(days=1)
"""A visit of the evening before may reach into the first day shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit as the calendar draws it; of a visit one may not see there is only that the time is taken."""

    id: AppointmentId
    at: datetime
    minutes: int
    before: int
    """Minutes kept free before it, as they were when it was booked."""
    after: int
    state: State
    staff: StaffId
    room: RoomId | None
    client: ClientId | None
    name: str
    treatment: str
    technique: Technique | None
    purpose: Purpose | None

    @property
    def busy(self) -> bool:
        """Whether it only shows that somebody is taken."""
        return self.client is None

    @property
    def holds(self) -> bool:
        """Whether it occupies its therapist and room."""
        return self.state in HOLDING


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands small beside a visit."""

    charged: bool = False
    open: Money = NOTHING
    noted: bool = False
    signed: bool = False
    visit: int | None = None
    """Which of its letter's visits it is."""
    visits: int | None = None
    flag: str = ""
    """How grave the gravest flag is that still stands, of a visit ahead: S1 to S5."""
    held: bool = False
    """Whether the time is only held until somebody has decided on a flag."""
    asks: bool = False
    """Whether that flag only asks for answers of the client."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who treats, as a column or a filter names them."""

    id: StaffId
    name: str
    title: str
    left: date | None = None
    """From when on they no longer work here."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room, as a column names it."""

    id: RoomId
    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """Time in which a therapist or a room is not to be had, and why."""

    id: BlockId
    staff: StaffId | None
    room: RoomId | None
    start: datetime
    end: datetime
    kind: BlockKind | None
    """None where it is somebody else's time off."""
    reason: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The days of the calendar that lie open."""

    first: date
    last: date
    now: datetime
    zone: str
    me: StaffId | None
    """The one who looks, where they treat."""
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    hours: Mapping[tuple[StaffId, date], tuple[Span, ...]]
    """When each therapist works."""
    house: Mapping[date, tuple[Span, ...]]
    """When the practice is open."""
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    may_change: bool
    may_take_money: bool
    own_only: bool
    """Whether others' visits are shown as taken time only, and stay where they are."""


def spread(work: Work, first: date, last: date) -> Spread:
    """Open the calendar at these days, both included; a therapist sees others' visits as taken time."""
    granted = work.require(Permission.CALENDAR_SEE)
    mine = work.actor.staff if granted is Reach.OWN else None
    left_behind = (
        select(Appointment.id)
        .where(Appointment.staff == Staff.id, Appointment.at >= Staff.left_on, *_within(first, last))
        .where(Appointment.state.in_(HOLDING))
        .exists()
    )
    team = work.session.scalars(
        select(Staff)
        .where(Staff.role.in_(TREATING), or_(Staff.left_on.is_(None), Staff.left_on > first, left_behind))
        .order_by(Staff.name)
    ).all()
    rooms = work.run(select(Room.id, Room.name).order_by(Room.name)).all()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    known = {person.id for person in team}
    open_, house = openings.open_days(work, list(team), first, last), openings.house_hours(work)
    return Spread(
        first,
        last,
        work.wall,
        work.practice.time_zone,
        work.actor.staff if work.actor.staff in known else None,
        tuple(Person(StaffId(person.id), person.name, person.title or "", person.left_on) for person in team),
        tuple(Place(RoomId(row.id), row.name) for row in rooms),
        {(staff, day): spans for staff, own in open_.items() for day, spans in own.items()},
        {day: rules.open_on(day, house, house) for day in days},
        _blocks(work, first, last, mine),
        _entries(work, first, last, mine),
        work.reach(Permission.CALENDAR_CHANGE) is not Reach.NONE,
        work.reach(Permission.MONEY_TAKE) is not Reach.NONE,
        granted is Reach.OWN,
    )


def _blocks(work: Work, first: date, last: date, mine: StaffId | None) -> tuple[Block, ...]:
    """Lay out the times of blocks; what another therapist is away for stays theirs."""
    begin, end = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    found = []
    for block in openings.blocks(work, begin, end):
        seen = mine is None or block.staff in {None, mine}
        kind, reason = (block.kind, block.reason or "") if seen else (None, "")
        found += [
            Block(block.id, block.staff, block.room, span.start, span.end, kind, reason)
            for span in rules.times(block, begin, end)
        ]
    return tuple(found)


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    begin, end = datetime.combine(first, time()) - WINDOW, datetime.combine(last, time()) + WINDOW
    return (
        Appointment.at >= begin,
        Appointment.at < end,
        func.coalesce(Appointment.reason, "") != UNDONE,
    )


def _entries(work: Work, first: date, last: date, mine: StaffId | None) -> tuple[Entry, ...]:
    """Read the visits, only as much of each as is drawn."""
    asked = (
        select(
            Appointment.id,
            Appointment.at,
            Appointment.minutes,
            (Appointment.held_to - Appointment.held_from - Appointment.minutes).label("buffers"),
            func.coalesce(Treatment.buffer_before, 0),
            Appointment.state,
            Appointment.staff,
            Appointment.room,
            Appointment.client,
            Client.preferred_name,
            Client.given_name,
            Client.family_name,
            Treatment.name,
            Treatment.technique,
            Treatment.purpose,
        )
        .join(Client, Client.id == Appointment.client)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .where(*_within(first, last))
        .order_by(Appointment.at, Appointment.id)
    )
    if mine is not None:  # what of others fell through takes nobody's time
        asked = asked.where(or_(Appointment.staff == mine, Appointment.state.in_(HOLDING)))
    return tuple(_entry(row, mine) for row in work.run(asked).all())


def _entry(row: Any, mine: StaffId | None) -> Entry:
    """Make of a row what is drawn; with fifteen facts to a visit, taking them by place is half the time."""
    key, at, minutes, buffers, before, state, staff, room, client, *rest = row
    before = min(before, buffers)
    if mine is not None and staff != mine:
        return Entry(
            key, at, minutes, before, buffers - before, State.CONFIRMED, staff, room, None, "", "", None, None
        )
    preferred, given, family, treatment, technique, purpose = rest
    name = preferred or f"{given} {family}".strip()
    return Entry(
        key,
        at,
        minutes,
        before,
        buffers - before,
        state,
        staff,
        room,
        client,
        name,
        treatment,
        technique,
        purpose,
    )


def marks_of(work: Work, first: date, last: date) -> Mapping[AppointmentId, Mark]:
    """Tell what stands small beside the visits of these days: paid, noted, which visit of a letter."""
    granted = work.require(Permission.CALENDAR_SEE)
    which = and_(*_within(first, last))
    if granted is Reach.OWN:
        which = and_(which, Appointment.staff == work.actor.staff)
    asked = (
        select(
            Appointment.id,
            Appointment.at,
            Appointment.client,
            Appointment.letter,
            Treatment.purpose,
            Standing.left,
            Standing.held,
            # Read only where it matters: what a month of findings says is long.
            case((Standing.left == Severity.S3.name, Standing.findings)).label("findings"),
        )
        .join(Treatment, Treatment.id == Appointment.treatment)
        .outerjoin(Standing, Standing.appointment == Appointment.id)
    )
    money, notes = marks.money_of(work, which), marks.notes_of(work, which)
    rows = work.run(asked.where(which)).all()
    stands = marks.stands_of(work, rows)
    found = {}
    for row in rows:
        stand = stands.get(row.id)
        counted = stand is not None and not stand.bars and row.purpose is not Purpose.RELAXATION
        under = stand.letter if stand and counted else None
        charged, owed = money.get(row.id, (False, NOTHING))
        found[AppointmentId(row.id)] = Mark(
            charged,
            owed,
            row.id in notes,
            notes.get(row.id, False),
            stand.visit if stand and under else None,
            under.max_visits if under else None,
            row.left or "",
            bool(row.held),
            standings.asks(row.findings, row.left or ""),
        )
    return found


def busy_days(work: Work, first: date, last: date, *, staff: Collection[StaffId] = ()) -> Mapping[date, int]:
    """Count the visits of each day, everybody's or of those named; a therapist's own."""
    granted = work.require(Permission.CALENDAR_SEE)
    begin, end = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    day = func.substr(cast(Appointment.at, String), 1, 10)
    asked = (
        select(day.label("day"), func.count().label("visits"))
        .where(Appointment.at >= begin, Appointment.at < end, Appointment.state.in_(HOLDING))
        .group_by(day)
    )
    wanted = {work.actor.staff} if granted is Reach.OWN else set(staff)
    if wanted:
        asked = asked.where(Appointment.staff.in_(wanted))
    return {date.fromisoformat(row.day): row.visits for row in work.run(asked)}
