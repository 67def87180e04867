"""Run one of the programs of this folder by itself: they fork, so no thread of the tests may be near."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def run_of(program: str, folder: Path, *how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"tests.soak.{program}", str(folder), *map(str, how)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def counts_of(program: str, folder: Path, *how: object) -> dict[str, Any]:
    run = run_of(program, folder, *how)
    assert run.returncode == 0, run.stderr
    counts: dict[str, Any] = json.loads(run.stdout)
    return counts


def complaint_of(program: str, folder: Path, *how: object) -> str:
    """Run a program with a planted bug, and return its last line: it must not end well."""
    run = run_of(program, folder, *how)
    assert run.returncode == 1, run.stdout
    return run.stderr.strip().splitlines()[-1]
