"""Openings: when therapists and rooms can be booked, and the blocks that keep visits away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import Appointment, Block, Client, Room, Staff
from clinic.rules import openings as rules
from clinic.rules.calendar import Held
from clinic.rules.permissions import Permission, Reach
from clinic.values import AHEAD, AppointmentId, BlockId, BlockKind, ClientId, Refusal, RoomId, Span, StaffId
from clinic.workroom import openings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic.storage.work import Work

HORIZON = timedelta(days=731)
"""How far ahead visits in the way of a block that comes back are looked for."""


@dataclass(frozen=True, slots=True)
class BlockTime:
    """One time of a block, as the calendar draws it; what another therapist is away for stays theirs."""

    block: BlockId
    staff: StaffId | None
    room: RoomId | None
    span: Span
    kind: BlockKind | None
    reason: str | None
    repeats: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class ToMove:
    """A visit that can't stay where it is."""

    appointment: AppointmentId
    at: datetime
    minutes: int
    client: ClientId
    client_name: str
    staff: StaffId
    room: RoomId | None


@dataclass(frozen=True, slots=True)
class BlockDetails:
    """A block as it is edited."""

    id: BlockId
    staff: StaffId | None
    room: RoomId | None
    begins: datetime
    ends: datetime | None
    rule: str | None
    left_out: tuple[date, ...]
    kind: BlockKind
    reason: str | None
    version: int


@dataclass(frozen=True, slots=True)
class BlockBefore:
    """What a block was, for an undo; nothing where it was not there."""

    block: BlockId
    was: BlockDetails | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A block was kept: what it was before, and which visits it leaves to be moved."""

    before: BlockBefore
    to_move: tuple[ToMove, ...]


def blocks(work: Work, first: date, last: date) -> tuple[BlockTime, ...]:
    """List the times of every block, day by day, both ends included."""
    granted = work.require(Permission.CALENDAR_SEE)
    begin, end = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    found = []
    for block in openings.blocks(work, begin, end):
        own = granted is Reach.ALL or block.staff == work.actor.staff
        seen = own or block.staff is None
        found += [
            BlockTime(
                block.id,
                block.staff,
                block.room,
                span,
                block.kind if seen else None,
                block.reason if seen else None,
                block.rule is not None,
                own and work.reach(Permission.CALENDAR_CHANGE) is not Reach.NONE,
            )
            for span in rules.times(block, begin, end)
        ]
    return tuple(sorted(found, key=lambda each: (each.span.start, each.block)))


def block_details(work: Work, block: BlockId) -> BlockDetails:
    """Open a block to edit it."""
    work.require(Permission.CALENDAR_CHANGE)
    return _details(_own(work, block))


def add_block(
    work: Work,
    *,
    begins: datetime,
    ends: datetime | None,
    kind: BlockKind,
    staff: StaffId | None = None,
    room: RoomId | None = None,
    rule: str | None = None,
    reason: str = "",
) -> Blocked:
    """Keep visits away from a therapist, a room or the whole house; visits already there are named."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    _may(work, staff)
    _check(work, staff, room)
    rules.check_block(begins, ends, rule)
    block = Block(
        id=work.new_id(),
        staff=staff,
        room=room,
        begins=begins,
        ends=ends,
        rule=rule,
        kind=kind,
        reason=clean(reason, at="reason"),
    )
    work.add(block)
    work.flush()
    return Blocked(BlockBefore(BlockId(block.id), None), _in_the_way(work, block))


def change_block(
    work: Work,
    block: BlockId,
    *,
    begins: datetime,
    ends: datetime | None,
    kind: BlockKind,
    staff: StaffId | None = None,
    room: RoomId | None = None,
    rule: str | None = None,
    reason: str = "",
) -> Blocked:
    """Change a block as a whole; visits that it now lies on are named."""
    work.require(Permission.CALENDAR_CHANGE, staff=staff)
    _may(work, staff)
    record = _own(work, block)
    _check(work, staff, room)
    rules.check_block(begins, ends, rule)
    before = BlockBefore(block, _details(record))
    record.staff, record.room = staff, room
    record.begins, record.ends, record.rule = begins, ends, rule
    record.kind, record.reason = kind, clean(reason, at="reason")
    work.flush()
    return Blocked(before, _in_the_way(work, record))


