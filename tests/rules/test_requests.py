"""Which letter answers which request, and when one asks again."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.rules import requests
from clinic.values import LetterKind, RequestKind


@pytest.mark.parametrize(
    ("letter", "request_", "answers"),
    [
        (LetterKind.LMN, RequestKind.LMN, True),
        (LetterKind.PRESCRIPTION, RequestKind.RENEWAL, True),
        (LetterKind.AUTHORISATION, RequestKind.REFERRAL, True),
        (LetterKind.LMN, RequestKind.REFERRAL, False),
        (LetterKind.CLEARANCE, RequestKind.THANKS, False),
    ],
)
def test_a_letter_answers_what_asked_for_it(letter: LetterKind, request_: RequestKind, answers: bool) -> None:  # noqa: FBT001
    assert requests.answers(letter, request_) is answers


def test_waiting_is_counted_from_the_day_it_was_sent() -> None:
    today = date(2026, 11, 18)
    assert requests.waiting(None, None, today) is None
    assert requests.waiting(date(2026, 11, 4), today, today) is None
    assert requests.waiting(date(2026, 11, 4), None, today) == 14


@pytest.mark.parametrize(
    ("kind", "days", "overdue"),
    [
        (RequestKind.LMN, 13, False),
        (RequestKind.LMN, 14, True),
        (RequestKind.REFERRAL, 10, True),
        (RequestKind.THANKS, 400, False),
        (RequestKind.LMN, None, False),
    ],
)
def test_after_its_time_one_asks_again(kind: RequestKind, days: int | None, overdue: bool) -> None:  # noqa: FBT001
    assert requests.is_overdue(kind, days) is overdue
