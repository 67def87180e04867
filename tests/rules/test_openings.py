"""Hours, special days, and blocks that come once or again and again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import openings
from clinic.rules.calendar import Held
from clinic.rules.openings import FOREVER, Block, Hours, check_block, hours_of, open_on, taken, times
from clinic.values import BlockId, BlockKind, Refusal, RoomId, Span, StaffId
from tests.rules.zones import CHANGING, nights_that_change

CALIFORNIA = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 11, 23)


def a_block(**facts: Any) -> Block:
    return Block(
        **{
            "id": BlockId("k"),
            "staff": StaffId("s"),
            "room": None,
            "begins": MONDAY.replace(hour=12),
            "ends": MONDAY.replace(hour=13),
            "kind": BlockKind.BREAK,
        }
        | facts
    )


def spans(*stretches: str) -> tuple[Span, ...]:
    """Read spans of the Monday, such as ``09-12``."""
    pairs = (stretch.split("-") for stretch in stretches)
    return tuple(Span(MONDAY.replace(hour=int(a)), MONDAY.replace(hour=int(b))) for a, b in pairs)


def test_nobody_said_otherwise_so_the_house_is_open_nine_to_seven_but_on_sundays() -> None:
    assert open_on(MONDAY.date(), Hours(), Hours()) == spans("09-19")
    assert open_on(date(2026, 11, 22), Hours(), Hours()) == ()


def test_a_therapist_keeps_hours_of_her_own() -> None:
    house, own = hours_of({"mon": [["08:00", "20:00"]]}, None), hours_of({"mon": [["10:00", "14:00"]]}, None)
    assert open_on(MONDAY.date(), house, Hours()) == spans("08-20")
    assert open_on(MONDAY.date(), house, own) == spans("10-14")


def test_the_house_closing_early_cuts_everybodys_day() -> None:
    house = hours_of(None, [{"on": "2026-11-23", "hours": [["09:00", "12:00"]]}])
    own = hours_of({"mon": [["10:00", "14:00"], ["15:00", "18:00"]]}, None)
    assert open_on(MONDAY.date(), house, own) == spans("10-12")
    assert open_on(MONDAY.date() + timedelta(days=7), house, own) == tuple(
        Span(span.start + timedelta(days=7), span.end + timedelta(days=7)) for span in spans("10-14", "15-18")
    )


def test_a_special_day_of_her_own_goes_before_everything() -> None:
    house = hours_of(None, [{"on": "2026-11-23", "hours": []}])
    own = hours_of({"mon": [["10:00", "14:00"]]}, [{"on": "2026-11-23", "hours": [["16:00", "18:00"]]}])
    assert open_on(MONDAY.date(), house, own) == spans("16-18")


@pytest.mark.parametrize("hours", [[["12:00", "09:00"]], [["09:00", "12:00"], ["11:00", "13:00"]]])
def test_hours_that_make_no_sense_are_refused(hours: list[list[str]]) -> None:
    with pytest.raises(Refusal, match="impossible_hours"):
        openings.check_stretches(hours, at="hours/mon")


def test_a_lunch_comes_back_on_the_days_named_but_one() -> None:
    lunch = a_block(rule="FREQ=WEEKLY;BYDAY=MO,WE", left_out=frozenset({date(2026, 11, 30)}))
    found = [span.start.day for span in times(lunch, MONDAY, MONDAY + timedelta(days=14))]
    assert found == [23, 25, 2]


def test_what_holds_until_further_notice_never_ends() -> None:
    gone = a_block(ends=None)
    assert list(times(gone, datetime(2030, 1, 1), datetime(2030, 1, 2))) == [Span(gone.begins, FOREVER)]
    assert list(times(gone, MONDAY - timedelta(days=9), MONDAY)) == []


def test_a_time_off_that_began_before_is_seen() -> None:
    away = a_block(ends=MONDAY + timedelta(days=9))
    assert len(list(times(away, MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)))) == 1


@pytest.mark.parametrize(
    ("ends", "rule", "code"),
    [
        (MONDAY.replace(hour=12), None, "ends_before_it_begins"),
        (MONDAY.replace(hour=13), "FREQ=HOURLY", "repeats_unknown"),
        (MONDAY.replace(hour=13), "FREQ=WEEKLY;BYSETPOS=1", "repeats_unknown"),
        (MONDAY.replace(hour=13), "FREQ=WEEKLY;BYDAY=XX", "repeats_unknown"),
        (MONDAY.replace(hour=13), "FREQ=WEEKLY;INTERVAL=many", "repeats_unknown"),
        (MONDAY.replace(hour=13), "lunch", "repeats_unknown"),
        (MONDAY.replace(hour=13), "FREQ=WEEKLY;UNTIL=20200101", "repeats_never"),
        (MONDAY + timedelta(days=3), "FREQ=WEEKLY", "too_long_to_repeat"),
        (None, "FREQ=WEEKLY", "too_long_to_repeat"),
    ],
)
def test_a_block_nobody_could_mean_is_refused(ends: datetime | None, rule: str | None, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        check_block(MONDAY.replace(hour=12), ends, rule)


def test_a_block_that_makes_sense_is_not() -> None:
    check_block(MONDAY, None, None)
    check_block(MONDAY, MONDAY.replace(hour=1), "FREQ=MONTHLY;BYDAY=2TU;COUNT=6")


RULES = st.builds(
    "FREQ={};INTERVAL={}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 6),
    st.sampled_from(["", ";BYDAY=MO,WE", ";BYDAY=SU;WKST=SU", ";COUNT=30", ";UNTIL=20290301T000000"]),
)


@given(
    rule=RULES,
    begins=st.datetimes(datetime(2019, 1, 1), datetime(2027, 1, 1)),
    after=st.integers(-30, 3000),
    days=st.integers(1, 40),
)
@settings(max_examples=120)
def test_joining_a_long_running_rule_late_finds_the_same_times(
    rule: str, begins: datetime, after: int, days: int
) -> None:
    begins = begins.replace(second=0, microsecond=0)
    first = begins + timedelta(days=after)
    last = first + timedelta(days=days)
    told = rrulestr(rule, dtstart=begins).between(first, last, inc=True)
    assert openings.starts(begins, rule, first, last) == told


def test_a_block_across_the_night_the_clocks_change_takes_the_longer_reading() -> None:
    spring = Span(datetime(2026, 3, 8, 1, 30), datetime(2026, 3, 8, 3, 30))
    assert taken(spring, CALIFORNIA).end - taken(spring, CALIFORNIA).start == 60
    skipped = Span(datetime(2026, 3, 8, 2, 15), datetime(2026, 3, 8, 2, 45))
    assert taken(skipped, CALIFORNIA).end - taken(skipped, CALIFORNIA).start == 90
    autumn = Span(datetime(2026, 11, 1, 1, 0), datetime(2026, 11, 1, 1, 30))
    assert taken(autumn, CALIFORNIA).end - taken(autumn, CALIFORNIA).start == 90


@pytest.mark.parametrize("name", CHANGING)
def test_in_every_zone_a_nightly_block_covers_every_minute_the_clock_shows_within_it(name: str) -> None:
    """Over all zones that change in 2024-2036: whoever reads a time inside the block is inside it."""
    zone = ZoneInfo(name)
    for night in nights_that_change(zone):
        span = Span(night - timedelta(hours=1), night + timedelta(hours=5))
        held = taken(span, zone)
        instant = datetime.fromtimestamp((held.start - 120) * 60, UTC)
        for n in range(0, held.end - held.start + 240, 7):
            minute = held.start - 120 + n
            wall = (instant + timedelta(minutes=n)).astimezone(zone).replace(tzinfo=None)
            if span.start <= wall < span.end:
                assert held.start <= minute < held.end


def test_a_visit_meets_a_block_only_where_they_touch() -> None:
    lunch = a_block(rule="FREQ=DAILY")
    around = Span(MONDAY, MONDAY + timedelta(days=1))
    noon = taken(lunch_span := Span(MONDAY.replace(hour=12), MONDAY.replace(hour=13)), CALIFORNIA)
    touching = Held(noon.start - 60, noon.start)
    assert openings.in_the_way([lunch], around, touching, CALIFORNIA) is None
    found = openings.in_the_way([lunch], around, Held(noon.start - 60, noon.start + 1), CALIFORNIA)
    assert found == (lunch, lunch_span)


def test_a_block_is_about_a_therapist_a_room_or_the_house() -> None:
    hers, rooms, house = a_block(), a_block(staff=None, room=RoomId("r")), a_block(staff=None)
    assert [openings.concerns(each, "s", None) for each in (hers, rooms, house)] == [True, False, True]
    assert [openings.concerns(each, "t", "r") for each in (hers, rooms, house)] == [False, True, True]
