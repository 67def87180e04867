"""Which backups are kept: many of the last hours, few of the last years, told by number and not by clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup, as its name tells it."""

    path: Path
    sequence: int
    taken_at: datetime


KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (48, lambda at: (at.date(), at.hour)),
    (14, lambda at: at.date()),
    (10, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
    (10, lambda at: at.year),
)
"""So many hours, days, weeks, months and years, and what makes two backups belong to the same one."""


def kept(copies: Iterable[Copy]) -> set[Copy]:
    """Choose the last backup of each of the last hours, days, weeks, months and years in which one was made.

    Last is what has the higher number: a clock that once ran years ahead costs no good backup.
    """
    newest_first = sorted(copies, key=lambda copy: copy.sequence, reverse=True)
    chosen: set[Copy] = set()
    for most, period_of in KEPT:
        last_of: dict[object, Copy] = {}
        for copy in newest_first:
            last_of.setdefault(period_of(copy.taken_at), copy)
        chosen.update(list(last_of.values())[:most])
    return chosen


NEAR, FAR = timedelta(days=31), timedelta(days=366)
LONGEST = timedelta(days=12 * 366)


def leaving(copies: Iterable[Copy], now: datetime) -> dict[Copy, datetime]:
    """Foresee when each backup is thinned out, if one is made every day from now on; nothing where it stays for good.

    What lies far ahead is told to a month.
    """
    there = set(copies)
    left, found = set(there), {}
    ahead, sequence = timedelta(days=1), max((copy.sequence for copy in there), default=0)
    while left and ahead < LONGEST:
        sequence += 1
        there = kept({*there, Copy(Path(), sequence, now + ahead)})
        found.update(dict.fromkeys(left - there, now + ahead))
        left &= there
        ahead += timedelta(days=1 if ahead < NEAR else 7 if ahead < FAR else 28)
    return found
