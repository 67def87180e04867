"""What is asked after what was said, and how a plain no is kept."""

from __future__ import annotations

from typing import Any

import pytest

from clinic.rules.forms import (
    Asked,
    Change,
    Choice,
    Page,
    Part,
    PartKind,
    Questionnaire,
    Thing,
    When,
    can_say_no,
    changes,
    is_asked,
    lacking,
    no_of,
    settled,
    shown,
)


def a_part(key: str, kind: PartKind = PartKind.YES_NO, **facts: Any) -> Part:
    return Part(key, kind, {"en": key}, **facts)


NONE = Choice("none", {"en": "No"})
CANCER = a_part(
    "H01",
    PartKind.GROUP,
    parts=(
        a_part("ever", needed=True),
        a_part("sites", PartKind.SITES, needed=True, when=When(("ever",))),
        a_part("in_treatment", needed=True, when=When(("ever",))),
        a_part("ended", PartKind.DAY, needed=True, when=When(("in_treatment",), frozenset({"no"}))),
        a_part("stage", PartKind.ONE, needed=True, choices=(NONE,), when=When(("ever",))),
        a_part(
            "aimed",
            PartKind.GROUP,
            when=When(("ever",)),
            parts=(a_part("healed", needed=True), a_part("at", PartKind.SITES)),
        ),
    ),
)
SIGNS = a_part(
    "B04",
    PartKind.GROUP,
    parts=(
        a_part("numb", needed=True),
        a_part("weak", needed=True),
        a_part("since", PartKind.DAY, when=When(())),
        a_part("celsius", PartKind.NUMBER, when=When((), never=True)),
    ),
)
SUGAR = a_part(
    "J02",
    PartKind.GROUP,
    parts=(
        a_part("kind", PartKind.ONE, needed=True, choices=(NONE, Choice("type_1", {"en": "1"}))),
        a_part("pump", PartKind.SITES, needed=True, when=When(("kind",), frozenset({"none"}), but_not=True)),
    ),
)
WHERE = a_part("sites", PartKind.SITES, needed=True)
SKIN = a_part(
    "Q8",
    PartKind.THINGS,
    things=(
        Thing(
            "",
            {"en": "A surgery"},
            (a_part("what", PartKind.TEXT), a_part("major", PartKind.FLAG, needed=True)),
        ),
        Thing("burn", {"en": "Burn"}, (WHERE, a_part("how", PartKind.GROUP, parts=(a_part("deep"),)))),
    ),
)
PLAN = a_part("Q14", PartKind.GROUP, parts=(a_part("agreed", PartKind.FLAG, needed=True),))
HALF = {"ever": "yes", "sites": [], "stage": "none", "aimed": {}}


def test_what_hangs_on_a_no_is_not_asked_and_kept_as_no() -> None:
    assert [part.key for part in shown(CANCER, {"ever": "no"})] == ["ever"]
    assert settled(CANCER, {"ever": "no", "sites": ["chest"], "ended": "2020-01-01"}) == {
        "ever": "no",
        "sites": [],
        "in_treatment": "no",
        "stage": "none",
    }


def test_what_hangs_on_nothing_said_is_neither_asked_nor_filled() -> None:
    assert settled(CANCER, {"sites": ["chest"]}) is None
    assert [part.key for part in shown(CANCER, {})] == ["ever"]


def test_an_unsure_yes_is_asked_further() -> None:
    asked = [part.key for part in shown(CANCER, {"ever": "unsure", "in_treatment": "no"})]
    assert asked == ["ever", "sites", "in_treatment", "ended", "stage", "aimed"]


def test_any_sign_brings_the_question_since_when() -> None:
    assert [part.key for part in shown(SIGNS, {"numb": "no", "weak": "yes"})] == ["numb", "weak", "since"]
    assert [part.key for part in shown(SIGNS, {"numb": "no"})] == ["numb", "weak"]


def test_what_is_never_asked_is_kept_where_it_was_told() -> None:
    assert settled(SIGNS, {"numb": "no", "celsius": 38.5}) == {"numb": "no", "celsius": 38.5}


def test_a_kind_that_is_none_is_not_asked_further() -> None:
    assert settled(SUGAR, {"kind": "none", "pump": ["abdomen"]}) == {"kind": "none", "pump": []}
    assert [part.key for part in shown(SUGAR, {"kind": "type_1"})] == ["kind", "pump"]


