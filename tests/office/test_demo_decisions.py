"""The decisions of the made-up practice: flags gone against, by whoever may, with a reason in their own words."""

from __future__ import annotations

from clinic.values import Role, State
from tests.office.test_demo_document import NOW, by_id, the_demo


def test_whoever_may_went_against_a_flag_and_said_why() -> None:
    visits, staff = by_id(the_demo()["appointments"]), by_id(the_demo()["staff"])
    decided = the_demo()["decisions"]
    assert {each["role"] for each in decided} == {Role.OWNER, Role.THERAPIST}
    assert any(visits[each["appointment"]]["at"] > NOW.isoformat() for each in decided)
    for each in decided:
        assert visits[each["appointment"]]["state"] in {State.CONFIRMED, State.DONE}
        assert staff[each["decided_by"]]["role"] == each["role"]
        against = {override["rule"] for override in each["overrides"]}
        assert against == {one["rule"] for one in each["findings"] if one["severity"] >= "S3"}
        assert all(override["text"] for override in each["overrides"])
        assert each["outcome"] == "S3" or each["role"] == Role.OWNER
