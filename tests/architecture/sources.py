"""The program as text: its files, and what stands in them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@cache
def committed() -> tuple[Path, ...]:
    """Every file that belongs to the project, new ones included."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(file for name in listed.split("\0") if name and (file := ROOT / name).is_file())


def python_in(*rooms: str) -> Iterator[Path]:
    """The Python files of these folders; a room that is one file counts as well."""
    for room in rooms:
        one_file = ROOT / f"{room}.py"
        yield from [one_file] if one_file.is_file() else []
        yield from sorted((ROOT / room).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def nodes(*rooms: str) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every syntax tree of these folders, with the file it stands in."""
    for file in python_in(*rooms):
        for node in ast.walk(tree(file)):
            yield file, node


def place(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
