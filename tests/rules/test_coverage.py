"""How a health plan is likely to see a massage: likely, not before something is there, to be asked, or no."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules.coverage import (
    Basis,
    Benefit,
    Need,
    OnFile,
    Prospect,
    Provider,
    Question,
    Reason,
    check,
)
from clinic.values import PlanType, Purpose

THERAPIST, PT = Provider.MASSAGE_THERAPIST, Provider.PHYSICAL_THERAPIST
SAID = Benefit(
    Basis.REHAB,
    requires_rx=True,
    requires_referral=False,
    requires_authorisation=False,
    providers=frozenset({THERAPIST, PT}),
    visit_limit=20,
    minutes_max=60,
    criteria="functional impairment",
)
THERE = OnFile(PlanType.PPO, minutes=60, prescription=True, visits_this_year=4)


def test_a_plan_that_said_yes_with_every_paper_there_is_likely() -> None:
    found = check(THERE, SAID)
    assert (found.prospect, found.needs, found.reasons) == (Prospect.LIKELY, (), (Reason.BENEFIT,))
    assert found.questions == (Question.CODES, Question.SHARE)


@pytest.mark.parametrize(
    ("there", "said", "reason"),
    [
        ({"plan": PlanType.NONE}, {}, Reason.NO_PLAN),
        ({"plan": PlanType.MEDICARE}, {}, Reason.MEDICARE),
        ({"purpose": Purpose.RELAXATION}, {}, Reason.RELAXATION),
        ({}, {"basis": Basis.NONE}, Reason.NOT_A_BENEFIT),
        ({}, {"providers": frozenset({PT})}, Reason.PROVIDER),
        ({"visits_this_year": 20}, {}, Reason.LIMIT_REACHED),
    ],
)
def test_what_a_plan_does_not_pay_for_is_no(
    there: dict[str, object], said: dict[str, object], reason: Reason
) -> None:
    found = check(replace(THERE, **there), replace(SAID, **said))  # type: ignore[arg-type]
    assert found.prospect is Prospect.NO
    assert reason in found.reasons
    assert found.needs == ()


def test_original_medicare_pays_a_physical_therapist_and_no_massage_therapist() -> None:
    medicare = replace(THERE, plan=PlanType.MEDICARE)
    assert check(medicare).questions == (Question.MEDICARE_ADVANTAGE,)
    assert check(replace(medicare, provider=PT)).prospect is not Prospect.NO


@pytest.mark.parametrize(
    ("there", "said", "asked"),
    [
        ({"purpose": Purpose.RELAXATION}, {}, ()),
        ({}, {"providers": frozenset({PT})}, (Question.PROVIDER,)),
        ({}, {"basis": Basis.NONE}, (Question.HABILITATIVE,)),
        ({"visits_this_year": 20}, {}, (Question.LIMIT,)),
    ],
)
def test_after_a_no_only_what_may_turn_it_is_asked(
    there: dict[str, object], said: dict[str, object], asked: tuple[Question, ...]
) -> None:
    assert check(replace(THERE, **there), replace(SAID, **said)).questions == asked  # type: ignore[arg-type]


def test_an_hmo_needs_the_primary_care_providers_referral_though_nobody_asked() -> None:
    hmo = replace(THERE, plan=PlanType.HMO)
    silent = replace(SAID, requires_referral=None)
    assert check(hmo, silent).needs == (Need.REFERRAL,)
    assert check(replace(hmo, referral=True), silent).prospect is Prospect.LIKELY
    assert check(hmo, replace(SAID, requires_referral=False)).needs == ()
    assert Question.REFERRAL not in check(hmo, silent).questions


def test_each_paper_that_is_asked_for_and_not_there_is_named() -> None:
    said = replace(SAID, requires_referral=True, requires_authorisation=True)
    found = check(replace(THERE, prescription=False), said)
    assert found.prospect is Prospect.NEEDS
    assert found.needs == (Need.PRESCRIPTION, Need.REFERRAL, Need.AUTHORISATION)


def test_what_nobody_asked_is_a_question_and_no_answer() -> None:
    found = check(THERE)
    assert found.prospect is Prospect.UNKNOWN
    assert {Question.IS_BENEFIT, Question.PROVIDER, Question.CRITERIA} <= set(found.questions)
    assert check(OnFile(None), SAID).prospect is Prospect.UNKNOWN


@pytest.mark.parametrize(
    ("there", "said", "reason"),
    [
        ({"minutes": 90}, {}, Reason.TOO_LONG),
        ({"visits_this_year": 18}, {}, Reason.LIMIT_NEAR),
        ({"plan": PlanType.MEDI_CAL}, {}, Reason.MEDI_CAL),
        ({}, {"basis": Basis.WORKCOMP}, Reason.ACCIDENT),
    ],
)
def test_what_is_worth_knowing_is_said(
    there: dict[str, object], said: dict[str, object], reason: Reason
) -> None:
    found = check(replace(THERE, **there), replace(SAID, **said))  # type: ignore[arg-type]
    assert reason in found.reasons
    assert found.prospect is not Prospect.NO


MAYBE = st.sampled_from([None, True, False])


@given(
    plan=st.sampled_from([None, *PlanType]),
    basis=st.sampled_from([None, *Basis]),
    answers=st.tuples(MAYBE, MAYBE, MAYBE),
    papers=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    pays=st.sampled_from([None, frozenset({THERAPIST}), frozenset({PT})]),
)
def test_it_is_never_likely_while_a_benefit_a_provider_or_a_paper_is_open(
    plan: PlanType | None,
    basis: Basis | None,
    answers: tuple[bool | None, ...],
    papers: tuple[bool, ...],
    pays: frozenset[Provider] | None,
) -> None:
    there = OnFile(plan, prescription=papers[0], referral=papers[1], authorisation=papers[2])
    found = check(there, Benefit(basis, answers[0], answers[1], answers[2], pays))
    if found.prospect is Prospect.LIKELY:
        assert plan not in {None, PlanType.NONE, PlanType.MEDICARE}
        assert basis not in {None, Basis.NONE}
        assert pays == frozenset({THERAPIST})
        assert all(there_ or not asked for asked, there_ in zip(answers, papers, strict=True))
