"""Going against a rule by the ladder, and what takes the ground from a clearance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import Answered
from clinic.rules.contraindications import Override, OverrideReason, Severity, judge, left_of, overridden
from clinic.rules.contraindications.overriding import to_apply
from clinic.rules.contraindications.voiding import Known, voided
from clinic.values import Refusal, Role
from tests.rules.contraindications.cases import laid_over

OTHER = OverrideReason.OTHER
AT = datetime(2026, 11, 23, 10)
HIGH = {"readings": [{"at": "2026-11-23T09:50", "systolic": 165, "diastolic": 98}]}


def outcome(**full: Any) -> Any:
    return judge(case_of(laid_over({"full": full})), rule_book())


def known(**answers: Any) -> Known:
    over = laid_over({"full": answers})["full"]
    return Known(Answered(datetime.fromisoformat(over["answered_at"]), over["answers"]))


def gone(rules: set[str], before: Known, after: Known) -> frozenset[str]:
    return voided(frozenset(rules), before, after, rule_book(), born=date(1985, 5, 5), at=AT)


def test_what_is_gone_against_no_longer_counts_and_the_rest_does() -> None:
    found = outcome(D01=HIGH, D05=[{"what": "raynaud"}])
    against = overridden(found, [Override("CVD-10", OverrideReason.MEASURE_RECHECKED)], Role.THERAPIST)
    assert [finding.rule for finding in against] == ["CVD-10"]
    assert left_of(found, {"CVD-10"}) is Severity.S1
    assert left_of(found, ()) is Severity.S3
    assert left_of(outcome(), ()) is Severity.S0


@pytest.mark.parametrize(
    ("rule", "text", "role", "code"),
    [
        ("CVD-10", "", Role.OWNER, "override_text_missing"),
        ("CVD-10", "so", Role.FRONT_DESK, "override_not_allowed"),
        ("CVD-14", "so", Role.FRONT_DESK, "override_not_allowed"),
        ("CVD-14", "so", Role.OWNER, "override_unknown"),
    ],
)
def test_the_ladder_says_who_and_how(rule: str, text: str, role: Role, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        overridden(outcome(D01=HIGH), [Override(rule, OTHER, text)], role)


def test_what_is_to_be_adapted_is_named_and_nothing_else() -> None:
    found = outcome(
        D01=HIGH, D05=[{"what": "raynaud"}], C03=[{"what": "wart", "sites": ["face"], "state": "open"}]
    )
    assert to_apply(found) == ("CVD-23",)


def test_nothing_new_voids_nothing() -> None:
    assert gone({"CVD-10", "MSK-04"}, known(), known()) == frozenset()


def test_a_new_diagnosis_in_the_same_system_voids() -> None:
    before = known(D02=[{"what": "heart_attack", "on": "2026-09-01"}])
    after = known(D02=[{"what": "heart_attack", "on": "2026-09-01"}, {"what": "arrhythmia"}])
    assert gone({"CVD-14", "MSK-04", "NO-SUCH"}, before, after) == {"CVD-14"}


def test_a_reading_that_falls_voids_nothing_and_one_that_climbs_does() -> None:
    high, lower = (
        known(D01=HIGH),
        {"readings": [{"at": "2026-11-23T09:50", "systolic": 145, "diastolic": 90}]},
    )
    highest = {"readings": [{"at": "2026-11-23T09:50", "systolic": 185, "diastolic": 98}]}
    assert gone({"CVD-10"}, high, known(D01=lower)) == frozenset()
    assert gone({"CVD-10"}, high, known(D01=highest)) == {"CVD-10"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [{"name": "apixaban"}]),
        ([{"name": "apixaban"}], []),
        ([{"name": "apixaban"}], [{"name": "apixaban", "stopped": "2026-11-20"}]),
        ([{"name": "Pill", "class": "none"}], [{"name": "Pill", "class": "antihypertensive"}]),
    ],
)
def test_a_medicine_begun_stopped_or_turned_into_another_voids_in_its_system(
    before: list[Any], after: list[Any]
) -> None:
    assert gone({"CVD-14", "ONC-01"}, known(K01=before), known(K01=after)) == {"CVD-14"}


def test_a_cold_does_not_void_the_word_on_an_older_infection() -> None:
    cold = {"respiratory": "yes", "improving": "no", "gastro": "no", "contact": "no", "diagnosed": []}
    assert gone({"INF-13", "PSY-01"}, known(), known(C02=cold)) == frozenset()


def test_somebody_never_asked_before_has_told_nothing_new_in_medicines() -> None:
    assert gone({"CVD-14"}, Known(None), known()) == frozenset()
