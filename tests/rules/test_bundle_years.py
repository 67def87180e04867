"""A bundle in its client's years: each visit where it was both delivered and paid, the rest open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.values import NOTHING, Basis, BundleId, LineKind, Method, State
from tests.makers_money import (
    a_bundle,
    a_bundle_ledger,
    a_ledger,
    a_letter,
    a_line,
    a_payment,
    a_refund,
    a_visit,
    a_year,
    dollars,
    money,
    toward,
)

if TYPE_CHECKING:
    from clinic.rules.annual import ClientYear, YearLine
    from clinic.rules.billing import Payment

NEXT_YEAR = date(2027, 1, 4)
DAYS = (date(2026, 10, 1), date(2026, 11, 1), date(2027, 1, 11))


def only(year: ClientYear) -> YearLine:
    (row,) = year.lines
    return row


def sold(amount: str = "425", on: date = date(2026, 1, 1), **changes: Any) -> Payment:
    allocations = toward("sale", dollars(amount))
    return a_payment(dollars(amount), on=on, allocations=allocations, **changes)


def columns(year: ClientYear) -> list[tuple[str, str, str, str]]:
    return [
        (row.line.kind.value, str(row.client_paid), str(row.eligible), " ".join(row.judgement.codes))
        for row in year.lines
    ]


def test_c4_20_and_21_a_bundle_counts_on_its_visits_in_the_later_year() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS, (sold(),))
    ledger = replace(ledger, letters=(a_letter(ends_on=None),))
    first = a_year(ledger, 2026, practice=practice)
    assert columns(first) == [
        ("bundle_sale", "0.00", "0.00", "E-NOTPROVIDED"),
        ("bundle_use", "70.83", "70.83", "W-LMN-NODURATION"),
        ("bundle_use", "70.83", "70.83", "W-LMN-NODURATION"),
    ]
    assert money(first.totals) == ("141.66", "141.66", "0.00", "0.00", "283.34", "0.00")
    second = a_year(ledger, 2027, practice=practice)
    assert columns(second) == [("bundle_use", "70.83", "70.83", "W-LMN-NODURATION")]
    assert (only(second).paid_on, only(second).charge) == (DAYS[2], dollars("70.83"))
    assert second.totals.prepaid_open == dollars("212.51")


def test_by_service_each_visit_of_a_bundle_stands_in_the_year_it_was_delivered() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS, (sold(on=date(2027, 3, 1)),))
    assert a_year(ledger, 2026, practice=practice).lines == ()
    by_service = a_year(ledger, 2026, Basis.SERVICE, practice)
    assert [row.client_paid for row in by_service.lines] == [NOTHING, dollars("70.83"), dollars("70.83")]
    assert [row.paid_on for row in by_service.lines] == [date(2027, 3, 1)] * 3
    by_payment = a_year(ledger, 2027, practice=practice)
    assert [row.service_date for row in by_payment.lines[1:]] == list(DAYS)
    assert {row.paid_on for row in by_payment.lines} == {date(2027, 3, 1)}


def test_a_bundle_bought_with_an_hsa_card_is_an_hsas_on_its_visits() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS[:1], (sold(method=Method.HSA_CARD),))
    year = a_year(ledger, 2026, practice=practice)
    assert year.totals.marked_hsa_fsa == dollars("70.83")
    assert [row.paid_by for row in year.lines] == [(Method.HSA_CARD,)] * 2


def test_a_bundle_bought_with_a_gift_counts_where_the_gift_was_bought() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS[:1], (sold(method=Method.GIFT),))
    year = a_year(ledger, 2026, practice=practice)
    assert columns(year)[1] == ("bundle_use", "0.00", "0.00", "E-TENDER-GIFT")
    assert money(year.totals) == ("0.00",) * 6


def test_a_longer_visit_of_a_bundle_is_marked_by_its_share() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS[:1], (sold(),))
    ledger = replace(ledger, visits=(replace(ledger.visits[0], minutes=90),))
    assert columns(a_year(ledger, 2026, practice=practice))[1] == (
        "bundle_use",
        "70.83",
        "47.22",
        "E-MINUTES",
    )


def test_the_rest_of_a_bundle_paid_back_next_year_was_an_earlier_years_payment() -> None:
    refund = a_refund(dollars("283.34"), on=NEXT_YEAR, allocations=toward("sale", dollars("283.34")))
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS[:2], (sold(),), (refund,))
    assert a_year(ledger, 2026, practice=practice).totals.prepaid_open == dollars("283.34")
    later = a_year(ledger, 2027, practice=practice)
    assert later.lines == ()
    assert money(later.totals)[-2:] == ("0.00", "283.34")


def test_a_bundle_nobody_knows_pays_nothing() -> None:
    ledger, practice = a_bundle_ledger(a_bundle(), DAYS[:1], (sold(),))
    use = replace(ledger.lines[1], bundle=None, price=dollars("70"))
    stray = replace(ledger, lines=(ledger.lines[0], use))
    rows = a_year(stray, 2026, Basis.SERVICE, practice).lines
    assert (rows[1].charge, rows[1].client_paid, rows[1].marked) == (dollars("70"), NOTHING, False)
    unheard = replace(ledger, lines=(ledger.lines[0], replace(use, bundle=BundleId("unheard of"))))
    assert a_year(unheard, 2026, Basis.SERVICE, practice).lines[1].client_paid == NOTHING


def test_what_is_paid_on_a_sale_that_is_no_bundle_yet_is_open() -> None:
    sale = a_line("sale", kind=LineKind.BUNDLE_SALE, price=dollars("425"))
    ledger = a_ledger(lines=(sale,), payments=(sold(),))
    assert money(a_year(ledger).totals) == ("0.00", "0.00", "0.00", "0.00", "425.00", "0.00")


def test_a_use_nothing_was_delivered_for_is_worth_nothing() -> None:
    bundle = a_bundle()
    ledger, practice = a_bundle_ledger(bundle, (), (sold(),))
    visit = a_visit(state=State.CONFIRMED)
    use = a_line("use", kind=LineKind.BUNDLE_USE, price=NOTHING, appointment=visit.id, bundle=bundle.id)
    planned = replace(ledger, visits=(visit,), lines=(*ledger.lines, use))
    assert columns(a_year(planned, practice=practice)) == [("bundle_sale", "0.00", "0.00", "E-NOTPROVIDED")]
    assert a_year(planned, practice=practice).totals.prepaid_open == dollars("425")
