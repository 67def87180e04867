"""What stays true whatever clients answer."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import Answered, Form, Shape
from clinic.rules.contraindications import Case, Outcome, judge
from clinic.rules.contraindications.case import Clearance
from clinic.rules.contraindications.families import READINGS
from clinic.rules.contraindications.visit import prepare
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

# Every entry of a list that any case names: troubles of skin, heart, bones, nerves, medicines.
ENTRIES = [
    (question, entry)
    for row in ROWS
    for question, answer in (row["over"].get("full") or {}).items()
    if isinstance(answer, list)
    for entry in answer
]

NAMED = [(question, entry) for question, entry in ENTRIES if isinstance(entry, dict)]
EMERGENCIES = [row for row in ROWS if "S5" in row["expect"]["findings"].values()]

some_case = st.sampled_from(ROWS)
some_yes = st.lists(st.sampled_from(YES_NO), min_size=1, max_size=6, unique=True)


def the_case(row: dict[str, Any]) -> dict[str, Any]:
    return laid_over(copy.deepcopy(row["over"]))


def judged(document: dict[str, Any]) -> Outcome:
    return judge(case_of(document), BOOK)


@settings(max_examples=150, deadline=None)
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


def test_nothing_further_told_lowers_what_a_rule_says_unless_a_graver_one_takes_over() -> None:
    troubles = {(question, entry.get("what") or entry.get("name")): entry for question, entry in NAMED}
    for rule, document in _gravest_cases().items():
        before, weight = judged(document), _severity_of(rule, document)
        answers = document["full"]["answers"]
        yeses = [
            (question, {**(answers.get(question) or {}), key: "yes"})
            for question, key in YES_NO
            if isinstance(answers.get(question), dict) or (question == "OBS" and question not in answers)
        ]
        more = [
            (question, [*answers[question], entry])
            for (question, _what), entry in troubles.items()
            if question in answers
        ]
        for question, answer in [*yeses, *more]:
            after = {**document, "full": {**document["full"], "answers": {**answers, question: answer}}}
            if _severity_of(rule, after) < weight:
                assert judged(after).severity >= before.severity, (rule, question, answer)


def _gravest_cases() -> dict[str, dict[str, Any]]:
    """For each rule the case on file in which it weighs most."""
    found: dict[str, tuple[Severity, dict[str, Any]]] = {}
    for row in ROWS:
        document = the_case(row)
        for rule, severity in row["expect"]["findings"].items():
            weight = Severity[severity or "S0"]
            if rule in BOOK.rules and "full" in document and weight >= found.get(rule, (weight,))[0]:
                found[rule] = weight, document
    assert found.keys() == BOOK.rules.keys()
    return {rule: document for rule, (_weight, document) in found.items()}


def _severity_of(rule: str, document: dict[str, Any]) -> Severity:
    visit = prepare(case_of_answers(document), BOOK)
    bands = BOOK.rules[rule].bands
    hits = READINGS[rule](visit, BOOK.rules[rule].numbers)
    return max((bands[hit.band].severity for hit in hits if not hit.silent), default=Severity.S0)


def case_of_answers(document: dict[str, Any]) -> Case:
    """The case without another look at its shape, which takes longer than the reading of a rule."""
    full, case = document["full"], _read(json.dumps({**document, "full": BASE["full"]}))
    return replace(case, full=Answered(datetime.fromisoformat(full["answered_at"]), full["answers"]))


@cache
def _read(text: str) -> Case:
    return case_of(json.loads(text))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(EMERGENCIES))
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
    cap = min(caps, default=None)
    denied = {technique for each in outcome.findings for technique in each.denied}
    pointless = {name for name, manner in BOOK.techniques.items() if cap is not None and manner.least > cap}
    stopped = outcome.severity >= Severity.S4
    assert outcome.pressure_cap == cap
    assert set(outcome.techniques_allowed) == (set() if stopped else {*Technique} - denied - pointless)
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
@given(some_case, st.lists(st.sampled_from(ENTRIES), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(
    row: dict[str, Any], entries: list[tuple[str, Any]], dice: random.Random
) -> None:
    document = the_case(row)
    answers = document.get("full", {}).get("answers", {})
    for question, entry in entries:
        if question in answers:
            answers[question] = [*answers[question], entry]
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
