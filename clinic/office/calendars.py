"""Calendars for other programs: every therapist's and room's, written out with no more than whether they are busy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange import ical
from clinic.exchange.filenames import file_stem
from clinic.exchange.files import disk_faults, written_whole
from clinic.exchange.ical import Event
from clinic.office import openings
from clinic.office.drafts import uid
from clinic.records import Appointment, Client, Room, Staff
from clinic.rules import calendar
from clinic.rules.permissions import Permission, Reach
from clinic.values import HOLDING, TREATING
from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sqlalchemy import Row

    from clinic.office.desk import Desk
    from clinic.storage.work import Work
    from clinic.values import Progress

BEFORE, AFTER = timedelta(days=31), timedelta(days=366)
"""How much of the past and of the time ahead goes into a calendar."""


class Titles(StrEnum):
    """What an entry is called in a calendar that others may see."""

    BUSY = "busy"
    INITIALS = "initials"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Out:
    """The calendars that were written."""

    files: int
    entries: int


def write_all(
    desk: Desk, folder: Path, titles: Titles = Titles.BUSY, progress: Progress | None = None
) -> Out:
    """Write a calendar for every therapist and room into a folder; a therapist writes their own."""
    files = desk.reading(partial(calendars, titles=titles))
    with disk_faults():
        folder.mkdir(parents=True, exist_ok=True)
        for done, (name, content, _entries) in enumerate(files, 1):
            with written_whole(folder / name) as file:
                file.write(content)
            if progress is not None:
                progress(done, len(files))
    entries = sum(many for _name, _content, many in files)
    desk.writing(partial(note_export, titles=titles, files=len(files), entries=entries))
    return Out(len(files), entries)


def note_export(work: Work, *, titles: Titles, files: int, entries: int) -> None:
    """Keep in the trail that calendars left the file, and with which titles."""
    work.require(Permission.CALENDAR_SEE)
    work.note("exported", "practice/calendar", {"titles": titles.value, "files": files, "entries": entries})


def calendars(work: Work, titles: Titles = Titles.BUSY) -> tuple[tuple[str, bytes, int], ...]:
    """Make each calendar: the name of its file, its bytes, and how many entries it has."""
    granted = work.require(Permission.CALENDAR_SEE)
    visits, blocks = _visits(work), openings.blocks(work, *_span(work))
    found = []
    people = select(Staff.id, Staff.name).where(Staff.role.in_(TREATING)).order_by(Staff.name)
    for person in work.run(people):
        if granted is Reach.ALL or person.id == work.actor.staff:
            own = [visit for visit in visits if visit.staff == person.id]
            away = [block for block in blocks if block.staff == person.id or not (block.staff or block.room)]
            found.append(_file(work, ("therapist", person.name, person.id), own, away, titles))
    rooms = select(Room.id, Room.name).order_by(Room.name)
    for room in work.run(rooms) if granted is Reach.ALL else ():
        held = [visit for visit in visits if visit.room == room.id]
        closed = [block for block in blocks if block.room == room.id]
        found.append(_file(work, ("room", room.name, room.id), held, closed, titles))
    return tuple(found)


def _span(work: Work) -> tuple[date, date]:
    return work.today - BEFORE, work.today + AFTER


def _visits(work: Work) -> list[Row[Any]]:
    first, last = _span(work)
    asked = (
        select(
            *(Appointment.id, Appointment.at, Appointment.minutes, Appointment.state, Appointment.version),
            *(Appointment.staff, Appointment.room, Client.given_name, Client.family_name),
            Client.preferred_name,
        )
        .join(Client, Client.id == Appointment.client)
        .where(
            Appointment.at >= datetime.combine(first, time()), Appointment.at < datetime.combine(last, time())
        )
        .order_by(Appointment.at, Appointment.id)
    )
    return list(work.run(asked))


def _file(
    work: Work,
    whose: tuple[str, str, str],
    visits: list[Row[Any]],
    blocks: list[openings.BlockTime],
    titles: Titles,
) -> tuple[str, bytes, int]:
    kind, name, key = whose
    events = [*(_of_visit(work, visit, titles) for visit in visits), *_of_blocks(work, blocks)]
    stem = file_stem(kind, name, key)
    return f"{stem}.ics", ical.written(events, name=name, at=work.now), len(events)


def _of_visit(work: Work, visit: Row[Any], titles: Titles) -> Event:
    begins = calendar.instant(visit.at, work.zone)
    return Event(
        uid=uid(visit.id, work.vault.fingerprint),
        sequence=visit.version - 1,
        begins=begins,
        ends=begins + timedelta(minutes=visit.minutes),
        title=_title(visit, titles),
        off=visit.state not in HOLDING,
    )


def _title(visit: Row[Any], titles: Titles) -> str:
    names = (visit.given_name, visit.family_name)
    if titles is Titles.NAMES:
        return " ".join(filter(None, names))
    if titles is Titles.INITIALS:
        return " ".join(f"{name[0]}." for name in names if name)
    return _("Busy")


def _of_blocks(work: Work, blocks: list[openings.BlockTime]) -> Iterator[Event]:
    """Write every time of a block by itself: no program then has to know how it comes back."""
    for block in blocks:
        span = block.span
        day = span.start.strftime("%Y%m%d")
        yield Event(
            uid=uid(f"{block.block}-{day}", work.vault.fingerprint),
            sequence=0,
            begins=_instant(span.start, work.zone),
            ends=_instant(span.end, work.zone),
            title=_("Busy"),
        )


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the instant of a wall time; one that the clocks skip means the first that they show."""
    return wall.replace(tzinfo=zone).astimezone(UTC)