def test_a_misshapen_answer_asks_nothing_further() -> None:
    assert [part.key for part in shown(CANCER, {"ever": "perhaps"})] == ["ever"]


def test_each_thing_of_a_list_keeps_what_is_asked_of_it() -> None:
    told = [
        {"what": "burn", "sites": ["left_hand"], "how": {"deep": "no"}, "major": True},
        {"what": "Knee", "major": False},
    ]
    assert settled(SKIN, told) == [
        {"what": "burn", "sites": ["left_hand"], "how": {"deep": "no"}},
        {"what": "Knee", "major": False},
    ]
    assert settled(SKIN, [{"what": "burn"}]) == [{"what": "burn"}]
    assert settled(SKIN, None) is None
    assert settled(WHERE, ["left_hand"]) == ["left_hand"]


@pytest.mark.parametrize(
    ("part", "no"),
    [
        (CANCER, {"ever": "no", "sites": [], "in_treatment": "no", "stage": "none"}),
        (SIGNS, {"numb": "no", "weak": "no"}),
        (a_part("Q1", PartKind.GROUP, parts=(a_part("ill"), a_part("temp", PartKind.NUMBER))), {"ill": "no"}),
        (SKIN, []),
    ],
)
def test_a_plain_no_fills_what_is_needed(part: Part, no: Any) -> None:
    assert no_of(part) == no


@pytest.mark.parametrize(
    ("question", "can"),
    [
        (Asked("H01", CANCER), True),
        (Asked("J02", SUGAR), True),
        (Asked("Q8", SKIN), True),
        (Asked("B01", SKIN, plain_no=False), False),
        (Asked("F01", a_part("F01", PartKind.ONE, choices=(Choice("yes", {"en": "Yes"}),))), False),
        (
            Asked("Q12", a_part("Q12", PartKind.GROUP, parts=(a_part("pain", PartKind.SCALE, needed=True),))),
            False,
        ),
        (Asked("A05", a_part("A05", PartKind.GROUP, parts=(a_part("name", PartKind.TEXT),))), False),
    ],
)
def test_only_what_has_a_plain_no_is_answered_with_the_others(question: Asked, *, can: bool) -> None:
    assert can_say_no(question) is can


def test_a_question_is_asked_after_the_answer_it_hangs_on() -> None:
    due = Asked("F02", SIGNS, critical_when=frozenset({"yes"}), when=("F01", frozenset({"yes"})))
    assert is_asked(due, {"F01": "yes"})
    assert not is_asked(due, {"F01": "no"})
    assert lacking(due, {"F01": "no"}) == ()
    assert lacking(due, {"F01": "yes"}) == ("",)


@pytest.mark.parametrize(
    ("question", "answer", "open_"),
    [
        (Asked("H01", CANCER, critical=True), None, ("",)),
        (Asked("H01", CANCER), None, ()),
        (Asked("H01", CANCER), {"ever": "no"}, ()),
        (Asked("H01", CANCER), {"ever": "yes", "sites": [], "in_treatment": "yes", "stage": "none"}, ()),
        (Asked("H01", CANCER), HALF, ("in_treatment", "healed")),
        (Asked("Q8", SKIN), [{"what": "burn"}, {"what": "Knee"}], ("sites",)),
        (Asked("Q14", PLAN), {"agreed": False}, ("agreed",)),
        (Asked("K02", WHERE), [], ()),
    ],
)  # fmt: skip
def test_what_is_lacking_is_named(question: Asked, answer: Any, open_: tuple[str, ...]) -> None:
    answers = {} if answer is None else {question.id: answer}
    assert lacking(question, answers) == open_


def test_what_changed_since_last_time_is_told_and_the_signature_is_not() -> None:
    before = {"F01": "no", "K01": [], "M01": {"signature": "a"}}
    after = {"F01": "yes", "K01": [], "C03": [], "M01": {"signature": "b"}}
    assert changes(before, after) == (Change("F01", "no", "yes"), Change("C03", None, []))


def test_a_form_goes_through_its_pages_in_order() -> None:
    pages = tuple(Page(name, "sun", {}, {}, (Asked(name, WHERE),)) for name in ("one", "two"))
    book = Questionnaire("1", {"full": pages}, {})
    assert [question.id for question in book.asked("full")] == ["one", "two"]
