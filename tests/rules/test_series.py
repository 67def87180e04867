"""Series on the wall clock, holidays by the law, and whom a freed time suits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import calendar, series, waiting
from clinic.rules.holidays import holiday, of_year
from clinic.rules.series import Pattern
from clinic.values import Holiday, Refusal, Scope, Span, StaffId, Urgency, WaitId
from tests.rules.zones import CHANGING, nights_that_change

CALIFORNIA = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 11, 23, 16)


def days(pattern: Pattern, zone: ZoneInfo = CALIFORNIA) -> list[str]:
    return [f"{at:%m-%d}" for at in series.times(pattern, zone)]


def test_twice_a_week_is_three_days_apart_and_then_four() -> None:
    assert series.spread(MONDAY.date(), 2) == (0, 3)
    assert series.spread(date(2026, 11, 27), 2) == (0, 4)
    assert series.spread(MONDAY.date(), 3) == (0, 2, 4)
    assert series.spread(MONDAY.date(), 7) == tuple(range(7))


def test_two_a_week_times_six_keep_their_hour_across_the_year() -> None:
    found = series.times(Pattern(MONDAY, (0, 3), 1, 12), CALIFORNIA)
    assert len(found) == 12
    assert {at.time() for at in found} == {time(16)}
    assert found[-1] == datetime(2026, 12, 31, 16)


def test_every_second_week_is_every_second_week() -> None:
    assert days(Pattern(MONDAY, (0,), 2, 3)) == ["11-23", "12-07", "12-21"]


def test_a_time_that_the_clocks_skip_is_left_out_and_another_comes_at_the_end() -> None:
    pattern = Pattern(datetime(2026, 3, 1, 2, 30), (6,), 1, 3)
    assert days(pattern) == ["03-01", "03-15", "03-22"]
    assert series.skipped(pattern, CALIFORNIA) == [datetime(2026, 3, 8, 2, 30)]


@pytest.mark.parametrize("facts", [{"count": 0}, {"count": 61}, {"every": 0}, {"every": 9}, {"weekdays": ()}])
def test_what_is_no_series_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="no_series"):
        series.times(replace(Pattern(MONDAY, (0,)), **facts), CALIFORNIA)


@pytest.mark.parametrize("name", CHANGING)
def test_in_every_zone_a_series_over_a_change_keeps_its_time_on_the_wall(name: str) -> None:
    zone = ZoneInfo(name)
    for night in nights_that_change(zone):
        for hour in (0, 1, 2, 3, 23):
            first = night - timedelta(days=7) + timedelta(hours=hour)
            pattern = Pattern(first, (first.weekday(),), 1, 4)
            found = series.times(pattern, zone)
            assert len(found) == 4
            for at in found:
                assert (at.time(), at.weekday()) == (first.time(), first.weekday())
                assert calendar.instant(at, zone).astimezone(zone).replace(tzinfo=None) == at
            for at in series.skipped(pattern, zone):
                back = at.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
                assert back.replace(tzinfo=None) != at


def test_instead_of_a_time_that_can_not_be_had_the_nearest_of_the_day_is_proposed() -> None:
    same_day, next_day = MONDAY.replace(hour=10), MONDAY + timedelta(days=1)
    far = MONDAY + timedelta(days=3)
    assert series.nearest(MONDAY, [next_day, same_day, far]) == same_day
    assert series.nearest(MONDAY, [next_day, far]) == next_day
    assert series.nearest(MONDAY, [far]) is None


def test_one_the_following_or_all() -> None:
    whole = [MONDAY + timedelta(weeks=n) for n in range(3)]
    assert series.in_scope(Scope.ONE, whole[1], whole) == whole[1:2]
    assert series.in_scope(Scope.FOLLOWING, whole[1], whole) == whole[1:]
    assert series.in_scope(Scope.ALL, whole[1], whole) == whole


@given(st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1)), st.integers(-20, 20), st.integers(0, 1439))
@settings(max_examples=50)
def test_what_moves_together_moves_as_many_days_and_to_the_same_time(
    at: datetime, shift: int, minute: int
) -> None:
    before = MONDAY
    after = datetime.combine(MONDAY.date() + timedelta(days=shift), time(minute // 60, minute % 60))
    went = series.moved(at, before, after)
    assert (went.date() - at.date()).days == shift
    assert went.time() == after.time()


# Holidays


@pytest.mark.parametrize(
    ("on", "which"),
    [
        ("2026-01-01", Holiday.NEW_YEAR),
        ("2026-01-19", Holiday.KING),
        ("2026-02-16", Holiday.PRESIDENTS),
        ("2026-03-31", Holiday.CHAVEZ),
        ("2026-05-25", Holiday.MEMORIAL),
        ("2026-06-19", Holiday.JUNETEENTH),
        ("2026-07-03", Holiday.INDEPENDENCE),  # the fourth is a Saturday
        ("2026-07-04", Holiday.INDEPENDENCE),
        ("2026-09-07", Holiday.LABOR),
        ("2026-10-12", Holiday.INDIGENOUS),
        ("2026-11-11", Holiday.VETERANS),
        ("2026-11-26", Holiday.THANKSGIVING),
        ("2026-11-27", Holiday.AFTER_THANKSGIVING),
        ("2026-12-25", Holiday.CHRISTMAS),
        ("2027-12-24", Holiday.CHRISTMAS),
        ("2021-12-31", Holiday.NEW_YEAR),  # New Year's Day of 2022 is a Saturday
        ("2023-01-02", Holiday.NEW_YEAR),
        ("2026-11-24", None),
    ],
)
def test_holidays_fall_on_the_days_the_law_says(on: str, which: Holiday | None) -> None:
    assert holiday(date.fromisoformat(on)) is which


@given(st.integers(2000, 2100))
@settings(max_examples=40)
def test_every_year_has_every_holiday(year: int) -> None:
    assert set(of_year(year).values()) == set(Holiday)


# The waiting list


def a_wish(key: str = "w", **facts: Any) -> waiting.Wish:
    return replace(waiting.Wish(WaitId(key), Urgency.SOON, datetime(2026, 11, 1)), **facts)


FREED = Span(MONDAY, MONDAY + timedelta(hours=1))


@pytest.mark.parametrize(
    ("facts", "does"),
    [
        ({}, True),
        ({"staff": StaffId("s")}, True),
        ({"staff": StaffId("t")}, False),
        ({"days": frozenset({"mon"})}, True),
        ({"days": frozenset({"tue"})}, False),
        ({"earliest": time(16), "latest": time(17)}, True),
        ({"earliest": time(16, 1)}, False),
        ({"latest": time(16, 59)}, False),
        ({"first_on": date(2026, 11, 23), "last_on": date(2026, 11, 23)}, True),
        ({"first_on": date(2026, 11, 24)}, False),
        ({"last_on": date(2026, 11, 22)}, False),
    ],
)
def test_a_time_suits_who_asked_for_it(facts: dict[str, Any], *, does: bool) -> None:
    assert waiting.suits(a_wish(**facts), FREED, StaffId("s")) is does


def test_a_visit_past_midnight_is_never_over_by_the_evening() -> None:
    late = Span(MONDAY.replace(hour=23), MONDAY + timedelta(hours=8))
    assert not waiting.suits(a_wish(latest=time(23, 59)), late, StaffId("s"))


def test_pain_is_asked_first_then_who_wants_this_therapist_who_fills_the_time_and_who_waits_longest() -> None:
    half = Span(MONDAY, MONDAY + timedelta(minutes=30))
    wishes = [
        (a_wish("whenever", urgency=Urgency.WHENEVER, staff=StaffId("s"), since=datetime(2026, 1, 1)), FREED),
        (a_wish("short"), half),
        (a_wish("later", since=datetime(2026, 11, 9)), FREED),
        (a_wish("sooner"), FREED),
        (a_wish("hers", staff=StaffId("s"), since=datetime(2026, 11, 20)), half),
        (a_wish("pain", urgency=Urgency.PAIN, since=datetime(2026, 11, 22)), half),
    ]
    offers = [waiting.Offer(wish, span, StaffId("s")) for wish, span in wishes]
    asked = [offer.wish.id for offer in waiting.ranked(offers, FREED)]
    assert asked == ["pain", "hers", "sooner", "later", "short", "whenever"]
