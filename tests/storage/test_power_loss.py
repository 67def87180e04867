"""When the power goes out, what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clinic.storage import checks, connection
from clinic.storage.vault import Vault
from tests import practices
from tests.storage import power

if TYPE_CHECKING:
    import random
    from pathlib import Path

A_STEP = 25
"""States made of each step."""
BEFORE = 1
"""The taking in of the practice is an operation too."""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("power"))


def lost(practice: Path, folder: Path, rounds: int, dice: random.Random) -> list[str]:
    """Say for each state in which something is wrong what that is."""
    live = practices.copied(practice, folder / "live")
    desk = practices.sit_down(live)
    key = desk.vault.data_key
    desk.close()
    wrong = []
    for n, (before, after) in enumerate(power.pictures(live, rounds // A_STEP, dice)):
        for m, state in enumerate(power.states(before, after, A_STEP, dice)):
            there = folder / f"{n}-{m}"
            wrong += complaints(state, power.found(state, live, key, there))
            shutil.rmtree(there)
    return wrong


def complaints(state: power.State, vault: Vault) -> list[str]:
    """Look at one state as the program does when it starts."""
    bad = [f"{finding.check} not in order" for finding in checks.of_file(vault) if not finding.ok]
    with closing(vault.raw()) as opened:
        numbers = {str(row[0]) for row in opened.execute("SELECT number FROM papers")}
        lines = opened.execute("SELECT count(*) FROM lines").fetchone()[0]
        operations = opened.execute("SELECT count(*) FROM operations").fetchone()[0]
    vault.close()
    if not state.must <= numbers <= state.must | state.may:
        bad.append("a receipt lost or made up")
    if lines != len(numbers) or operations != len(numbers) + BEFORE:
        bad.append("half an operation")
    return bad


@pytest.mark.sweep(20_000)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(
    rounds: int, practice: Path, tmp_path: Path, dice: random.Random
) -> None:
    assert lost(practice, tmp_path, rounds, dice) == []


def test_a_file_that_is_not_synced_at_each_commit_is_found_out(
    practice: Path, tmp_path: Path, dice: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = tuple(setting.replace("=FULL", "=NORMAL") for setting in connection.CAREFUL)
    monkeypatch.setattr(connection, "CAREFUL", careless)
    monkeypatch.setitem(Vault.__init__.__kwdefaults__ or {}, "settings", careless)
    assert "a receipt lost or made up" in lost(practice, tmp_path, 150, dice)
