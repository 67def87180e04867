"""The plan of what is drawn: columns, the visits in them, closed hours and blocks, in minutes and shares of width."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ui.screens.calendar.packing import WHOLE, Lane, meet, packed
from ui.screens.calendar.ruler import A_DAY, Ruler, Stretch, clocks_of, parts, ruler_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from clinic.office.diary import Block, Entry, Spread
    from clinic.values import RoomId, Span, StaffId, State

WORKDAYS = range(5)
"""Monday to Friday stand in a week even if nobody works on them."""


GHOSTS = 0.7
"""Where the lane of ghosts begins, in a column's width."""


class By(StrEnum):
    """What the columns are."""

    STAFF = "staff"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a therapist or a room on one day; with neither, the visits of that day without a room."""

    day: date
    staff: StaffId | None
    room: RoomId | None
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A visit, or the part of it that lies on one day, in its column."""

    entry: Entry
    column: int
    start: int
    end: int
    low: int
    """From here on the time is kept free before it."""
    high: int
    lane: Lane

    def covers(self, place: int) -> bool:
        """Tell whether a place lies within it."""
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Bar:
    """A block in its column."""

    block: Block
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is drawn on the board."""

    ruler: Ruler
    zone: ZoneInfo
    columns: tuple[Column, ...]
    pieces: tuple[Piece, ...]
    bars: tuple[Bar, ...]
    open: tuple[tuple[Stretch, ...], ...]
    """For each column, when it is open."""
    missing: tuple[tuple[Stretch, ...], ...]
    """For each column, what its day does not have."""

    def column_of(self, day: date, staff: StaffId | None, room: RoomId | None) -> int | None:
        """Find the column in which something of this day stands."""
        return next(
            (
                n
                for n, each in enumerate(self.columns)
                if each.day == day and (each.staff is None or each.staff == staff) and _same_room(each, room)
            ),
            None,
        )

    def of_column(self, column: int) -> tuple[Piece, ...]:
        """Give a column's visits in the order of the clock."""
        return tuple(piece for piece in self.pieces if piece.column == column)

    def wall(self, column: int, place: int) -> datetime:
        """Say which wall time a place of a column is."""
        minute, _second = self.ruler.minute(min(max(place, 0), self.ruler.length - 1))
        return datetime.combine(self.columns[column].day, time()) + timedelta(minutes=minute)

    def exists(self, column: int, place: int) -> bool:
        """Tell whether the column's day has this place, so that a visit can begin there."""
        minute, second = self.ruler.minute(place)
        gone = any(start <= place < end for start, end in self.missing[column])
        return 0 <= minute < A_DAY and not second and not gone


def _same_room(column: Column, room: RoomId | None) -> bool:
    return column.staff is not None or column.room == room


def days_shown(spread: Spread, staff: Collection[StaffId], hidden: Collection[State]) -> tuple[date, ...]:
    """Leave weekend days out where none of these therapists works and nothing is booked."""
    busy = {entry.at.date() for entry in spread.entries if entry.staff in staff and entry.state not in hidden}
    days = [spread.first + timedelta(days=n) for n in range((spread.last - spread.first).days + 1)]
    if len(days) == 1:
        return tuple(days)
    return tuple(
        day
        for day in days
        if day.weekday() in WORKDAYS or day in busy or any(spread.hours.get((who, day)) for who in staff)
    )


def columns_of(
    spread: Spread, by: By, staff: Collection[StaffId], days: Iterable[date]
) -> tuple[Column, ...]:
    """Stand the columns: day by day, the therapists shown or all rooms."""
    if by is By.STAFF:
        return tuple(
            Column(day, person.id, None, person.name)
            for day in days
            for person in spread.people
            if person.id in staff
        )
    homeless = {entry.at.date() for entry in spread.entries if entry.room is None and entry.staff in staff}
    return tuple(
        column
        for day in days
        for column in (
            *(Column(day, None, place.id, place.name) for place in spread.places),
            *((Column(day, None, None, ""),) if day in homeless or not spread.places else ()),
        )
    )


