"""The form on paper: all of the one definition, large enough to read, on at most six pages."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, get_args

import pytest
from pypdf import PdfReader

from clinic.documents import blank_form
from clinic.documents.form_questions import MOST
from clinic.documents.form_rows import LEAST
from clinic.documents.form_sheets import BlankSheet
from clinic.documents.sheets import Format
from clinic.exchange.body import drawn
from clinic.exchange.forms import questionnaire
from clinic.rules.forms import PartKind
from clinic.rules.notes import View
from tests.documents.sheets_made import PRACTICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic.rules.forms import Part

MOST_PAGES = {"full": 6, "quick": 2}
TYPE = re.compile(rb"BT ([\d.]+) 0 0")


def form(kind: str, language: str, size: Format) -> PdfReader:
    book = questionnaire()
    words = {name: text[language] for name, text in book.words.items()}
    declared = next(q.part for q in book.asked("full") if q.id == "M01")
    sheet = BlankSheet(
        practice=PRACTICE,
        title=words["form_title"],
        language=language,
        format=size,
        version=book.version,
        on=date(2026, 11, 23),
        labels=words,
        client="Lucía Fernández de la Vega y Montalbán",
        born=date(1980, 2, 29),
        pages=book.pages[kind],
        figures=tuple(drawn()[view] for view in (View.FRONT, View.BACK)),
        declaration=declared.parts[0].text[language],
        brief=kind == "quick",
    )
    return PdfReader(BytesIO(blank_form.pdf(sheet)))


def said(part: Part, language: str) -> Iterator[str]:
    """Everything a part asks, down to the details of its lists; what the therapist asks alone is not on paper."""
    if part.when is not None and part.when.never:
        return
    yield part.text[language]
    if part.kind is not PartKind.ONE or len(part.choices) <= MOST:  # of very many one is written
        yield from (choice.text[language] for choice in part.choices)
    if part.kind is not PartKind.MEDICINES:
        for each in part.parts:
            yield from said(each, language)
    for thing in part.things:
        if thing.word or len(part.things) > 1:
            yield thing.text[language]
        yield from (each.text[language] for each in thing.parts if each.key != "what")


@pytest.mark.parametrize("size", get_args(Format))
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["full", "quick"])
def test_the_form_asks_all_of_it_in_a_few_pages_that_can_be_read(
    kind: str, language: str, size: Format
) -> None:
    pages = form(kind, language, size).pages
    assert len(pages) <= MOST_PAGES[kind]
    printed = "".join("".join(page.extract_text().split()) for page in pages)
    asked = [q for page in questionnaire().pages[kind] for q in page.questions if q.id != "M01"]
    missing = [
        words
        for question in asked
        for words in said(question.part, language)
        if "".join(words.split()) not in printed
    ]
    assert missing == []
    for page in pages[1:]:
        contents = page.get_contents()
        assert contents is not None
        assert min(map(float, TYPE.findall(contents.get_data()))) >= LEAST


def test_a_question_that_goes_on_over_the_page_is_named_again() -> None:
    tops = [page.extract_text().split("\n")[1].strip() for page in form("full", "en", "letter").pages[1:]]
    named = {q.part.text["en"] for q in questionnaire().asked("full")}
    going_on = [top for top in tops if top.split(" \N{HORIZONTAL ELLIPSIS}")[0] in named]
    assert any(top.endswith("Yes No Not sure") for top in going_on)
