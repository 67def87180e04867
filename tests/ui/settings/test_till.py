"""Sales tax and the limits of discounts in the settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clinic.office import accounts, prices
from clinic.values import Role
from ui.screens.settings.till import AtTheTill, typed_percents, typed_rate, written_rate

if TYPE_CHECKING:
    from tests.ui.settings.the_owner import Owner


@pytest.mark.parametrize(("typed", "rate"), [("10.75 %", 10_750), ("8", 8_000), ("0", 0), ("7.125%", 7_125)])
def test_rates_are_typed_as_they_stand_on_a_notice(typed: str, rate: int) -> None:
    assert typed_rate(typed) == rate
    assert typed_rate(written_rate(rate)) == rate


@pytest.mark.parametrize("typed", ["", "some", "-1", "1.00001", "NaN", "Infinity"])
def test_what_is_no_rate_is_not_taken_for_one(typed: str) -> None:
    assert typed_rate(typed) is None


def test_a_tax_is_set_from_a_day_on(owner: Owner) -> None:
    page = owner.open(AtTheTill)
    assert not page.set.isEnabled()
    owner.unlock(page)
    page.set.click()
    assert page.form["rate"].message
    page.rate.setText("10.75 %")
    page.since.set_day(None)
    page.set.click()
    assert page.form["since"].message
    page.since.set_day(date(2026, 1, 1))
    page.set.click()
    owner.settle()
    (rate,) = owner.desk.reading(prices.sales_tax)
    assert (rate.rate, rate.since, rate.place) == (10_750, date(2026, 1, 1), "")
    page.rate.setText("11 %")
    page.set.click()
    owner.settle()
    assert [each.rate for each in owner.desk.reading(prices.sales_tax)] == [11_000]
    owner.undo()
    assert owner.desk.reading(prices.sales_tax) == (rate,)
    owner.undo()
    assert owner.desk.reading(prices.sales_tax) == ()
    owner.shell._undo.redo()
    owner.settle()
    assert owner.desk.reading(prices.sales_tax) == (rate,)
    page.rate.setText("9 %")
    page.place.setText("x" * 80)
    page.set.click()
    owner.settle()
    assert page.form["place"].message


def test_a_limit_is_kept_when_its_field_is_left_and_can_be_undone(owner: Owner) -> None:
    page = owner.open(AtTheTill)
    owner.unlock(page)
    before = owner.desk.reading(prices.discount_limits)[Role.FRONT_DESK]
    owner.type(page.limits["front_desk"].editor, "5")
    assert owner.desk.reading(prices.discount_limits)[Role.FRONT_DESK] == 5
    owner.undo()
    assert owner.desk.reading(prices.discount_limits)[Role.FRONT_DESK] == before


def test_accounts_are_called_as_the_accountant_calls_them(owner: Owner) -> None:
    page = owner.open(AtTheTill)
    owner.type(page.accounts["care"].editor, "4000 Massage")
    assert owner.desk.reading(accounts.names)["care"] == "4000 Massage"
    owner.undo()
    assert owner.desk.reading(accounts.names)["care"] == "Income: treatments"


@pytest.mark.parametrize(
    ("typed", "percents"), [("15, 18 20%", (15, 18, 20)), (None, ()), ("none", (-1,)), ("-5", (-1,))]
)
def test_tips_are_typed_in_any_way(typed: str | None, percents: tuple[int, ...]) -> None:
    assert typed_percents(typed) == percents


def test_tips_are_proposed_for_the_house_and_for_a_therapist(owner: Owner) -> None:
    page = owner.open(AtTheTill)
    owner.type(page.tips["house"].editor, "10, 20")
    owner.type(page.tips["s-therapist"].editor, "25 %, 30")
    wished = {one.staff: one.percents for one in owner.desk.reading(prices.tips)}
    assert wished == {"": (10, 20), "owner": (), "s-therapist": (25, 30)}
    owner.undo()
    assert {one.staff: one.percents for one in owner.desk.reading(prices.tips)}["s-therapist"] == ()
    owner.type(page.tips["s-therapist"].editor, "plenty")
    assert "whole per cents" in page.tips["s-therapist"].message
