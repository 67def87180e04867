"""How near the end of a certificate, a policy or a registration is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clinic.rules.credentials import ENDED, Paper, hours, rung

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("paper", "days", "step"),
    [
        (Paper.CERTIFICATE, 91, None),
        (Paper.CERTIFICATE, 90, 90),
        (Paper.POLICY, 90, None),
        (Paper.POLICY, 60, 60),
        (Paper.POLICY, 8, 30),
        (Paper.REGISTRATION, 7, 7),
        (Paper.REGISTRATION, 0, 7),
        (Paper.POLICY, -1, ENDED),
    ],
)
def test_each_paper_has_its_ladder(paper: Paper, days: int, step: int | None) -> None:
    assert rung(paper, TODAY + timedelta(days), TODAY) == step


def test_an_end_nobody_wrote_down_is_unknown() -> None:
    assert rung(Paper.POLICY, None, TODAY) is None


def test_only_courses_of_the_last_two_years_count() -> None:
    courses = [
        (date(2026, 3, 14), 6.5),
        (date(2024, 11, 18), 12.0),
        (date(2024, 11, 19), 3.0),
        (date(2027, 1, 1), 9.0),
    ]
    assert hours(courses, TODAY) == 9.5
