"""What holds for every judgement: faults hold the booking, clearances and the owner's policy weigh as they should."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange.cases import case_of, read_case
from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import Answered
from clinic.rules.contraindications import (
    Case,
    Finding,
    Language,
    Policy,
    Severity,
    desk_needs,
    judge,
    may_override,
    needs_password,
    needs_reason,
)
from clinic.rules.contraindications.clots import clot_indicator
from clinic.rules.contraindications.engine import screening_ends_on
from clinic.rules.contraindications.families import READINGS
from clinic.rules.contraindications.outcome import latest, written
from clinic.rules.contraindications.visit import prepare
from clinic.values import Refusal, Role
from tests.rules.contraindications.cases import laid_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.contraindications.visit import Numbers, Visit
    from clinic.rules.contraindications.vocabulary import Hit

BOOK = rule_book()


def a_case(**over: Any) -> Case:
    return case_of(laid_over(over))


def with_answers(case: Case, **answers: Any) -> Case:
    assert case.full is not None
    return replace(case, full=Answered(case.full.at, {**case.full.answers, **answers}))


def severities(case: Case, book: Any = BOOK) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in judge(case, book).findings}


def test_a_rule_that_throws_holds_the_booking(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_visit: Visit, _n: Numbers) -> Iterator[Hit]:
        raise ZeroDivisionError

    monkeypatch.setitem(READINGS, "SKN-05", breaks)
    outcome = judge(a_case(), BOOK)
    assert (outcome.severity, outcome.decision) == (Severity.S3, "hold")
    assert [(fault.rule, fault.reason) for fault in outcome.faults] == [("SKN-05", "ZeroDivisionError")]
    assert "SKN-05" in outcome.as_json()["findings"][0]["therapist_text"]


@pytest.mark.parametrize("missing", ["catalogue", "code"])
def test_a_rule_without_its_other_half_holds_the_booking(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    book = BOOK
    if missing == "code":
        monkeypatch.delitem(READINGS, "INF-10")
    else:
        book = replace(BOOK, rules={key: rule for key, rule in BOOK.rules.items() if key != "INF-10"})
    outcome = judge(a_case(), book)
    assert outcome.severity is Severity.S3
    assert [fault.rule for fault in outcome.faults] == ["INF-10"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("C01", "no"),
        ("C01", {"feverish": True, "fever_last_24h": "no"}),
        ("C01", {"feverish": "no", "fever_last_24h": "no", "temp_c": "38"}),
        ("C01", {"feverish": "no", "fever_last_24h": "no", "temp_c": 380}),
        ("C01", {"feverish": "no", "fever_last_24h": "no", "mood": "good"}),
        ("C03", {"what": "rash"}),
        ("C03", [{"what": "freckle", "sites": [], "state": "open"}]),
        ("I01", [{"what": "sprain", "on": "2026-02-30", "sites": [], "healed": "yes"}]),
        ("K03", [{"what": "tattoo", "at": 5, "sites": []}]),
        ("J02", {"glucose": {"mg_dl": 100, "at": "2026-11-23"}}),
        ("I02", [{"what": "knee", "major": "yes", "on": "2026-01-01", "sites": []}]),
        ("D06", [{"what": "pump", "sites": ["elbow_left"]}]),
        ("Z99", "yes"),
    ],
)
def test_an_answer_of_the_wrong_shape_holds_the_booking(question: str, answer: Any) -> None:
    outcome = judge(with_answers(a_case(), **{question: answer}), BOOK)
    assert outcome.severity >= Severity.S3
    assert {fault.rule for fault in outcome.faults} == {question}
    assert "SYS-FAULT" in {finding.rule for finding in outcome.findings}


def test_a_fault_for_the_log_holds_no_answer() -> None:
    outcome = judge(with_answers(a_case(), C04={"alcohol": "a bottle of gin"}), BOOK)
    assert "gin" not in repr(outcome.faults)


def test_a_misshapen_quick_check_holds_the_booking_and_counts_as_not_given() -> None:
    case = a_case()
    quick = Answered(case.at, {"Q8": [{"what": 3}], "Q1": {"feverish": "yes"}})
    outcome = judge(replace(case, quick=quick), BOOK)
    assert {"SYS-FAULT", "INF-01"} <= {finding.rule for finding in outcome.findings}


def test_the_owner_can_be_strict_with_the_founding_list() -> None:
    case = a_case(full={"G01": {"single": "yes"}, "D05": [{"what": "raynaud"}]})
    strict = BOOK.under(Policy(strict_contraindications=True))
    assert severities(case) == {"REN-04": Severity.S1, "CVD-23": Severity.S1}
    assert severities(case, strict) == {"REN-04": Severity.S4, "CVD-23": Severity.S1}
    raised = judge(case, strict).as_json()["findings"][0]
    assert raised["rule"] == "REN-04"
    assert "stricter" in raised["therapist_text"]
    assert raised["desk_text"].startswith("Not on this day.")


def test_a_letter_does_not_help_against_a_strict_owner() -> None:
    letter = {"rules": ["REN-02"], "signed": True, "starts_on": "2026-11-01", "ends_on": "2026-12-31"}
    case = a_case(full={"G01": {"kidney": "dialysis"}}, clearances=[letter])
    assert severities(case)["REN-02"] is Severity.S1
    assert severities(case, BOOK.under(Policy(strict_contraindications=True)))["REN-02"] is Severity.S4


def test_strictness_never_lowers_an_emergency() -> None:
    case = a_case(full={"D04": {"one_sided_swelling": "yes", "pain": "yes"}})
    assert severities(case, BOOK.under(Policy(strict_contraindications=True)))["CVD-02"] is Severity.S5


def test_the_owner_can_tighten_a_rule() -> None:
    case = a_case(full={"D05": [{"what": "raynaud"}]})
    assert severities(case, BOOK.under(Policy(tightened={"CVD-23": Severity.S3})))["CVD-23"] is Severity.S3


def test_a_rule_switched_off_is_told_and_does_not_weigh() -> None:
    case = a_case(full={"D05": [{"what": "raynaud"}]})
    outcome = judge(case, BOOK.under(Policy(switched_off=frozenset({"CVD-23", "INF-01"}))))
    assert (outcome.severity, outcome.findings, outcome.silenced) == (Severity.S0, (), ("CVD-23",))


def test_the_owner_may_count_the_first_trimester_longer() -> None:
    case = a_case(full={"F01": "yes", "F02": {"due": "2027-05-31", "high_risk": "no", "conditions": []},
                        "F03": {"any": "no", "signs": []}})  # fmt: skip
    longer = BOOK.under(Policy(first_trimester_end_weeks=14))
    assert severities(case) == {"PRG-02": Severity.S1}
    assert severities(case, longer) == {"PRG-01": Severity.S3}


def test_the_owner_says_up_to_which_age_a_guardian_is_there() -> None:
    fifteen = replace(a_case(), born=date(2011, 1, 1), guardian_consent=True)
    asked = [
        judge(fifteen, BOOK.under(Policy(guardian_in_room_under=room, guardian_on_premises_under=near))).needs
        for room, near in ((None, None), (15, None), (14, 15), (0, 0), (18, 18))
    ]
    assert asked == [("GUARDIAN_IN_ROOM",), ("GUARDIAN_ON_PREMISES",), (), (), ("GUARDIAN_IN_ROOM",)]


def test_the_answer_is_told_in_either_language() -> None:
    outcome = judge(a_case(full={"D05": [{"what": "raynaud"}]}), BOOK)
    english, spanish = outcome.as_json(), outcome.as_json(Language.SPANISH)
    assert english["findings"][0]["client_text"] == "We keep you warm."
    assert spanish["findings"][0]["client_text"] == "Le mantenemos abrigado."
    assert json.dumps(english)


def test_the_letter_that_helped_is_named() -> None:
    letter = {
        "id": "l1",
        "rules": ["CVD-18"],
        "signed": True,
        "starts_on": "2026-11-01",
        "ends_on": "2026-12-31",
    }
    finding = judge(a_case(full={"D05": [{"what": "aneurysm"}]}, clearances=[letter]), BOOK).findings[0]
    assert (finding.cleared_by, finding.cleared, finding.found) == ("l1", True, Severity.S3)


def test_a_letter_may_deny_more_without_lowering_anything() -> None:
    letter = {"rules": ["CVD-23"], "signed": True, "starts_on": "2026-11-01", "ends_on": "2026-12-31",
              "pressure_cap": "P2"}  # fmt: skip
    finding = judge(a_case(full={"D05": [{"what": "raynaud"}]}, clearances=[letter]), BOOK).findings[0]
    assert (finding.severity, finding.cleared, finding.cap) == (Severity.S1, False, 2)


def test_a_letter_without_an_end_lives_half_a_year_where_the_row_says_nothing() -> None:
    letter = {"rules": ["CVD-23"], "signed": True, "pressure_cap": "P2"}
    raynaud = {"D05": [{"what": "raynaud"}]}
    caps = [
        judge(a_case(full=raynaud, clearances=[{**letter, "starts_on": start}]), BOOK).pressure_cap
        for start in ("2026-05-27", "2026-05-26")
    ]
    assert caps == [2, None]


def test_a_letter_answers_an_owner_who_asks_for_one() -> None:
    letter = {"rules": ["CVD-23"], "signed": True, "starts_on": "2026-11-01", "ends_on": "2026-12-31"}
    book = BOOK.under(Policy(tightened={"CVD-23": Severity.S3}))
    raynaud = {"D05": [{"what": "raynaud"}]}
    held, cleared = judge(a_case(full=raynaud), book), judge(a_case(full=raynaud, clearances=[letter]), book)
    assert (held.severity, held.needs) == (Severity.S3, ("CLEARANCE",))
    assert (cleared.severity, cleared.needs) == (Severity.S1, ())


def test_who_may_act_against_a_finding_follows_the_ladder() -> None:
    def finding(**full: Any) -> Finding:
        return judge(a_case(full=full), BOOK).findings[0]

    raynaud = finding(D05=[{"what": "raynaud"}])
    aneurysm = finding(D05=[{"what": "aneurysm"}])
    high = finding(G03={"acute_pain": "yes"})
    contagion = finding(C01={"feverish": "yes"})
    emergency = finding(OBS={"breathless_at_rest": "yes"})
    who = [
        {role for role in Role if may_override(each, role)}
        for each in (raynaud, aneurysm, high, contagion, emergency)
    ]
    hands = {Role.OWNER, Role.THERAPIST}
    assert who == [hands, hands, {Role.OWNER}, set(), set()]
    assert [needs_reason(each) for each in (raynaud, aneurysm, high)] == [False, True, True]
    assert [needs_password(each) for each in (raynaud, aneurysm, high)] == [False, False, True]


def test_the_desk_is_not_told_what_would_give_a_condition_away() -> None:
    needs = judge(a_case(full={"F01": "yes"}, quick=None, staff=None), BOOK).needs
    assert {"ANSWER_F02", "DUE_DATE", "PRENATAL_THERAPIST", "QUICK_CHECK"} <= set(needs)
    assert desk_needs(needs) == ("CLEARANCE", "QUICK_CHECK", "THERAPIST")


def test_the_clot_indicator_counts_what_was_answered() -> None:
    case = a_case(full={"D04": {"calf_bigger": "yes"}, "H01": {"ever": "yes", "in_treatment": "yes"},
                        "D03": {"ever": "yes", "treatment_ended": "2019-01-01", "in_treatment": "no"}})  # fmt: skip
    n = BOOK.rules["CVD-02"].numbers
    indicator = clot_indicator(prepare(case, BOOK), n)
    assert (indicator.points, indicator.likely, indicator.level) == (3, True, "high")
    nothing = clot_indicator(prepare(a_case(), BOOK), n)
    assert (nothing.points, nothing.likely, nothing.level) == (0, False, "low")
    one = clot_indicator(prepare(a_case(full={"D04": {"pitting": "yes"}}), BOOK), n)
    assert one.level == "moderate"


def test_the_first_possible_moment_is_the_latest_of_all() -> None:
    assert latest(None, date(2026, 1, 2), None) == date(2026, 1, 2)
    assert latest() is None
    assert written(date(2026, 1, 2)) == "2026-01-02"


def test_a_case_is_read_from_its_file() -> None:
    case = read_case(json.dumps(laid_over({"staff": None})).encode())
    assert (case.prenatal_certified, case.born) == (None, date(1985, 5, 5))
    assert case_of({key: value for key, value in laid_over({}).items() if key != "asked_at"}).asked_at is None


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"moment": "later"}, "/moment"),
        ({"mood": "good"}, "/mood"),
        ({"at": "2026-02-30T10:00"}, "/at"),
        ({"full": {"C01": {"mood": "good"}}}, "/full/answers/C01/mood"),
        ({"full": {"C01": {"ended_at": "2026-02-30T10:00"}}}, "/full/answers/C01/ended_at"),
        ({"clearances": [{"rules": ["CVD-10"], "pressure_cap": "P9"}]}, "/clearances/0/pressure_cap"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_with_its_place(change: dict[str, Any], at: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_case(json.dumps(laid_over(change)).encode())
    assert refused.value.at == at


def test_the_history_ends_on_the_same_day_where_the_book_lacks_a_rule_that_does_not_bear_on_it() -> None:
    case = a_case()
    lacking = {key: rule for key, rule in BOOK.rules.items() if key != max(BOOK.rules)}
    assert screening_ends_on(case, replace(BOOK, rules=lacking)) == screening_ends_on(case, BOOK)


@pytest.mark.parametrize(("climbed", "severity"), [(99, Severity.S4), (100, None)])
def test_sugar_that_was_low_at_the_first_quick_check_has_to_climb_further(
    climbed: int, severity: Severity | None
) -> None:
    low, then = ({"Q10": {"glucose": {"mg_dl": n, "at": "2026-11-23T09:40"}}} for n in (64, climbed))
    case = a_case(quick=then)
    assert case.quick is not None
    case = replace(case, earlier=(Answered(case.quick.at, low),))
    assert severities(case).get("DM-01") == severity


def test_a_misshapen_earlier_quick_check_holds_the_booking() -> None:
    case = a_case()
    case = replace(case, earlier=(Answered(case.at, {"Q10": "sweet"}),))
    assert judge(case, BOOK).faults
    assert severities(case)["SYS-FAULT"] is Severity.S3


def test_of_two_bands_equally_grave_the_stricter_speaks_whichever_was_told_first() -> None:
    thinners = [{"name": "apixaban"}, {"name": "warfarin", "inr": 3.6}]
    told = [
        judge(a_case(full={"K01": listed}), BOOK).findings[0].texts(Language.ENGLISH).therapist
        for listed in (thinners, thinners[::-1])
    ]
    assert told[0] == told[1]
    assert "P2" in told[0]
