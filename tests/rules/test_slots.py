"""Free times: none that is taken is offered, none that is free is missed, and the afternoon comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import calendar, slots
from clinic.rules.quarters import axis, minute
from clinic.rules.slots import Enough, Hands, Slot, Taken, Wanted
from clinic.values import RoomId, Span, StaffId, Technique
from tests.rules.zones import CHANGING, nights_that_change

CALIFORNIA = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 11, 23)
HOUR = Wanted(Technique.THERAPEUTIC, 60)
DEEP = Wanted(Technique.DEEP_TISSUE, 60)


def at(hour: int, minutes: int = 0, on: date = MONDAY) -> datetime:
    return datetime.combine(on, time(hour, minutes))


def visit(start: datetime, length: int = 60, *, lead: int = 0, spare: int = 0, deep: bool = False) -> Taken:
    begins = minute(start, CALIFORNIA)
    return Taken(begins - lead, begins + length + spare, start.date(), length, deep, lead, spare)


def hands(*taken: Taken, opens: int = 9, closes: int = 19, days: int = 1, **facts: Any) -> Hands:
    spans = [
        Span(at(opens, on=MONDAY + timedelta(days=n)), at(closes, on=MONDAY + timedelta(days=n)))
        for n in range(days)
    ]
    return Hands(StaffId("s"), spans, taken, **facts)


def find(
    wanted: Wanted,
    *people: Hands,
    rooms: dict[RoomId, list[Taken]] | None = None,
    days: int = 1,
    **facts: Any,
) -> list[Slot]:
    when = axis(MONDAY, MONDAY + timedelta(days=days - 1), CALIFORNIA)
    return slots.find(wanted, people, rooms or {}, when, CALIFORNIA, **facts)


def clocks(found: list[Slot]) -> list[str]:
    return sorted(f"{slot.at:%H:%M}" for slot in found)


def test_f01_of_four_free_times_the_one_at_four_o_clock_is_suggested_first() -> None:
    """Case F01 of the domain: 09:00, 12:00, 16:00 and 18:00 are free and equal otherwise."""
    free = {9, 12, 16, 18}
    spans = [Span(at(hour), at(hour + 1)) for hour in free]
    found = find(HOUR, Hands(StaffId("s"), spans, ()))
    assert [slot.at.hour for slot in found] == [16, 18, 9, 12]
    assert [slot.score for slot in found] == [3, 2, 0, 0]


def test_the_last_visit_may_end_as_the_doors_close_with_its_buffer_after() -> None:
    found = find(Wanted(Technique.THERAPEUTIC, 60, after=15), hands(opens=17))
    assert clocks(found)[-1] == "18:00"


def test_a_buffer_keeps_the_next_visit_away() -> None:
    """A 60-minute visit with 10 minutes after it at 16:00: the next may begin at 17:15 on the quarter."""
    booked = visit(at(16), spare=10)
    found = clocks(find(HOUR, hands(booked, opens=15, closes=19)))
    assert found == ["15:00", "17:15", "17:30", "17:45", "18:00"]
    after = clocks(find(Wanted(Technique.THERAPEUTIC, 60, before=10, after=10), hands(booked, opens=14)))
    assert after == ["14:00", "14:15", "14:30", "14:45", "17:30", "17:45", "18:00"]


def test_without_a_free_room_there_is_no_free_time() -> None:
    rooms = {RoomId("a"): [visit(at(9), 120)], RoomId("b"): [visit(at(10), 120)]}
    found = find(HOUR, hands(closes=12, rooms=(RoomId("b"), RoomId("a"))), rooms=rooms)
    assert {(f"{slot.at:%H:%M}", slot.room) for slot in found} == {("09:00", "b"), ("11:00", "a")}


def test_what_is_past_is_not_offered() -> None:
    assert clocks(find(HOUR, hands(), after=at(17, 50))) == ["18:00"]
    assert len(find(HOUR, hands(), after=at(9))) == len(find(HOUR, hands()))


def test_only_as_many_as_asked_for_are_told_and_the_best_ones() -> None:
    assert [slot.at for slot in find(HOUR, hands(), most=2)] == [at(15, 30), at(15, 45)]


def test_deep_work_is_not_stacked_and_not_early() -> None:
    before = visit(at(10), deep=True)
    found = {f"{slot.at:%H:%M}": slot.why for slot in find(DEEP, hands(before, opens=6, closes=14))}
    assert "deep_after_deep" in found["11:00"]
    assert "deep_after_deep" in found["11:15"]
    assert "deep_after_deep" not in found["11:30"]
    assert "deep_after_deep" in found["09:00"]
    assert "deep_after_deep" in found["08:45"]
    assert "deep_after_deep" not in found["08:30"]
    assert "early_for_deep" in found["07:45"]
    assert "early_for_deep" not in found["08:00"]
    light = {f"{slot.at:%H:%M}": slot.why for slot in find(HOUR, hands(before, opens=6, closes=14))}
    assert light["11:00"] == ("joins", "tight_turnover")
    assert light["07:45"] == ()


def test_a_turnover_within_the_buffers_is_enough() -> None:
    buffered = visit(at(10), spare=15)
    found = {f"{slot.at:%H:%M}": slot.why for slot in find(HOUR, hands(buffered, closes=14))}
    assert found["11:15"] == ("joins",)
    assert found["11:30"] == ("leaves_a_gap",)
    assert found["11:45"] == ()


def test_the_reasons_add_up_to_the_score() -> None:
    for slot in find(DEEP, hands(visit(at(11), deep=True), reasons=("usual_therapist",))):
        assert slot.score == sum(slots.WEIGHTS[code] for code in slot.why)
        assert slot.why[0] == "usual_therapist"


@pytest.mark.parametrize(
    ("enough", "wanted", "days"),
    [
        (Enough(visits=2), HOUR, {24}),
        (Enough(visits=3), HOUR, {23, 24}),
        (Enough(minutes=170), HOUR, {24}),
        (Enough(minutes=180), HOUR, {23, 24}),
        (Enough(deep=1), DEEP, {24}),
        (Enough(deep=1), HOUR, {23, 24}),
        (Enough(visits=0), HOUR, set()),
        (Enough(), DEEP, {23, 24}),
    ],
)
def test_enough_for_one_day_is_enough(enough: Enough, wanted: Wanted, days: set[int]) -> None:
    booked = visit(at(9), deep=True), visit(at(11))
    found = find(wanted, hands(*booked, days=2, enough=enough), days=2)
    assert {slot.at.day for slot in found} == days


def test_a_block_counts_for_no_visit() -> None:
    start = minute(at(9), CALIFORNIA)
    block = Taken(start, start + 120)
    found = find(DEEP, hands(block, enough=Enough(visits=1)))
    assert clocks(found)[0] == "11:00"
    assert all("deep_after_deep" not in slot.why for slot in found)


@pytest.mark.parametrize(
    ("technique", "facts", "may"),
    [
        (Technique.PRENATAL, {"prenatal": None, "lymphatic": True}, False),
        (Technique.PRENATAL, {"prenatal": True, "lymphatic": None}, True),
        (Technique.LYMPHATIC, {"prenatal": True, "lymphatic": None}, None),
        (Technique.LYMPHATIC, {"prenatal": True, "lymphatic": False}, False),
        (Technique.SWEDISH, {"prenatal": None, "lymphatic": None}, True),
    ],
)
def test_some_treatments_ask_for_training(
    technique: Technique, facts: dict[str, bool | None], *, may: bool | None
) -> None:
    assert slots.skilled(technique, prenatal=facts["prenatal"], lymphatic=facts["lymphatic"]) is may


# Against a brute force that looks at every quarter of an hour of every clock.


def by_hand(
    wanted: Wanted, person: Hands, rooms: dict[RoomId, list[Taken]], quarters: list[datetime], zone: ZoneInfo
) -> set[datetime]:
    free = set()
    for wall in quarters:
        if calendar.exists(wall, zone):
            held = calendar.held(wall, wanted.minutes, wanted.before, wanted.after, zone)
            start = calendar.held(wall, wanted.minutes, 0, 0, zone)
            inside = any(
                minute(span.start, zone) <= start.start and start.end <= minute(span.end, zone)
                for span in person.open
            )

            def clear(taken: Any, held: calendar.Held = held) -> bool:
                return all(each.end <= held.start or held.end <= each.start for each in taken)

            if inside and clear(person.taken) and (not rooms or any(clear(each) for each in rooms.values())):
                free.add(wall)
    return free


@st.composite
def diaries(draw: st.DrawFn) -> tuple[ZoneInfo, date, int, Wanted, Hands, dict[RoomId, list[Taken]]]:
    zone = ZoneInfo(draw(st.sampled_from(CHANGING)))
    first = draw(st.sampled_from(nights_that_change(zone))).date() + timedelta(days=draw(st.integers(-2, 1)))
    days = draw(st.integers(1, 4))
    base = minute(datetime.combine(first, time()), zone)

    def taken() -> list[Taken]:
        times = st.tuples(st.integers(-300, days * 1440 + 300), st.integers(1, 300))
        return [
            Taken(base + begin, base + begin + length) for begin, length in draw(st.lists(times, max_size=8))
        ]

    spans = []
    for n in range(days):
        opens, length = draw(st.integers(0, 23 * 4)), draw(st.integers(1, 60))
        begins = datetime.combine(first + timedelta(days=n), time()) + timedelta(minutes=15 * opens)
        spans.append(Span(begins, begins + timedelta(minutes=10 * length)))
    rooms = {RoomId(f"r{n}"): taken() for n in range(draw(st.integers(0, 2)))}
    buffers = st.integers(0, 25)
    wanted = Wanted(Technique.THERAPEUTIC, draw(st.integers(1, 120)), draw(buffers), draw(buffers))
    person = Hands(StaffId("s"), tuple(spans), taken(), rooms=tuple(rooms))
    return zone, first, days, wanted, person, rooms


@given(diaries())
@settings(max_examples=60)
def test_every_free_time_is_found_and_nothing_else(
    diary: tuple[ZoneInfo, date, int, Wanted, Hands, dict[RoomId, list[Taken]]],
) -> None:
    zone, first, days, wanted, person, rooms = diary
    last = first + timedelta(days=days - 1)
    found = slots.find(wanted, [person], rooms, axis(first, last, zone), zone)
    quarters = [datetime.combine(first, time()) + timedelta(minutes=15 * n) for n in range(96 * days)]
    assert len(found) == len({slot.at for slot in found})
    assert {slot.at for slot in found} == by_hand(wanted, person, rooms, quarters, zone)
    for slot in found:
        held = calendar.held(slot.at, slot.minutes, wanted.before, wanted.after, zone)
        held_by = [*person.taken, *(rooms[slot.room] if slot.room else [])]
        assert all(each.end <= held.start or held.end <= each.start for each in held_by)


@pytest.mark.parametrize("name", CHANGING)
def test_in_every_zone_the_quarters_of_the_nights_that_change_are_those_the_clock_shows_first(
    name: str,
) -> None:
    zone = ZoneInfo(name)
    for night in nights_that_change(zone):
        when = axis(night.date(), night.date(), zone)
        walls = [wall for wall in when.walls if wall is not None]
        quarters = [night + timedelta(minutes=15 * n) for n in range(96)]
        assert walls == [wall for wall in quarters if calendar.exists(wall, zone)]
        for place, wall in enumerate(when.walls):
            if wall is not None:
                assert calendar.instant(wall, zone) == datetime.fromtimestamp(
                    (when.base + 15 * place) * 60, UTC
                )
