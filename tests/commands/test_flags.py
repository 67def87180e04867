"""Tests of the rule book by command: every case of the catalogue's families, and what the desk is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from clinic.office import flags
from clinic.values import ClientId, Refusal, TreatmentId
from tests import practices
from tests.rules.contraindications.cases import laid_over

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases" / "screening"
AT = practices.NOW.replace(tzinfo=None)


def of_domain() -> Iterator[Any]:
    """The cases that `domain.md` names, whichever family keeps them."""
    for family in sorted(CASES.glob("*.json")):
        if family.name != "base.json":
            for case in json.loads(family.read_text("utf-8")):
                if case["id"].startswith("A") and case["id"][1:3].isdigit():
                    yield pytest.param(case, id=case["id"])


@pytest.mark.parametrize("case", list(of_domain()))
def test_a_case_of_the_domain_reference_by_command(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(laid_over(case["over"])), encoding="utf-8")
    assert cli.run(["flags", "--case", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    wanted = dict(case["expect"])
    found = {finding["rule"]: finding["severity"] for finding in answer["findings"]}
    for rule, severity in wanted.pop("findings", {}).items():
        assert found.get(rule) == severity
    for key in {"outcome", "decision", "earliest_ok", "pressure_cap", "referral"} & wanted.keys():
        assert answer[key] == wanted[key]


def test_a_case_that_cannot_be_read_is_refused_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_text(
        json.dumps({"moment": "booking", "at": "soon", "client": {}, "request": {"technique": "SW"}})
    )
    assert cli.run(["flags", "--case", str(file), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["at"] == "/at"


@pytest.mark.parametrize(
    "due", ["0001-01-01", "9999-12-31", "2027-05", "20270531", "5/31/2027", "2027-02-30"]
)
def test_a_day_that_cannot_be_meant_is_refused_at_its_place(
    due: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    expecting = {"F01": "yes", "F02": {"due": due, "high_risk": "no", "conditions": []}}
    file.write_text(json.dumps(laid_over({"full": expecting})), encoding="utf-8")
    assert cli.run(["flags", "--case", str(file), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["at"] == "/full/answers/F02/due"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    answers = {"K01": [{"name": "apixaban"}], "F01": "no"}
    document = practices.a_full_document()
    document["screenings"] = [
        {
            "id": "q-1",
            "client": "c-own",
            "kind": "full",
            "answered_at": "2026-11-01T09:00",
            "answers": answers,
        },
    ]
    return practices.make(tmp_path, document)


def judged(path: Path, person: str) -> dict[str, Any]:
    desk = practices.sit_down(path, person)
    try:
        answer, _ = desk.writing(
            lambda work: flags.of_visit(work, client=ClientId("c-own"), treatment=TreatmentId("t-90"), at=AT),
        )
    finally:
        desk.close()
    return answer


def test_the_therapist_reads_the_rule_and_the_desk_only_what_to_do(path: Path) -> None:
    whole, told = judged(path, "s-therapist"), judged(path, "s-desk")
    assert "HEM-01" in {finding["rule"] for finding in whole["findings"]}
    assert (told["outcome"], told["decision"]) == (whole["outcome"], whole["decision"])
    assert all(finding["rule"] == finding["therapist_text"] == "" for finding in told["findings"])
    assert all(finding["desk_text"] for finding in told["findings"])
    assert "HEM" not in json.dumps(told)


def test_what_was_never_answered_holds_the_visit(path: Path) -> None:
    found = {finding["rule"]: finding["severity"] for finding in judged(path, "owner")["findings"]}
    assert found["SYS-INCOMPLETE"] == "S3"


def test_a_bookkeeper_is_told_nothing(path: Path) -> None:
    with pytest.raises(Refusal, match="not_allowed"):
        judged(path, "s-books")
