"""Requests to clinicians and plans: which letter answers which, and how long one waits before asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import LetterKind, RequestKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Design default: two weeks for a letter, ten days for a plan; no law fixes either (`domain.md` C8, E).
PATIENCE: Mapping[RequestKind, int] = {
    RequestKind.LMN: 14,
    RequestKind.RENEWAL: 14,
    RequestKind.REFERRAL: 10,
    RequestKind.RECORDS: 21,
}
ANSWERS: Mapping[RequestKind, frozenset[LetterKind]] = {
    RequestKind.LMN: frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION}),
    RequestKind.RENEWAL: frozenset({LetterKind.LMN, LetterKind.PRESCRIPTION}),
    RequestKind.REFERRAL: frozenset({LetterKind.REFERRAL, LetterKind.AUTHORISATION}),
}


def answers(letter: LetterKind, request: RequestKind) -> bool:
    """Tell whether a letter of this kind is what was asked for."""
    return letter in ANSWERS.get(request, frozenset())


def waiting(sent_on: date | None, closed_on: date | None, today: date) -> int | None:
    """Count the days an answer has been waited for; None before the request was sent, or once it is closed."""
    return None if sent_on is None or closed_on is not None else (today - sent_on).days


def is_overdue(kind: RequestKind, days: int | None) -> bool:
    """Tell that it is time to ask again."""
    return days is not None and kind in PATIENCE and days >= PATIENCE[kind]
