"""Series: the same hour again and again, and what moving one of the visits means for the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateutil.rrule import WEEKLY, rrule

from clinic.rules.calendar import exists
from clinic.values import Refusal, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

MOST = 60
"""More visits than this are no series anybody keeps."""
MOST_WEEKS = 8
WEEK = 7
NEAR_DAYS = 2
"""How many days beside the one meant another time may be proposed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """So many visits, on these weekdays, every so many weeks, always at the same time of day."""

    first: datetime
    weekdays: tuple[int, ...]
    """0 is Monday."""
    every: int = 1
    count: int = 1


def spread(first: date, per_week: int) -> tuple[int, ...]:
    """Spread visits over a week from the weekday of the first: two are three days apart, then four."""
    step = WEEK / per_week
    return tuple(sorted({(first.weekday() + int(n * step)) % WEEK for n in range(per_week)}))


def times(pattern: Pattern, zone: ZoneInfo) -> list[datetime]:
    """List the times on the wall; one that the clocks skip is left out, and another comes at the end."""
    if not (1 <= pattern.count <= MOST and 1 <= pattern.every <= MOST_WEEKS and pattern.weekdays):
        raise Refusal("no_series", at="count", most=MOST)
    rule = rrule(WEEKLY, dtstart=pattern.first, interval=pattern.every, byweekday=pattern.weekdays)
    return list(islice((at for at in rule if exists(at, zone)), pattern.count))


def skipped(pattern: Pattern, zone: ZoneInfo) -> list[datetime]:
    """List the times within the series that the clocks skip."""
    whole = times(pattern, zone)
    rule = rrule(WEEKLY, dtstart=pattern.first, interval=pattern.every, byweekday=pattern.weekdays)
    return [at for at in rule.between(whole[0], whole[-1]) if not exists(at, zone)]


def nearest(wanted: datetime, free: Iterable[datetime]) -> datetime | None:
    """Find the free time nearest to the one meant: the same day if there is one, else a day or two beside it."""
    near = [at for at in free if abs((at.date() - wanted.date()).days) <= NEAR_DAYS]

    def far(at: datetime) -> tuple[int, timedelta, datetime]:
        return abs((at.date() - wanted.date()).days), abs(_clock(at) - _clock(wanted)), at

    return min(near, key=far, default=None)


def _clock(at: datetime) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def in_scope(scope: Scope, one: datetime, others: Sequence[datetime]) -> list[datetime]:
    """Choose which visits of a series something is done to, of those that can still change."""
    if scope is Scope.ONE:
        return [one]
    return [at for at in others if scope is Scope.ALL or at >= one]


def moved(at: datetime, before: datetime, after: datetime) -> datetime:
    """Give a visit's new time when one of its series moved: as many days on, at the new time of day."""
    days = (after.date() - before.date()).days
    return datetime.combine(at.date() + timedelta(days=days), time(after.hour, after.minute))
