"""House rules that no linter knows, read from the syntax tree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, nodes, place, python_in, tree

LAST_RESORT = {
    Path("ui/runner.py"),
    Path("ui/app.py"),
    Path("clinic/cli/__init__.py"),
    Path("main.py"),
    # A rule that throws holds the booking; it never waves it through.
    Path("clinic/rules/contraindications/engine.py"),
}
MIGRATIONS = Path("clinic/storage/migrations")
MONEY = [
    f"clinic/{room}"
    for room in (
        "values",
        *("rules/annual", "rules/billing", "rules/books", "rules/bundles", "rules/claims", "rules/counting"),
        *("rules/eligibility", "rules/gifts", "rules/necessity", "rules/units"),
    )
]
WORLDLY = {
    *(
        "datetime.now",
        "now",
        "datetime.utcnow",
        "utcnow",
        "datetime.today",
        "date.today",
        "today",
        "time.time",
    ),
    *("open", "print", "input"),
}
LONGEST = 400


def inside(file: Path) -> Path:
    return file.relative_to(ROOT)


def takes_work(function: ast.FunctionDef) -> bool:
    return any(
        argument.annotation is not None and ast.unparse(argument.annotation).strip("'\"") == "Work"
        for argument in (*function.args.posonlyargs, *function.args.args)
    )


def asks_leave(function: ast.FunctionDef) -> bool:
    """Whether the first thing it does is ``work.require(...)``, with or without keeping the answer."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    first = body[0] if body else None
    call = first.value if isinstance(first, ast.Expr | ast.Assign) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "work.require"


def test_every_office_task_first_asks_for_leave() -> None:
    """Records are reached through ``Work`` alone, so what takes no ``Work`` needs no leave."""
    tasks = [
        (file, node)
        for file in python_in("clinic/office")
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and takes_work(node)
    ]
    assert tasks
    assert [place(file, task) for file, task in tasks if not asks_leave(task)] == []


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("work.require(P.X)", True),
        ('"""Say."""\n    work.require(P.X, client=c)', True),
        ("reach = work.require(P.X)", True),
        ("x = 1\n    work.require(P.X)", False),
        ("return work.get(1)", False),
        ("if x:\n        work.require(P.X)", False),
        ('"""Only words."""', False),
    ],
)
def test_the_test_for_leave_is_not_fooled(body: str, *, asks: bool) -> None:
    function = ast.parse(f"def task(work: Work):\n    {body}\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert takes_work(function)
    assert asks_leave(function) is asks


def test_the_practice_commits_in_one_place() -> None:
    commits = [
        place(file, node)
        for file, node in nodes("clinic")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert [where.partition(":")[0] for where in commits] == ["clinic/storage/work.py"]


def test_only_the_last_resort_catches_everything() -> None:
    """A handler that puts things straight and passes the same exception on hides nothing."""
    broad = [
        place(file, node)
        for file, node in nodes("clinic", "ui", "main")
        if isinstance(node, ast.ExceptHandler)
        and inside(file) not in LAST_RESORT
        and (
            node.type is None
            or {"Exception", "BaseException"} & set(ast.unparse(node.type).strip("()").split(", "))
        )
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert broad == []


def test_no_change_slips_past_the_audit() -> None:
    """A bulk update or delete is never flushed, so the trail would not see it; what is erased it must not see."""
    bulk = [
        place(file, node)
        for file, node in nodes("clinic")
        if MIGRATIONS not in inside(file).parents
        and isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and {"update", "delete"} & {name.name for name in node.names}
    ]
    assert [where.partition(":")[0] for where in bulk] == ["clinic/storage/erasing.py"]


def test_money_meets_no_float() -> None:
    floats = [
        place(file, node)
        for file, node in nodes(*MONEY)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id in {"float", "round"})
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    ]
    assert floats == []


def test_rules_look_at_no_clock_and_no_file() -> None:
    worldly = [
        place(file, node)
        for file, node in nodes("clinic/rules")
        if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("datetime.") in WORLDLY
    ]
    assert worldly == []


def test_every_file_is_about_one_noun() -> None:
    long = {
        str(inside(file)): lines
        for file in python_in("clinic", "ui", "tests", "benchmarks", "main")
        if "versions" not in file.parts  # a migration that was shipped is not taken apart
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}
