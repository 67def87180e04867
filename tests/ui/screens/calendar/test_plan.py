"""The plan, its geometry, and the way the keyboard travels over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.values import RoomId, Span, State
from tests.ui.screens.calendar.made import (
    HEARTH,
    MAREN,
    MONDAY,
    TOMAS,
    WILLOW,
    a_block,
    a_spread,
    an_entry,
)
from ui.screens.calendar import plan, travel
from ui.screens.calendar.fits import Clash, Why, Wish, in_the_way
from ui.screens.calendar.geometry import Geometry, Grip, snapped
from ui.screens.calendar.plan import By, Plan
from ui.screens.calendar.travel import Spot

BOTH = frozenset({MAREN, TOMAS})
TEN = datetime(2026, 11, 18, 10)


def week(*entries: object, staff: frozenset[object] = frozenset({MAREN}), **facts: object) -> Plan:
    spread = a_spread(*entries, **facts)  # type: ignore[arg-type]  # as the maker takes them
    columns = plan.columns_of(spread, By.STAFF, staff, plan.days_shown(spread, staff, ()))  # type: ignore[arg-type]
    return plan.drawn(spread, columns, staff=staff)  # type: ignore[arg-type]


def test_a_week_leaves_out_a_weekend_on_which_nobody_works_and_shows_it_when_somebody_is_booked() -> None:
    assert [column.day.weekday() for column in week().columns] == [0, 1, 2, 3, 4]
    saturday = an_entry(at=datetime(2026, 11, 21, 10))
    assert [column.day.weekday() for column in week(saturday).columns] == [0, 1, 2, 3, 4, 5]


def test_several_therapists_share_each_day() -> None:
    drawn = week(staff=BOTH)
    assert [(column.day, column.staff) for column in drawn.columns[:3]] == [
        (MONDAY, MAREN),
        (MONDAY, TOMAS),
        (MONDAY + timedelta(days=1), MAREN),
    ]


def test_a_visit_stands_in_its_column_with_its_buffers_and_a_ghost_has_none() -> None:
    ghost = an_entry("v-2", TEN, state=State.NO_SHOW)
    real, off = week(an_entry(before=5), ghost).of_column(2)
    assert (real.start, real.end, real.low, real.high) == (600, 660, 595, 675)
    assert (off.low, off.high) == (600, 660)
    assert real.lane.right == off.lane.left


def test_by_room_visits_without_a_room_have_a_column_of_their_own() -> None:
    spread = a_spread(
        an_entry(), an_entry("v-2", TEN, room=None, staff=TOMAS), first=date(2026, 11, 18), days=1
    )
    columns = plan.columns_of(spread, By.ROOM, BOTH, [date(2026, 11, 18)])
    drawn = plan.drawn(spread, columns, staff=BOTH)
    assert [column.room for column in columns] == [HEARTH, WILLOW, None]
    assert [(piece.column, piece.entry.id) for piece in drawn.pieces] == [(0, "v-1"), (2, "v-2")]


def test_hidden_states_and_therapists_are_left_out() -> None:
    entries = (an_entry(), an_entry("v-2", TEN, staff=TOMAS), an_entry("v-3", TEN, state=State.CANCELLED))
    spread = a_spread(*entries)
    columns = plan.columns_of(spread, By.STAFF, {MAREN}, plan.days_shown(spread, {MAREN}, ()))
    drawn = plan.drawn(spread, columns, staff={MAREN}, hidden={State.CANCELLED})
    assert [piece.entry.id for piece in drawn.pieces] == ["v-1"]


def test_a_block_stands_in_the_columns_it_concerns() -> None:
    noon, one = datetime(2026, 11, 18, 12), datetime(2026, 11, 18, 13)
    own, house = a_block(noon, one), a_block(noon, one, staff=None)
    away = a_block(noon, one, staff=TOMAS)
    drawn = week(staff=BOTH, blocks=(own, house, away))
    assert [(bar.column, bar.start, bar.end) for bar in drawn.bars] == [(4, 720, 780)] * 2 + [
        (5, 720, 780)
    ] * 2


def test_the_hours_of_each_column_are_its_therapists() -> None:
    assert week().open[0] == ((540, 1020),)


@pytest.fixture
def board() -> tuple[Plan, Geometry]:
    drawn = week(an_entry(), an_entry("v-2", datetime(2026, 11, 18, 12, 30), minutes=30))
    return drawn, Geometry(len(drawn.columns), 1000.0, 1.1)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 84), st.floats(100, 4000), st.floats(0.3, 6.0), st.data())
def test_pixels_and_minutes_find_each_other_again(
    columns: int, wide: float, scale: float, data: st.DataObject
) -> None:
    geometry = Geometry(columns, wide, scale)
    column = data.draw(st.integers(0, columns - 1))
    place = data.draw(st.integers(0, 1439))
    assert geometry.column_at(geometry.left(column) + geometry.column / 2) == column
    assert geometry.place(geometry.y(place) + scale / 2) == place


def test_what_lies_under_the_hand_is_found_and_by_its_edge_it_is_stretched(
    board: tuple[Plan, Geometry],
) -> None:
    drawn, geometry = board
    for piece in drawn.pieces:
        box = geometry.box(piece)
        middle = (box.x + box.wide / 2, box.y + box.high / 2)
        assert geometry.under(drawn, *middle) is piece
        assert geometry.grip(piece, middle[1]) is Grip.BODY
        assert geometry.grip(piece, box.y + box.high - 1) is Grip.FOOT
        assert geometry.grip(piece, box.y + 1) is Grip.TOP
    assert geometry.under(drawn, 500, 10) is None


def test_a_visit_too_low_for_edges_is_only_carried() -> None:
    drawn = week(an_entry(minutes=15))
    assert Geometry(5, 1000, 0.5).grip(drawn.pieces[0], drawn.pieces[0].start * 0.5 + 7) is Grip.BODY


SPRING_WEEK = a_spread(first=date(2026, 3, 8))
AUTUMN_WEEK = a_spread(first=date(2026, 11, 1))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([SPRING_WEEK, AUTUMN_WEEK, a_spread()]),
    st.integers(0, 6),
    st.floats(-200, 1700),
    st.sampled_from([5, 15, 30]),
)
def test_a_hand_always_snaps_to_a_time_that_exists(spread: object, n: int, at: float, step: int) -> None:
    days = [spread.first + timedelta(days=each) for each in range(7)]  # type: ignore[attr-defined]
    columns = plan.columns_of(spread, By.STAFF, {MAREN}, days)  # type: ignore[arg-type]
    drawn = plan.drawn(spread, columns, staff={MAREN})  # type: ignore[arg-type]
    place = snapped(drawn, n, at, step)
    minute, second = drawn.ruler.minute(place)
    assert drawn.exists(n, place)
    assert (minute % step, second) == (0, False)
    nearest = min(max(at, 0), drawn.ruler.length - step)
    others = [each for each in range(0, drawn.ruler.length, step) if drawn.exists(n, each)]
    assert abs(place - nearest) <= min(abs(each - nearest) for each in others) + step


def test_in_the_night_of_spring_nothing_snaps_into_the_hour_that_is_skipped() -> None:
    spread = SPRING_WEEK
    columns = plan.columns_of(spread, By.STAFF, {MAREN}, [spread.first])
    drawn = plan.drawn(spread, columns, staff={MAREN})
    assert snapped(drawn, 0, 150, 15) in {105, 180}
    assert drawn.wall(0, 180) == datetime(2026, 3, 8, 3)


# Travelling


def test_the_keyboard_stops_at_visits_and_at_free_half_hours(board: tuple[Plan, Geometry]) -> None:
    drawn, _geometry = board
    line = travel.stops(drawn, 2)
    around = [(spot.place, spot.visit) for spot in line if 570 <= spot.place <= 810]
    assert around == [
        (570, None),
        (600, "v-1"),
        (675, None),
        (690, None),
        (720, None),
        (750, "v-2"),
        (795, None),
        (810, None),
    ]


def test_arrows_go_down_up_and_across_and_stop_at_the_ends(board: tuple[Plan, Geometry]) -> None:
    drawn, _geometry = board
    visit = Spot(2, 600, drawn.pieces[0].entry.id)
    assert travel.next_stop(drawn, visit, 1) == Spot(2, 675)
    assert travel.next_stop(drawn, visit, -1) == Spot(2, 570)
    assert travel.next_stop(drawn, Spot(2, 610), -1) == visit
    assert travel.next_stop(drawn, Spot(2, 0), -1) == Spot(2, 0)
    assert travel.across(drawn, Spot(1, 630), 1) == visit
    assert travel.across(drawn, visit, 1) == Spot(3, 600)
    assert travel.across(drawn, Spot(4, 600), 1) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 12)), max_size=8))
def test_going_down_step_by_step_meets_every_visit_once(times: list[tuple[int, int]]) -> None:
    entries = [
        an_entry(f"v-{n}", datetime(2026, 11, 18) + timedelta(minutes=15 * at), minutes=15 * length)
        for n, (at, length) in enumerate(times)
        if at * 15 + length * 15 < 1440
    ]
    drawn = week(*entries)
    spot = travel.stops(drawn, 2)[0]
    met = [spot]
    while (after := travel.next_stop(drawn, spot, 1)) != spot:
        spot = after
        met.append(spot)
    assert sorted(each.visit for each in met if each.visit) == sorted(entry.id for entry in entries)


# Fitting


def wish(entry: object = None, at: datetime = TEN, **facts: object) -> Wish:
    base = Wish(entry or an_entry("v-9", datetime(2026, 11, 17, 9)), at, 60, MAREN, HEARTH)  # type: ignore[arg-type]
    return replace(base, **facts)  # type: ignore[arg-type]


def test_a_free_time_fits_and_touching_is_not_overlapping() -> None:
    spread = a_spread(an_entry())
    assert in_the_way(spread, wish(at=datetime(2026, 11, 18, 11, 15))) is None
    assert in_the_way(spread, wish(at=datetime(2026, 11, 18, 8, 45))) is None


def test_a_move_onto_a_buffer_meets_the_therapist() -> None:
    clash = in_the_way(a_spread(an_entry()), wish(at=datetime(2026, 11, 18, 11)))
    assert clash == Clash(Why.STAFF, Span.of(TEN, 60))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"staff": TOMAS}, Why.ROOM),
        ({"staff": TOMAS, "room": RoomId("willow")}, None),
        ({"staff": TOMAS, "room": None}, None),
    ],
)
def test_another_therapist_needs_another_room(facts: dict[str, object], why: Why | None) -> None:
    clash = in_the_way(a_spread(an_entry()), wish(**facts))  # type: ignore[arg-type]  # as made
    assert (clash.why if clash else None) == why


def test_a_block_is_in_the_way_with_its_reason() -> None:
    block = a_block(datetime(2026, 11, 18, 10, 30), datetime(2026, 11, 18, 11), reason="Team meeting")
    clash = in_the_way(a_spread(blocks=(block,)), wish())
    assert clash == Clash(Why.BLOCKED, Span(block.start, block.end), "Team meeting")


@pytest.mark.parametrize(
    ("entry", "facts", "why"),
    [
        (an_entry("v-9", state=State.DONE), {"minutes": 45}, Why.OVER),
        (an_entry("v-9", state=State.IN_TREATMENT), {"minutes": 75}, None),
        (an_entry("v-9", state=State.IN_TREATMENT), {"at": TEN + timedelta(hours=1)}, Why.OVER),
        (an_entry("v-9", state=State.DONE), {"at": TEN + timedelta(hours=2), "copy": True}, None),
        (an_entry("v-9", client=None), {}, Why.OTHERS),
    ],
)
def test_what_is_over_stays_where_it_is(entry: object, facts: dict[str, object], why: Why | None) -> None:
    clash = in_the_way(a_spread(entry), wish(entry, **facts))  # type: ignore[arg-type]  # as made
    assert (clash.why if clash else None) == why


def test_a_therapist_gives_no_visit_to_a_colleague() -> None:
    spread = a_spread(own_only=True)
    assert in_the_way(spread, wish(staff=TOMAS)) == Clash(Why.OTHERS)
    assert in_the_way(replace(spread, may_change=False), wish()) == Clash(Why.OTHERS)


def test_a_visit_put_where_it_was_stays() -> None:
    entry = an_entry()
    assert Wish(entry, entry.at, 60, MAREN, HEARTH).stays
    assert not Wish(entry, entry.at, 60, MAREN, HEARTH, copy=True).stays
