"""What stays true whatever clients answer."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import Answered, Form, Shape
from clinic.rules.contraindications import Case, Outcome, judge
from clinic.rules.contraindications.case import Clearance
from clinic.rules.contraindications.vocabulary import Severity
from clinic.values import Technique
from tests.rules.contraindications.cases import BASE, cases, laid_over

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = rule_book()
ROWS = cases()

# Answers that reassure: there a yes is good news, and being unsure of it is not.
REASSURING = {
    ("C01", "improving"), ("C02", "improving"), ("D01", "treated"), ("D01", "controlled"), ("J02", "controlled"),
}  # fmt: skip

YES_NO = [
    (question, key)
    for question, row in BOOK.full.items()
    for key, shape in row.shape.keys.items()
    if shape.words == {"yes", "no", "unsure"} and (question, key) not in REASSURING
]

some_case = st.sampled_from(ROWS)
some_yes = st.lists(st.sampled_from(YES_NO), min_size=1, max_size=6, unique=True)


def the_case(row: dict[str, Any]) -> dict[str, Any]:
    return laid_over(copy.deepcopy(row["over"]))


def judged(document: dict[str, Any]) -> Outcome:
    return judge(case_of(document), BOOK)


@settings(max_examples=300, deadline=None)
@given(some_case, some_yes)
def test_a_further_yes_never_lowers_the_outcome(row: dict[str, Any], yeses: list[tuple[str, str]]) -> None:
    before = the_case(row)
    if "full" not in before:
        return
    after = copy.deepcopy(before)
    for question, key in yeses:
        answer = after["full"]["answers"].get(question)
        if isinstance(answer, dict) or (question == "OBS" and answer is None):
            after["full"]["answers"][question] = {**(answer or {}), key: "yes"}
    assert judged(after).severity >= judged(before).severity


@settings(max_examples=200, deadline=None)
@given(some_case, st.sampled_from(sorted(BOOK.rules)))
def test_unsure_weighs_as_much_as_yes(row: dict[str, Any], rule: str) -> None:
    told = the_case(row)
    if "full" not in told:
        return
    unsure = copy.deepcopy(told)
    for question, key in YES_NO:
        answer = unsure["full"]["answers"].get(question)
        if isinstance(answer, dict) and answer.get(key) == "yes":
            answer[key] = "unsure"
    found = {each.rule: each.severity for each in judged(told).findings}
    assert {each.rule: each.severity for each in judged(unsure).findings}.get(rule) == found.get(rule)


@settings(max_examples=200, deadline=None)
@given(some_case)
def test_a_clearance_never_lowers_an_emergency(row: dict[str, Any]) -> None:
    case = case_of(the_case(row))
    letter = Clearance(rules=frozenset(BOOK.rules), starts_on=case.at.date(), ends_on=case.at.date())
    before, after = judge(case, BOOK), judge(replace(case, clearances=(letter,)), BOOK)
    emergencies = {each.rule for each in before.findings if each.severity is Severity.S5}
    assert emergencies == {each.rule for each in after.findings if each.severity is Severity.S5}
    assert after.severity <= before.severity


@settings(max_examples=200, deadline=None)
@given(some_case, some_case)
def test_the_cap_is_the_least_and_the_denials_add_up(row: dict[str, Any], other: dict[str, Any]) -> None:
    document = the_case(row)
    for question, answer in (other["over"].get("full") or {}).items():
        if answer is not None and "full" in document and not isinstance(answer, str):
            mine = document["full"]["answers"].get(question)
            merged = [*(mine or []), *answer] if isinstance(answer, list) else {**(mine or {}), **answer}
            document["full"]["answers"][question] = merged if question != "K02" else sorted(set(merged))
    _strip_none(document)
    outcome = judged(document)
    caps = [each.cap for each in outcome.findings if each.cap is not None]
    denied = {technique for each in outcome.findings for technique in each.denied}
    assert outcome.pressure_cap == min(caps, default=None)
    assert denied.isdisjoint(outcome.techniques_allowed)
    assert outcome.severity == max((each.severity for each in outcome.findings), default=Severity.S0)
    for each in outcome.findings:
        assert each.sites <= outcome.sites_avoided
        assert each.needs <= set(outcome.needs)


def _strip_none(document: dict[str, Any]) -> None:
    for answer in document.get("full", {}).get("answers", {}).values():
        if isinstance(answer, dict):
            for key in [key for key, value in answer.items() if value is None]:
                del answer[key]


@settings(max_examples=200, deadline=None)
@given(some_case, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(row: dict[str, Any], dice: random.Random) -> None:
    document = the_case(row)
    shuffled = copy.deepcopy(document)
    for form in ("full", "quick"):
        if form in shuffled:
            answers = list(shuffled[form]["answers"].items())
            dice.shuffle(answers)
            shuffled[form]["answers"] = {key: _shuffle(value, dice) for key, value in answers}
    assert judged(shuffled).as_json() == judged(document).as_json()


def _shuffle(answer: Any, dice: random.Random) -> Any:
    if isinstance(answer, list):
        dice.shuffle(answer)
    return answer


@settings(max_examples=200, deadline=None)
@given(some_case, st.sampled_from([*Technique]))
def test_the_technique_asked_for_changes_no_severity(row: dict[str, Any], technique: Technique) -> None:
    case = case_of(the_case(row))
    other = replace(case, request=replace(case.request, technique=technique))
    assert judge(other, BOOK).severity == judge(case, BOOK).severity


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(BASE["full"]["answers"])))
def test_leaving_a_question_open_never_waves_a_client_through(question: str) -> None:
    document = copy.deepcopy(BASE)
    del document["full"]["answers"][question]
    outcome = judged(document)
    assert outcome.severity is (Severity.S3 if BOOK.full[question].critical else Severity.S0)


@settings(max_examples=300, deadline=None)
@given(some_case, st.data())
def test_a_missing_key_is_never_waved_through(row: dict[str, Any], data: st.DataObject) -> None:
    document = {**the_case(row), "moment": "booking"}
    document.pop("quick", None)
    places = list(_needed(document.get("full", {}).get("answers", {})))
    if not places:
        return
    holder, key = data.draw(st.sampled_from(places))
    del holder[key]
    assert judged(document).severity >= Severity.S3


def _needed(answers: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every key without which a critical question stays open."""
    for question, answer in answers.items():
        if not BOOK.full[question].critical or question == "B02":
            continue
        for item in answer if isinstance(answer, list) else [answer]:
            for shape in (BOOK.full[question].shape, *BOOK.full[question].shape.items):
                if isinstance(item, dict):
                    yield from ((item, key) for key in shape.needed if key in item)


