"""The command that lists free times."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("CLINIC_PRACTICE", str(practices.make(tmp_path)))
    monkeypatch.setenv("CLINIC_USER", practices.PEOPLE["owner"])
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)

    def running(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        return cli.run(["slots", *words]), capsys.readouterr().out

    return running


DAYS = ("--treatment", "t-90", "--from", "2031-03-03", "--to", "2031-03-04")


def test_free_times_come_best_first_each_with_why(run: Callable[..., tuple[int, str]]) -> None:
    status, said = run(*DAYS, "--staff", "s-therapist", "--json")
    slots = json.loads(said)["slots"]
    assert status == 0
    assert slots[0] == {
        "at": "2031-03-03T15:30",
        "minutes": 90,
        "staff": "s-therapist",
        "room": "r-hearth",
        "score": 3,
        "why": ["about four o'clock"],
    }
    assert [slot["score"] for slot in slots] == sorted((slot["score"] for slot in slots), reverse=True)
    assert len(slots) == 2 * (4 * 10 - 6 + 1)


def test_people_read_a_line_for_each(run: Callable[..., tuple[int, str]]) -> None:
    _, said = run(*DAYS, "--staff", "s-therapist")
    assert said.splitlines()[0] == "2031-03-03 15:30  Tomás Rivera  Hearth  about four o'clock"


def test_days_the_wrong_way_are_refused(run: Callable[..., tuple[int, str]]) -> None:
    status, said = run("--treatment", "t-90", "--from", "2031-03-04", "--to", "2031-03-03", "--json")
    assert (status, json.loads(said)["error"]["code"]) == (3, "days_the_wrong_way")