def drawn(
    spread: Spread,
    columns: Sequence[Column],
    *,
    staff: Collection[StaffId],
    hidden: Collection[State] = (),
) -> Plan:
    """Lay everything into its column."""
    zone = ZoneInfo(spread.zone)
    days = list(dict.fromkeys(column.day for column in columns))
    clocks = {day: clocks_of(day, zone) for day in days}
    ruler = ruler_for(clocks.values())
    plain = all(each.plain for each in clocks.values())
    at = {(column.day, column.staff, column.room): n for n, column in enumerate(columns)}
    by_staff = bool(columns) and columns[0].staff is not None
    found: dict[int, list[tuple[Entry, int, int, int, int]]] = defaultdict(list)
    for entry in spread.entries:
        if entry.state in hidden or entry.staff not in staff:
            continue
        key = (entry.staff, None) if by_staff else (None, entry.room)
        for part in parts(entry.at, entry.minutes, ruler, zone, plain=plain):
            n = at.get((part.day, *key))
            if n is not None:
                low = part.start - entry.before if entry.holds else part.start
                high = part.end + entry.after if entry.holds else part.end
                found[n].append((entry, part.start, part.end, max(low, 0), min(high, ruler.length)))
    pieces = []
    for n, inside in found.items():
        lanes = lanes_of([(entry.holds, (start, end)) for entry, start, end, _low, _high in inside])
        pieces += [
            Piece(e, n, s, t, low, high, lane)
            for (e, s, t, low, high), lane in zip(inside, lanes, strict=True)
        ]
    pieces.sort(key=lambda piece: (piece.column, piece.start, piece.lane.left))
    return Plan(
        ruler,
        zone,
        tuple(columns),
        tuple(pieces),
        tuple(_bars(spread, columns, ruler)),
        tuple(_open(spread, column, ruler) for column in columns),
        tuple(ruler.missing(clocks[column.day]) for column in columns),
    )


def lanes_of(times: Sequence[tuple[bool, Stretch]]) -> tuple[Lane, ...]:
    """Pack what takes place, and beside it, in a narrow lane, the ghosts of what did not."""
    if all(one[1] <= other[0] for (_h, one), (_o, other) in pairwise(times)):
        return (WHOLE,) * len(times)  # the usual column: one after the other
    real = [n for n, (holds, _time) in enumerate(times) if holds]
    ghosts = [n for n, (holds, _time) in enumerate(times) if not holds]
    found = [WHOLE] * len(times)
    for own, others, share in ((real, ghosts, (0.0, GHOSTS)), (ghosts, real, (GHOSTS, 1.0))):
        for n, lane in zip(own, packed([times[n][1] for n in own]), strict=True):
            beside = _reached(times, n, own, others)
            left, right = share if beside else (0.0, 1.0)
            found[n] = Lane(left + (right - left) * lane.left, left + (right - left) * lane.right)
    return tuple(found)


def _reached(
    times: Sequence[tuple[bool, Stretch]], n: int, own: Sequence[int], others: Sequence[int]
) -> bool:
    """Tell whether anything of the other kind meets this time, or one that it overlaps in turn."""
    if not others:
        return False
    group = {n}
    grown = True
    while grown:
        more = {
            other
            for other in own
            if other not in group and any(meet(times[other][1], times[one][1]) for one in group)
        }
        group |= more
        grown = bool(more)
    return any(meet(times[one][1], times[other][1]) for one in group for other in others)


def _open(spread: Spread, column: Column, ruler: Ruler) -> tuple[Stretch, ...]:
    spans: Iterable[Span] = (
        spread.hours.get((column.staff, column.day), ())
        if column.staff is not None
        else spread.house.get(column.day, ())
    )
    return tuple(
        (_place(span.start, column.day, ruler), _place(span.end, column.day, ruler)) for span in spans
    )


def _place(wall: datetime, day: date, ruler: Ruler) -> int:
    minutes = int((wall - datetime.combine(day, time())).total_seconds()) // 60
    return ruler.length if minutes >= A_DAY else ruler.place(max(minutes, 0))


def _bars(spread: Spread, columns: Sequence[Column], ruler: Ruler) -> Iterable[Bar]:
    for n, column in enumerate(columns):
        begin = datetime.combine(column.day, time())
        for block in spread.blocks:
            mine = (
                block.staff in {None, column.staff} and block.room is None
                if column.staff is not None
                else block.room in {None, column.room} and block.staff is None
            )
            if mine and block.start < begin + timedelta(days=1) and begin < block.end:
                start, end = (_place(wall, column.day, ruler) for wall in (block.start, block.end))
                if start < end:
                    yield Bar(block, n, start, end)
