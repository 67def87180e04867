"""Holidays of the United States and of California, worked out for any year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic.values import Holiday

if TYPE_CHECKING:
    from collections.abc import Mapping

MON, THU, FRI, SAT, SUN = 0, 3, 4, 5, 6


# 5 U.S.C. 6103(a) names the federal ones and the day on which one of a weekend is kept; California Government
# Code 6700 and 19853 add César Chávez Day and the day after Thanksgiving.
FIXED: Mapping[Holiday, tuple[int, int]] = {
    Holiday.NEW_YEAR: (1, 1),
    Holiday.CHAVEZ: (3, 31),
    Holiday.JUNETEENTH: (6, 19),
    Holiday.INDEPENDENCE: (7, 4),
    Holiday.VETERANS: (11, 11),
    Holiday.CHRISTMAS: (12, 25),
}


@lru_cache(maxsize=64)
def of_year(year: int) -> Mapping[date, Holiday]:
    """Name the holidays of a year by the day, and also by the day on which one of a weekend is kept."""
    thanksgiving = _nth(year, 11, THU, 4)
    days = {
        _nth(year, 1, MON, 3): Holiday.KING,
        _nth(year, 2, MON, 3): Holiday.PRESIDENTS,
        _last_monday_of_may(year): Holiday.MEMORIAL,
        _nth(year, 9, MON, 1): Holiday.LABOR,
        _nth(year, 10, MON, 2): Holiday.INDIGENOUS,
        thanksgiving: Holiday.THANKSGIVING,
        thanksgiving + timedelta(days=1): Holiday.AFTER_THANKSGIVING,
    }
    for near in (year, year + 1):  # New Year's Day on a Saturday is kept in the year before
        for holiday, (month, day) in FIXED.items():
            on = date(near, month, day)
            for kept in (on, _kept(on)):
                if kept.year == year:
                    days.setdefault(kept, holiday)
    return days


def holiday(on: date) -> Holiday | None:
    """Tell which holiday a day is, if it is one."""
    return of_year(on.year).get(on)


def _kept(on: date) -> date:
    """Give the working day on which a holiday of a weekend is kept."""
    return on + timedelta(days={SAT: -1, SUN: 1}.get(on.weekday(), 0))


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
