"""Quarters of an hour: a stretch of days as a row of them, by the clock on the wall, whatever the clocks do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic.rules.calendar import EPOCH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

STEP = 15

# domain.md F4: the time of day only orders what is offered, and never keeps anything away.
ABOUT_FOUR = (time(15, 30), time(16, 30))
AFTERNOON = (time(14, 30), time(18, 0))
EARLY = time(8, 0)


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of days cut into quarters: where it begins in UTC, and what each quarter is on the wall."""

    base: int
    walls: tuple[datetime | None, ...]
    """Nothing for the second of two equal times, which nobody could write down."""
    readable: int
    days: tuple[tuple[date, int], ...]
    """Each day with its first quarter."""
    about_four: int
    afternoon: int
    early: int


@lru_cache(maxsize=16)
def axis(first: date, last: date, zone: ZoneInfo) -> Axis:
    """Cut the days from the first to the last into quarters, whatever the clocks do."""
    base = minute(datetime.combine(first, time()), zone)
    walls: list[datetime | None] = []
    days = []
    on, start = first, base
    while on <= last:
        days.append((on, len(walls)))
        following = on + timedelta(days=1)
        end = minute(datetime.combine(following, time()), zone)
        midnight = datetime.combine(on, time())
        if end - start == 24 * 60:
            walls += [midnight + timedelta(minutes=n) for n in range(0, 24 * 60, STEP)]
        else:
            walls += [_wall(at, zone) for at in range(start, end, STEP)]
        on, start = following, end
    return Axis(
        base,
        tuple(walls),
        _where(walls, lambda _at: True),
        tuple(days),
        _where(walls, lambda at: ABOUT_FOUR[0] <= at <= ABOUT_FOUR[1]),
        _where(walls, lambda at: AFTERNOON[0] <= at < ABOUT_FOUR[0] or ABOUT_FOUR[1] < at <= AFTERNOON[1]),
        _where(walls, lambda at: at < EARLY),
    )


def _where(walls: Sequence[datetime | None], so: Callable[[time], bool]) -> int:
    return int("".join("01"[wall is not None and so(wall.time())] for wall in reversed(walls)) or "0", 2)


@lru_cache(maxsize=4096)  # people who work together open and close together
def minute(wall: datetime, zone: ZoneInfo) -> int:
    """Count the UTC minutes to a wall time: of two equal ones the earlier, after a skipped one the next."""
    return int((wall.replace(tzinfo=zone, fold=0).astimezone(UTC) - EPOCH).total_seconds()) // 60


def _wall(at: int, zone: ZoneInfo) -> datetime | None:
    wall = (EPOCH + timedelta(minutes=at)).astimezone(zone).replace(tzinfo=None, fold=0)
    return wall if minute(wall, zone) == at else None
