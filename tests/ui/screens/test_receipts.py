"""Receipts at the till: printed, saved, paid later, voided and paid back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from clinic.office import clients, papers, receipts
from clinic.office.handouts import Handout
from clinic.values import Method, Money
from tests import practices
from tests.ui.screens.a_till import OWN, RESTFUL, UNDER_A_LETTER, Counter, counter, sit, template, words_on
from ui import printing
from ui.screens.till import OfReceipt
from ui.screens.till.panels import InsurerPaid, RefundPanel, TakeOwed, VoidPanel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QWidget


__all__ = ["counter", "sit", "template"]


def test_what_is_charged_and_not_paid_stays_open(counter: Counter) -> None:
    checkout = counter.open(RESTFUL).checkout
    counter.press(checkout.later)
    assert counter.till.receipt._opened is not None
    assert counter.till.receipt._opened.receipt.open == Money(11000)
    counter.press(counter.till.receipt.pay)
    panel = counter.panel()
    assert isinstance(panel, TakeOwed)
    panel.tenders.choose(Method.CASH)
    counter.press(panel.take)
    assert counter.till.receipt._number == "R-2026-000004"
    assert counter.panel() is None


def test_open_money_is_taken_from_the_book(counter: Counter) -> None:
    owed = next(row for row in counter.till.book.to_take.model.rows if row.appointment is None)
    counter.till.book.to_take.opened.emit(owed)
    counter.settle()
    panel = counter.panel()
    assert isinstance(panel, TakeOwed)
    assert panel.take.accessibleName() == "Take $90.00 and print receipt"


def test_a_void_asks_for_a_reason_and_the_password_again(counter: Counter) -> None:
    counter.desk.actor = replace(counter.desk.actor, confirmed_at=None)
    till = counter.open(OfReceipt("R-2026-000002"))
    counter.press(till.receipt.void)
    panel = counter.panel()
    assert isinstance(panel, VoidPanel)
    QTest.keyClicks(panel.reason, "Charged twice")
    counter.press(panel.void)
    again = counter.asked_again()
    again.password.setText("not the password at all")
    counter.press(again.going_on)
    assert "wrong" in words_on(again)
    again.password.setText(practices.PASSWORD)
    counter.press(again.going_on)
    assert till.receipt._opened is not None
    assert till.receipt._opened.receipt.void
    assert till.receipt._opened.void_reason == "Charged twice"


def test_a_void_without_a_reason_is_refused_beside_the_field(counter: Counter) -> None:
    till = counter.open(OfReceipt("R-2026-000002"))
    counter.press(till.receipt.void)
    panel = counter.panel()
    assert isinstance(panel, VoidPanel)
    counter.press(panel.void)
    assert "State the reason" in words_on(panel)


def test_undo_of_a_checkout_leads_to_the_void(counter: Counter) -> None:
    counter.press(counter.open(RESTFUL).checkout.take)
    counter.shell._undo.undo()
    counter.settle()
    assert isinstance(counter.panel(), VoidPanel)


def test_money_is_paid_back_on_a_credit_note(counter: Counter) -> None:
    till = counter.open(OfReceipt("R-2026-000001"))
    counter.press(till.receipt.refund)
    panel = counter.panel()
    assert isinstance(panel, RefundPanel)
    panel.amount.set_amount(Money(2500))
    QTest.keyClicks(panel.reason, "Goodwill")
    counter.press(panel.refund)
    assert till.receipt._number == "C-2026-000002"
    found = counter.desk.reading(partial(receipts.opened, number="C-2026-000002"))
    assert found.receipt.amount == Money(-2500)
    assert not till.receipt.void.isVisible()


def test_the_money_of_a_voided_receipt_can_be_paid_back(counter: Counter) -> None:
    counter.press(counter.open(RESTFUL).checkout.take)
    till = counter.till
    counter.press(till.receipt.void)
    panel = counter.panel()
    assert isinstance(panel, VoidPanel)
    QTest.keyClicks(panel.reason, "Wrong client")
    counter.press(panel.void)
    assert till.receipt.refund.isVisible()
    assert till.receipt._opened is not None
    assert [paid.left for paid in till.receipt._opened.payments] == [Money(11000)]


def test_what_is_saved_is_what_was_previewed_and_then_copies_are_numbered(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = counter.open(OfReceipt("R-2026-000002"))
    shown = counter.desk.reading(partial(papers.preview, number="R-2026-000002"))
    goes_to = tmp_path / "receipt.pdf"
    monkeypatch.setattr(printing, "ask_file", lambda _parent, _name: goes_to)
    counter.press(till.receipt.save)
    assert goes_to.read_bytes() == shown
    counter.press(till.receipt.save)
    assert goes_to.read_bytes() != shown
    assert "Copies made" in words_on(till.receipt)


def test_without_a_printer_the_pdf_is_offered(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    till = counter.open(OfReceipt("R-2026-000002"))
    QTest.keyClick(till, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    assert "There is no printer here" in words_on(till.receipt)


def test_a_printer_gets_the_bytes_that_were_shown(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []

    def ask(_parent: QWidget, content: bytes, printed: Callable[[], object], _failed: object) -> None:
        sent.append(content)
        printed()

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "ask_printer", ask)
    till = counter.open(OfReceipt("R-2026-000002"))
    shown = counter.desk.reading(partial(papers.preview, number="R-2026-000002"))
    counter.press(till.receipt.print)
    assert sent == [shown]
    assert till.receipt._note.text() == "Sent to the printer."
    counter.settle()
    assert till.receipt.print.text() == "Print a copy"


def test_what_a_printer_does_not_take_is_issued_and_not_printed(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_parent: QWidget, _content: bytes, _printed: object, failed: Callable[[], object]) -> None:
        failed()

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "ask_printer", ask)
    till = counter.open(OfReceipt("R-2026-000002"))
    counter.press(till.receipt.print)
    assert "not printed yet" in till.receipt._note.text()
    opened = counter.desk.reading(partial(receipts.opened, number="R-2026-000002"))
    assert not opened.printed
    assert opened.copies == 0
    assert till.receipt.print.text() == "Print"


def test_who_may_not_void_or_pay_back_sees_no_button_for_it(sit: Callable[[str], Counter]) -> None:
    till = sit("s-desk").open(OfReceipt("R-2026-000001"))
    assert till.receipt.void.isHidden()
    assert till.receipt.refund.isHidden()
    assert not till.receipt.superbill.isHidden()


def test_a_bookkeeper_reads_a_receipt_and_hands_out_none(sit: Callable[[str], Counter]) -> None:
    till = sit("s-books").open(OfReceipt("R-2026-000001"))
    assert till.receipt.superbill.isHidden()
    assert till.receipt.mail.isHidden()


def test_a_superbill_is_one_press_from_its_receipt(counter: Counter) -> None:
    till = counter.open(OfReceipt("R-2026-000001"))
    counter.press(till.receipt.superbill)
    assert till.handouts.made is not None
    assert till.handouts.made.papers == 1
    counter.press(till.handouts.findChildren(QPushButton)[0])
    assert till._shown is till.book


def test_other_papers_follow_what_is_chosen(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = counter.open(OfReceipt("R-2026-000001"))
    counter.press(till.receipt.papers)
    for what in Handout:
        till.handouts.what.choose(what.value)
        till.handouts._choose()
        counter.settle()
        assert till.handouts.made is not None, what
    monkeypatch.setattr(printing, "ask_draft", lambda _parent, name: tmp_path / f"{name}.eml")
    counter.press(till.handouts.mail)
    assert [path.suffix for path in tmp_path.glob("*.eml")] == [".eml"]


def test_a_time_without_papers_is_said_beside_them(counter: Counter) -> None:
    till = counter.open(OfReceipt("R-2026-000001"))
    counter.press(till.receipt.papers)
    till.handouts.period.choice.choose(2021)
    till.handouts.reload()
    counter.settle()
    assert till.handouts.made is None
    assert not till.handouts.print.isEnabled()
    assert till.handouts._note.text()


def test_pages_are_painted_onto_the_printers_own_paper(counter: Counter, tmp_path: Path) -> None:
    content = counter.desk.reading(partial(papers.preview, number="R-2026-000001"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.fit(printer, content)
    printing.paint(printer, content)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert printer.fullPage()


def test_an_insurer_that_pays_late_and_what_the_client_then_gets_back(counter: Counter) -> None:
    plan = {"payer": {"name": "Blue Shore", "plan_type": "PPO"}}
    details = counter.desk.reading(partial(clients.details, client=OWN))
    counter.desk.writing(partial(clients.edit, client=OWN, changes=plan, version=details.version))
    till = counter.open(UNDER_A_LETTER)
    counter.press(till.checkout.take)
    number = till.receipt._number
    assert not till.receipt.pay.isVisible()
    counter.press(till.receipt.insurer)
    panel = counter.panel()
    assert isinstance(panel, InsurerPaid)
    QTest.keyClicks(panel.amount, "60.00")
    counter.press(panel.take)
    assert counter.panel() is None
    assert (till.receipt._number, "Paid too much" in words_on(till.receipt)) == (number, True)
    counter.press(till.receipt.refund)
    back = counter.panel()
    assert isinstance(back, RefundPanel)
    assert (back.amount.amount, back.payment.currentData().method) == (Money(6000), Method.CARD)
    QTest.keyClicks(back.reason, "The insurer paid")
    counter.press(back.refund)
    assert till.receipt._number.startswith("C-2026-")
