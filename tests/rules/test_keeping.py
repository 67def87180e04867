"""How long a file is kept."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.rules.keeping import keep_until


@pytest.mark.parametrize(
    ("born", "last", "until"),
    [
        (date(1974, 3, 2), date(2026, 11, 4), date(2033, 11, 4)),
        (None, date(2026, 2, 28), date(2033, 2, 28)),
        (date(2016, 5, 1), date(2026, 11, 4), date(2035, 5, 1)),  # ten years old: until nineteen
        (date(2009, 5, 1), date(2026, 11, 4), date(2033, 11, 4)),  # seventeen: seven years are longer
        (date(2008, 11, 4), date(2026, 11, 4), date(2033, 11, 4)),  # of age on the day itself
        (date(1974, 3, 2), None, None),
    ],
)
def test_a_file_is_kept_seven_years_and_a_minors_until_nineteen(
    born: date | None, last: date | None, until: date | None
) -> None:
    assert keep_until(born, last) == until


def test_a_practice_may_keep_longer() -> None:
    assert keep_until(None, date(2026, 11, 4), 10) == date(2036, 11, 4)
