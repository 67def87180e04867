"""What is told at the table outlasts the day, or does not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from clinic.rules.answers import Answered
from clinic.rules.carrying import carried

FULL = {"K01": [{"name": "Ibuprofen"}], "I01": [], "C01": {"feverish": "no"}, "F01": "no"}


def carry(**quick: Any) -> dict[str, Any] | None:
    full = Answered(datetime(2026, 9, 1, 9), FULL)
    return carried(full, Answered(datetime(2026, 11, 18, 14), quick))


def test_a_new_medicine_joins_the_list() -> None:
    version = carry(Q3=[{"name": "Warfarin"}])
    assert version == FULL | {"K01": [{"name": "Ibuprofen"}, {"name": "Warfarin"}]}


def test_a_pregnancy_told_at_the_table_is_remembered() -> None:
    version = carry(Q7={"pregnancy": "yes"})
    assert version is not None
    assert version["F01"] == "yes"


@pytest.mark.parametrize("quick", [{"Q5": {"one_sided_swelling": "unsure"}}, {"Q11": {"saddle": "yes"}}])
def test_a_sign_that_is_unsure_counts_as_news(quick: dict[str, Any]) -> None:
    assert carry(**quick) is not None


@pytest.mark.parametrize(
    "quick",
    [
        {},
        {"Q3": [], "Q4": [], "Q11": {"saddle": "no"}},
        {"Q1": {"feverish": "yes"}, "Q13": {"alcohol": "yes"}},
        {"Q7": {"pregnancy": "no"}},
        {"Q3": [{"name": "Ibuprofen"}]},
    ],
)
def test_what_speaks_for_the_day_alone_makes_no_new_version(quick: dict[str, Any]) -> None:
    assert carry(**quick) is None
