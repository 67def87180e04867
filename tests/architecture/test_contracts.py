"""The rooms may see what `pyproject.toml` lets them see, and the check of it can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for room in ("clinic", "ui"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(file: Path, line: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


def test_every_contract_is_kept() -> None:
    report = lint_imports(ROOT)
    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("clinic/values.py", "import PySide6.QtCore", "The practice knows no window"),
        ("clinic/office/__init__.py", "import ui.theme", "The practice knows no window"),
        ("clinic/rules/__init__.py", "import sqlalchemy", "Rules are pure"),
        ("clinic/rules/__init__.py", "import clinic.records", "Rooms of the practice"),
        ("clinic/documents/__init__.py", "import clinic.records", "Paper and post room"),
        ("ui/__init__.py", "import clinic.storage", "The window asks the office"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy: Path, file: str, line: str, broken: str) -> None:
    plant(copy / file, line)
    report = lint_imports(copy)
    assert report.returncode == 1
    assert any(broken in said and "BROKEN" in said for said in report.stdout.splitlines()), report.stdout


def test_a_room_without_a_name_breaks_the_layers(copy: Path) -> None:
    (copy / "clinic" / "services.py").write_text('"""A room nobody named."""\n', encoding="utf-8")
    assert lint_imports(copy).returncode == 1
