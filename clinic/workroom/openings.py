"""Openings: the hours and blocks on file, as the rules want them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from clinic.records import Block, Staff
from clinic.rules import openings
from clinic.rules.calendar import Held
from clinic.values import BlockId, RoomId, Span, StaffId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.records import Appointment
    from clinic.storage.work import Work

NEAR = timedelta(days=1)
"""How far around a visit blocks are looked at: no visit with its buffers is longer."""


_BLOCKS = (
    select(Block)
    .where(Block.begins < bindparam("last"))
    .where(or_(Block.ends > bindparam("first"), Block.ends.is_(None), Block.rule.is_not(None)))
    .order_by(Block.begins, Block.id)
)


def house_hours(work: Work) -> openings.Hours:
    """Give the hours of the house."""
    return openings.hours_of(work.practice.hours, work.practice.special_days)


def hours_of(person: Staff) -> openings.Hours:
    """Give the hours a therapist has of their own."""
    return openings.hours_of(person.hours, person.special_days)


def blocks(work: Work, first: datetime, last: datetime) -> list[openings.Block]:
    """Fetch every block that may hold between two times; those that come back are always looked at."""
    found = work.session.scalars(_BLOCKS, {"first": first, "last": last})
    return [told(block) for block in found]


def told(block: Block) -> openings.Block:
    """Tell the rules of a block on file."""
    return openings.Block(
        BlockId(block.id),
        StaffId(block.staff) if block.staff else None,
        RoomId(block.room) if block.room else None,
        block.begins,
        block.ends,
        block.kind,
        block.reason,
        block.rule,
        frozenset(map(date.fromisoformat, block.left_out or ())),
    )


def blocked(work: Work, appointment: Appointment) -> tuple[openings.Block, Span] | None:
    """Find the block that an appointment would touch, buffers included."""
    around = Span(appointment.at - NEAR, appointment.at + NEAR)
    concerned = [
        block
        for block in blocks(work, around.start, around.end)
        if openings.concerns(block, appointment.staff, appointment.room)
    ]
    held = Held(appointment.held_from, appointment.held_to)
    return openings.in_the_way(concerned, around, held, work.zone)


def open_days(
    work: Work, people: list[Staff], first: date, last: date
) -> Mapping[StaffId, Mapping[date, tuple[Span, ...]]]:
    """Give the open times of each therapist on each day of a stretch, both ends included."""
    house = house_hours(work)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = {}
    for person in people:
        own = hours_of(person)
        found[StaffId(person.id)] = {
            on: openings.open_on(on, house, own) if person.left_on is None or on < person.left_on else ()
            for on in days
        }
    return found
