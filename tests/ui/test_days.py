"""Days are read as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.days import typed_day

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t", date(2026, 11, 18)),
        (" Today ", date(2026, 11, 18)),
        ("tomorrow", date(2026, 11, 19)),
        ("ayer", date(2026, 11, 17)),
        ("+2w", date(2026, 12, 2)),
        ("-1", date(2026, 11, 17)),
        ("+3d", date(2026, 11, 21)),
        ("+1m", date(2026, 12, 18)),
        ("-1y", date(2025, 11, 18)),
        ("nov 3", date(2026, 11, 3)),
        ("November 3, 2025", date(2025, 11, 3)),
        ("3 nov", date(2026, 11, 3)),
        ("3 de enero de 2027", date(2027, 1, 3)),
        ("jan 3", date(2027, 1, 3)),
        ("11/3", date(2026, 11, 3)),
        ("11/3/26", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("feb 29", date(2028, 2, 29)),
        ("fri", date(2026, 11, 20)),
        ("wed", date(2026, 11, 18)),
        ("12/31/99", date(1999, 12, 31)),
    ],
)
def test_a_typed_day_is_the_one_meant(typed: str, meant: date) -> None:
    assert typed_day(typed, WEDNESDAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "13/13", "feb 30", "2026-02-29", "+9999y", "nov", "nov 3 0000", "1/2/3/4"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert typed_day(typed, WEDNESDAY) is None


def test_a_birthday_lies_behind_us() -> None:
    assert typed_day("11/3/62", WEDNESDAY, past=True) == date(1962, 11, 3)
    assert typed_day("dec 24", WEDNESDAY, past=True) == date(2025, 12, 24)


@given(st.text(max_size=30))
def test_no_text_is_too_strange_to_be_read(typed: str) -> None:
    assert typed_day(typed, WEDNESDAY) is None or isinstance(typed_day(typed, WEDNESDAY), date)


@given(st.dates(date(1920, 1, 1), date(2100, 1, 1)))
def test_a_day_written_with_its_year_is_that_day(on: date) -> None:
    assert typed_day(on.isoformat(), WEDNESDAY) == on
    assert typed_day(f"{on.month}/{on.day}/{on.year}", WEDNESDAY) == on


@given(st.integers(-300, 300))
def test_a_step_counts_days(days: int) -> None:
    assert typed_day(f"{days:+d}", WEDNESDAY) == WEDNESDAY + timedelta(days=days)
