"""The made-up practice's today agrees with the clock at which it was made."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.exchange import portable
from clinic.office.demo import build

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("clock", [time(5), time(8, 33), time(10, 5), time(17, 40), time(22, 30)])
def test_today_stands_as_it_is_at_that_hour(clock: time) -> None:
    now = datetime.combine(TODAY, clock)
    document = build(now, 1, 60, seed=2)
    portable.check(portable.parse(json.dumps(document).encode()))
    arrived = 0
    for visit in document["appointments"]:
        at = datetime.fromisoformat(visit["at"])
        if at.date() != TODAY or visit["state"] == "cancelled":
            continue
        if at + timedelta(minutes=visit["minutes"]) <= now:
            assert visit["state"] == "done"
        elif at <= now:
            assert visit["state"] == "in_treatment"
        else:
            assert visit["state"] in {"arrived", "confirmed", "tentative"}
            arrived += visit["state"] == "arrived"
            assert visit["state"] != "arrived" or at - now <= timedelta(hours=1)
    assert arrived <= 1
    wall = now.isoformat(timespec="minutes")
    assert max(one["answered_at"] for one in document["screenings"]) <= wall
    instant = now.replace(tzinfo=ZoneInfo(document["practice"]["time_zone"])).astimezone(UTC)
    for name, key in (("notes", "signed_at"), ("steps", "at"), ("attempts", "at")):
        assert max(one.get(key, "") for one in document[name]) <= instant.strftime("%Y-%m-%dT%H:%M:%SZ"), name


def test_while_the_house_is_open_somebody_is_on_the_table() -> None:
    document = build(datetime.combine(TODAY, time(10, 30)), 1, 60, seed=2)
    today = {visit["state"] for visit in document["appointments"] if visit["at"][:10] == str(TODAY)}
    assert "in_treatment" in today
    assert today & {"confirmed", "tentative"}
