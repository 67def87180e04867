"""Every zone whose clocks change between 2024 and 2036, and the nights on which they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 12, 31, tzinfo=UTC)
STEP = timedelta(days=6)


def _changes(zone: ZoneInfo) -> list[datetime]:
    """Find the instants of each change of the clocks, to the minute."""
    found, at = [], FIRST
    while at < LAST:
        after = at + STEP
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at = after
    return found


@cache
def _by_pattern() -> dict[tuple[tuple[datetime, ...], timedelta | None], str]:
    """Name one zone for each way in which clocks change; zones that change alike are one test."""
    named: dict[tuple[tuple[datetime, ...], timedelta | None], str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            changes = tuple(_changes(ZoneInfo(name)))
            if changes:
                named.setdefault((changes, FIRST.astimezone(ZoneInfo(name)).utcoffset()), name)
    return named


CHANGING = sorted(_by_pattern().values())


def nights_that_change(zone: ZoneInfo) -> list[datetime]:
    """The wall midnights before each change."""
    return [
        datetime.combine((change - timedelta(minutes=1)).astimezone(zone).date(), datetime.min.time())
        for change in _changes(zone)
    ]
