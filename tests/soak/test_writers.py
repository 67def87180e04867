"""Whoever is killed while writing a note finds the draft again, with the right client, and nothing lies open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import practices
from tests.soak.running import complaint_of, counts_of

if TYPE_CHECKING:
    import random
    from pathlib import Path

BUGS = {
    "kept_beside": "in the clear",
    "kept_with_the_last_client": "draft",  # lost to its own visit, or found with another
    "told_too_early": "older than what was told",
}


@pytest.fixture(scope="module")
def written_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with three visits of the owner today, of two clients."""
    visits = [
        practices.an_appointment(f"a-kill-{n}", f"2026-11-18T{8 + n:02}:00", staff="owner", client=client)
        for n, client in ((1, "c-own"), (2, "c-other"))
    ]
    visits.append(practices.an_appointment("a-kill-3", "2026-11-18T12:00", staff="owner"))
    return practices.make(tmp_path_factory.mktemp("writers"), practices.a_document(appointments=visits))


@pytest.mark.sweep(200)
def test_killed_while_writing_a_note(
    rounds: int, written_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    counts = counts_of("writers", tmp_path, written_practice, rounds, dice.random())
    assert counts["deaths"] > rounds // 5
    assert counts["told"] > rounds // 10  # on a busy machine most are dead before they have said a word


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_in_keeping_drafts_is_found(
    bug: str, written_practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    assert BUGS[bug] in complaint_of("writers", tmp_path, written_practice, 60, dice.random(), bug)
