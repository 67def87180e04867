"""Measures scored as their publishers do, and the change that matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import outcomes
from clinic.rules.outcomes import SCALES, Change, Score, Tool


@pytest.mark.parametrize(
    ("tool", "sections", "points", "of", "percent"),
    [
        # The Oswestry's own example: 16 of 50 is 32 %, and with one section left out 16 of 45 is 35.6 %.
        (Tool.ODI, [2, 2, 2, 2, 2, 2, 1, 1, 1, 1], 16, 50, 32.0),
        (Tool.ODI, [2, 2, 2, 2, 2, 2, 2, 1, 1, None], 16, 45, 35.6),
        (Tool.NDI, [1, 2, 1, 2, 1, 2, 1, 2, 1, 1], 14, 50, 28.0),
        (Tool.NDI, [0] * 10, 0, 50, 0.0),
        (Tool.NDI, [5] * 8 + [None, None], 40, 40, 100.0),
    ],
)
def test_questionnaires_are_scored_as_published(
    tool: Tool, sections: list[int | None], points: int, of: int, percent: float
) -> None:
    scored = outcomes.score(tool, sections)
    assert scored == Score(points, of)
    assert scored.percent == percent


@pytest.mark.parametrize(
    ("tool", "sections"),
    [
        (Tool.NDI, [1] * 9),
        (Tool.NDI, [6] + [0] * 9),
        (Tool.ODI, [1] * 7 + [None] * 3),
        (Tool.NRS, [1] * 10),
    ],
)
def test_what_has_no_score_gets_none(tool: Tool, sections: list[int | None]) -> None:
    assert outcomes.score(tool, sections) is None


def test_activities_are_averaged() -> None:
    assert outcomes.mean([3, 4, 6]) == 4.3
    assert outcomes.mean([]) is None
    assert outcomes.mean([11]) is None


@pytest.mark.parametrize(
    ("tool", "typed", "value"),
    [
        (Tool.NRS, "6", 6),
        (Tool.NRS, "11", None),
        (Tool.NRS, "six", None),
        (Tool.VAS, "62", 62),
        (Tool.NDI, "14/50", 28),
        (Tool.NDI, "14 / 45", 31.1),
        (Tool.NDI, "28 %", 28),
        (Tool.NDI, "1 2 1 2 1 2 1 2 1 1", 28),
        (Tool.NDI, "2 2 2 2 2 2 2 1 1 -", 35.6),
        (Tool.NDI, "2 2 2 2 2 2 2 1 1 x", None),
        (Tool.NDI, "60/50", None),
        (Tool.NDI, "1/0", None),
        (Tool.PSFS, "3 4 6", 4.3),
        (Tool.PSFS, "4,5", 4.5),
        (Tool.ROM, "64°", 64),
        (Tool.ROM, "-5", -5),
        (Tool.ROM, "", None),
    ],
)
def test_a_measure_is_read_as_it_is_typed(tool: Tool, typed: str, value: float | None) -> None:
    assert outcomes.read(tool, typed) == value


@pytest.mark.parametrize(
    ("tool", "first", "last", "better", "matters"),
    [
        (Tool.NRS, 6, 4, True, True),
        (Tool.NRS, 6, 5, True, False),
        (Tool.NRS, 3, 2, True, True),  # a third of where it began
        (Tool.NRS, 4, 6, False, True),
        (Tool.NRS, 0, 1, False, False),
        (Tool.VAS, 60, 41, True, False),
        (Tool.VAS, 60, 40, True, True),
        (Tool.NDI, 44, 34, True, True),
        (Tool.NDI, 44, 35, True, False),
        (Tool.ODI, 32, 42, False, True),
        (Tool.PSFS, 3, 5, True, True),
        (Tool.PSFS, 3, 4.9, True, False),
        (Tool.ROM, 52, 64, True, None),
        (Tool.NRS, 5, 5, None, False),
    ],
)
def test_a_change_matters_by_the_rule_of_its_tool(
    tool: Tool, first: float, last: float, *, better: bool | None, matters: bool | None
) -> None:
    found = outcomes.change(tool, first, last)
    assert (found.better, found.matters) == (better, matters)


@given(tool=st.sampled_from(list(Tool)), a=st.integers(0, 10), b=st.integers(0, 10))
def test_going_back_is_as_far_and_the_other_way(tool: Tool, a: int, b: int) -> None:
    there, back = outcomes.change(tool, a, b), outcomes.change(tool, b, a)
    assert there.by == -back.by
    assert isinstance(there, Change)
    assert there.better is (None if back.better is None else not back.better)


@given(
    sections=st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=10, max_size=10),
    tool=st.sampled_from([Tool.NDI, Tool.ODI]),
)
def test_typed_sections_score_like_sections(sections: list[int | None], tool: Tool) -> None:
    typed = " ".join("-" if points is None else str(points) for points in sections)
    scored = outcomes.score(tool, sections)
    assert outcomes.read(tool, typed) == (scored.percent if scored else None)


def test_every_tool_has_its_scale() -> None:
    assert set(SCALES) == set(Tool)