def leave_out(work: Work, block: BlockId, on: date) -> BlockBefore:
    """Let a block that comes back not come on one day."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, block)
    before = BlockBefore(block, _details(record))
    record.left_out = sorted({*(record.left_out or ()), on.isoformat()})
    return before


def remove_block(work: Work, block: BlockId) -> BlockBefore:
    """Take a block away: its times can be booked again."""
    work.require(Permission.CALENDAR_CHANGE)
    record = _own(work, block)
    before = BlockBefore(block, _details(record))
    work.session.delete(record)
    return before


def put_block_back(work: Work, before: BlockBefore) -> None:
    """Undo what was done to a block."""
    work.require(Permission.CALENDAR_CHANGE)
    was = before.was
    if was is None:
        remove_block(work, before.block)
        return
    _may(work, was.staff)
    record = work.session.get(Block, before.block) or work.add(Block(id=before.block))
    record.staff, record.room = was.staff, was.room
    record.begins, record.ends, record.rule = was.begins, was.ends, was.rule
    record.left_out = [on.isoformat() for on in was.left_out] or None
    record.kind, record.reason = was.kind, was.reason


def _may(work: Work, staff: StaffId | None) -> None:
    """Leave rooms, the house and other people's time to those who keep everybody's calendar."""
    if work.reach(Permission.CALENDAR_CHANGE) is not Reach.ALL and staff != work.actor.staff:
        raise Refusal("not_allowed", permission=Permission.CALENDAR_CHANGE.value, staff=staff)


def _own(work: Work, block: BlockId) -> Block:
    record = work.get(Block, block)
    _may(work, StaffId(record.staff) if record.staff else None)
    return record


def _check(work: Work, staff: StaffId | None, room: RoomId | None) -> None:
    if staff is not None:
        work.get(Staff, staff)
    if room is not None:
        work.get(Room, room)
        if staff is not None:
            raise Refusal("one_or_the_other", at="room")


def _details(block: Block) -> BlockDetails:
    told = openings.told(block)
    return BlockDetails(
        told.id,
        told.staff,
        told.room,
        told.begins,
        told.ends,
        told.rule,
        tuple(sorted(told.left_out)),
        told.kind,
        told.reason,
        block.version,
    )


def _in_the_way(work: Work, block: Block) -> tuple[ToMove, ...]:
    """Name the visits from now on that a block lies on."""
    told, begin = openings.told(block), work.wall
    until = max(begin, told.begins) + HORIZON if told.rule else told.ends or rules.FOREVER
    near = _ahead(work, told.staff, told.room, max(begin, told.begins - timedelta(days=1)), until)
    return tuple(
        _told(visit, client)
        for visit, client in near
        if rules.in_the_way(
            [told],
            Span(visit.at - openings.NEAR, visit.at + openings.NEAR),
            Held(visit.held_from, visit.held_to),
            work.zone,
        )
    )


def _ahead(
    work: Work, staff: StaffId | None, room: RoomId | None, begin: datetime, end: datetime
) -> Iterable[tuple[Appointment, Client]]:
    asked = (
        select(Appointment, Client)
        .join(Client, Client.id == Appointment.client)
        .where(Appointment.at >= begin, Appointment.at < end)
        .where(Appointment.state.in_(AHEAD))
        .order_by(Appointment.at, Appointment.id)
    )
    if staff is not None:
        asked = asked.where(Appointment.staff == staff)
    if room is not None:
        asked = asked.where(Appointment.room == room)
    return [(row.Appointment, row.Client) for row in work.session.execute(asked)]


def _told(visit: Appointment, client: Client) -> ToMove:
    return ToMove(
        AppointmentId(visit.id),
        visit.at,
        visit.minutes,
        ClientId(client.id),
        client.preferred_name or client.name,
        StaffId(visit.staff),
        RoomId(visit.room) if visit.room else None,
    )
