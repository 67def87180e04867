"""How long a screening speaks, how the quick check lies over it, and what a medicine's name stands for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import (
    Answered,
    Answers,
    Form,
    Misshapen,
    Shape,
    day_of,
    misfits,
    moment_of,
    open_keys,
    said_no,
    said_yes,
    sure_yes,
)
from clinic.rules.screening import (
    Standing,
    age_on,
    birthday,
    classes_of,
    medicines,
    over,
    screening_ends,
)

MORNING = datetime(2026, 11, 20, 9, 0)
TODAY = datetime(2026, 11, 23, 9, 30)
KNOWN = rule_book().medicines
INTERVALS = rule_book().intervals


def laid(full: dict[str, Any], quick: dict[str, Any] | None = None) -> Answers:
    return over(Answered(MORNING, full), *([] if quick is None else [Answered(TODAY, quick)]))


def test_yes_and_unsure_count_as_yes() -> None:
    assert [said_yes(each) for each in ("yes", "unsure", "no", None)] == [True, True, False, False]
    assert [said_no(each) for each in ("yes", "unsure", "no", None)] == [False, False, True, False]
    assert [sure_yes(each) for each in ("yes", "unsure", "no", None)] == [True, False, False, False]


def test_anything_else_is_no_answer() -> None:
    with pytest.raises(Misshapen):
        said_yes("maybe")


def test_a_bare_day_lasts_to_its_last_minute() -> None:
    assert moment_of("2026-11-23") == datetime(2026, 11, 23, 23, 59)
    assert moment_of(None) is None
    assert day_of("2026-11-23T10:00") == date(2026, 11, 23)
    assert day_of(None) is None


def test_the_quick_check_replaces_key_by_key_and_falls_back() -> None:
    answers = laid(
        {"D04": {"one_sided_swelling": "yes", "pain": "yes"}}, {"Q5": {"pain": "no", "breathless": "no"}}
    )
    assert answers.of("D04") == {"one_sided_swelling": "yes", "pain": "no"}
    assert answers.of("Q5") == {"breathless": "no"}
    assert answers.said_at("D04", "pain") == TODAY
    assert answers.said_at("D04", "one_sided_swelling") == MORNING


def test_the_quick_check_alone_speaks_for_its_day() -> None:
    answers = over(None, Answered(TODAY, {"Q1": {"feverish": "yes"}}))
    assert answers.said_on(TODAY.date(), "C01", "feverish")
    assert answers.said_at("D01") == TODAY


def test_nobody_said_anything_ever() -> None:
    assert over(None).said_at("C01").year == 1


def test_pregnancy_pain_and_drink_of_the_day_find_their_questions() -> None:
    answers = laid(
        {"F01": "no", "B03": {"now": 1, "worst": 2, "best": 0}, "C04": {"alcohol": "no", "drugs": "no"}},
        {
            "Q7": {"pregnancy": "maybe", "signs": {"any": "no", "signs": []}},
            "Q12": {"pain_now": 6, "soreness_hours": 3},
            "Q13": {"alcohol": "yes", "intoxicated": "no", "analgesic_at": "2026-11-23T08:00"},
        },
    )
    assert answers.word("F01") == "maybe"
    assert answers.of("F03") == {"any": "no", "signs": []}
    assert answers.of("B03")["now"] == 6
    assert answers.of("Q12") == {"soreness_hours": 3}
    assert answers.of("C04") == {"alcohol": "yes", "drugs": "no", "intoxicated": "no"}
    assert answers.of("Q13") == {"analgesic_at": "2026-11-23T08:00"}


def test_what_is_new_joins_the_list_and_replaces_only_its_like() -> None:
    rash = {"what": "rash", "sites": ["left_knee"], "state": "open"}
    elsewhere = {"what": "rash", "sites": ["face"], "state": "open"}
    healed = {"what": "rash", "sites": ["knee"], "state": "healed"}
    burn = {"what": "burn", "sites": ["left_knee"], "state": "open"}
    assert laid({"C03": [rash]}, {"Q6": [elsewhere, burn]}).items("C03") == [rash, elsewhere, burn]
    assert laid({"C03": [rash]}, {"Q6": [healed]}).items("C03") == [healed]
    assert laid({"C03": [rash]}, {"Q6": []}).items("C03") == [rash]
    nowhere = {"what": "rash", "sites": [], "state": "healed"}
    assert laid({"C03": [rash]}, {"Q6": [nowhere]}).items("C03") == [nowhere]


def test_a_medicine_stopped_today_replaces_the_one_on_the_list() -> None:
    answers = laid({"K01": [{"name": "Eliquis"}]}, {"Q3": [{"name": "eliquis", "stopped": "2026-11-23"}]})
    assert [each.stopped for each in medicines(answers, KNOWN)] == [date(2026, 11, 23)]


def test_an_operation_and_a_shot_go_to_their_own_lists() -> None:
    operation = {"what": "knee", "major": True, "on": "2026-11-01", "sites": []}
    shot = {"what": "vaccination", "at": "2026-11-22", "sites": []}
    answers = laid({}, {"Q8": [operation, shot], "Q4": [{"what": "sprain"}]})
    assert (answers.items("I02"), answers.items("K03")) == ([operation], [shot])
    assert answers.each("I01", "sprain")


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Apixaban", {"anticoagulant"}),
        ("ELIQUIS 5 mg tablets", {"anticoagulant"}),
        ("low dose aspirin", {"antiplatelet", "nsaid"}),
        ("hydrocodone/acetaminophen", {"opioid", "nsaid"}),
        ("Voltarén", {"nsaid"}),
        ("Lisinopril-HCTZ", {"antihypertensive"}),
        ("ibuprofeno 600", {"nsaid"}),
        ("vitamin D3 1000 IU", set()),
        ("Tylenol with codeine", {"opioid"}),
        ("magnesium moonbeam", None),
        ("moonbeam", None),
        ("", None),
    ],
)
def test_a_name_gives_its_classes_or_none_is_known(name: str, classes: set[str] | None) -> None:
    assert classes_of(name, KNOWN) == classes


@pytest.mark.parametrize(
    ("item", "classes"),
    [
        ({"name": "fentanyl", "route": "patch"}, {"patch_opioid"}),
        ({"name": "nitroglycerin", "route": "transdermal"}, {"patch_nitrate"}),
        ({"name": "estradiol patch"}, {"patch_hormone"}),
        ({"name": "lidocaine patch"}, {"topical"}),
        ({"name": "clonidine", "route": "patch"}, {"antihypertensive", "topical"}),
        ({"name": "hydrocortisone", "route": "cream"}, {"topical"}),
        ({"name": "budesonide", "route": "inhaler"}, set()),
        ({"name": "triamcinolone", "route": "injection"}, {"corticosteroid_injection"}),
        ({"name": "moonbeam", "class": "sedative"}, {"sedative"}),
        ({"name": "moonbeam", "class": "none"}, set()),
        ({"name": "Xarelto", "class": "none"}, {"anticoagulant"}),
        ({"name": "moonbeam"}, None),
    ],
)
def test_the_route_changes_what_a_drug_does(item: dict[str, Any], classes: set[str] | None) -> None:
    assert [each.classes for each in medicines(laid({"K01": [item]}), KNOWN)] == [classes]


def test_a_painkiller_of_the_day_counts_without_a_name() -> None:
    answers = laid({}, {"Q13": {"analgesic_at": "2026-11-23T08:00", "class": "opioid"}})
    assert [(each.name, each.classes) for each in medicines(answers, KNOWN)] == [("", frozenset({"opioid"}))]


def healthy(**change: Any) -> Standing:
    usual: dict[str, Any] = {
        "chronic": False, "cleared": False, "minor": False, "came_of_age": None, "due": None, "pregnant": False,
    }  # fmt: skip
    return Standing(**{**usual, **change})


@pytest.mark.parametrize(
    ("standing", "last"),
    [
        (healthy(), date(2027, 11, 20)),
        (healthy(chronic=True), date(2027, 5, 19)),
        (healthy(minor=True), date(2027, 5, 19)),
        (healthy(chronic=True, cleared=True), date(2027, 2, 18)),
        (healthy(came_of_age=date(2027, 1, 1)), date(2026, 12, 31)),
        (healthy(came_of_age=date(2025, 1, 1)), date(2027, 11, 20)),
        (healthy(pregnant=True), date(2027, 11, 20)),
        (healthy(pregnant=True, due=date(2027, 6, 1)), date(2026, 11, 23)),
        (healthy(pregnant=True, due=date(2026, 12, 1)), date(2026, 11, 30)),
        (healthy(pregnant=True, due=date(2026, 1, 1)), date(2027, 11, 20)),
    ],
)
def test_a_screening_speaks_for_its_time(standing: Standing, last: date) -> None:
    assert screening_ends(MORNING.date(), standing, INTERVALS) == last


def test_a_leap_day_child_turns_older_in_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_an_answer_is_held_against_its_question() -> None:
    choice = Shape(Form.LIST, items=(Shape(Form.GROUP, keys={"a": Shape(Form.FLAG)}, needed=("a",)),))
    assert list(misfits([{"a": True}], choice)) == []
    assert list(misfits([{"a": 1}, {"b": True}], choice)) == ["/0/a", "/1/b"]
    assert list(misfits({}, choice)) == [""]
    assert list(misfits("x", choice.items[0])) == [""]
    assert open_keys([{}], choice)
    assert not open_keys([{"a": False}], choice)
    assert not open_keys("word", Shape(Form.WORD))


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (Form.DAY, "2026-11-23", "2026-11-23T10:00"),
        (Form.WHEN, "2026-11-23T10:00", "2026-11-23"),
        (Form.EITHER, "2026-11-23", "tomorrow"),
        (Form.TEXT, "words", 7),
        (Form.NUMBER, 7, True),
        (Form.FLAG, False, "no"),
    ],
)
def test_each_form_of_answer_has_its_look(form: Form, good: object, bad: object) -> None:
    assert list(misfits(good, Shape(form))) == []
    assert list(misfits([bad], Shape(Form.LIST, items=(Shape(form),)))) == ["/0"]


def test_a_number_has_its_bounds() -> None:
    shape = Shape(Form.NUMBER, least=0, most=10)
    assert [list(misfits(each, shape)) for each in (0, 10, -1, 11)] == [[], [], [""], [""]]


def test_a_second_quick_check_of_the_day_forgets_nothing_of_the_first() -> None:
    first = Answered(MORNING, {"Q1": {"feverish": "yes"}, "Q9": {"symptoms": ["vision"]}})
    second = Answered(TODAY, {"Q9": {"symptoms": []}})
    laid = over(None, first, second)
    assert laid.yes("C01", "feverish")
    assert laid.of("D01")["symptoms"] == []
    assert laid.quick_at == TODAY
