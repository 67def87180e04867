"""Plans: what is hinted at, what physical therapy asks for, and how far a series has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import plans
from clinic.rules.plans import Advice, Goal, GoalKind, Hint, Series, Side
from clinic.values import Technique

GOOD = Series(
    begins_on=date(2026, 11, 1),
    visits=6,
    times=1,
    weeks=2,
    minutes=60,
    review_every=2,
    goals=(Goal(GoalKind.FUNCTION, "Reverse the car"),),
    letter=True,
    letter_visits=6,
)


def test_a_usual_plan_draws_no_hint() -> None:
    assert plans.hints(GOOD) == ()


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"condition": "Cervicalgia", "minutes": 30}, Hint.SHORT_FOR_NECK),
        ({"goals": (Goal(GoalKind.FUNCTION, tool="NDI"),), "minutes": 30}, Hint.SHORT_FOR_NECK),
        ({"weeks": 4}, Hint.FAR_APART),
        ({"times": 3, "weeks": 1, "technique": Technique.DEEP_TISSUE}, Hint.DEEP_TOO_OFTEN),
        ({"goals": ()}, Hint.NO_GOAL),
        ({"goals": (Goal(GoalKind.STRESS),)}, Hint.NO_FUNCTION_GOAL),
        ({"review_every": None}, Hint.NO_REVIEW),
        ({"review_every": 3}, Hint.REVIEW_LATE),
        ({"visits": 7}, Hint.BEYOND_LETTER),
    ],
)
def test_what_is_worth_a_second_look_is_hinted_at(changes: dict[str, object], hint: Hint) -> None:
    assert hint in plans.hints(replace(GOOD, **changes))  # type: ignore[arg-type]  # each of its field's kind


@pytest.mark.parametrize(
    "changes",
    [
        {"times": 2, "weeks": 1, "technique": Technique.DEEP_TISSUE},
        {"times": 3, "weeks": 1, "technique": Technique.SWEDISH},
        {"letter": False, "letter_visits": None, "goals": (Goal(GoalKind.STRESS),), "review_every": 6},
        {"condition": "Low back pain", "minutes": 30},
    ],
)
def test_what_is_as_usual_is_not(changes: dict[str, object]) -> None:
    assert plans.hints(replace(GOOD, **changes)) == ()  # type: ignore[arg-type]  # as above


def test_before_physical_therapy_it_is_short_and_light() -> None:
    assert plans.advice(Side.BEFORE, 60) == (
        Advice.LIGHT,
        Advice.AT_MOST_HALF_AN_HOUR,
        Advice.NOT_WHERE_LOADED,
        Advice.ONE_CODE,
    )
    assert Advice.AT_MOST_HALF_AN_HOUR not in plans.advice(Side.BEFORE, 30)
    assert plans.advice(Side.AFTER, 60) == (Advice.EASE, Advice.ONE_CODE)


def test_a_day_of_physical_therapy_is_known_by_its_weekday() -> None:
    assert plans.on_pt_day(date(2026, 11, 23), ("mon", "thu"))
    assert not plans.on_pt_day(date(2026, 11, 24), ("mon", "thu"))


@pytest.mark.parametrize(
    ("done", "measured", "review"),
    [(0, [], 1), (3, [], 4), (1, [1], 3), (4, [1], 5), (5, [1, 4], 6), (6, [1], None)],
)
def test_the_next_review_is_so_many_visits_after_the_last(
    done: int, measured: list[int], review: int | None
) -> None:
    assert plans.progress(GOOD, done, 0, measured).review_at == review


@given(done=st.integers(0, 12), ahead=st.integers(0, 12), measured=st.lists(st.integers(1, 12)))
def test_progress_never_counts_below_nothing_nor_reviews_the_past(
    done: int, ahead: int, measured: list[int]
) -> None:
    counted = plans.progress(GOOD, done, ahead, measured)
    assert 0 <= counted.left <= GOOD.visits
    assert counted.review_at is None or done < counted.review_at <= GOOD.visits


def test_without_reviews_none_is_due() -> None:
    assert plans.progress(replace(GOOD, review_every=None), 2, 0, []).review_at is None
