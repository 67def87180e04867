"""Gathering money and visits into reports."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic.rules import reports
from clinic.rules.reports import Part, Posting
from clinic.values import NOTHING, ClientId, Money

ANN, BEA = ClientId("c-ann"), ClientId("c-bea")
NEW_YEAR = date(2026, 1, 1)


def a_posting(on: date = NEW_YEAR, cents: int = 12500, part: Part = Part.CARE) -> Posting:
    return Posting(on, Money(cents), ANN, part)


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
postings = st.lists(
    st.builds(a_posting, days, st.integers(-50_000, 50_000), st.sampled_from(list(Part))), max_size=40
)


@given(postings)
def test_whatever_it_is_gathered_by_it_adds_up_to_the_same(found: list[Posting]) -> None:
    whole = reports.total(found)
    by_month = reports.gathered(found, lambda posting: reports.month_of(posting.on))
    assert sum((reports.total(group) for group in by_month.values()), start=NOTHING) == whole
    assert sum(reports.by_part(found).values(), start=NOTHING) == whole


@given(days, days)
def test_months_leave_none_out(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = reports.months(first, last)
    assert found[0] == reports.month_of(first)
    assert found[-1] == reports.month_of(last)
    assert len(found) == (last.year - first.year) * 12 + last.month - first.month + 1
    assert all(each.day == 1 for each in found)


def test_money_grows_old_after_thirty_sixty_and_ninety_days() -> None:
    ages = [reports.age(NEW_YEAR, NEW_YEAR + timedelta(days=n)) for n in (0, 30, 31, 60, 61, 90, 91, 900)]
    assert ages == [0, 0, 1, 1, 2, 2, 3, 3]


def test_the_tax_within_a_part_payment_is_its_share() -> None:
    assert reports.tax_within(Money(5538), Money(538), Money(11076)) == Money(269)
    assert reports.tax_within(Money(-11076), Money(538), Money(11076)) == Money(-538)
    assert reports.tax_within(Money(100), Money(10), NOTHING) == NOTHING


def test_a_share_is_told_in_tenths_of_a_per_cent() -> None:
    assert [reports.permille(part, whole) for part, whole in ((1, 8), (1, 3), (2, 3), (0, 5), (1, 0))] == [
        125,
        333,
        667,
        0,
        0,
    ]


def test_who_comes_again_within_ninety_days_has_stayed() -> None:
    visits = {
        ANN: [date(2026, 1, 10), date(2026, 4, 10)],
        BEA: [date(2026, 1, 12), date(2026, 6, 1)],
    }
    january = reports.retention(visits, [], NEW_YEAR, date(2026, 6, 30))[0]
    assert january.new == (ANN, BEA)
    assert january.stayed == (ANN,)


def test_who_was_not_seen_for_ninety_days_and_has_nothing_booked_is_lost() -> None:
    visits = {ANN: [date(2026, 1, 10)], BEA: [date(2026, 1, 12)], ClientId("c-nobody"): []}
    months = reports.retention(visits, [BEA], NEW_YEAR, date(2026, 4, 20))
    assert [month.lost for month in months] == [(ANN,), (), (), ()]


def test_a_second_visit_makes_nobody_new_again() -> None:
    visits = {ANN: [date(2025, 12, 10), date(2026, 1, 10), date(2026, 1, 20)]}
    (january,) = reports.retention(visits, [], NEW_YEAR, date(2026, 1, 31))
    assert (january.new, january.again) == ((), (ANN,))
