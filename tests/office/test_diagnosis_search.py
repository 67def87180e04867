"""Looking for a diagnosis code while a letter is written down."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from clinic.office import letters

if TYPE_CHECKING:
    from clinic.office.desk import Desk


def test_words_find_the_likeliest_code_first(desk: Desk) -> None:
    found = desk.reading(partial(letters.diagnosis_search, typed="low back"))
    assert (found[0].code, found[0].label) == ("M54.50", "Low back pain, unspecified")


def test_a_letter_is_offered_what_was_billable_when_it_was_signed(desk: Desk) -> None:
    signed = partial(letters.diagnosis_search, typed="m54.5", signed_on=date(2021, 9, 30))
    assert [code.code for code in desk.reading(signed)] == ["M54.5"]
