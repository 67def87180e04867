"""The journal: every movement on two accounts, and each paper's day balanced by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import journal
from clinic.rules.journal import Account, Entry, Movement
from clinic.values import LineKind, Method, Money

if TYPE_CHECKING:
    from collections.abc import Iterable

ON, LATER = date(2026, 12, 30), date(2027, 1, 4)


def booked(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    return [(entry.account.value, entry.amount.cents) for entry in entries]


def of(kind: LineKind | None, method: Method = Method.CARD, *, tax: int = 0, charged: date = ON) -> Movement:
    return Movement(ON, method, kind, Money(1075), "R-1", Money(tax), charged)


def test_goods_with_their_tax_are_booked_apart() -> None:
    assert booked(journal.came_in(of(LineKind.PRODUCT, tax=75))) == [
        ("cards", 1075),
        ("goods", -1000),
        ("sales_tax", -75),
    ]


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        (LineKind.TREATMENT, "care"),
        (LineKind.TIP, "tips"),
        (LineKind.FEE, "fees"),
        (LineKind.GIFT_SALE, "gifts"),
        (LineKind.BUNDLE_SALE, "bundles"),
        (None, "credit"),
    ],
)
def test_what_is_sold_ahead_is_owed_and_what_is_given_is_earned(kind: LineKind | None, account: str) -> None:
    assert booked(journal.came_in(of(kind, Method.CHECK))) == [("checks", 1075), (account, -1075)]
    back = "returns" if account in {"care", "fees"} else account
    assert booked(journal.went_back(of(kind, Method.CHECK))) == [(back, 1075), ("checks", -1075)]


def test_a_gift_that_pays_is_a_debt_that_becomes_smaller() -> None:
    assert booked(journal.came_in(of(LineKind.TREATMENT, Method.GIFT))) == [("gifts", 1075), ("care", -1075)]
    assert booked(journal.rest_in_cash(ON, Money(300), "R-1")) == [("gifts", 300), ("cash", -300)]
    assert booked(journal.bundle_used(ON, Money(7083), "R-2")) == [("bundles", 7083), ("care", -7083)]


def test_money_before_its_charge_is_the_clients_until_then() -> None:
    entries = list(journal.came_in(of(LineKind.TREATMENT, charged=LATER)))
    assert [(each.on, each.account.value, each.amount.cents) for each in entries] == [
        (ON, "cards", 1075),
        (ON, "credit", -1075),
        (LATER, "credit", 1075),
        (LATER, "care", -1075),
    ]
    assert booked(journal.in_order(entries, ON, date(2026, 12, 31))) == [("cards", 1075), ("credit", -1075)]


MOVEMENTS = st.builds(
    Movement,
    st.dates(date(2026, 12, 1), date(2027, 1, 31)),
    st.sampled_from(Method),
    st.sampled_from([*LineKind, None]),
    st.integers(1, 99_999).map(Money),
    st.sampled_from(["R-1", "R-2", "C-1"]),
    charged_on=st.dates(date(2026, 12, 1), date(2027, 1, 31)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(MOVEMENTS, max_size=8), st.lists(MOVEMENTS, max_size=4))
def test_each_papers_day_balances_whatever_was_done(came: list[Movement], back: list[Movement]) -> None:
    entries = [entry for each in came for entry in journal.came_in(each)]
    entries += [entry for each in back for entry in journal.went_back(each)]
    found = journal.in_order(entries, date(2026, 12, 1), date(2027, 1, 31))
    sums: dict[tuple[date, str], int] = {}
    for entry in found:
        key = (entry.on, entry.memo)
        sums[key] = sums.get(key, 0) + entry.debit.cents - entry.credit.cents
        assert not (entry.debit and entry.credit)
    assert not any(sums.values())
    assert sum(e.amount.cents for e in found if e.account is Account.CASH) == sum(
        each.amount.cents for each in came if each.method is Method.CASH
    ) - sum(each.amount.cents for each in back if each.method is Method.CASH)
