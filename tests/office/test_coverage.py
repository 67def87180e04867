"""The coverage check of a client, from what is on file and what the insurer said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import clients, coverage
from clinic.values import ClientId, PlanType, Refusal
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from clinic.office.coverage import Check
    from clinic.office.desk import Desk

OWN = ClientId("c-own")
SAID = {
    "basis": "REHAB",
    "requires_rx": True,
    "providers": ["MT"],
    "visit_limit": 12,
    "asked_on": "2026-11-02",
}


def noted(desk: Desk, plan: PlanType | None = PlanType.PPO, **benefit: Any) -> Check:
    version = desk.reading(partial(coverage.check, client=OWN)).version
    note = partial(coverage.note, client=OWN, plan=plan, benefit=SAID | benefit, version=version)
    desk.writing(note)
    return desk.reading(partial(coverage.check, client=OWN))


def test_before_anybody_asked_there_are_only_questions(full_desk: Desk) -> None:
    found = full_desk.reading(partial(coverage.check, client=OWN))
    assert (found.outlook.prospect, found.plan, found.visits_this_year) == ("unknown", None, 1)
    assert len(found.outlook.questions) > 5


def test_what_the_insurer_said_is_kept_and_weighed_with_the_papers_on_file(full_desk: Desk) -> None:
    found = noted(full_desk)
    assert (found.plan, found.benefit["visit_limit"]) == (PlanType.PPO, 12)
    assert found.outlook.prospect == "likely"
    assert noted(full_desk, PlanType.HMO).outlook.needs == ("referral",)
    assert noted(full_desk, providers=[]).outlook.prospect == "unknown"
    assert noted(full_desk, None).plan is None


def test_a_letter_that_lacks_something_is_no_prescription(desk: Desk) -> None:
    assert noted(desk).outlook.needs == ("prescription",)


def test_the_rest_of_what_is_known_of_the_plan_stays(full_desk: Desk) -> None:
    payer = {"name": "Bayline", "plan_type": "EPO", "member_id": "B-1"}
    full_desk.writing(lambda work: clients.edit(work, OWN, {"payer": payer}, version=1))
    found = noted(full_desk)
    assert (found.insurer, found.member_id, found.plan) == ("Bayline", "B-1", PlanType.PPO)


def test_only_what_an_insurer_is_asked_is_kept(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_field"):
        noted(full_desk, diagnosis="Cervicalgia")


def test_the_paper_has_the_questions_and_no_promise_and_no_diagnosis(full_desk: Desk) -> None:
    noted(full_desk, requires_authorisation=True)
    words = words_of(full_desk.writing(partial(coverage.paper, client=OWN))[0])
    assert "Not before there is an authorization" in words
    assert "Do I need a referral" in words
    assert "no promise" in words
    assert "Cervicalgia" not in words
