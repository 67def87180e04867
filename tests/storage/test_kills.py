"""Whoever is killed while keeping something leaves the old or the new, and no litter after the next start."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    import random
    from pathlib import Path


def run_of(task: str, folder: Path, *how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.storage.crash", task, str(folder), *how],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def crashes(task: str, folder: Path, *how: str) -> int:
    run = run_of(task, folder, *how)
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


@pytest.mark.parametrize(("task", "steps"), [("backup", 15), ("restore", 30), ("password", 15), ("new", 15)])
def test_killed_before_any_step_on_the_disk(task: str, steps: int, tmp_path: Path) -> None:
    assert crashes(task, tmp_path) >= steps


@pytest.mark.parametrize("task", ["backup", "restore", "password", "new"])
def test_a_planted_bug_turns_the_sweep_red(task: str, tmp_path: Path) -> None:
    run = run_of(task, tmp_path, "planted")
    assert run.returncode == 1
    assert "Error" in run.stderr or "Trouble" in run.stderr


@pytest.mark.soak
@pytest.mark.parametrize("task", ["backup", "restore", "password", "new"])
def test_killed_at_any_moment(task: str, tmp_path: Path, dice: random.Random) -> None:
    assert crashes(task, tmp_path, str(dice.random())) > 20
