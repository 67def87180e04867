"""The catalogue says what the code reads, in both languages, and tells the desk no condition."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange.catalogue import questions, read_rule_book, rule_book
from clinic.exchange.questionnaire import PAGE as FORMS_PAGE
from clinic.exchange.questionnaire import page as forms_page
from clinic.exchange.resources import CATALOGUE, SCHEMA
from clinic.exchange.rulebook import PAGE, page
from clinic.rules.answers import Form, Shape
from clinic.rules.areas import AREAS, PAIRED
from clinic.rules.contraindications.families import READINGS
from clinic.rules.contraindications.vocabulary import Language, Severity
from clinic.values import Technique, Trouble

if TYPE_CHECKING:
    from pathlib import Path

RULES = CATALOGUE / "contraindications.toml"
MEDICINES = CATALOGUE / "medicines.toml"
BOOK = rule_book()
EFFECTS = [
    *((rule.id, effect) for rule in BOOK.rules.values() for effect in rule.bands.values()),
    *BOOK.system.items(),
]


def test_catalogue_and_code_name_the_same_138_rules() -> None:
    assert len(BOOK.rules) == 138
    assert set(BOOK.rules) == set(READINGS)


def test_every_text_is_there_in_both_languages() -> None:
    for rule, effect in EFFECTS:
        english, spanish = effect.texts[Language.ENGLISH], effect.texts[Language.SPANISH]
        for one, other in zip(
            (english.therapist, english.desk, english.client),
            (spanish.therapist, spanish.desk, spanish.client),
            strict=True,
        ):
            assert one, rule
            assert other, rule
            assert one != other, rule
            assert ("{about}" in one) == ("{about}" in other), rule


def test_the_desk_reads_no_condition() -> None:
    """What the desk reads comes from a few sentences shared by many rules, so none can give a condition away."""
    shared: dict[str, set[str]] = {}
    for rule, effect in EFFECTS:
        shared.setdefault(effect.texts[Language.ENGLISH].desk, set()).add(rule)
    assert len(shared) < 25
    words = re.compile(
        r"pregnan|cancer|hiv|fever|clot|pressure|heart|kidney|infect|medicine|trauma|alcohol", re.IGNORECASE
    )
    assert [sentence for sentence in shared if words.search(sentence)] == []


def test_emergencies_and_refusals_leave_no_technique() -> None:
    for rule, effect in EFFECTS:
        if effect.severity >= Severity.S4:
            assert effect.denied == frozenset(Technique), rule


def test_an_emergency_is_never_lowered_by_a_letter() -> None:
    assert [
        rule for rule, effect in EFFECTS if effect.severity is Severity.S5 and effect.clearance_lowers
    ] == []


def test_every_source_is_explained() -> None:
    assert {each for rule in BOOK.rules.values() for each in rule.source} <= set(BOOK.sources)


def test_an_unreviewed_row_says_so() -> None:
    assert all(rule.reviewed == (rule.reviewer is not None) for rule in BOOK.rules.values())


def test_the_page_in_the_docs_is_the_catalogue() -> None:
    assert PAGE.read_text("utf-8") == page(BOOK)


def test_a_reviewed_row_names_its_reviewer_on_the_page(tmp_path: Path) -> None:
    signed = tmp_path / "rules.toml"
    text = RULES.read_text("utf-8").replace(
        "\nreviewed = false", '\nreviewed = true\nreviewer = "R. Nurse"\nreviewed_on = "2026-12-01"', 1
    )
    signed.write_text(text, "utf-8")
    assert "| R. Nurse, 2026-12-01 |" in page(read_rule_book(signed, MEDICINES))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('severity = "S4"', 'severity = "S9"'),
        ('desk = "help_up"', 'desk = "nobody"'),
        ('sites = ["abdomen"]', 'sites = ["elsewhere"]'),
        ("\nreviewed = false", "\nreviewed = true"),
        ("[rules.INF-02]", "[rules.INF-02"),
    ],
)
def test_a_catalogue_that_does_not_fit_is_trouble(tmp_path: Path, before: str, after: str) -> None:
    broken = tmp_path / "rules.toml"
    broken.write_text(RULES.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(Trouble, match="catalogue_unreadable"):
        read_rule_book(broken, MEDICINES)


def test_a_catalogue_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="catalogue_unreadable"):
        read_rule_book(tmp_path / "none.toml", MEDICINES)


def test_a_few_hundred_medicines_have_a_class_the_form_knows() -> None:
    offered = _answers()["$defs"]["medicine_class"]["enum"]
    assert len(BOOK.medicines) > 300
    assert {each for classes in BOOK.medicines.values() for each in classes} <= {*offered, "oestrogen"}


def test_the_forms_know_exactly_the_areas_of_the_map() -> None:
    assert set(_answers()["$defs"]["area"]["enum"]) == {*AREAS, *PAIRED}


def test_each_question_has_its_shape_from_the_one_schema() -> None:
    assert set(questions()["full"]) >= {"B01", "D04", "K01", "M01", "OBS"}
    assert set(questions()["quick"]) == {*(f"Q{number}" for number in range(1, 15)), "OBS"}
    fever = questions()["full"]["C01"].shape
    assert fever.needed == ("feverish", "fever_last_24h")
    assert fever.keys["temp_c"] == Shape(Form.NUMBER, least=20, most=50)
    assert questions()["full"]["F02"].critical_when == {"yes", "postpartum"}


def _answers() -> Any:
    return json.loads((SCHEMA / "answers-1.json").read_text("utf-8"))


def test_the_page_of_the_forms_is_the_schema() -> None:
    assert FORMS_PAGE.read_text("utf-8") == forms_page()
