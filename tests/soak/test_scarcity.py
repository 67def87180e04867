"""A disk that is full is told of in a word, loses nothing, and is no trouble any more once there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.running import complaint_of, counts_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.sweep(120)
def test_a_full_disk_loses_nothing(rounds: int, fresh_practice: Path, tmp_path: Path) -> None:
    assert counts_of("scarcity", tmp_path, fresh_practice, rounds)["failed"] > rounds


def test_an_error_that_nobody_translates_is_found(fresh_practice: Path, tmp_path: Path) -> None:
    complaint = complaint_of("scarcity", tmp_path, fresh_practice, 10, "driver_not_translated")
    assert complaint == "AssertionError: the task failed by itself"
