"""Tests of the domain reference's cases, from a portable file to the year's tables, by command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from clinic import cli
from clinic.office import sign_in
from tests import practices

FOLDER = Path(__file__).parents[1] / "cases" / "eligibility"
CASES = sorted(FOLDER.glob("*.expect.json"))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty practice; copied, never used itself."""
    path = tmp_path_factory.mktemp("empty") / "practice.clinic"
    new = sign_in.NewPractice("Case", practices.PEOPLE["owner"], practices.PASSWORD, "America/Los_Angeles")
    desk, _ = sign_in.create(path, new, cost=practices.CHEAP)
    desk.close()
    return path


def rows(path: Path, key: str) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def test_there_are_cases() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name.removesuffix(".expect.json")) for case in CASES]
)
def test_a_case_of_the_domain_reference(
    case: Path,
    empty: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    practice = practices.copied(empty, tmp_path / "p")
    monkeypatch.setenv("CLINIC_PRACTICE", str(practice))
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    source = FOLDER / f"{case.name.split('.')[0]}.json"
    assert cli.run(["import", str(source)]) == 0, capsys.readouterr().err
    wanted = json.loads(case.read_text("utf-8"))
    folder = tmp_path / "set"
    words = ["year-end", str(wanted["year"]), "--to", str(folder), "--basis", wanted.get("basis", "payment")]
    assert cli.run(words) == 0, capsys.readouterr().err
    for table, key in (("lines", "line"), ("index", "client_id")):
        found = rows(folder / f"{table}.csv", key)
        for item, cells in wanted.get(table, {}).items():
            if cells is None:
                assert item not in found
            else:
                assert {column: found[item][column] for column in cells} == cells
