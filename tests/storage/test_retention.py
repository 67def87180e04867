"""Which backups are kept, told by their numbers and by no clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from clinic.storage.retention import Copy, kept

START = datetime(2016, 1, 1, tzinfo=UTC)


def a_copy_every(hours: int, days: int) -> list[Copy]:
    return [Copy(Path(str(n)), n, START + timedelta(hours=n * hours)) for n in range(days * 24 // hours)]


def test_a_few_backups_are_all_kept() -> None:
    copies = a_copy_every(1, days=2)
    assert kept(copies) == set(copies)
    assert kept([]) == set()


def test_after_ten_years_each_age_has_its_share() -> None:
    copies = a_copy_every(6, days=365 * 12)
    left = sorted(kept(copies), key=lambda copy: copy.sequence)
    newest = left[-1]
    assert newest == copies[-1]
    assert set(copies[-48:]) <= set(left)
    assert len({copy.taken_at.date() for copy in left[-60:]}) >= 14
    assert len({copy.taken_at.year for copy in left}) == 10
    assert 60 <= len(left) <= 48 + 14 + 10 + 12 + 10


def test_a_clock_that_once_ran_ahead_costs_no_good_backup() -> None:
    copies = a_copy_every(1, days=30)
    ahead = Copy(Path("ahead"), 360, START.replace(year=2099))
    without = kept([copy for copy in copies if copy.sequence != 360])
    with_it = kept([copy for copy in copies if copy.sequence != 360] + [ahead])
    assert len(without - with_it) <= 1
    assert copies[-1] in with_it


def test_of_two_in_one_hour_the_later_number_is_kept() -> None:
    first, second = Copy(Path("a"), 1, START), Copy(Path("b"), 2, START - timedelta(minutes=0))
    assert kept([first, second]) == {second}
