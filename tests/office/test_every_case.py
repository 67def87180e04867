"""No case of the domain reference about eligibility, papers and records is missing among those tried as a user."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

AS_A_USER = ("office", "ui", "storage")
"""Folders whose tests call what the window and its storage call; rules and files are tried beside them."""
ELIGIBILITY = (
    "C01 C02 C04 C06 C07 C08 C11 C12 C13 C14 C16 C17 C19 C20 C21 C22 C24 C25 C26 C27 C29 C30 C31 C32 C33 C34 "
    "C36 C37 C38 C40 C41 C42 C44"
)
PAPERS = "D01 D04 D05 D07 D08 D09 D10 D11 D12 D13 D15 D16 D17 D18 D19 D20 D21 D22 D24 D26 D28 D29 D30 D31"
NAMED = re.compile(r"(?:^|_)([cd]\d\d)(?=_)")
TAGGED = re.compile(r"([CD]\d\d)(?:\b|-)")


def tried(path: Path) -> set[str]:
    """Name the cases that a file of tests tries: in the name of a test, or of one of its examples."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found |= {name.upper() for name in NAMED.findall(node.name)}
        if isinstance(node, ast.keyword) and node.arg == "id":
            found |= {tag for each in ast.walk(node.value) if isinstance(each, ast.Constant)
                      for tag in TAGGED.findall(str(each.value))}  # fmt: skip
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            keys = [key.value for key in node.value.keys if isinstance(key, ast.Constant)]
            if names == ["CASES"]:
                found |= {tag for key in keys for tag in TAGGED.findall(str(key))}
    return found


def test_every_case_is_tried_by_the_windows_own_tasks() -> None:
    files = [path for name in AS_A_USER for path in (ROOT / "tests" / name).rglob("test_*.py")]
    found = set[str]().union(*map(tried, files))
    wanted = {*ELIGIBILITY.split(), *PAPERS.split()}
    assert len(wanted) == 57
    assert wanted - found == set()
