"""Packing: nothing that overlaps lies over something else, and whoever is alone has the whole width."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ui.screens.calendar.packing import WHOLE, Lane, meet, packed
from ui.screens.calendar.plan import GHOSTS, lanes_of

TIMES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(5, 120)).map(lambda t: (t[0], t[0] + t[1])), max_size=14
)


def lie_over(one: Lane, other: Lane) -> bool:
    return one.left < other.right - 1e-9 and other.left < one.right - 1e-9


@settings(max_examples=150, deadline=None)
@given(TIMES)
def test_what_overlaps_stands_beside_one_another(times: list[tuple[int, int]]) -> None:
    lanes = packed(times)
    for n, one in enumerate(times):
        for m, other in enumerate(times[:n]):
            if meet(one, other):
                assert not lie_over(lanes[n], lanes[m])


@settings(max_examples=100, deadline=None)
@given(TIMES)
def test_lanes_stay_in_the_column_and_who_meets_nobody_has_it_all(times: list[tuple[int, int]]) -> None:
    lanes = packed(times)
    for n, one in enumerate(times):
        assert 0 <= lanes[n].left < lanes[n].right <= 1
        if not any(meet(one, other) for m, other in enumerate(times) if m != n):
            assert lanes[n] == WHOLE


@settings(max_examples=100, deadline=None)
@given(TIMES, st.integers(0, 2**14 - 1))
def test_ghosts_never_lie_over_what_takes_place(times: list[tuple[int, int]], which: int) -> None:
    marked = [(bool(which >> n & 1), time) for n, time in enumerate(times)]
    lanes = lanes_of(marked)
    for n, (_holds, one) in enumerate(marked):
        for m, (_other, other) in enumerate(marked[:n]):
            if meet(one, other):
                assert not lie_over(lanes[n], lanes[m])


def test_an_end_that_touches_a_beginning_meets_nobody() -> None:
    assert packed([(0, 60), (60, 120)]) == (WHOLE, WHOLE)


def test_two_share_the_width_and_a_third_that_meets_one_of_them_takes_what_is_left() -> None:
    assert packed([(0, 60), (30, 90), (60, 120)]) == (Lane(0, 0.5), Lane(0.5, 1), Lane(0, 0.5))


def test_a_ghost_gives_way_to_what_takes_place() -> None:
    assert lanes_of([(True, (0, 60)), (False, (30, 90))]) == (Lane(0, GHOSTS), Lane(GHOSTS, 1))
    assert lanes_of([(False, (30, 90))]) == (WHOLE,)
