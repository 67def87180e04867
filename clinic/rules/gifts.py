"""Gift certificates: money held for whoever brings the code, which never expires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.values import NOTHING, Money, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

# domain H: California Civil Code 1749.5; the limit was raised with effect from this day.
RAISED_ON = date(2026, 4, 1)
CASH_BELOW = Money.of("15.00")
CASH_BELOW_BEFORE = Money.of("10.00")


def balance(amount: Money, redeemed: Iterable[Money], given_back: Iterable[Money] = ()) -> Money:
    """Work out what is left of a certificate, whenever it was sold; refunds of what it paid return to it."""
    return amount - sum(redeemed, start=NOTHING) + sum(given_back, start=NOTHING)


def redeem(left: Money, asked: Money) -> Money:
    """Take an amount off a certificate that still holds it, and say what remains."""
    if asked <= NOTHING:
        raise Refusal("amount_wrong", at="amount")
    if asked > left:
        raise Refusal("gift_spent", at="amount", left=left)
    return left - asked


def must_pay_out(left: Money, on: date) -> bool:
    """Tell that the holder can ask for the rest in cash that day."""
    return NOTHING < left < (CASH_BELOW if on >= RAISED_ON else CASH_BELOW_BEFORE)
