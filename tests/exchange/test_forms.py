"""The forms in words and the schema of the answers are one definition: neither says more than the other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange.answering import check_answers
from clinic.exchange.catalogue import questions, rule_book
from clinic.exchange.forms import questionnaire
from clinic.exchange.shape import schema
from clinic.rules.answers import Answered
from clinic.rules.forms import PartKind, can_say_no, lacking, no_of, settled
from clinic.rules.screening import over, still_open
from clinic.values import ScreeningKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.forms import Part, Text

FORMS = {"full": ("full", "staff"), "quick": ("quick", "staff")}
MOST_PAGES = 6
_AT = datetime(2026, 11, 18, 9)


@pytest.mark.parametrize("form", ["full", "quick"])
def test_every_question_stands_on_exactly_one_page(form: str) -> None:
    asked = [question.id for part in FORMS[form] for question in questionnaire().asked(part)]
    assert sorted(asked) == sorted(schema("answers-1.json")["$defs"][form]["properties"])


def test_a_form_has_at_most_six_pages() -> None:
    assert {form: len(pages) <= MOST_PAGES for form, pages in questionnaire().pages.items()} == {
        "full": True,
        "quick": True,
        "staff": True,
    }


def texts(part: Part) -> Iterator[Text]:
    yield from (part.text, *(choice.text for choice in part.choices))
    for each in (*part.parts, *(inner for thing in part.things for inner in thing.parts)):
        yield from texts(each)
    yield from (thing.text for thing in part.things)


def test_everything_is_asked_in_english_and_spanish() -> None:
    book = questionnaire()
    said = [text for form in book.pages for question in book.asked(form) for text in texts(question.part)]
    said += [text for pages in book.pages.values() for page in pages for text in (page.title, page.under)]
    said += book.words.values()
    assert all(text["en"].strip() and text["es"].strip() for text in said)


def test_what_must_be_answered_is_the_same_in_both() -> None:
    shapes = questions()["full"]
    asked = {question.id: question for question in questionnaire().asked("full")}
    assert {q.id for q in asked.values() if q.critical} == {q.id for q in shapes.values() if q.critical}
    for key, question in asked.items():
        if question.part.kind is PartKind.GROUP:
            needed = {part.key for part in question.part.parts if part.needed}
            assert needed == set(shapes[key].shape.needed)


OPEN: dict[str, Any] = {
    "B01": ["relaxation"],
    "B02": {"sites": []},
    "B03": {"now": 0, "worst": 0, "best": 0},
    "F01": "not_applicable",
    "L01": {"no_touch": []},
    "M01": {"true_and_complete": True, "signature": "Inês Abreu"},
}


def test_no_to_all_is_a_complete_history_that_raises_nothing() -> None:
    """Whoever has nothing to report can say so with one press for each page, and nothing is left open."""
    answers = dict(OPEN)
    for question in questionnaire().asked("full"):
        if can_say_no(question) and question.when is None:
            answers[question.id] = settled(question.part, no_of(question.part))
    check_answers(ScreeningKind.FULL, answers)
    assert [q.id for q in questionnaire().asked("full") if lacking(q, answers)] == []
    laid = over(Answered(_AT, answers))
    assert list(still_open(laid, rule_book().full, born=_AT.date())) == []


def test_no_to_all_of_the_quick_check_fits_its_questions() -> None:
    answers = {q.id: no_of(q.part) for q in questionnaire().asked("quick") if can_say_no(q)}
    check_answers(ScreeningKind.QUICK, answers)
    assert {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "Q11", "Q13"} <= set(answers)
