"""Tests of what a person reads when something is refused."""

from __future__ import annotations

import ast
from datetime import datetime

import pytest

from clinic.values import Refusal, Trouble
from clinic.wording.refusals import sentence
from tests.architecture.sources import nodes


def codes() -> set[str]:
    """Every code that the program raises by name."""
    return {
        node.args[0].value
        for _, node in nodes("clinic", "ui")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Refusal", "Trouble"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_no_has_words_of_its_own(code: str) -> None:
    said = sentence(Refusal(code))
    assert f"({code})" not in said
    assert said.endswith(".")


def test_a_taken_time_is_told_with_its_hours() -> None:
    taken = Refusal("slot_taken", start=datetime(2026, 11, 18, 16), end=datetime(2026, 11, 18, 17))
    assert sentence(taken) == "The time is taken, Nov 18, 2026, 4:00 pm to 5:00 pm."


def test_facts_that_are_not_known_leave_no_brackets() -> None:
    assert sentence(Trouble("too_many_tries")) == "Too many wrong passwords. Wait ? seconds."


def test_a_code_without_words_is_named() -> None:
    assert "unheard_of" in sentence(Refusal("unheard_of"))
