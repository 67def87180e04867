"""What keeps visits away in the made-up practice, and who waits there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from clinic.office.demo import build
from clinic.rules.openings import Block, concerns, times
from clinic.values import HOLDING, BlockKind, Span

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(14, 10))
DEMO = build(NOW, years=1, clients=60, seed=3)


def test_lunch_and_holidays_are_blocked_and_no_visit_lies_on_them() -> None:
    kinds = {block["kind"] for block in DEMO["blocks"]}
    assert kinds >= {"break", "time_off", "cleaning", "closed"}
    begin, end = datetime.combine(TODAY, time()), datetime.combine(TODAY + timedelta(weeks=8), time())
    treatments = {each["id"]: each for each in DEMO["treatments"]}
    for item in DEMO["blocks"]:
        block = Block(
            item["id"],
            item.get("staff"),
            item.get("room"),
            datetime.fromisoformat(item["begins"]),
            datetime.fromisoformat(item["ends"]),
            BlockKind(item["kind"]),
            rule=item.get("rule"),
            left_out=frozenset(map(date.fromisoformat, item.get("left_out", ()))),
        )
        spans = list(times(block, begin, end))
        for visit in DEMO["appointments"]:
            if visit["state"] in HOLDING and concerns(block, visit["staff"], visit["room"]):
                at = datetime.fromisoformat(visit["at"])
                spare = treatments[visit["treatment"]].get("buffer_after", 0)
                held = Span.of(at, visit["minutes"] + spare)
                assert not any(span.overlaps(held) for span in spans)


def test_some_wait_for_a_time() -> None:
    assert len(DEMO["waiting"]) == 5
    assert {entry["urgency"] for entry in DEMO["waiting"]} == {"pain", "soon", "whenever"}
