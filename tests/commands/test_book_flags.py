"""Booking by command: held, refused with the reason, and against a rule with a reason of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clinic import cli
from clinic.office import sign_in
from tests import practices
from tests.office.test_flags_at_booking import PRESSURE, SURGERY

if TYPE_CHECKING:
    from pathlib import Path

BOOK = ["book", "--treatment", "t-rest", "--staff", "owner", "--json"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    path = practices.make(
        tmp_path,
        practices.a_document(
            screenings=[
                practices.a_screening("h-1", **PRESSURE, answered_at="2026-11-18T09:00"),
                practices.a_screening("h-2", "c-other", **SURGERY),
            ]
        ),
    )
    monkeypatch.setenv("CLINIC_PASSWORD", practices.PASSWORD)
    real = sign_in.sign_in
    monkeypatch.setattr(
        sign_in, "sign_in", lambda *given, **more: real(*given, **{**more, "clock": practices.clock})
    )

    def running(*words: str, person: str = "owner") -> tuple[int, dict[str, Any]]:
        asked = [*BOOK, *words, "--practice", str(path), "--as", practices.PEOPLE[person]]
        status = cli.run(asked)
        return status, json.loads(capsys.readouterr().out)

    return running


def test_what_is_held_says_so_and_ends_well(run: Any) -> None:
    status, said = run("--client", "c-own", "--at", "2026-11-25T10:00")
    assert (status, said["state"], said["flags"]["decision"]) == (0, "tentative", "tentative")


def test_what_is_refused_says_why(run: Any) -> None:
    status, said = run("--client", "c-other", "--at", "2026-11-25T10:00")
    assert (status, said["error"]["code"], said["error"]["flags"]["outcome"]) == (3, "rules_refuse", "S4")
    assert "Nov 30" in said["error"]["message"]


def test_an_override_is_a_rule_a_code_and_words(run: Any) -> None:
    at = ("--client", "c-own", "--at", "2026-11-25T10:00", "--override", "CVD-10=OTHER:Seen by the nurse")
    status, said = run(*at, person="s-desk")
    assert (status, said["error"]["code"]) == (3, "override_not_allowed")
    status, said = run(*at)
    assert (status, said["state"]) == (0, "confirmed")
