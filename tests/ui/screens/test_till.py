"""The till, on a small real practice: the book, a checkout, a receipt, and the ways back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from clinic.office import papers, receipts, sign_in, takings
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, State
from tests import practices
from tests.ui.makers import a_seat
from ui import printing
from ui.again import Again
from ui.runner import Runner
from ui.screens.till import ForClient, OfReceipt, Till
from ui.screens.till.panels import RefundPanel, TakeOwed, VoidPanel
from ui.shell import Shell
from ui.widgets.fields import MoneyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clinic.office.desk import Desk
    from ui.memory import Memory

OWN, OTHER, NOBODY = ClientId("c-own"), ClientId("c-other"), ClientId("c-new")
UNDER_A_LETTER, RESTFUL, PREPAID = AppointmentId("a-now"), AppointmentId("a-rest"), AppointmentId("a-60")


def a_document() -> dict[str, Any]:
    """Somebody on the table under a letter, a restful visit not yet charged, and money still owed."""
    document = practices.a_full_document()
    document["clients"].append(practices.a_client("c-new", "明子", "山本"))
    document["appointments"] += [
        practices.an_appointment(UNDER_A_LETTER, "2026-11-18T13:00", state="in_treatment"),
        practices.an_appointment(RESTFUL, "2026-11-17T13:00", client="c-other", treatment="t-rest"),
        practices.an_appointment(PREPAID, "2026-11-16T13:00"),
    ]
    document["invoices"].append(
        practices.an_invoice("i-2", "2026-11-12", practices.a_line("y-1", price=9000), client="c-other")
    )
    return document


class Counter:
    """A window over a real practice, at whose till somebody sits."""

    def __init__(self, qtbot: QtBot, desk: Desk, runner: Runner, shell: Shell) -> None:
        self.qtbot, self.desk, self.runner, self.shell = qtbot, desk, runner, shell

    @property
    def till(self) -> Till:
        return next(iter(self.shell.findChildren(Till)))

    def settle(self) -> None:
        for _ in range(3):  # an answer may ask the next question
            self.qtbot.wait(1)
            self.qtbot.waitUntil(lambda: not self._under_way, timeout=20_000)

    @property
    def _under_way(self) -> bool:
        return self.runner.busy or self.till.checkout._ahead.isActive()

    def open(self, what: object) -> Till:
        self.shell.go("till", what)
        self.settle()
        return self.till

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def panel(self) -> QWidget | None:
        return self.shell._panel.shown

    def asked_again(self) -> Again:
        return next(
            top for top in QApplication.topLevelWidgets() if isinstance(top, Again) and top.isVisible()
        )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practices.make(tmp_path_factory.mktemp("till"), a_document())


@pytest.fixture
def sit(qtbot: QtBot, template: Path, tmp_path: Path, memory: Memory) -> Iterator[Callable[[str], Counter]]:
    runner = Runner()
    shells: list[Shell] = []

    def sitting(person: str = "owner") -> Counter:
        desk = practices.sit_down(practices.copied(template, tmp_path / "copy"), person)
        runner.sit_down(desk)
        seat = replace(a_seat(), desk=desk, confirm=partial(sign_in.confirm, desk))
        shell = Shell(seat, runner, [Till], memory)
        qtbot.addWidget(shell)
        shells.append(shell)
        shell.resize(1280, 800)
        with qtbot.waitExposed(shell):
            shell.show()
        shell.open_first()
        counter = Counter(qtbot, desk, runner, shell)
        counter.settle()
        return counter

    yield sitting
    for shell in shells:
        shell.hide_panel()
    qtbot.wait(1)
    runner.close()
    qtbot.wait(1)


@pytest.fixture
def counter(sit: Callable[[str], Counter]) -> Counter:
    return sit("owner")


def words_on(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


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

    def ask(_parent: QWidget, content: bytes, printed: Callable[[], object]) -> None:
        sent.append(content)
        printed()

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "ask_printer", ask)
    till = counter.open(OfReceipt("R-2026-000002"))
    shown = counter.desk.reading(partial(papers.preview, number="R-2026-000002"))
    counter.press(till.receipt.print)
    assert sent == [shown]
    assert till.receipt._note.text() == "Sent to the printer."


def test_pages_are_painted_onto_the_printers_own_paper(counter: Counter, tmp_path: Path) -> None:
    content = counter.desk.reading(partial(papers.preview, number="R-2026-000001"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.fit(printer, content)
    printing.paint(printer, content)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert printer.fullPage()


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
