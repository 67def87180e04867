"""Forms: what a client is asked, page by page, and the medicines that can be named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange.catalogue import rule_book
from clinic.exchange.forms import questionnaire
from clinic.rules.areas import PAIRED, SIDES
from clinic.rules.forms import (
    Asked,
    Choice,
    Page,
    Part,
    PartKind,
    Questionnaire,
    Text,
    Thing,
    can_say_no,
    is_asked,
    lacking,
    no_of,
    settled,
    shown,
    thing_of,
)
from clinic.rules.screening import classes_of
from clinic.workroom import saying

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Asked",
    "Choice",
    "Page",
    "Part",
    "PartKind",
    "Questionnaire",
    "Said",
    "Text",
    "Thing",
    "answer_word",
    "areas_of",
    "can_say_no",
    "in_words",
    "is_asked",
    "is_known",
    "lacking",
    "medicines",
    "no_of",
    "questionnaire",
    "settled",
    "shown",
    "thing_of",
]

OFFERED = 8
"""Names offered at once to somebody who types a medicine."""


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(rule_book().medicines))


def medicines(typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Offer the medicines whose names begin with what was typed, then those that hold it; each with its classes."""
    asked = " ".join(typed.casefold().split())
    if not asked:
        return ()
    begin = [name for name in _names() if name.startswith(asked)]
    within = [name for name in _names() if asked in name and not name.startswith(asked)]
    known = rule_book().medicines
    return tuple((name, tuple(sorted(known[name]))) for name in (*begin, *within)[:OFFERED])


def is_known(name: str) -> bool:
    """Whether the catalogue knows what a name stands for; one it does not know is asked about."""
    return classes_of(name, rule_book().medicines) is not None


def areas_of(place: str) -> tuple[str, ...]:
    """Give the areas of a place: itself, or its left and its right."""
    return tuple(f"{side}_{place}" for side in SIDES) if place in PAIRED else (place,)


def answer_word(word: str) -> Text:
    """Say yes, no or unsure in every language."""
    return questionnaire().words[word]


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer in words."""

    question: str
    lines: tuple[str, ...]


def in_words(page: Page, answers: Mapping[str, Any], language: str) -> tuple[Said, ...]:
    """Say what was answered on a page; questions nobody was asked are left out."""
    return tuple(
        Said(saying.question(asked, language), saying.answer(asked, answers.get(asked.id), language))
        for asked in page.questions
        if asked.id in answers and is_asked(asked, answers) and asked.id != "M01"
    )
