"""When a visit ends: by the clock on the wall, and by paying for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.rules import calendar
from clinic.values import State
from tests.rules.zones import CHANGING, nights_that_change

BEGUN = datetime(2026, 11, 18, 14, 0)
CAME = {State.ARRIVED, State.IN_TREATMENT}


@pytest.mark.parametrize("state", State)
def test_only_who_came_and_has_begun_is_done_by_paying(state: State) -> None:
    assert calendar.ends_when_paid(state, BEGUN, BEGUN) is (state in CAME)
    assert not calendar.ends_when_paid(state, BEGUN, BEGUN - timedelta(minutes=1))


@pytest.mark.parametrize("name", CHANGING)
def test_in_every_zone_a_visit_ends_when_its_minutes_are_over_whatever_the_clocks_do(name: str) -> None:
    zone = ZoneInfo(name)
    for night in nights_that_change(zone):
        for quarter in range(0, 24 * 60, 45):
            at = night + timedelta(minutes=quarter)
            if not calendar.exists(at, zone):
                continue
            ends = calendar.ends(at, 90, zone)
            assert calendar.exists(ends, zone)
            passed = {
                ends.replace(tzinfo=zone, fold=fold).astimezone(UTC) - calendar.instant(at, zone)
                for fold in (0, 1)
            }
            assert timedelta(minutes=90) in passed


def test_on_a_plain_day_a_visit_ends_as_the_clock_says() -> None:
    assert calendar.ends(BEGUN, 75, ZoneInfo("America/Los_Angeles")) == BEGUN + timedelta(minutes=75)
