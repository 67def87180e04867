"""Every case on file comes out as a therapist would expect."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.rules.contraindications import judge
from tests.rules.contraindications.cases import BASE, cases, laid_over

LISTS = ("techniques_allowed", "sites_avoided", "positions", "products_blocked", "needs")


@pytest.mark.parametrize("row", cases(), ids=lambda row: f"{row['family']}: {row['id']}")
def test_the_case_comes_out_as_expected(row: dict[str, Any]) -> None:
    outcome = judge(case_of(laid_over(row["over"])), rule_book())
    answer = outcome.as_json()
    found = {finding["rule"]: finding["severity"] for finding in answer["findings"]}
    expect = dict(row["expect"])
    assert not outcome.faults
    assert {rule: found.get(rule) for rule in expect.pop("findings")} == row["expect"]["findings"]
    assert set(expect.pop("denied", ())).isdisjoint(answer["techniques_allowed"])
    for rule, techniques in expect.pop("techniques_denied", {}).items():
        denied = next(each for each in answer["findings"] if each["rule"] == rule)["techniques_denied"]
        assert set(techniques) <= set(denied)
    assert expect.pop("only_needs", answer["needs"]) == answer["needs"]
    for key in LISTS:
        assert set(expect.pop(key, ())) <= set(answer[key]), key
    assert {key: answer[key] for key in expect} == expect


def test_a_client_with_nothing_to_report_is_booked_as_wished() -> None:
    answer = judge(case_of(laid_over({})), rule_book()).as_json()
    assert (answer["outcome"], answer["decision"], answer["findings"]) == ("S0", "proceed", [])
    assert len(answer["techniques_allowed"]) == 10
    assert "neck_ant" in answer["sites_avoided"]


def test_every_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    fires: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for row in cases():
        for rule, severity in row["expect"]["findings"].items():
            (silent if severity is None else fires)[rule] += 1
    thin = {
        rule
        for rule in rule_book().rules
        if not fires[rule] or not silent[rule] or fires[rule] + silent[rule] < 3
    }
    assert thin == set()


def test_the_base_says_nothing_of_anybody() -> None:
    assert set(BASE["client"]) == {"born"}
