"""The quick check asks what applies, and everything where the history is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic.rules.asking import ALWAYS, SOMETIMES, Renewal, quick_asks, renewal

CLEAR: dict[str, Any] = {
    "F01": "not_applicable",
    "D01": {"diagnosed": "no"},
    "J02": {"diabetes": "none"},
    "B02": {"sites": ["left_knee"]},
}


def test_without_a_history_everything_is_asked() -> None:
    assert quick_asks(None) == quick_asks({}) == ALWAYS | SOMETIMES


def test_what_does_not_apply_is_left_out() -> None:
    assert quick_asks(CLEAR) == ALWAYS


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Q7", {"F01": "no"}),
        ("Q9", {"D01": {"diagnosed": "unsure"}}),
        ("Q10", {"J02": {"diabetes": "type_2"}}),
        ("Q11", {"B02": {"sites": ["low_back"]}}),
    ],
)
def test_what_may_apply_is_asked(question: str, said: dict[str, Any]) -> None:
    assert quick_asks(CLEAR | said) == ALWAYS | {question}


@pytest.mark.parametrize(
    ("answered", "ends", "last_visit", "due"),
    [
        (None, None, None, Renewal.NEVER_ASKED),
        (date(2026, 1, 1), date(2026, 11, 17), date(2026, 11, 1), Renewal.OVERDUE),
        (date(2026, 1, 1), date(2026, 11, 18), date(2026, 11, 1), Renewal.SOON),
        (date(2026, 1, 1), date(2026, 12, 18), date(2026, 11, 1), Renewal.SOON),
        (date(2026, 1, 1), date(2026, 12, 19), date(2026, 11, 1), Renewal.CURRENT),
        (date(2026, 1, 1), date(2027, 1, 1), date(2026, 5, 22), Renewal.CURRENT),
        (date(2026, 1, 1), date(2027, 1, 1), date(2026, 5, 21), Renewal.OVERDUE),
        (date(2026, 6, 1), date(2027, 6, 1), date(2026, 1, 21), Renewal.CURRENT),
        (date(2026, 1, 1), date(2027, 1, 1), None, Renewal.CURRENT),
    ],
)
def test_a_history_is_asked_again_in_time(
    answered: date | None, ends: date | None, last_visit: date | None, due: Renewal
) -> None:
    assert renewal(answered, ends, last_visit, date(2026, 11, 18)) is due
