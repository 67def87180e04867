"""The claim helper adds up, warns of the same dollar twice, and knows when a plan's door is shut."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.exchange.tax_years import tax_years
from clinic.rules import claims
from clinic.rules.claims import Claim, Claimed
from clinic.values import AccountKind, LineId, Money, Regime

LINE, OTHER = LineId("line"), LineId("other")
ELIGIBLE = Money.of("120")
IN_TIME = date(2027, 3, 31)


def test_the_catalogue_knows_the_years_the_practice_file_may_hold() -> None:
    assert {2024, 2025, 2026} <= set(tax_years())
    assert all(year == entry.year and entry.source for year, entry in tax_years().items())


@pytest.mark.parametrize(("year", "amount"), [(2026, "59.04"), (2025, "60.48"), (2024, "60.48")])
def test_c37_the_way_to_twelve_visits_is_priced_by_the_year(year: int, amount: str) -> None:
    assert claims.mileage(24, 12, tax_years()[year]) == Money.of(amount)


def test_half_a_cent_of_mileage_is_rounded_up() -> None:
    assert claims.mileage(1, 1, tax_years()[2026]) == Money(21)


def test_c38_the_floor_helper_shows_the_arithmetic() -> None:
    helped = claims.above_floor(Money.of("80000"), [Money.of("2400"), Money.of("5000")], tax_years()[2026])
    assert helped == claims.AboveFloor(floor=Money.of("6000"), above=Money.of("1400"))


def test_expenses_below_the_floor_leave_nothing_above_it() -> None:
    helped = claims.above_floor(Money.of("80000"), [Money.of("2400")], tax_years()[2026])
    assert helped.above == Money(0)


def claimed(amount: str, line: LineId = LINE, regime: Regime = Regime.FSA) -> Claimed:
    return Claimed(line, regime, Money.of(amount))


def claim(*earlier: Claimed, prepared_on: date = IN_TIME, run_out: date | None = IN_TIME) -> Claim:
    return claims.claim(LINE, ELIGIBLE, prepared_on=prepared_on, run_out=run_out, earlier=earlier)


def test_what_was_never_claimed_can_be() -> None:
    assert claim() == Claim(ELIGIBLE, frozenset())
    assert claim(claimed("120", OTHER)) == Claim(ELIGIBLE, frozenset())


def test_c24_a_claim_after_the_run_out_is_late() -> None:
    assert claim(prepared_on=date(2027, 4, 1)) == Claim(Money(0), frozenset({"E-RUNOUT"}))


def test_without_a_run_out_no_claim_is_late() -> None:
    assert claim(prepared_on=date(2037, 4, 1), run_out=None) == Claim(ELIGIBLE, frozenset())


def test_c4_26_the_same_dollars_are_not_claimed_twice() -> None:
    assert claim(claimed("120")) == Claim(Money(0), frozenset({"E-DOUBLE"}))
    assert claim(claimed("50"), claimed("20", regime=Regime.HSA)) == Claim(
        Money.of("50"), frozenset({"E-DOUBLE"})
    )


@given(st.lists(st.integers(1, 5_000).map(lambda cents: Claimed(LINE, Regime.FSA, Money(cents)))))
def test_no_more_than_the_eligible_amount_is_ever_claimed(earlier: list[Claimed]) -> None:
    before = sum((each.amount for each in earlier), start=Money(0))
    left = claim(*earlier).amount
    assert left >= Money(0)
    assert left + before == max(ELIGIBLE, before)


def test_an_hsa_pays_back_what_came_after_it_was_opened_in_any_later_year() -> None:
    window = claims.window(AccountKind.HSA, opened=date(2026, 7, 1))
    assert window is not None
    assert (window.holds(date(2026, 6, 30)), window.holds(date(2026, 7, 1))) == (False, True)
    assert window.until is None


def test_a_grace_period_stretches_the_days_of_service_and_a_run_out_the_claim_alone() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    plain = claims.window(AccountKind.FSA, year=year, run_out=date(2027, 3, 31))
    assert plain == claims.Window(*year, date(2027, 3, 31))
    grace = claims.window(AccountKind.FSA, year=year, grace_until=date(2027, 3, 15))
    assert grace is not None
    assert grace.holds(date(2027, 3, 15))
    assert grace.until == date(2027, 3, 15)


def test_a_limited_purpose_account_never_pays_for_massage() -> None:
    assert claims.window(AccountKind.LPFSA) is None


def test_an_account_of_which_nothing_is_known_is_open_on_all_sides() -> None:
    window = claims.window(AccountKind.HRA)
    assert window == claims.Window(None, None, None)
    assert window.holds(date(1999, 1, 1))
