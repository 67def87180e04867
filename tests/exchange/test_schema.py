"""The shipped schema says the same as the program's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.exchange import codes, diary
from clinic.exchange.contents import LISTS, Joined, PortablePractice
from clinic.exchange.shape import schema
from clinic.values import (
    AccountKind,
    LetterKind,
    LetterSource,
    LineKind,
    Method,
    Outcome,
    PlanType,
    Purpose,
    Refusal,
    Relation,
    Role,
    ScreeningKind,
    State,
    Technique,
)

if TYPE_CHECKING:
    from enum import StrEnum

PRACTICE = schema("practice-1.json")


def test_the_schema_has_the_lists_of_the_program_in_their_order() -> None:
    assert tuple(PRACTICE["properties"])[3:] == ("practice", *LISTS)


@pytest.mark.parametrize(
    ("words", "way"),
    [
        (Role, "staff/role"),
        (Technique, "treatment/technique"),
        (Purpose, "treatment/purpose"),
        (PlanType, "client/payer/plan_type"),
        (AccountKind, "client/accounts/kind"),
        (Relation, "client/relations/relation"),
        (ScreeningKind, "screening/kind"),
        (LetterKind, "letter/kind"),
        (LetterSource, "letter/source"),
        (State, "appointment/state"),
        (State, "step/state"),
        (Outcome, "attempt/outcome"),
        (Method, "figures/taken/method"),
        (LineKind, "line/kind"),
        (Method, "payment/method"),
    ],
)
def test_a_word_of_the_program_is_a_word_of_the_file(words: type[StrEnum], way: str) -> None:
    name, *keys = way.split("/")
    node = PRACTICE["$defs"][name]
    for key in keys:
        node = node.get("items", node)["properties"][key]
    if "$ref" in node:
        node = PRACTICE["$defs"][node["$ref"].rpartition("/")[2]]
    assert node["enum"] == [word.value for word in words]


def test_every_object_of_the_schema_refuses_keys_it_does_not_know() -> None:
    known = [node for node in PRACTICE["$defs"].values() if "properties" in node]
    assert len(known) > len(LISTS)
    assert all(node["additionalProperties"] is False for node in known)


def test_the_rows_of_the_code_table_stand_in_order() -> None:
    rows = codes._rows()
    assert len(rows) > 90_000
    assert rows == sorted(rows)
    assert {row.count("\t") for row in rows} == {6}


def test_a_practice_that_names_no_zone_can_not_place_a_visit() -> None:
    with pytest.raises(Refusal) as refusal:
        diary.check_times(Joined(PortablePractice(), PortablePractice()))
    assert refusal.value.facts == {"key": "time_zone"}
