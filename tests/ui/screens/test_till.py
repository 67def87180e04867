"""Checking out at the till, on a small real practice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from clinic.office import prices, receipts, takings
from clinic.records import Appointment
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, State
from tests.ui.screens.a_till import (
    NOBODY,
    OTHER,
    OWN,
    PREPAID,
    RESTFUL,
    UNDER_A_LETTER,
    Counter,
    counter,
    sit,
    template,
    words_on,
)
from ui.screens.till import ForClient
from ui.widgets.fields import Line, MoneyLine

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["counter", "sit", "template"]


def tip(counter: Counter, preset: str) -> None:
    presets = counter.till.checkout.lines.tip.presets
    counter.press(presets._keys[preset])


def test_the_book_says_what_is_still_to_take(counter: Counter) -> None:
    rows = counter.till.book.to_take.model.rows
    assert {(row.client, row.appointment, row.amount.cents) for row in rows} == {
        (OTHER, RESTFUL, 11000),
        (OTHER, AppointmentId("a-2"), 12500),
        (OWN, PREPAID, 12500),
        (OTHER, None, 9000),
    }


def test_receipts_are_found_by_number_and_by_name(counter: Counter) -> None:
    book = counter.till.book
    book.search.setText("marchetti")
    counter.settle()
    assert [row.client for row in book.receipts.model.rows] == [OTHER]
    book.search.setText("000001")
    counter.settle()
    assert {row.number for row in book.receipts.model.rows} == {"R-2026-000001", "C-2026-000001"}


def test_paying_and_the_receipt_are_one_press(counter: Counter) -> None:
    checkout = counter.open(UNDER_A_LETTER).checkout
    tip(counter, "20")
    assert checkout.take.accessibleName() == "Take $150.00 and print receipt"
    assert "Documented as medically necessary" in checkout.mark.accessibleName()
    assert "visit 3 of 12" in checkout.mark.accessibleName()
    assert "Applies to $125.00. not to the tip" in checkout.mark.accessibleName()
    counter.press(checkout.take)
    number = counter.till.receipt._number
    found = counter.desk.reading(partial(receipts.opened, number=number))
    assert (found.receipt.amount, found.receipt.open) == (Money(15000), Money(0))
    assert counter.till.receipt.isVisible()
    assert counter.till.receipt.paper._sheets


def test_the_tips_offered_are_those_the_therapist_wishes(counter: Counter) -> None:
    therapist = counter.desk.reading(lambda work: work.get(Appointment, UNDER_A_LETTER).staff)
    counter.desk.writing(partial(prices.set_tips, staff=therapist, percents=(12, 30)))
    checkout = counter.open(UNDER_A_LETTER).checkout
    assert "12 %" in words_of_buttons(checkout.lines.tip)
    tip(counter, "30")
    assert checkout.lines.tip.amount == Money(3750)


def words_of_buttons(part: QWidget) -> str:
    return " ".join(button.text() for button in part.findChildren(QPushButton))


def test_a_visit_that_is_paid_for_is_done(counter: Counter) -> None:
    counter.press(counter.open(UNDER_A_LETTER).checkout.take)
    rows = counter.desk.reading(partial(takings.to_take, client=OWN))
    assert UNDER_A_LETTER not in {row.appointment for row in rows}
    state = counter.desk.reading(
        lambda work: (
            work.session.connection()
            .exec_driver_sql("SELECT state FROM appointments WHERE id = 'a-now'")
            .scalar()
        )
    )
    assert state == State.DONE.value


def test_an_hsa_card_is_kept_from_paying_the_tip(counter: Counter) -> None:
    checkout = counter.open(UNDER_A_LETTER).checkout
    tip(counter, "20")
    checkout.tenders.choose(Method.HSA_CARD)
    counter.settle()
    assert "The HSA card would pay $25.00" in words_on(checkout.tenders)
    assert "the tip" in words_on(checkout.tenders)
    counter.press(checkout.tenders._mend)
    assert [(t.method, t.amount.cents) for t in checkout.tenders.tenders] == [
        (Method.HSA_CARD, 12500),
        (Method.CARD, 2500),
    ]
    assert "would pay" not in words_on(checkout.tenders)


def test_a_restful_visit_is_not_marked_and_an_fsa_card_is_warned_of(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    assert checkout.mark.accessibleName().startswith("Will not be marked as medically necessary")
    checkout.tenders.choose(Method.FSA_CARD)
    counter.settle()
    assert "The FSA card would pay $110.00" in words_on(checkout.tenders)
    counter.press(checkout.tenders._mend)
    assert [(t.method, t.amount.cents) for t in checkout.tenders.tenders] == [(Method.CARD, 11000)]


def test_a_split_payment_shares_what_is_due(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    counter.press(checkout.tenders._split)
    first = checkout.tenders._rows[0]
    first.amount.selectAll()
    QTest.keyClicks(first.amount, "60")
    counter.settle()
    assert [(t.method, t.amount.cents) for t in checkout.tenders.tenders] == [
        (Method.CARD, 6000),
        (Method.CASH, 5000),
    ]
    checkout.tenders._rows[1].remove.click()
    counter.settle()
    assert [(t.method, t.amount.cents) for t in checkout.tenders.tenders] == [(Method.CARD, 11000)]


def test_more_than_is_due_can_not_be_taken(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    amount = checkout.tenders._rows[0].amount
    amount.selectAll()
    QTest.keyClicks(amount, "200")
    counter.settle()
    assert not checkout.take.isEnabled()
    assert "$90.00 too much" in words_on(checkout.tenders)


def test_a_visit_is_paid_from_prepaid_visits(counter: Counter) -> None:
    checkout = counter.open(PREPAID).checkout
    checkout.lines._use(checkout.lines._proposal.bundles[0] if checkout.lines._proposal else None)
    counter.settle()
    assert [charge.kind for charge in checkout.lines.charges] == [LineKind.BUNDLE_USE]
    assert checkout.lines.total == Money(0)
    assert "Applies to $100.00" in checkout.mark.accessibleName()
    counter.press(checkout.take)
    assert counter.till.receipt._opened is not None
    assert counter.till.receipt._opened.receipt.open == Money(0)


def test_goods_a_fee_a_discount_prepaid_visits_and_a_gift_stand_on_lines_of_their_own(
    counter: Counter,
) -> None:
    lines = counter.open(UNDER_A_LETTER).checkout.lines
    extras = lines.extras
    steps: list[tuple[Callable[[], object], str]] = [
        (partial(extras._ask_line, LineKind.PRODUCT, "Goods", ""), "18"),
        (partial(extras._ask_line, LineKind.FEE, "Fee", "Late cancellation"), "50"),
        (extras._ask_discount, "10"),
        (extras._ask_bundle, "600"),
        (extras._ask_gift, "75"),
    ]
    for ask, amount in steps:
        ask()
        counter.settle()
        form = extras._form
        assert form is not None
        price = next(field for field in form.findChildren(MoneyLine) if field.isVisible())
        price.selectAll()
        QTest.keyClicks(price, amount)
        if ask == extras._ask_discount:
            QTest.keyClick(price, Qt.Key.Key_Return)
            assert "why it is cheaper" in words_on(form)
            why = next(each for each in form.findChildren(Line) if each is not price)
            QTest.keyClicks(why, "a neighbour")
        QTest.keyClick(price, Qt.Key.Key_Return)
        counter.settle()
    kinds = [(charge.kind, charge.total.cents) for charge in lines.charges]
    assert kinds == [
        (LineKind.TREATMENT, 11500),
        (LineKind.PRODUCT, 1800),
        (LineKind.FEE, 5000),
        (LineKind.BUNDLE_SALE, 60000),
        (LineKind.GIFT_SALE, 7500),
    ]
    lines._take_off(0)
    assert len(lines.charges) == 4


def test_a_line_of_nothing_is_asked_for_its_price(counter: Counter) -> None:
    extras = counter.open(UNDER_A_LETTER).checkout.lines.extras
    extras._ask_discount()
    counter.settle()
    form = extras._form
    assert form is not None
    price = next(iter(form.findChildren(MoneyLine)))
    QTest.keyClick(price, Qt.Key.Key_Return)
    assert "Give an amount" in words_on(form)


@pytest.mark.parametrize(("client", "expected"), [(OTHER, "checkout"), (OWN, "checkout"), (NOBODY, "sale")])
def test_from_a_clients_page_the_till_opens_on_what_there_is_to_take(
    counter: Counter, client: ClientId, expected: str
) -> None:
    checkout = counter.open(ForClient(client)).checkout
    assert checkout.isVisible()
    assert (checkout._told.text() == "A sale outside a visit") is (expected == "sale")


def test_the_front_desk_takes_money(sit: Callable[[str], Counter]) -> None:
    counter = sit("s-desk")
    checkout = counter.open(UNDER_A_LETTER).checkout
    assert checkout.take.isEnabled()


def test_leaving_a_checkout_leads_back_to_the_book(counter: Counter) -> None:
    till = counter.open(UNDER_A_LETTER)
    till.checkout.left.emit()
    counter.settle()
    assert till.book.isVisible()


@pytest.mark.parametrize("size", [(1024, 640), (1440, 900)])
def test_the_button_that_takes_the_money_is_always_in_view(counter: Counter, size: tuple[int, int]) -> None:
    checkout = counter.open(UNDER_A_LETTER).checkout
    counter.shell.resize(*size)
    counter.settle()
    lower = checkout.take.mapTo(counter.shell, checkout.take.rect().bottomRight())
    assert counter.shell.rect().contains(lower)