@settings(max_examples=300, deadline=None)
@given(some_case, st.integers(0, 2**32))
def test_no_answer_of_the_right_shape_makes_a_rule_stumble(row: dict[str, Any], seed: int) -> None:
    dice, case = random.Random(seed), case_of(the_case(row))
    answers = {
        form: Answered(
            case.at, {key: _any(each.shape, dice) for key, each in forms.items() if dice.random() < 0.4}
        )
        for form, forms in (("full", BOOK.full), ("quick", BOOK.quick))
    }
    outcome = judge(replace(case, full=answers["full"], quick=answers["quick"]), BOOK)
    assert outcome.faults == ()
    assert outcome.as_json()["outcome"] == outcome.severity.name


def _any(shape: Shape, dice: random.Random) -> Any:
    """Any answer of this shape, some keys left out."""
    if shape.form is Form.GROUP:
        return {key: _any(each, dice) for key, each in shape.keys.items() if dice.random() < 0.7}
    if shape.form is Form.LIST:
        return [_any(dice.choice(shape.items), dice) for _ in range(dice.randint(0, 3))]
    if shape.form is Form.WORD:
        return dice.choice(sorted(shape.words))
    return dice.choice(_PLAIN.get(shape.form, [shape.least or 0, shape.most or 100]))


_PLAIN: dict[Form, list[Any]] = {
    Form.FLAG: [True, False],
    Form.TEXT: ["", "aspirin", "T6", "moonbeam", "fentanyl patch"],
    Form.DAY: ["2020-01-01", "2026-10-12", "2026-11-22", "2026-11-23", "2026-12-01"],
    Form.WHEN: ["2020-01-01T09:00", "2026-11-22T23:00", "2026-11-23T08:55", "2026-11-23T09:00"],
    Form.EITHER: ["2020-01-01", "2026-11-22", "2026-11-22T23:00", "2026-11-23T09:00"],
}


def test_the_same_case_gives_the_same_answer_twice() -> None:
    case: Case = case_of(the_case(ROWS[0]))
    assert judge(case, BOOK) == judge(case, BOOK)
