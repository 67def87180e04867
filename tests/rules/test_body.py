"""The drawn figure of the body: where an area lies on it."""

from __future__ import annotations

from clinic.rules.areas import MIDDLE
from clinic.rules.body import Figure, Region
from clinic.rules.notes import View


def a_square(area: str, x: float) -> Region:
    """Draw a region ten wide and ten high, so far from the left."""
    return Region(area, ((x, 0.0), (x + 10, 0.0), (x + 10, 10.0), (x, 10.0)))


def a_figure(*regions: Region) -> Figure:
    return Figure(next(iter(View)), 100.0, 10.0, (), (), regions)


def test_an_area_drawn_in_two_parts_lies_on_one_of_them_where_nothing_is_between() -> None:
    area = min(MIDDLE)
    place = a_figure(a_square(area, 0), a_square(area, 80)).place_of(area)
    assert place is not None
    assert place[0] < 0.2


def test_an_area_that_is_not_seen_lies_nowhere() -> None:
    assert a_figure(a_square("somewhere", 0)).place_of(min(MIDDLE)) is None
