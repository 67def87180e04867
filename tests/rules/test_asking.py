"""The quick check asks what applies, and everything where the history is not known."""

from __future__ import annotations

from typing import Any

import pytest

from clinic.rules.asking import ALWAYS, SOMETIMES, quick_asks

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
