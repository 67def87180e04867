"""Whoever is killed at the till, or while a set is written, leaves nothing half done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.running import complaint_of, counts_of

if TYPE_CHECKING:
    import random
    from pathlib import Path

OF_THE_TILL = {
    "number_taken_outside_the_transaction": "numbers",
    "operation_not_written": "check_out",
    "audit_after_commit": "AssertionError",
    "mark_forgotten": "mark too low",
    "told_before_commit": "Error",
    "careless_with_the_disk": "AssertionError",
}
OF_THE_SETS = {
    "YearEnd": "set_not_put_right",
    "GivingOut": "written_in_place",
    "TakingIn": "list_kept_by_itself",
    "BackingUp": "backup_made_in_place",
}


@pytest.mark.sweep(1000)
def test_killed_at_the_till(rounds: int, fresh_practice: Path, tmp_path: Path, dice: random.Random) -> None:
    counts = counts_of("tills", tmp_path, fresh_practice, rounds, dice.random())
    assert counts["deaths"] > rounds // 2
    assert counts["told"] > rounds // 10  # on a busy machine most are dead before they have said a word


@pytest.mark.parametrize("bug", OF_THE_TILL)
def test_a_bug_at_the_till_is_found(
    bug: str, fresh_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    assert OF_THE_TILL[bug] in complaint_of("tills", tmp_path, fresh_practice, 150, dice.random(), bug)


@pytest.mark.sweep(100)
@pytest.mark.parametrize("scene", OF_THE_SETS)
def test_killed_while_writing_a_set(
    rounds: int, scene: str, full_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    counts = counts_of("sets", tmp_path, full_practice, rounds, dice.random(), scene)
    # A life now and then takes fewer steps than the one that was counted, and of few rounds this may be several.
    assert counts["deaths"] >= min(rounds, counts["steps"]) * (9 if rounds > 20 else 5) // 10


@pytest.mark.parametrize("scene", OF_THE_SETS)
def test_a_bug_in_writing_a_set_is_found(
    scene: str, full_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    bug = OF_THE_SETS[scene]
    complaint = complaint_of("sets", tmp_path, full_practice, 1000, dice.random(), scene, bug)
    assert complaint.split(":")[0].rpartition(".")[2] in {
        "AssertionError",
        "FileNotFoundError",
        "Refusal",
        "Trouble",
    }


@pytest.mark.sweep(200)
def test_killed_while_a_client_is_erased(
    rounds: int, aged_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    counts = counts_of("sets", tmp_path, aged_practice, rounds, dice.random(), "Erasing")
    assert counts["deaths"] >= min(rounds, counts["steps"]) // 2


def test_words_erased_before_anybody_vouches_for_it_are_found(
    aged_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    bug = "audit_after_commit"
    said = complaint_of("sets", tmp_path, aged_practice, 1000, dice.random(), "Erasing", bug)
    assert said.startswith("AssertionError")
