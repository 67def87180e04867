"""Whoever wants the same hour or the next number in the same instant gets what is left, or is told why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.running import complaint_of, counts_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.sweep(1000)
@pytest.mark.parametrize("many", [2, 8])
def test_an_hour_is_held_once(many: int, rounds: int, fresh_practice: Path, tmp_path: Path) -> None:
    assert counts_of("races", tmp_path, fresh_practice, "book", many, rounds) == {"rounds": rounds}


@pytest.mark.sweep(1000)
@pytest.mark.parametrize("many", [2, 8])
def test_a_block_and_a_visit_never_miss_each_other(
    many: int, rounds: int, fresh_practice: Path, tmp_path: Path
) -> None:
    assert counts_of("races", tmp_path, fresh_practice, "block", many, rounds) == {"rounds": rounds}


@pytest.mark.sweep(200)
@pytest.mark.parametrize("many", [2, 8])
def test_two_tills_take_numbers_that_follow_on(
    many: int, rounds: int, fresh_practice: Path, tmp_path: Path
) -> None:
    assert counts_of("races", tmp_path, fresh_practice, "check_out", many, rounds) == {"rounds": rounds}


@pytest.mark.parametrize("race", ["book", "block", "check_out"])
def test_a_lock_taken_too_late_is_found(race: str, fresh_practice: Path, tmp_path: Path) -> None:
    bug = "lock_not_taken_at_the_beginning"
    assert "Error" in complaint_of("races", tmp_path, fresh_practice, race, 2, 1000, bug)
