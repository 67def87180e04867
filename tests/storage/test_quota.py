"""A disk that takes no more is told as such; nothing is lost, and reading goes on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.sweep(400)
def test_whatever_fits_on_the_disk_nothing_is_lost(rounds: int, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.storage.quota", str(tmp_path), str(rounds)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "'disk_" in run.stdout
    assert "['done']" in run.stdout
