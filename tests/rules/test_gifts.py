"""A gift certificate holds what is left of it, for ever, and pays out a small rest in cash."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import gifts
from clinic.values import Money, Refusal

cents = st.lists(st.integers(1, 20_000).map(Money))


def test_a_certificate_holds_what_was_not_redeemed() -> None:
    assert gifts.balance(Money.of("200"), [Money.of("120"), Money.of("65.50")]) == Money.of("14.50")


def test_what_is_given_back_of_a_visit_it_paid_returns_to_it() -> None:
    assert gifts.balance(Money.of("200"), [Money.of("120")], [Money.of("120")]) == Money.of("200")


@given(cents)
def test_redeeming_bit_by_bit_spends_every_cent_and_no_more(bits: list[Money]) -> None:
    whole = gifts.balance(Money(0), [], bits)
    left = whole
    for bit in bits:
        left = gifts.redeem(left, bit)
    assert left == gifts.balance(whole, bits) == Money(0)
    with pytest.raises(Refusal, match="gift_spent"):
        gifts.redeem(left, Money(1))


def test_nothing_can_not_be_redeemed() -> None:
    with pytest.raises(Refusal, match="amount_wrong"):
        gifts.redeem(Money.of("10"), Money(0))


@pytest.mark.parametrize(
    ("left", "on", "paid_out"),
    [
        ("9.99", date(2026, 3, 31), True),
        ("10.00", date(2026, 3, 31), False),
        ("14.99", date(2026, 3, 31), False),
        ("14.99", date(2026, 4, 1), True),
        ("15.00", date(2026, 4, 1), False),
        ("0.01", date(2030, 1, 1), True),
        ("0.00", date(2026, 4, 1), False),
    ],
)
def test_a_small_rest_is_paid_out_in_cash(left: str, on: date, *, paid_out: bool) -> None:
    assert gifts.must_pay_out(Money.of(left), on) is paid_out
