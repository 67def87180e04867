"""The journal: money as an accountant books it, each movement on two accounts, by the day it counts.

What is sold ahead is owed until it is used, tips are owed to whoever earned them, and a tax to whom it is for; a
gift certificate that pays is the practice's own debt that becomes smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.values import NOTHING, LineKind, Method, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date


class Account(StrEnum):
    """What an amount is booked on; what an accountant calls it is a setting."""

    CASH = "cash"
    CHECKS = "checks"
    CARDS = "cards"
    HEALTH_CARDS = "health_cards"
    INSURERS = "insurers"
    OTHER_MONEY = "other_money"
    CARE = "care"
    GOODS = "goods"
    FEES = "fees"
    RETURNS = "returns"
    TIPS = "tips"
    SALES_TAX = "sales_tax"
    GIFTS = "gifts"
    BUNDLES = "bundles"
    CREDIT = "credit"


MONEY: Mapping[Method, Account] = {
    Method.CASH: Account.CASH,
    Method.CHECK: Account.CHECKS,
    Method.CARD: Account.CARDS,
    Method.HSA_CARD: Account.HEALTH_CARDS,
    Method.FSA_CARD: Account.HEALTH_CARDS,
    Method.HRA_CARD: Account.HEALTH_CARDS,
    Method.GIFT: Account.GIFTS,
    Method.INSURER: Account.INSURERS,
    Method.OTHER: Account.OTHER_MONEY,
}
SOLD: Mapping[LineKind | None, Account] = {
    None: Account.CREDIT,
    LineKind.TREATMENT: Account.CARE,
    LineKind.BUNDLE_USE: Account.CARE,
    LineKind.TIP: Account.TIPS,
    LineKind.PRODUCT: Account.GOODS,
    LineKind.FEE: Account.FEES,
    LineKind.GIFT_SALE: Account.GIFTS,
    LineKind.BUNDLE_SALE: Account.BUNDLES,
}
EARNED = frozenset({Account.CARE, Account.GOODS, Account.FEES})
"""Paid back, these are returns and not less of what was earned."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A part of a payment, or of money paid back: by what, for what, and what of it is sales tax."""

    on: date
    method: Method
    kind: LineKind | None
    """None where it is for nothing yet."""
    amount: Money
    memo: str
    tax: Money = NOTHING
    charged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount on one account: what it receives is positive, what it gives is negative."""

    on: date
    account: Account
    amount: Money
    memo: str

    @property
    def debit(self) -> Money:
        """What the account receives."""
        return max(self.amount, NOTHING)

    @property
    def credit(self) -> Money:
        """What the account gives."""
        return max(-self.amount, NOTHING)


def came_in(movement: Movement) -> Iterator[Entry]:
    """Book money that came in; what is for a later charge is the client's until that is made."""
    on, amount, memo = movement.on, movement.amount, movement.memo
    yield Entry(on, MONEY[movement.method], amount, memo)
    if movement.charged_on is not None and movement.charged_on > on:
        yield Entry(on, Account.CREDIT, -amount, memo)
        on = movement.charged_on
        yield Entry(on, Account.CREDIT, amount, memo)
    yield from _for(on, movement, SOLD[movement.kind], -1)


def went_back(movement: Movement) -> Iterator[Entry]:
    """Book money that was paid back."""
    account = SOLD[movement.kind]
    yield from _for(movement.on, movement, Account.RETURNS if account in EARNED else account, 1)
    yield Entry(movement.on, MONEY[movement.method], -movement.amount, movement.memo)


def _for(on: date, movement: Movement, account: Account, sign: int) -> Iterator[Entry]:
    parts = ((account, movement.amount - movement.tax), (Account.SALES_TAX, movement.tax))
    for each, amount in parts:
        if amount:
            yield Entry(on, each, Money(sign * amount.cents), movement.memo)


def rest_in_cash(on: date, amount: Money, memo: str) -> Iterator[Entry]:
    """Book the small rest of a gift certificate that was paid in cash."""
    yield Entry(on, Account.GIFTS, amount, memo)
    yield Entry(on, Account.CASH, -amount, memo)


def bundle_used(on: date, amount: Money, memo: str) -> Iterator[Entry]:
    """Book a prepaid visit that was given: what was owed is earned."""
    yield Entry(on, Account.BUNDLES, amount, memo)
    yield Entry(on, Account.CARE, -amount, memo)


def in_order(entries: Iterable[Entry], first: date, last: date) -> tuple[Entry, ...]:
    """Put the entries of a time in order: by day and paper, what accounts receive first.

    A paper's entries of one day on one account are one, and those of each paper and day balance by themselves.
    """
    sums: dict[tuple[date, str, Account, bool], int] = {}
    for entry in entries:
        if first <= entry.on <= last:
            key = (entry.on, entry.memo, entry.account, entry.amount < NOTHING)
            sums[key] = sums.get(key, 0) + entry.amount.cents
    order = {account: n for n, account in enumerate(Account)}
    return tuple(
        Entry(on, account, Money(cents), memo)
        for (on, memo, account, _gives), cents in sorted(
            sums.items(), key=lambda pair: (pair[0][0], pair[0][1], pair[0][3], order[pair[0][2]])
        )
        if cents
    )
