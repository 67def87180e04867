"""Visits paid for in advance are paid one by one, each in the later of two years, and never twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import bundles
from clinic.rules.billing import LateRefund, Piece
from clinic.rules.bundles import Bundle, Use
from clinic.values import NOTHING, LineId, Method, Money, PaymentId
from tests.makers_money import a_bundle, dollars

NEW_YEAR = date(2026, 1, 1)
NEXT_YEAR = date(2027, 1, 10)


def uses(*days: date) -> tuple[Use, ...]:
    return tuple(Use(LineId(f"use-{n}"), day) for n, day in enumerate(days, start=1))


def in_months(count: int) -> tuple[Use, ...]:
    return uses(*(date(2026, month + 1, 10) for month in range(count)))


def paid(amount: str, on: date = NEW_YEAR, *, name: str = "payment", method: Method = Method.CARD) -> Piece:
    return Piece(PaymentId(name), method, on, on, dollars(amount))


def back(
    amount: str, on: date = NEXT_YEAR, *, name: str = "payment", method: Method = Method.CARD
) -> LateRefund:
    return LateRefund(PaymentId(name), method, on, dollars(amount), LineId("sale"))


def amounts(bundle: Bundle, *pieces: Piece, refunds: tuple[LateRefund, ...] = ()) -> list[str]:
    funding = bundles.fund(bundle, pieces, refunds)
    return [
        str(Money(sum(piece.amount.cents for piece in funding.pieces.get(use.line, ()))))
        for use in bundle.uses
    ]


def test_c14_a_bundle_is_split_to_the_cent_and_the_last_visit_takes_the_rest() -> None:
    bundle = a_bundle(6, "425", uses=in_months(6))
    assert amounts(bundle, paid("425")) == ["70.83"] * 5 + ["70.85"]


@given(st.integers(1, 40), st.integers(0, 500_000))
def test_the_visits_of_a_bundle_add_up_to_its_price(visits: int, cents: int) -> None:
    days = tuple(Use(LineId(f"{n:02d}"), NEW_YEAR) for n in range(visits))
    bundle = a_bundle(visits, str(Money(cents)), uses=days)
    assert sum(bundles.fund(bundle, ()).worth.values(), start=NOTHING) == Money(cents)


def test_visits_are_paid_in_the_order_they_were_delivered() -> None:
    bundle = a_bundle(2, "200", uses=uses(date(2026, 5, 1), date(2026, 4, 1)))
    assert amounts(bundle, paid("150")) == ["50.00", "100.00"]


def test_a_visit_more_than_was_sold_is_worth_nothing() -> None:
    bundle = a_bundle(1, "100", uses=in_months(2))
    assert amounts(bundle, paid("100")) == ["100.00", "0.00"]


def test_each_part_counts_on_the_later_of_delivery_and_payment() -> None:
    bundle = a_bundle(2, "200", uses=uses(date(2026, 2, 1), NEXT_YEAR))
    funding = bundles.fund(bundle, [paid("100", date(2026, 3, 1), name="late"), paid("100", name="early")])
    told = {
        line: [(piece.payment, piece.counts_on) for piece in pieces]
        for line, pieces in funding.pieces.items()
    }
    assert told == {"use-1": [("early", date(2026, 2, 1))], "use-2": [("late", NEXT_YEAR)]}


def test_an_instalment_pays_visits_already_delivered_when_it_comes() -> None:
    bundle = a_bundle(2, "200", uses=in_months(2))
    funding = bundles.fund(bundle, [paid("50"), paid("150", NEXT_YEAR, name="second")])
    first = [(piece.amount, piece.counts_on) for piece in funding.pieces[LineId("use-1")]]
    assert first == [(dollars("50"), date(2026, 1, 10)), (dollars("50"), NEXT_YEAR)]


def test_money_paid_back_in_a_later_year_is_gone_for_visits_from_then_on() -> None:
    days = uses(date(2026, 5, 1), date(2027, 1, 9), date(2027, 1, 10), date(2027, 2, 1))
    bundle = a_bundle(4, "400", uses=days)
    assert amounts(bundle, paid("400"), refunds=(back("150"),)) == ["100.00", "100.00", "50.00", "0.00"]


def test_what_is_paid_back_is_taken_from_its_own_payment() -> None:
    bundle = a_bundle(4, "400", uses=uses(date(2026, 5, 1), NEXT_YEAR, NEXT_YEAR))
    pieces = (paid("200", name="a"), paid("200", date(2026, 2, 1), name="b"))
    funding = bundles.fund(bundle, pieces, [back("100", name="a")])
    assert [piece.payment for piece in funding.pieces[LineId("use-2")]] == ["b"]
    assert amounts(bundle, *pieces, refunds=(back("500", name="b"),)) == ["100.00", "100.00", "0.00"]


# --- what is still open ---


def open_on(bundle: Bundle, on: date, *pieces: Piece, refunds: tuple[LateRefund, ...] = ()) -> str:
    return str(bundles.still_open(pieces, refunds, bundles.fund(bundle, pieces, refunds), on))


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2025, 12, 31), "0.00"),
        (NEW_YEAR, "425.00"),
        (date(2026, 1, 10), "354.17"),
        (date(2026, 3, 31), "212.51"),
        (date(2026, 12, 31), "0.00"),
    ],
)
def test_what_is_not_used_is_open_day_by_day(on: date, left: str) -> None:
    assert open_on(a_bundle(6, "425", uses=in_months(6)), on, paid("425")) == left


def test_what_others_paid_is_not_the_clients_to_have_open() -> None:
    pieces = (paid("100", method=Method.GIFT), paid("100", name="own"))
    assert open_on(a_bundle(2, "200"), NEW_YEAR, *pieces) == "100.00"
    gone = (back("50", method=Method.GIFT),)
    assert open_on(a_bundle(2, "200"), date(2027, 12, 31), *pieces, refunds=gone) == "100.00"


def test_what_was_paid_back_is_not_open_any_more() -> None:
    bundle = a_bundle(4, "400", uses=in_months(1))
    assert open_on(bundle, date(2026, 12, 31), paid("400"), refunds=(back("100"),)) == "300.00"
    assert open_on(bundle, NEXT_YEAR, paid("400"), refunds=(back("100"),)) == "200.00"


def test_what_was_paid_back_of_a_delivered_visit_leaves_other_payments_open() -> None:
    bundle = a_bundle(4, "400", uses=in_months(3))
    pieces = (paid("300", name="a"), paid("100", name="b"))
    assert open_on(bundle, NEXT_YEAR, *pieces, refunds=(back("50", name="a"),)) == "100.00"
