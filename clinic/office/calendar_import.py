"""A calendar of another program taken in: its entries become blocks, or visits of the clients they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.exchange import ical
from clinic.exchange.portable import read_bytes
from clinic.office import booking, clients, openings
from clinic.records import Appointment, Block
from clinic.records.people import folded
from clinic.rules.permissions import Permission
from clinic.values import HOLDING, AppointmentId, BlockKind, Refusal

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clinic.exchange.ical import Found
    from clinic.office.desk import Desk
    from clinic.office.openings import BlockBefore
    from clinic.storage.work import Work
    from clinic.values import ClientId, RoomId, StaffId, TreatmentId

_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")
LONGEST_VISIT = 720
"""Minutes; the calendar keeps nothing longer."""


class Fate(StrEnum):
    """What becomes of an entry that is taken in."""

    NEW = "new"
    THERE = "there"
    OVER = "over"
    CALLED_OFF = "called_off"
    NO_CLIENT = "no_client"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Into:
    """Where a file's entries go: into the time of a therapist, a room or the house, or as somebody's visits."""

    staff: StaffId | None = None
    room: RoomId | None = None
    treatment: TreatmentId | None = None
    """Named where the entries are visits; their titles are then the clients' names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file, and what becomes of it."""

    row: int
    begins: datetime
    ends: datetime
    title: str
    repeats: bool
    fate: Fate
    code: str = ""
    """Why it is refused."""
    in_the_way: int = 0
    """Visits that lie on it and would have to move."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in, for the screen and for an undo."""

    entries: tuple[Entry, ...]
    blocks: tuple[BlockBefore, ...]
    visits: tuple[AppointmentId, ...]


class _Rehearsed(Exception):  # noqa: N818 - not an error: the way out of a work that is to keep nothing
    def __init__(self, taken: TakenIn) -> None:
        super().__init__()
        self.taken = taken


def preview(desk: Desk, file: Path, into: Into) -> tuple[Entry, ...]:
    """Say what would become of each entry of a file; nothing is kept."""
    found = ical.read(read_bytes(file), desk.reading(zone_of))
    try:
        desk.writing(partial(take, found=found, into=into, rehearse=True))
    except _Rehearsed as rehearsed:
        return rehearsed.taken.entries
    return ()


def take_in(desk: Desk, file: Path, into: Into) -> TakenIn:
    """Take a file's entries in, all that can be; a file that can't be read changes nothing."""
    found = ical.read(read_bytes(file), desk.reading(zone_of))
    taken, _topics = desk.writing(partial(take, found=found, into=into))
    return taken


def zone_of(work: Work) -> ZoneInfo:
    """Name the zone in which the practice's clocks run."""
    work.require(Permission.CALENDAR_SEE)
    return work.zone


def take(work: Work, *, found: tuple[Found, ...], into: Into, rehearse: bool = False) -> TakenIn:
    """Keep the entries as blocks, or book them as visits."""
    work.require(Permission.CALENDAR_CHANGE)
    work.require(Permission.CALENDAR_CHANGE, staff=into.staff)
    if into.treatment is not None and into.staff is None:
        raise Refusal("staff_missing", at="staff")
    entries: list[Entry] = []
    blocks: list[BlockBefore] = []
    visits: list[AppointmentId] = []
    for each in found:
        entry = Entry(each.row, each.begins, each.ends, each.title, bool(each.rule), Fate.NEW)
        if each.off:
            entry = replace(entry, fate=Fate.CALLED_OFF)
        elif each.ends <= work.wall and not each.rule:
            entry = replace(entry, fate=Fate.OVER)
        elif into.treatment is None:
            entry = _block(work, each, into, entry, blocks)
        else:
            entry = _visit(work, each, into, entry, visits)
        entries.append(entry)
    taken = TakenIn(tuple(entries), tuple(blocks), tuple(visits))
    if rehearse:
        raise _Rehearsed(taken)
    return taken


def _block(work: Work, found: Found, into: Into, entry: Entry, kept: list[BlockBefore]) -> Entry:
    reason = found.title or None
    same = select(Block.id).where(
        Block.staff == into.staff if into.staff else Block.staff.is_(None),
        Block.room == into.room if into.room else Block.room.is_(None),
        Block.begins == found.begins,
        Block.ends == found.ends,
        Block.reason == reason if reason else Block.reason.is_(None),
    )
    if work.session.scalar(same.limit(1)) is not None:
        return replace(entry, fate=Fate.THERE)
    try:
        blocked = openings.add_block(
            work,
            begins=found.begins,
            ends=found.ends,
            kind=BlockKind.TIME_OFF if found.whole_days else BlockKind.OTHER,
            staff=into.staff,
            room=into.room,
            rule=_on_the_wall(found.rule, work.zone) or None,
            reason=found.title,
        )
    except Refusal as refusal:
        return _refused(entry, refusal)
    kept.append(blocked.before)
    return replace(entry, in_the_way=len(blocked.to_move))


def _on_the_wall(rule: str, zone: ZoneInfo) -> str:
    """Say on the practice's wall until when something comes back."""

    def local(match: re.Match[str]) -> str:
        until = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(zone)
        return f"UNTIL={until:%Y%m%dT%H%M%S}"

    return _UNTIL.sub(local, rule)


def _visit(work: Work, found: Found, into: Into, entry: Entry, kept: list[AppointmentId]) -> Entry:
    """Book an entry for the client whose name it bears; a series is taken visit by visit by the program itself."""
    client = _client(work, found.title)
    if client is None or into.staff is None or into.treatment is None:
        return replace(entry, fate=Fate.NO_CLIENT)
    if found.rule:
        return replace(entry, fate=Fate.REFUSED, code="repeats_unknown")
    there = select(Appointment.id).where(
        Appointment.client == client,
        Appointment.staff == into.staff,
        Appointment.at == found.begins,
        Appointment.state.in_(HOLDING),
    )
    if work.session.scalar(there.limit(1)) is not None:
        return replace(entry, fate=Fate.THERE)
    minutes = int((found.ends - found.begins).total_seconds() // 60)
    if minutes > LONGEST_VISIT:
        return replace(entry, fate=Fate.REFUSED, code="too_long_for_a_visit")
    try:
        booked = booking.book(
            work,
            client=client,
            treatment=into.treatment,
            staff=into.staff,
            at=found.begins,
            room=into.room,
            minutes=minutes,
        )
    except Refusal as refusal:
        return _refused(entry, refusal)
    kept.append(booked.appointment)
    return entry


def _refused(entry: Entry, refusal: Refusal) -> Entry:
    if refusal.code == "not_allowed":
        raise refusal
    return replace(entry, fate=Fate.REFUSED, code=refusal.code)


def _client(work: Work, title: str) -> ClientId | None:
    """Find the one client of a name; two of one name are nobody's entry."""
    if not title:
        return None
    wanted = set(folded(title).split())
    alike = [
        found.id
        for found in clients.search(work, title)
        if wanted
        in (
            set(folded(found.name).split()),
            set(folded(f"{found.preferred_name} {found.name.rpartition(' ')[2]}").split()),
        )
    ]
    return alike[0] if len(alike) == 1 else None


def take_back(work: Work, taken: TakenIn) -> None:
    """Undo: the blocks are gone, and the visits are taken back."""
    work.require(Permission.CALENDAR_CHANGE)
    for before in taken.blocks:
        openings.put_block_back(work, before)
    for visit in taken.visits:
        booking.take_back(work, visit)
