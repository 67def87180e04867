"""A client's year: what counts in it, what is marked, what stays open, and that nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from clinic.rules import annual
from clinic.rules.annual import ClientYear, Ledger, Totals, YearLine
from clinic.values import NOTHING, Basis, LineKind, Method, Money
from tests.makers_money import (
    PRICE,
    SUMMER,
    a_ledger,
    a_letter,
    a_line,
    a_payment,
    a_practice,
    a_refund,
    a_visit,
    a_year,
    dollars,
    money,
    toward,
)

if TYPE_CHECKING:
    from clinic.rules.billing import Payment, Refund

DECEMBER = date(2026, 12, 30)
NEXT_YEAR = date(2027, 1, 4)


def only(year: ClientYear) -> YearLine:
    (row,) = year.lines
    return row


def paying(*payments: Payment, refunds: tuple[Refund, ...] = (), **visit: Any) -> Ledger:
    """One visit of 120.00, paid as told."""
    visited = a_visit(**visit)
    line = a_line(appointment=visited.id, issued_on=visited.day)
    return a_ledger(visits=(visited,), lines=(line,), payments=payments, refunds=refunds)


# --- which year ---


def test_c16_paid_in_january_for_a_visit_in_december() -> None:
    ledger = paying(a_payment(on=NEXT_YEAR), on=DECEMBER)
    assert a_year(ledger, 2026).lines == ()
    row = only(a_year(ledger, 2027))
    assert (row.service_date, row.paid_on, row.marked, row.eligible) == (DECEMBER, NEXT_YEAR, True, PRICE)
    assert only(a_year(ledger, 2026, Basis.SERVICE)).eligible == PRICE
    assert a_year(ledger, 2027, Basis.SERVICE).lines == ()


def test_c17_a_card_counts_on_the_day_it_was_charged() -> None:
    ledger = paying(a_payment(on=date(2026, 12, 31)), on=DECEMBER)
    assert only(a_year(ledger, 2026)).paid_on == date(2026, 12, 31)


def test_what_is_not_paid_stands_by_service_only() -> None:
    ledger = paying()
    assert a_year(ledger, 2026).lines == ()
    row = only(a_year(ledger, 2026, Basis.SERVICE))
    assert (row.judgement.codes, row.marked, row.eligible, row.paid_on) == (
        ("E-UNPAID",),
        False,
        NOTHING,
        None,
    )


def test_a_line_paid_over_two_years_stands_in_both_with_its_part() -> None:
    ledger = paying(
        a_payment(dollars("50"), on=DECEMBER, name="a"), a_payment(dollars("70"), on=NEXT_YEAR, name="b")
    )
    first, second = only(a_year(ledger, 2026)), only(a_year(ledger, 2027))
    assert (first.client_paid, first.eligible) == (dollars("50"), dollars("50"))
    assert (second.client_paid, second.eligible) == (dollars("70"), dollars("70"))
    assert only(a_year(ledger, 2026, Basis.SERVICE)).eligible == PRICE


def test_a_line_without_a_visit_is_delivered_on_its_invoices_day() -> None:
    ledger = a_ledger(visits=(), lines=(a_line(kind=LineKind.PRODUCT, issued_on=DECEMBER),), payments=())
    assert only(a_year(ledger, 2026, Basis.SERVICE)).service_date == DECEMBER
    assert a_year(ledger, 2027, Basis.SERVICE).lines == ()


def test_paid_on_is_the_day_of_the_last_payment_in_the_row() -> None:
    ledger = paying(
        a_payment(dollars("50"), on=SUMMER, name="b"),
        a_payment(dollars("30"), on=DECEMBER, name="a", method=Method.CHECK),
        a_payment(dollars("40"), on=NEXT_YEAR, name="c"),
    )
    row = only(a_year(ledger, 2026))
    assert (row.paid_on, row.paid_by) == (DECEMBER, (Method.CARD, Method.CHECK))
    assert [piece.payment for piece in row.pieces] == ["b", "a"]


def test_voided_lines_stand_nowhere_and_what_was_paid_is_open() -> None:
    ledger = a_ledger(lines=(a_line(void=True, appointment=a_visit().id),))
    for basis in Basis:
        year = a_year(ledger, basis=basis)
        assert year.lines == ()
        assert year.totals.prepaid_open == PRICE


# --- the mark's amount ---


def test_c11_a_visit_with_a_tip() -> None:
    visit, tip = a_visit(), dollars("25")
    lines = (a_line(appointment=visit.id), a_line("tip", kind=LineKind.TIP, price=tip, appointment=visit.id))
    payment = a_payment(dollars("145"), allocations=(*toward("line", PRICE), *toward("tip", tip)))
    year = a_year(a_ledger(visits=(visit,), lines=lines, payments=(payment,)))
    assert money(year.totals) == ("145.00", "120.00", "0.00", "25.00", "0.00", "0.00")
    assert [(line.line.id, code) for line, code in year.exceptions] == [("tip", "E-ITEM-TIP")]
    assert year.letters == {"letter"}


def test_c20_money_of_an_fsa_stands_in_its_own_column() -> None:
    year = a_year(paying(a_payment(method=Method.FSA_CARD)))
    assert money(year.totals) == ("120.00", "0.00", "120.00", "0.00", "0.00", "0.00")


def test_c41_money_of_an_hsa_stands_in_its_own_column() -> None:
    ledger = a_ledger(
        lines=(a_line(price=dollars("1000"), appointment=a_visit().id),),
        payments=(a_payment(dollars("1000"), method=Method.HSA_CARD),),
    )
    assert a_year(ledger).totals.marked_hsa_fsa == dollars("1000")


def test_the_order_of_payments_decides_what_was_personal() -> None:
    ledger = paying(
        a_payment(dollars("70"), on=DECEMBER, name="a", method=Method.HSA_CARD),
        a_payment(dollars("50"), on=SUMMER, name="b"),
        minutes=90,
    )
    row = only(a_year(ledger))
    assert (row.client_paid, row.own, row.account) == (PRICE, dollars("50"), dollars("30"))
    assert money(a_year(ledger).totals) == ("120.00", "50.00", "30.00", "40.00", "0.00", "0.00")


def test_payments_of_one_day_come_in_the_order_of_their_ids() -> None:
    ledger = paying(
        a_payment(dollars("70"), name="b"),
        a_payment(dollars("50"), name="a", method=Method.HSA_CARD),
        minutes=90,
    )
    row = only(a_year(ledger))
    assert (row.own, row.account) == (dollars("30"), dollars("50"))


def test_earlier_years_fill_the_share_of_minutes_first() -> None:
    ledger = paying(
        a_payment(dollars("50"), on=DECEMBER, name="a"),
        a_payment(dollars("70"), on=NEXT_YEAR, name="b"),
        minutes=90,
    )
    assert only(a_year(ledger, 2026)).eligible == dollars("50")
    assert only(a_year(ledger, 2027)).eligible == dollars("30")
    assert only(a_year(ledger, 2026, Basis.SERVICE)).eligible == dollars("80")


def test_what_was_paid_beyond_the_price_is_not_marked() -> None:
    ledger = paying(a_payment(dollars("150"), allocations=toward("line", dollars("150"))))
    row = only(a_year(ledger))
    assert (row.client_paid, row.eligible) == (dollars("150"), PRICE)


def test_a_discount_lowers_what_can_be_marked_and_a_tax_is_not_care() -> None:
    line = a_line(appointment=a_visit().id, discount=dollars("20"), tax=dollars("8"))
    row = only(a_year(a_ledger(lines=(line,), payments=(a_payment(dollars("108")),))))
    assert (row.charge, row.client_paid, row.eligible) == (PRICE, dollars("108"), dollars("100"))


def test_an_insurers_and_a_gifts_money_is_not_the_clients() -> None:
    ledger = paying(
        a_payment(dollars("50"), name="a", method=Method.INSURER),
        a_payment(dollars("40"), name="b", method=Method.GIFT),
        a_payment(dollars("30"), name="c"),
    )
    row = only(a_year(ledger))
    assert (row.insurer_paid, row.client_paid, row.eligible) == (dollars("50"), dollars("30"), dollars("30"))
    assert row.paid_by == (Method.CARD, Method.GIFT, Method.INSURER)


# --- refunds ---


def test_d12_a_refund_lowers_its_line() -> None:
    year = a_year(paying(a_payment(), refunds=(a_refund(dollars("40"), on=DECEMBER),)))
    assert money(year.totals) == ("80.00", "80.00", "0.00", "0.00", "0.00", "0.00")


def test_what_was_paid_back_whole_stands_with_nothing_and_without_a_mark() -> None:
    row = only(a_year(paying(a_payment(), refunds=(a_refund(PRICE, on=DECEMBER),))))
    assert (row.client_paid, row.eligible, row.marked) == (NOTHING, NOTHING, False)
    assert row.judgement.codes == ("E-UNPAID",)


def test_c19_what_is_paid_back_in_another_year_changes_no_earlier_row() -> None:
    insurer = a_payment(dollars("60"), name="insurer", on=NEXT_YEAR, method=Method.INSURER)
    back = a_refund(dollars("60"), on=NEXT_YEAR, allocations=toward("line", dollars("60")))
    before = a_year(paying(a_payment()), 2026)
    ledger = paying(a_payment(), insurer, refunds=(back,))
    assert a_year(ledger, 2026) == before
    after = a_year(ledger, 2027)
    assert money(after.totals) == ("0.00", "0.00", "0.00", "0.00", "0.00", "60.00")
    assert (only(after).insurer_paid, only(after).judgement.codes) == (dollars("60"), ("E-INSPAID",))
    assert [refund.amount for refund in after.prior_refunds] == [dollars("60")]


def test_what_an_insurer_gets_back_is_no_refund_of_the_clients() -> None:
    insurer = a_payment(method=Method.INSURER)
    ledger = paying(insurer, refunds=(a_refund(dollars("60"), on=NEXT_YEAR),))
    assert a_year(ledger, 2027).totals.refunds_prior_year == NOTHING
    assert a_year(ledger, 2027).prior_refunds == ()


def test_a_refund_of_an_earlier_year_stands_in_its_own_year_by_service_too() -> None:
    ledger = paying(a_payment(), refunds=(a_refund(dollars("40"), on=NEXT_YEAR),))
    assert only(a_year(ledger, 2026, Basis.SERVICE)).eligible == PRICE
    assert a_year(ledger, 2027, Basis.SERVICE).totals.refunds_prior_year == dollars("40")


# --- credit ---


def test_what_is_not_allocated_is_open_until_it_is() -> None:
    ledger = paying(a_payment(dollars("150"), allocations=toward("line", PRICE)))
    assert a_year(ledger, 2026).totals.prepaid_open == dollars("30")
    assert a_year(ledger, 2027).totals.prepaid_open == dollars("30")
    assert a_year(ledger, 2025).totals.prepaid_open == NOTHING


def test_credit_paid_back_is_open_no_more() -> None:
    payment = a_payment(dollars("150"), allocations=toward("line", PRICE))
    ledger = paying(payment, refunds=(a_refund(dollars("30"), on=NEXT_YEAR, allocations=()),))
    assert a_year(ledger, 2026).totals.prepaid_open == dollars("30")
    assert money(a_year(ledger, 2027).totals)[-2:] == ("0.00", "30.00")


def test_an_insurers_credit_is_not_the_clients() -> None:
    payment = a_payment(dollars("150"), allocations=toward("line", PRICE), method=Method.INSURER)
    assert a_year(paying(payment)).totals.prepaid_open == NOTHING


# --- as receipts say it, and sums ---


def test_a_receipt_tells_every_line_by_all_that_was_paid() -> None:
    ledger = paying(
        a_payment(dollars("50"), on=DECEMBER, name="a"), a_payment(dollars("70"), on=NEXT_YEAR, name="b")
    )
    void = replace(ledger, lines=(*ledger.lines, a_line("old", void=True, issued_on=date(2026, 1, 1))))
    rows = annual.all_lines(void, a_practice())
    assert [(row.line.id, row.client_paid) for row in rows] == [("old", NOTHING), ("line", PRICE)]


def test_the_lines_of_some_invoices_are_judged_without_the_others() -> None:
    ledger = paying(a_payment())
    more = replace(ledger, lines=(*ledger.lines, a_line("other")))
    practice = a_practice()
    whole = annual.all_lines(more, practice)
    assert annual.all_lines(more, practice, {ledger.lines[0].invoice}) == whole[:1]
    assert annual.all_lines(more, practice, set()) == ()


def test_letters_that_support_nothing_are_no_letters() -> None:
    assert annual.supporting((a_letter(),)) == (a_letter(),)


def test_totals_add_up() -> None:
    one = Totals(Money(6), Money(1), Money(2), Money(3), Money(4), Money(5))
    assert one + one == Totals(Money(12), Money(2), Money(4), Money(6), Money(8), Money(10))
    row = only(a_year(a_ledger()))
    assert annual.totals_of([row], Money(7), Money(8)) == Totals(
        PRICE, PRICE, NOTHING, NOTHING, Money(7), Money(8)
    )


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_year_in_which_nothing_happened_is_empty(year: int) -> None:
    for basis in Basis:
        empty = a_year(a_ledger(), year, basis)
        assert empty == ClientYear(year, basis, (), Totals(), ())
