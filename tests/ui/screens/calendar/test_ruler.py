"""The ruler along a day, over every zone whose clocks change between 2024 and 2036."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.screens.calendar.ruler import A_DAY, PLAIN, Clocks, Ruler, clocks_of, parts, ruler_for

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
HERE = ZoneInfo("America/Los_Angeles")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
WEEK = timedelta(days=7)


@cache
def changes() -> tuple[tuple[str, date], ...]:
    """Every day on which some zone's clocks change; of zones that change alike, one."""
    found: dict[tuple[object, ...], tuple[str, tuple[date, ...]]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        days = []
        at = FIRST
        while at < LAST:
            if at.astimezone(zone).utcoffset() != (at + WEEK).astimezone(zone).utcoffset():
                days += [(at + timedelta(days=n)).date() for n in range(-1, 9)]
            at += WEEK
        real = tuple(
            day
            for day in days
            if midnight(day, zone).utcoffset() != midnight(day + timedelta(days=1), zone).utcoffset()
        )
        if real:
            found.setdefault((FIRST.astimezone(zone).utcoffset(), *real), (name, real))
    return tuple((name, day) for name, days in found.values() for day in days)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def real_minutes(day: date, zone: ZoneInfo) -> int:
    """How many minutes of the day's wall times there are, counted by the clock of the world."""
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    shown = (noon + timedelta(minutes=n) for n in range(-16 * 60, 16 * 60))
    return sum(at.astimezone(zone).date() == day for at in shown)


def test_there_are_many_days_on_which_clocks_change() -> None:
    assert len(changes()) > 500


def test_a_day_has_as_many_minutes_as_the_world_counts() -> None:
    seen = set()
    for name, day in changes()[::9]:
        zone = ZoneInfo(name)
        length = clocks_of(day, zone).length
        seen.add(length)
        assert length == real_minutes(day, zone), (name, day)
    assert {23 * 60, 25 * 60} <= seen


def test_no_day_on_which_clocks_change_is_taken_for_a_plain_one() -> None:
    plain = [(name, day) for name, day in changes() if clocks_of(day, ZoneInfo(name)).plain]
    assert plain == []


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 4000), st.sampled_from(["America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Asia/Gaza"])
)
def test_any_day_has_as_many_minutes_as_the_world_counts(number: int, name: str) -> None:
    day, zone = date(2024, 1, 1) + timedelta(days=number), ZoneInfo(name)
    assert clocks_of(day, zone).length == real_minutes(day, zone)


def stretches() -> st.SearchStrategy[Clocks]:
    return st.builds(
        lambda start, length: Clocks(doubled=((start, start + length),)),
        st.integers(0, A_DAY - 120),
        st.sampled_from([30, 60, 120]),
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(stretches(), max_size=3), st.data())
def test_a_place_on_the_ruler_reads_as_what_was_put_there(days: list[Clocks], data: st.DataObject) -> None:
    ruler = ruler_for(days)
    place = data.draw(st.integers(0, ruler.length - 1))
    minute, second = ruler.minute(place)
    assert ruler.place(minute, second=second) == place
    assert 0 <= minute < A_DAY


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(range(5000)), st.integers(0, A_DAY - 1), st.integers(1, 720))
def test_what_is_drawn_is_as_long_as_it_really_takes_less_what_a_day_does_not_have(
    number: int, minute: int, minutes: int
) -> None:
    name, day = changes()[number % len(changes())]
    zone = ZoneInfo(name)
    days = [day + timedelta(days=n) for n in (-1, 0, 1)]
    clocks = {each: clocks_of(each, zone) for each in days}
    ruler = ruler_for(clocks.values())
    at = datetime.combine(day, time()) + timedelta(minutes=minute)
    if any(start <= minute < end for start, end in clocks[day].skipped):
        return
    drawn = parts(at, minutes, ruler, zone, plain=False)
    assert drawn[0].day == day
    assert drawn[0].start == ruler.place(minute)
    missing = 0
    for part in drawn:
        for start, end in ruler.missing(clocks_of(part.day, zone)):
            missing += max(0, min(end, part.end) - max(start, part.start))
    assert sum(part.end - part.start for part in drawn) - missing == minutes


def test_in_spring_an_hour_is_missing_and_a_visit_over_it_ends_an_hour_later_on_the_wall() -> None:
    clocks = clocks_of(SPRING, HERE)
    assert clocks == Clocks(skipped=((120, 180),))
    ruler = ruler_for([clocks])
    assert ruler.missing(clocks) == ((120, 180),)
    (part,) = parts(datetime(2026, 3, 8, 1, 30), 60, ruler, HERE, plain=False)
    assert (part.start, part.end) == (90, 210)


def test_in_autumn_an_hour_stands_twice_and_other_days_do_not_have_its_second_one() -> None:
    clocks = clocks_of(AUTUMN, HERE)
    ruler = ruler_for([clocks, PLAIN])
    assert ruler.length == 25 * 60
    assert (ruler.missing(clocks), ruler.missing(PLAIN)) == ((), ((120, 180),))
    assert ruler.minute(125) == (65, True)
    (part,) = parts(datetime(2026, 11, 1, 1, 30), 60, ruler, HERE, plain=False)
    assert (part.start, part.end) == (90, 150)


@pytest.mark.parametrize("minute", [0, 599, A_DAY - 1])
def test_on_a_plain_day_the_ruler_is_the_wall_clock(minute: int) -> None:
    ruler = Ruler()
    assert ruler.place(minute) == minute
    assert ruler.minute(minute) == (minute, False)


def test_a_visit_over_midnight_lies_on_both_days() -> None:
    first, second = parts(datetime(2026, 11, 18, 23, 30), 60, Ruler(), HERE, plain=True)
    assert (first.start, first.end, second.start, second.end) == (1410, 1440, 0, 30)
    assert second.day == date(2026, 11, 19)
