"""The ruler along a day: how wall times lie under one another where the clocks skip an hour or run it twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

A_DAY = 24 * 60
AN_HOUR = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)

Stretch = tuple[int, int]
"""From one minute of a day to another, the end excluded."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks do on one day: which minutes they skip, and which they show twice."""

    skipped: tuple[Stretch, ...] = ()
    doubled: tuple[Stretch, ...] = ()

    @property
    def length(self) -> int:
        """How many minutes the day really has."""
        return A_DAY - _total(self.skipped) + _total(self.doubled)

    @property
    def plain(self) -> bool:
        """Whether it is a day like most."""
        return not self.skipped and not self.doubled


PLAIN = Clocks()


def clocks_of(day: date, zone: ZoneInfo) -> Clocks:
    """Find what the clocks of a zone do on a day."""
    begin = datetime.combine(day, time(), zone).astimezone(UTC) - 3 * AN_HOUR
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) + 3 * AN_HOUR
    if _offset(begin, zone) == _offset(end, zone) == _offset(begin + (end - begin) / 2, zone):
        return PLAIN
    skipped: list[Stretch] = []
    doubled: list[Stretch] = []
    at = begin
    while at < end:
        before, after = _offset(at, zone), _offset(at + AN_HOUR, zone)
        if before != after:
            change = _change(at, zone)
            walls = sorted((change + before, change + after))
            stretch = _clipped(day, *walls)
            if stretch is not None:
                (skipped if after > before else doubled).append(stretch)
        at += AN_HOUR
    return Clocks(tuple(skipped), tuple(doubled))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _change(after: datetime, zone: ZoneInfo) -> datetime:
    """Find the first minute with the new offset, within the hour after an instant."""
    low, high = 0, 60
    before = _offset(after, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(after + middle * A_MINUTE, zone) == before else (low, middle)
    return after + high * A_MINUTE


def _clipped(day: date, start: datetime, end: datetime) -> Stretch | None:
    """Take of a stretch of wall time the part on a day, in minutes."""
    midnight = datetime.combine(day, time(), UTC)
    low, high = (min(max((each - midnight) // A_MINUTE, 0), A_DAY) for each in (start, end))
    return (low, high) if low < high else None


def _total(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)


@dataclass(frozen=True, slots=True)
class Ruler:
    """One scale for all days shown side by side; an hour that some day has twice stands on it twice."""

    doubled: tuple[Stretch, ...] = ()

    @property
    def length(self) -> int:
        """How many minutes long the ruler is."""
        return A_DAY + _total(self.doubled)

    def place(self, minute: int, *, second: bool = False) -> int:
        """Say where a minute of the wall clock stands; of one shown twice, the first or the second."""
        place = minute
        for start, end in self.doubled:
            if minute >= end or (second and start <= minute):
                place += end - start
        return place

    def minute(self, place: int) -> tuple[int, bool]:
        """Read the wall clock at a place, and whether it shows this minute for the second time."""
        for start, end in self.doubled:
            if place < end:
                return place, False
            place -= end - start
            if place < end:
                return place, place >= start
        return place, False

    def missing(self, clocks: Clocks) -> tuple[Stretch, ...]:
        """Tell which places of the ruler a day does not have: hours skipped, or second hours of other days."""
        gone = [(self.place(start), self.place(end - 1) + 1) for start, end in clocks.skipped]
        gone += [
            (self.place(start, second=True), self.place(end - 1, second=True) + 1)
            for start, end in self.doubled
            if (start, end) not in clocks.doubled
        ]
        return tuple(sorted(gone))


def ruler_for(days: Iterable[Clocks]) -> Ruler:
    """Make the ruler on which these days can be laid."""
    joined: list[Stretch] = []
    for start, end in sorted({stretch for clocks in days for stretch in clocks.doubled}):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return Ruler(tuple(joined))


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a stretch of time that lies on one day, in places of the ruler."""

    day: date
    start: int
    end: int


def parts(at: datetime, minutes: int, ruler: Ruler, zone: ZoneInfo, *, plain: bool) -> tuple[Part, ...]:
    """Lay so many real minutes from a wall time onto the ruler, day by day."""
    if plain:
        minute = at.hour * 60 + at.minute
        if minute + minutes <= A_DAY:  # nearly every visit: on one day, by the wall clock
            return (Part(at.date(), minute, minute + minutes),)
        start, end, second = at, at + minutes * A_MINUTE, (False, False)
    else:
        begun = at.replace(tzinfo=zone, fold=0).astimezone(UTC)
        first, last = begun.astimezone(zone), (begun + minutes * A_MINUTE).astimezone(zone)
        start, end = first.replace(tzinfo=None, fold=0), last.replace(tzinfo=None, fold=0)
        second = bool(first.fold), bool(last.fold)
    found = []
    day = start.date()
    while day <= end.date():
        low = ruler.place(_minute(start), second=second[0]) if day == start.date() else 0
        high = ruler.place(_minute(end), second=second[1]) if day == end.date() else ruler.length
        if low < high:
            found.append(Part(day, low, high))
        day += timedelta(days=1)
    return tuple(found)


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute
