"""Whom to call, who is due, and messages that say nothing about health."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import reminding
from clinic.values import Refusal
from clinic.wording.reminders import templates

WEDNESDAY = date(2026, 11, 18)


def test_the_next_two_working_days_skip_what_is_closed() -> None:
    days = reminding.days_to_call(date(2026, 11, 20), lambda day: day.weekday() < 5)
    assert days == (date(2026, 11, 23), date(2026, 11, 24))


def test_a_practice_on_leave_calls_nobody() -> None:
    assert reminding.days_to_call(WEDNESDAY, lambda _day: False) == ()


@pytest.mark.parametrize(("times", "weeks", "days"), [(2, 1, 3), (1, 2, 14), (7, 1, 1), (1, 26, 182)])
def test_a_plan_says_how_many_days_lie_between_visits(times: int, weeks: int, days: int) -> None:
    assert reminding.every(times, weeks) == days


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 10, 29), False),
        (date(2026, 10, 28), True),
        (date(2026, 7, 21), True),
        (date(2026, 7, 20), False),
    ],
)
def test_somebody_is_due_after_three_weeks_and_gone_after_four_months(last: date, *, due: bool) -> None:
    assert reminding.is_due(last, reminding.EVERY_DAYS, WEDNESDAY) is due


@pytest.mark.parametrize(
    "text",
    [
        "about your sciatica",
        "Your TREATMENT on {when}",
        "code M54.50",
        "for your back pain",
        "su dolor de espalda",
        "your referral has come",
    ],
)
def test_words_about_health_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="clinical_word"):
        reminding.check_words(text, at="mail")


@pytest.mark.parametrize("text", ["Hello {name}, see you {when}.", "We are painting the front room.", ""])
def test_other_words_are_let_through(text: str) -> None:
    reminding.check_words(text, at="mail")


@pytest.mark.parametrize("text", ["{treatment}", "{diagnosis}", "{0}", "{name", "{name.real}"])
def test_a_placeholder_nobody_fills_in_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        reminding.check_words(text, at="mail")


def test_the_usual_words_pass_their_own_check_and_fill_in_whole() -> None:
    facts = dict.fromkeys(reminding.KNOWN, "x")
    for parts in templates().values():
        for text in parts.values():
            reminding.check_words(text, at="mail")
            assert "{" not in reminding.filled(text, facts)


@given(st.text(max_size=40).filter(lambda text: "{" not in text and "}" not in text))
def test_what_passes_is_said_as_it_stands(text: str) -> None:
    try:
        reminding.check_words(text, at="text")
    except Refusal:
        return
    assert reminding.filled(text, {}) == text
