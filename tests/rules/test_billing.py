"""Money finds its line: care first, tips last, what is paid back goes the other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinic.rules import billing, settling
from clinic.rules.billing import Credit, LateRefund, Line, Payment, Piece, Refund
from clinic.values import NOTHING, InvoiceId, LineKind, Method, Money, PaymentId, RefundId
from tests.makers_money import PRICE, SUMMER, a_line, a_payment, a_refund, dollars, toward

AUGUST = date(2026, 8, 1)
NEXT_YEAR = date(2027, 2, 1)
TIP = a_line("tip", kind=LineKind.TIP, price=dollars("25"), invoice=InvoiceId("invoice-line"), position=1)


def unsaid(amount: str, *, on: date = SUMMER, **changes: Any) -> Payment:
    """A payment of which nobody said what it was for."""
    return a_payment(dollars(amount), on=on, **{"allocations": None} | changes)


def shared(lines: list[Line], *payments: Payment, back: tuple[Refund, ...] = ()) -> dict[str, dict[str, str]]:
    given = settling.allocate(lines, payments, back)
    return {payment: {part.line: str(part.amount) for part in parts} for payment, parts in given.items()}


def test_a_line_asks_for_its_price_less_discount_and_with_tax() -> None:
    line = a_line(price=dollars("120"), discount=dollars("20"), tax=dollars("8.25"))
    assert (line.net, line.total) == (dollars("100"), dollars("108.25"))


def test_lines_stand_in_the_order_they_were_charged() -> None:
    older = a_line("older", issued_on=date(2026, 5, 1))
    assert sorted([TIP, a_line(), older], key=billing.as_issued) == [older, a_line(), TIP]


# --- what nobody said ---


def test_c11_a_visit_is_settled_before_its_tip() -> None:
    assert shared([TIP, a_line()], unsaid("145")) == {"payment": {"line": "120.00", "tip": "25.00"}}
    assert shared([TIP, a_line()], unsaid("130")) == {"payment": {"line": "120.00", "tip": "10.00"}}
    assert shared([TIP, a_line()], unsaid("100")) == {"payment": {"line": "100.00"}}


def test_care_comes_first_goods_and_fees_next_tips_last() -> None:
    kinds = [
        LineKind.TIP,
        LineKind.FEE,
        LineKind.GIFT_SALE,
        LineKind.PRODUCT,
        LineKind.BUNDLE_SALE,
        LineKind.TREATMENT,
    ]
    lines = [
        a_line(kind.value, kind=kind, price=dollars("10"), issued_on=date(2026, 6, day + 1))
        for day, kind in enumerate(kinds)
    ]
    (given,) = settling.allocate(lines, [unsaid("60")]).values()
    assert [part.line for part in given] == [
        "bundle_sale",
        "treatment",
        "fee",
        "gift_sale",
        "product",
        "tip",
    ]


def test_older_invoices_come_first() -> None:
    old = a_line("old", issued_on=date(2026, 5, 1))
    assert shared([a_line(), old], unsaid("150")) == {"payment": {"old": "120.00", "line": "30.00"}}


def test_a_tip_is_not_taken_for_the_treatment_of_a_later_day() -> None:
    later = a_line("later", issued_on=AUGUST)
    first, second = unsaid("145", name="1"), unsaid("120", on=AUGUST, name="2")
    assert shared([a_line(), TIP, later], second, first) == {
        "1": {"line": "120.00", "tip": "25.00"},
        "2": {"later": "120.00"},
    }


def test_what_is_left_waits_for_later_invoices_and_is_credit_after_them() -> None:
    later = a_line("later", issued_on=AUGUST, price=dollars("50"))
    assert shared([a_line(), later], unsaid("200")) == {"payment": {"line": "120.00", "later": "50.00"}}


def test_what_was_said_is_respected() -> None:
    told = a_payment(dollars("100"), allocations=toward("line", dollars("100")))
    assert shared([a_line(), TIP], told, unsaid("45", name="other")) == {
        "other": {"line": "20.00", "tip": "25.00"}
    }


def test_two_payments_settle_a_line_by_day_then_id() -> None:
    second, first = unsaid("100", name="b"), unsaid("50", name="a")
    assert shared([a_line()], second, first) == {"a": {"line": "50.00"}, "b": {"line": "70.00"}}


def test_a_voided_line_and_a_bundles_visit_ask_for_nothing() -> None:
    void, used = a_line(void=True), a_line("use", kind=LineKind.BUNDLE_USE)
    assert shared([void, used], unsaid("120")) == {"payment": {}}
    told = a_payment(dollars("50"), allocations=toward("line", dollars("50")))
    assert shared([void, a_line("again")], told, unsaid("120", name="other")) == {
        "other": {"again": "120.00"}
    }


def test_an_insurer_pays_for_care_alone() -> None:
    lines = [TIP, a_line(), a_line("lotion", kind=LineKind.PRODUCT)]
    assert shared(lines, unsaid("400", method=Method.INSURER)) == {"payment": {"line": "120.00"}}


def test_a_line_that_got_too_much_takes_no_more() -> None:
    told = a_payment(dollars("150"), allocations=toward("line", dollars("150")))
    assert shared([a_line()], told, unsaid("10", name="other")) == {"other": {}}


# --- what had gone back ---

WRONG_CARD = unsaid("120", name="1", method=Method.HSA_CARD)


def gone(amount: str, on: date, **changes: Any) -> Refund:
    return a_refund(dollars(amount), on=on, **{"payment": PaymentId("1"), "allocations": None} | changes)


@pytest.mark.parametrize("said", [False, True])
def test_what_went_back_leaves_its_line_to_what_came_in_its_place(said: bool) -> None:  # noqa: FBT001 - a case
    again = a_payment(on=NEXT_YEAR, name="2") if said else unsaid("120", on=NEXT_YEAR, name="2")
    given = shared([a_line()], WRONG_CARD, again, back=(gone("120", NEXT_YEAR),))
    assert given == {"1": {"line": "120.00"}} | ({} if said else {"2": {"line": "120.00"}})


def test_a_part_that_went_back_is_all_that_is_open_again() -> None:
    back = (gone("30", AUGUST), gone("50", date(2026, 12, 1), id=RefundId("later")))
    given = shared([a_line()], WRONG_CARD, unsaid("100", on=AUGUST, name="2"), back=back)
    assert given == {"1": {"line": "120.00"}, "2": {"line": "30.00"}}


def test_what_is_said_to_have_gone_back_opens_the_line_it_names() -> None:
    both = unsaid("145", name="1")
    back = gone("20", AUGUST, allocations=toward("line", dollars("20")))
    given = shared([a_line(), TIP], both, unsaid("100", on=AUGUST, name="2"), back=(back,))
    assert given["2"] == {"line": "20.00"}


def test_an_insurer_of_a_later_year_takes_nothing_from_what_the_client_had_paid() -> None:
    late = a_payment(on=NEXT_YEAR, name="2", method=Method.INSURER)
    assert shared([a_line()], unsaid("120", name="1"), late) == {"1": {"line": "120.00"}}
    soon = a_payment(on=AUGUST, name="2", method=Method.INSURER)
    assert shared([a_line()], unsaid("120", name="1"), soon) == {"1": {}}


# --- what is handed over at once ---


def in_hand(*payments: Payment) -> dict[str, dict[str, str]]:
    given = settling.in_hand([TIP, a_line()], payments)
    return {payment: {part.line: str(part.amount) for part in parts} for payment, parts in given.items()}


def test_a_health_account_pays_the_visit_and_cash_the_tip_in_whatever_order_they_come() -> None:
    cash, card = unsaid("25", name="cash"), unsaid("120", name="card", method=Method.HSA_CARD)
    for handed in ((cash, card), (card, cash)):
        assert in_hand(*handed) == {"card": {"line": "120.00"}, "cash": {"tip": "25.00"}}


def test_an_insurer_comes_before_a_health_account() -> None:
    insurer = unsaid("90", name="insurer", method=Method.INSURER)
    card = unsaid("55", name="card", method=Method.FSA_CARD)
    assert in_hand(card, insurer) == {"insurer": {"line": "90.00"}, "card": {"line": "30.00", "tip": "25.00"}}


def test_what_was_paid_is_taken_off_what_a_line_asks_for() -> None:
    line = a_line(discount=dollars("20"), tax=dollars("8"))
    (left,) = billing.still_open([line], toward("line", dollars("100")))
    assert (left.total, left.discount, left.tax) == (dollars("8"), NOTHING, NOTHING)
    assert billing.still_open([TIP], toward("line", dollars("100")))[0].total == TIP.total


# --- paying back ---


def whole(amount: str, *parts: tuple[str, str]) -> Payment:
    allocations = tuple(part for line, share in parts for part in toward(line, dollars(share)))
    return a_payment(dollars(amount), allocations=allocations)


def backwards(amount: str, payment: Payment, *lines: Line, earlier: tuple[Any, ...] = ()) -> dict[str, str]:
    refund = a_refund(dollars(amount), allocations=None)
    parts = billing.allocate_refund(refund, payment, lines, earlier)
    return {part.line: str(part.amount) for part in parts}


def test_what_is_paid_back_comes_from_the_tip_before_the_treatment() -> None:
    for payment in (
        whole("145", ("line", "120"), ("tip", "25")),
        whole("145", ("tip", "25"), ("line", "120")),
    ):
        assert backwards("20", payment, a_line(), TIP) == {"tip": "20.00"}
        assert backwards("40", payment, a_line(), TIP) == {"tip": "25.00", "line": "15.00"}


def test_credit_is_paid_back_first() -> None:
    payment = whole("150", ("line", "120"))
    assert backwards("30", payment, a_line()) == {}
    assert backwards("50", payment, a_line()) == {"line": "20.00"}


def test_an_earlier_refund_is_remembered() -> None:
    payment = whole("155", ("line", "120"), ("tip", "25"))
    earlier = a_refund(dollars("30"), name="earlier", allocations=toward("tip", dollars("20")))
    assert backwards("10", payment, a_line(), TIP, earlier=(earlier,)) == {"tip": "5.00", "line": "5.00"}


def test_what_went_back_on_a_line_that_was_voided_since_is_no_credit_twice() -> None:
    payment = whole("56.20", ("line", "53.81"))
    earlier = a_refund(dollars("2.39"), name="earlier", allocations=toward("voided", dollars("2.39")))
    assert backwards("6.62", payment, a_line(), earlier=(earlier,)) == {"line": "6.62"}


def test_two_parts_on_one_line_are_one() -> None:
    payment = whole("120", ("line", "50"), ("line", "70"))
    assert backwards("120", payment, a_line()) == {"line": "120.00"}


def test_no_more_is_taken_from_lines_than_stands_on_them() -> None:
    assert backwards("200", whole("120", ("line", "120")), a_line()) == {"line": "120.00"}


# --- where it all went ---


def a_piece(amount: str, **changes: Any) -> Piece:
    piece = Piece(PaymentId("payment"), Method.CARD, SUMMER, SUMMER, dollars(amount))
    return replace(piece, **changes)


def test_every_cent_of_a_payment_is_on_a_line_or_credit() -> None:
    settled = billing.settle([a_line(), TIP], [whole("150", ("line", "120"), ("tip", "25"))], [])
    assert settled.pieces == {"line": (a_piece("120"),), "tip": (a_piece("25"),)}
    assert settled.credits == (Credit(PaymentId("payment"), Method.CARD, SUMMER, dollars("5")),)
    assert settled.late_refunds == ()


def test_d12_a_refund_of_the_same_year_lowers_its_line() -> None:
    settled = billing.settle([a_line()], [a_payment()], [a_refund(dollars("40"), on=AUGUST)])
    assert settled.pieces[a_line().id] == (a_piece("80"),)
    assert settled.late_refunds == ()


def test_what_was_paid_back_whole_was_paid_all_the_same() -> None:
    settled = billing.settle([a_line()], [a_payment()], [a_refund(PRICE, on=AUGUST)])
    assert settled.pieces[a_line().id] == (a_piece("0"),)


def test_a_refund_of_an_earlier_years_payment_changes_no_line() -> None:
    settled = billing.settle([a_line()], [a_payment()], [a_refund(dollars("40"), on=NEXT_YEAR)])
    assert settled.pieces[a_line().id] == (a_piece("120"),)
    (late,) = settled.late_refunds
    assert late == LateRefund(PaymentId("payment"), Method.CARD, NEXT_YEAR, dollars("40"), a_line().id)
    assert late.to_client


@pytest.mark.parametrize("method", [Method.INSURER, Method.GIFT])
def test_what_an_insurer_or_gift_gets_back_does_not_go_to_the_client(method: Method) -> None:
    settled = billing.settle([a_line()], [a_payment(method=method)], [a_refund(dollars("40"), on=NEXT_YEAR)])
    assert [late.to_client for late in settled.late_refunds] == [False]
    assert [piece.by_client for piece in settled.pieces[a_line().id]] == [False]
    assert not a_payment(method=method).by_client
    assert a_payment().by_client


def test_credit_that_is_paid_back_is_no_credit_any_more() -> None:
    payment = a_payment(dollars("150"), allocations=toward("line", PRICE))
    back = a_refund(dollars("30"), on=AUGUST, allocations=())
    settled = billing.settle([a_line()], [payment], [back])
    assert sum(credit.amount.cents for credit in settled.credits) == 0
    late = billing.settle([a_line()], [payment], [a_refund(dollars("30"), on=NEXT_YEAR, allocations=())])
    assert [(refund.line, refund.amount) for refund in late.late_refunds] == [(None, dollars("30"))]


def test_what_stood_on_a_voided_line_is_credit_again() -> None:
    settled = billing.settle([a_line(void=True)], [a_payment()], [])
    assert settled.pieces == {}
    assert [credit.amount for credit in settled.credits] == [PRICE]
    paid_back = billing.settle([a_line(void=True)], [a_payment()], [a_refund(PRICE)])
    assert sum((credit.amount for credit in paid_back.credits), start=NOTHING) == NOTHING


def test_several_refunds_are_taken_in_the_order_of_their_days() -> None:
    refunds = [
        a_refund(dollars("10"), name="b", on=NEXT_YEAR),
        a_refund(dollars("20"), name="a", on=AUGUST),
    ]
    settled = billing.settle([a_line()], [a_payment()], refunds)
    assert settled.pieces[a_line().id] == (a_piece("100"),)
    assert [late.amount for late in settled.late_refunds] == [Money(1000)]


def test_an_insurer_may_pay_a_treatment_whatever_the_client_has_paid() -> None:
    lines = [a_line(), TIP, a_line("void", void=True)]
    own = a_payment(dollars("120"))
    insurer = a_payment(dollars("70"), name="i", method=Method.INSURER)
    back = a_refund(dollars("20"), payment=PaymentId("i"))
    assert billing.left_for_insurer(lines, [own], []) == {"line": PRICE}
    assert billing.left_for_insurer(lines, [own, insurer], [a_refund(dollars("5"))]) == {
        "line": dollars("50")
    }
    assert billing.left_for_insurer(lines, [own, insurer], [back]) == {"line": dollars("70")}
    whole = a_payment(PRICE, name="w", method=Method.INSURER)
    assert billing.left_for_insurer(lines, [whole], []) == {}


def test_what_came_in_beyond_a_line_is_too_much_until_it_went_back() -> None:
    both = [a_payment(PRICE), a_payment(dollars("60"), name="i", method=Method.INSURER)]
    assert billing.overpaid([a_line(), TIP], both, []) == dollars("60")
    assert billing.overpaid([a_line()], both, [a_refund(dollars("45"))]) == dollars("15")
    assert billing.overpaid([a_line(void=True)], both, []) == NOTHING
