"""The agenda: the same visits as a list, for whoever reads better down a page or hears it read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from clinic.wording import _, clock, short_day
from ui.screens.calendar import words
from ui.screens.calendar.visit import NO_MARK, colour
from ui.table import Column, Table
from ui.widgets.cards import Empty
from ui.widgets.painting import Mark as Chip

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from clinic.office.diary import Block, Entry, Mark, Spread
    from clinic.values import AppointmentId, StaffId, State


@dataclass(frozen=True, slots=True)
class Line:
    """A visit or a block in the list, with the names of whom and where it is about."""

    at: datetime
    end: datetime
    entry: Entry | None
    block: Block | None
    mark: Mark
    who: str
    room: str
    first: bool
    """Whether it is the first of its day."""


def lines_of(
    spread: Spread,
    marks: Mapping[AppointmentId, Mark],
    staff: Collection[StaffId],
    hidden: Collection[State],
) -> tuple[Line, ...]:
    """List the visits and blocks in the order of the clock."""
    people = {person.id: person.name for person in spread.people}
    rooms = {place.id: place.name for place in spread.places}
    shown = [
        entry
        for entry in spread.entries
        if entry.staff in staff
        and entry.state not in hidden
        and spread.first <= entry.at.date() <= spread.last
    ]
    lines: list[tuple[datetime, datetime, Entry | None, Block | None]] = [
        (entry.at, entry.at + timedelta(minutes=entry.minutes), entry, None) for entry in shown
    ]
    lines += [
        (block.start, block.end, None, block)
        for block in spread.blocks
        if block.staff is None or block.staff in staff
    ]
    lines.sort(key=lambda line: (line[0], line[2] is None))
    found: list[Line] = []
    last: date | None = None
    for at, end, entry, block in lines:
        about = entry.staff if entry is not None else block.staff if block is not None else None
        where = entry.room if entry is not None else block.room if block is not None else None
        found.append(
            Line(
                at,
                end,
                entry,
                block,
                marks.get(entry.id, NO_MARK) if entry is not None else NO_MARK,
                people.get(about, "") if about is not None else "",
                rooms.get(where, "") if where is not None else "",
                at.date() != last,
            )
        )
        last = at.date()
    return tuple(found)


def _who(line: Line) -> str:
    if line.entry is not None:
        return line.entry.name or _("Busy")
    return words.block(line.block) if line.block is not None else ""


def _state(line: Line) -> str:
    if line.entry is None:
        return _("Blocked")
    if line.entry.busy:
        return ""
    return words.standing(line.entry, line.mark)


def _state_mark(line: Line) -> Chip | None:
    if line.entry is None or line.entry.busy:
        return None
    return Chip(words.icon(line.entry, line.mark))


def _remark(line: Line) -> str:
    """Say in words what stands beside the visit as marks."""
    if line.entry is None:
        return ""
    said = []
    if flag := words.flag(line.entry, line.mark):
        said.append(flag)
    if counted := words.letter(line.mark):
        said.append(_("Visit {n}").format(n=counted))
    said.extend(words.lacks(line.entry, line.mark))
    return ", ".join(said)


def columns() -> tuple[Column[Line], ...]:
    """Say how the list reads."""
    return (
        Column(
            _("Day"),
            lambda line: f"{words.weekday(line.at.date())}, {short_day(line.at.date())}",
            112,
            tone=lambda line: "ink" if line.first else "soft_ink",
            weight="medium",
        ),
        Column(
            _("Time"),
            lambda line: _("{start} to {end}").format(start=clock(line.at), end=clock(line.end)),
            176,
            whole=True,
        ),
        Column(
            _("Client"),
            _who,
            190,
            weight="semibold",
            tone=lambda line: (
                "soft_ink"
                if line.entry is None or line.entry.busy or line.entry.state in words.OFF
                else "ink"
            ),
            bar=lambda line: colour(line.entry) if line.entry is not None else "soft_ink",
        ),
        Column(_("Treatment"), lambda line: line.entry.treatment if line.entry is not None else "", 190),
        Column(_("Therapist"), lambda line: line.who, 130, tone="soft_ink"),
        Column(_("Room"), lambda line: line.room, tone="soft_ink"),
        Column(_("State"), _state, 126, mark=_state_mark),
        Column(_("To note"), _remark, 180),
    )


def made(open_booking: Callable[[], object]) -> Table[Line]:
    """Make the list."""
    return Table(
        columns(),
        name=_("Agenda"),
        empty=Empty(
            _("Nothing is booked in these days."), _("Book a visit"), open_booking, icon="calendar-days"
        ),
        identity=lambda line: (
            line.entry.id if line.entry is not None else (line.block.id if line.block else "", line.at)
        ),
    )
