"""What is asked for a visit that was missed, or given up with less notice than a practice wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import missed
from clinic.rules.missed import Asked, Terms
from clinic.values import NOTHING, Money, State

BEGINS = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
PRICE = Money.of("125.00")
TERMS = Terms(24, late_cancel=Asked(percent=50), no_show=Asked(amount=Money.of("80.00")))


@pytest.mark.parametrize(
    ("notice", "late"),
    [(timedelta(hours=24), False), (timedelta(hours=23, minutes=59), True), (timedelta(hours=-1), True)],
)
def test_a_visit_is_given_up_late_once_the_notice_has_run_out(notice: timedelta, *, late: bool) -> None:
    assert missed.is_late(BEGINS, BEGINS - notice, TERMS) is late


def test_a_practice_that_wants_no_notice_finds_nobody_late_before_the_visit() -> None:
    assert not missed.is_late(BEGINS, BEGINS, Terms(notice_hours=0))


def test_half_the_price_is_asked_for_a_late_cancellation() -> None:
    assert missed.fee(State.LATE_CANCEL, PRICE, TERMS) == Money.of("62.50")


def test_an_amount_is_asked_whatever_the_visit_costs() -> None:
    assert missed.fee(State.NO_SHOW, PRICE, TERMS) == Money.of("80.00")


@pytest.mark.parametrize("state", [s for s in State if s not in {State.NO_SHOW, State.LATE_CANCEL}])
def test_nothing_is_asked_for_a_visit_that_was_not_missed(state: State) -> None:
    assert missed.fee(state, PRICE, TERMS) == NOTHING


def test_a_practice_that_says_nothing_wants_a_day_of_notice_and_asks_nothing() -> None:
    assert missed.terms_in(None) == Terms(24) == missed.terms_in({"lmn_retro_days": 3})
    assert missed.fee(State.NO_SHOW, PRICE, missed.terms_in(None)) == NOTHING


asked = st.one_of(
    st.integers(0, 100).map(lambda part: Asked(percent=part)),
    st.integers(1, 90_000).map(lambda cents: Asked(amount=Money(cents))),
)


@given(st.builds(Terms, st.integers(0, 336), asked, asked))
def test_terms_come_back_from_the_settings_as_they_went_in(terms: Terms) -> None:
    assert missed.terms_in({"missed": missed.as_settings(terms)}) == terms


@given(asked, st.integers(0, 90_000))
def test_a_part_of_the_price_is_never_more_than_the_price(ask: Asked, cents: int) -> None:
    assert ask.amount or NOTHING <= ask.of(Money(cents)) <= Money(cents)
