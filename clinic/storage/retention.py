"""Which backups are kept: many of the last hours, few of the last years, told by number and not by clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path


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
