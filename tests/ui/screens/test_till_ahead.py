"""Beside the till: deposits, gift certificates, and a family's prepaid visits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import bundles, prices, receipts
from clinic.values import AppointmentId, BundleId, LineKind, Method, Money, Refusal
from tests import practices
from tests.ui.screens.a_till import NOBODY, OTHER, RESTFUL, Counter, counter, sit, template, words_on
from ui.screens.till import ForClient
from ui.screens.till.ahead import FamilyPanel, GiftPanel, TakeDeposit
from ui.widgets.buttons import Button
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["counter", "sit", "template"]
THEIRS = AppointmentId("a-2")
"""A visit of somebody else, of the treatment that prepaid visits are for."""


def button(counter: Counter, words: str) -> Button:
    return next(one for one in counter.till.findChildren(Button) if one.text() == words and one.isVisible())


def test_money_is_left_on_account_and_its_receipt_shown(counter: Counter) -> None:
    counter.open(ForClient(NOBODY))
    counter.press(button(counter, "Money on account"))
    panel = counter.panel()
    assert isinstance(panel, TakeDeposit)
    counter.press(panel.take)
    assert "Give an amount" in words_on(panel)
    QTest.keyClicks(panel.amount, "50")
    QTest.keyClick(panel.amount, Qt.Key.Key_Return)
    counter.settle()
    assert counter.till.receipt._opened is not None
    assert counter.till.receipt._opened.receipt.amount == Money(5000)


def test_a_gift_certificate_is_looked_up_by_what_stands_on_it(counter: Counter) -> None:
    counter.press(button(counter, "Gift certificate"))
    panel = counter.panel()
    assert isinstance(panel, GiftPanel)
    QTest.keyClicks(panel.code, "nothing such")
    QTest.keyClick(panel.code, Qt.Key.Key_Return)
    counter.settle()
    assert "There is no gift certificate" in words_on(panel)
    panel.code.setText("FERN-0001")
    counter.press(panel.look)
    assert panel.left.text() == "$50.00 left"
    assert panel.pay_out.isHidden()


def test_a_certificate_pays_no_more_than_is_left_on_it(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    checkout.tenders.choose(Method.GIFT)
    row = checkout.tenders._rows[0]
    row.reference.setText("FERN-0001")
    row.reference.editingFinished.emit()
    counter.settle()
    assert [(each.method, each.amount) for each in checkout.tenders.tenders] == [
        (Method.GIFT, Money(5000)),
        (Method.CARD, Money(6000)),
    ]
    counter.press(checkout.take)
    found = counter.desk.reading(receipts.recent)[0]
    assert set(found.methods) == {Method.GIFT, Method.CARD}


def test_a_small_rest_is_paid_in_cash_at_one_press(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    checkout.tenders.choose(Method.GIFT)
    row = checkout.tenders._rows[0]
    row.amount.setText("40")
    row._typed()
    row.reference.setText("FERN-0001")
    row.reference.editingFinished.emit()
    counter.settle()
    counter.press(checkout.take)
    counter.till._back()
    counter.settle()
    counter.press(button(counter, "Gift certificate"))
    panel = counter.panel()
    assert isinstance(panel, GiftPanel)
    panel.code.setText("FERN-0001")
    counter.press(panel.look)
    assert panel.pay_out.text() == "Pay $10.00 in cash"
    counter.press(panel.pay_out)
    assert panel.left.text() == "$0.00 left"
    assert "$10.00 paid in cash" in words_on(panel)


def test_a_family_shares_prepaid_visits(counter: Counter) -> None:
    checkout = counter.open(THEIRS).checkout
    counter.press(button(counter, "A family member's…"))
    panel = counter.panel()
    assert isinstance(panel, FamilyPanel)
    assert not panel.share.isEnabled()
    panel.name.setText("Nguy")
    counter.settle()
    panel.table.view.selectRow(0)
    counter.press(panel.share)
    assert [charge.kind for charge in checkout.lines.charges] == [LineKind.BUNDLE_USE]
    assert "Hạnh Nguyễn" in words_on(checkout.lines)
    counter.shell._undo.undo()
    counter.settle()
    with pytest.raises(Refusal, match="not_found"):
        counter.desk.writing(partial(bundles.keep_alone, bundle=BundleId("b-1"), client=OTHER))
    counter.shell._undo.redo()
    counter.settle()
    counter.press(checkout.take)
    assert counter.till.receipt._opened is not None
    assert counter.till.receipt._opened.receipt.open == Money(0)


def test_goods_bear_the_tax_of_the_day(counter: Counter) -> None:
    counter.desk.confirm()
    counter.desk.writing(
        partial(prices.set_sales_tax, place="", since=practices.NOW.date(), rate=10750, reason="x")
    )
    lines = counter.open(ForClient(NOBODY)).checkout.lines
    counter.press(button(counter, "Goods"))
    form = lines.extras._form
    assert form is not None
    what, price = (each for each in form.findChildren(Line) if each.isVisible())
    QTest.keyClicks(what, "Arnica oil")
    QTest.keyClicks(price, "32")
    QTest.keyClick(price, Qt.Key.Key_Return)
    counter.settle()
    (charge,) = lines.charges
    assert (charge.kind, charge.tax, charge.total) == (LineKind.PRODUCT, Money(344), Money(3544))
    assert "$3.44 sales tax" in words_on(lines)


def test_who_may_take_nothing_off_is_offered_no_discount_beyond_their_limit(
    sit: Callable[[str], Counter],
) -> None:
    counter = sit("s-desk")
    extras = counter.open(RESTFUL).checkout.lines.extras
    extras._ask_discount()
    counter.settle()
    form = extras._form
    assert form is not None
    price, why = (each for each in form.findChildren(Line) if each.isVisible())
    QTest.keyClicks(why, "a friend")
    QTest.keyClicks(price, "50")
    QTest.keyClick(price, Qt.Key.Key_Return)
    assert "You can take $11.00 off at most" in words_on(form)
