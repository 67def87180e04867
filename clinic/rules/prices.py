"""Prices at the till: who may take how much off, and the sales tax of a place and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.values import NOTHING, Money, Refusal, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

WHOLE = 100
# Design defaults; the owner sets others. Whoever is not named takes nothing off.
DISCOUNTS = {Role.THERAPIST: 25, Role.FRONT_DESK: 10}
"""How many per cent of a price each role may take off."""
TIPS = (15, 18, 20, 25)
"""Tips proposed of a price, in per cent, until the owner or a therapist wishes others."""
MOST_TIPS = 5
RATE_OF = 100_000
"""A rate is told in thousandths of a per cent: 10750 is 10.75 %."""


def most_off(role: Role, limits: Mapping[str, int]) -> int:
    """Tell how many per cent of a price this role may take off; the owner is free."""
    if role is Role.OWNER:
        return WHOLE
    return limits.get(role.value, DISCOUNTS.get(role, 0))


def check_discount(price: Money, discount: Money, *, most: int, reason: str) -> None:
    """Let a discount pass that is within its giver's limit and says why it is given."""
    if discount == NOTHING:
        return
    if not NOTHING < discount <= price:
        raise Refusal("discount_too_large", at="discount")
    if discount.cents * WHOLE > price.cents * most:
        raise Refusal("discount_beyond_role", at="discount", most=Money(price.cents * most // WHOLE))
    if not reason.strip():
        raise Refusal("discount_reason", at="discount_reason")


def tips_for(therapist: str, wished: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Tell which tips are proposed for a therapist: their own, else the house's."""
    return tuple(wished.get(therapist) or wished.get("") or TIPS)


def check_tips(percents: Sequence[int], *, at: str) -> tuple[int, ...]:
    """Let a few whole per cents pass, in their order."""
    found = tuple(sorted(set(percents)))
    if len(found) > MOST_TIPS or any(not 0 < percent <= WHOLE for percent in found):
        raise Refusal("tips_wrong", at=at, most=MOST_TIPS)
    return found


@dataclass(frozen=True, order=True, slots=True)
class TaxRate:
    """What a place takes of goods sold there, from a day on."""

    place: str
    since: date
    rate: int


def rates_on(rates: Iterable[TaxRate], day: date) -> tuple[TaxRate, ...]:
    """Pick the rate in force on a day at each place."""
    newest: dict[str, TaxRate] = {}
    for rate in sorted(rates):
        if rate.since <= day:
            newest[rate.place] = rate
    return tuple(newest.values())


def tax_on(net: Money, rate: int) -> Money:
    """Work out the tax on a price after its discount."""
    return net.share(rate, RATE_OF)


def changed(rates: Sequence[TaxRate], new: TaxRate) -> tuple[TaxRate, ...]:
    """Put a rate among the others; of the same place and day the new one holds."""
    if not 0 <= new.rate < RATE_OF:
        raise Refusal("rate_wrong", at="rate")
    return tuple(sorted([*without(rates, new.place, new.since), new]))


def without(rates: Sequence[TaxRate], place: str, since: date) -> tuple[TaxRate, ...]:
    """Let go of the rate a place has from a day on: the one before it holds further."""
    return tuple(rate for rate in rates if (rate.place, rate.since) != (place, since))
