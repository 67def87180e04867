"""A breach of data: by when who has to be told."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.rules import breach
from clinic.rules.breach import Breach

NOTICED = date(2026, 11, 23)


@pytest.mark.parametrize(("covered", "hipaa"), [(False, None), (True, date(2027, 1, 22))])
def test_d26_residents_within_thirty_days_and_hipaa_within_sixty(
    covered: bool,  # noqa: FBT001 - a column of the table
    hipaa: date | None,
) -> None:
    days = breach.deadlines(Breach(NOTICED, 500), covered=covered)
    assert (days.residents, days.hipaa, days.attorney_general) == (date(2026, 12, 23), hipaa, None)


def test_of_many_the_attorney_general_hears_fifteen_days_after_they_were_told() -> None:
    assert breach.deadlines(Breach(NOTICED, 501), covered=False).attorney_general == date(2027, 1, 7)
    told = Breach(NOTICED, 501, date(2026, 11, 30))
    assert breach.deadlines(told, covered=False).attorney_general == date(2026, 12, 15)
