"""Prices at the till: discounts within a role's limit, and the sales tax of a place and day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import prices
from clinic.rules.prices import TaxRate
from clinic.values import NOTHING, Money, Refusal, Role

PRICE = Money(12500)
ALAMEDA = TaxRate("", date(2026, 1, 1), 10750)
RAISED = TaxRate("", date(2026, 7, 1), 11000)
FAIR = TaxRate("Street fair", date(2026, 3, 1), 9125)


def test_the_owner_may_take_off_everything_and_others_what_was_set() -> None:
    assert prices.most_off(Role.OWNER, {"owner": 5}) == 100
    assert prices.most_off(Role.THERAPIST, {}) == 25
    assert prices.most_off(Role.THERAPIST, {"therapist": 40}) == 40
    assert prices.most_off(Role.BOOKKEEPER, {}) == 0


@given(st.integers(0, 20_000), st.integers(0, 100))
def test_a_discount_passes_exactly_as_far_as_its_limit(cents: int, most: int) -> None:
    within = 0 <= cents * 100 <= PRICE.cents * most
    try:
        prices.check_discount(PRICE, Money(cents), most=most, reason="a friend of the house")
    except Refusal:
        assert not within
    else:
        assert within


def test_a_discount_says_why() -> None:
    with pytest.raises(Refusal, match="discount_reason"):
        prices.check_discount(PRICE, Money(500), most=25, reason=" ")
    prices.check_discount(PRICE, NOTHING, most=0, reason="")


@pytest.mark.parametrize("cents", [-1, 12501])
def test_nothing_is_taken_off_beyond_the_price(cents: int) -> None:
    with pytest.raises(Refusal, match="discount_too_large"):
        prices.check_discount(PRICE, Money(cents), most=100, reason="x")


def test_the_rate_of_the_day_holds_at_each_place() -> None:
    rates = [RAISED, FAIR, ALAMEDA]
    assert prices.rates_on(rates, date(2025, 12, 31)) == ()
    assert prices.rates_on(rates, date(2026, 6, 30)) == (ALAMEDA, FAIR)
    assert set(prices.rates_on(rates, date(2026, 7, 1))) == {RAISED, FAIR}


def test_tax_is_worked_out_to_the_cent_half_up() -> None:
    assert prices.tax_on(Money(3200), 10750) == Money(344)
    assert prices.tax_on(Money(1000), 8750) == Money(88)
    assert prices.tax_on(NOTHING, 10750) == NOTHING


def test_a_new_rate_takes_the_place_of_one_of_the_same_day() -> None:
    again = TaxRate("", date(2026, 7, 1), 10500)
    assert prices.changed([ALAMEDA, RAISED], again) == (ALAMEDA, again)
    with pytest.raises(Refusal, match="rate_wrong"):
        prices.changed([], TaxRate("", date(2026, 1, 1), 100_000))


def test_a_therapists_own_tips_go_before_the_houses_and_those_before_the_usual_ones() -> None:
    assert prices.tips_for("t", {}) == prices.TIPS
    assert prices.tips_for("t", {"": [10]}) == (10,)
    assert prices.tips_for("t", {"": [10], "t": [30]}) == (30,)


@pytest.mark.parametrize("percents", [(0,), (101,), (1, 2, 3, 4, 5, 6)])
def test_what_is_no_tip_is_not_proposed(percents: tuple[int, ...]) -> None:
    with pytest.raises(Refusal, match="tips_wrong"):
        prices.check_tips(percents, at="house")
    assert prices.check_tips((20, 15, 20), at="house") == (15, 20)
