"""The till's screen: the book, a checkout, or one receipt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from clinic.office import papers, takings
from clinic.office import receipts as receipts_
from clinic.values import AppointmentId, ClientId, Topic
from clinic.wording import _, money
from ui.screen import Screen
from ui.screens.closing import open_closing
from ui.screens.till.ahead import FamilyPanel, GiftPanel, TakeDeposit
from ui.screens.till.book import Book
from ui.screens.till.checkout import Checkout
from ui.screens.till.handouts import Handouts, PapersOf
from ui.screens.till.panels import InsurerPaid, RefundPanel, TakeOwed, VoidPanel
from ui.screens.till.receipt import ReceiptPage
from ui.shortcuts import shortcut
from ui.undo import Step
from ui.widgets.cards import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.charges import Proposal
    from clinic.office.insurers import PaidLate
    from clinic.office.receipts import Opened
    from clinic.office.takings import Day, ToTake
    from clinic.office.till import CheckedOut
    from ui.screen import Counter


@dataclass(frozen=True, slots=True)
class ForClient:
    """Whatever there is to take from a client: a visit nobody charged, what is open, or a sale."""

    client: ClientId


@dataclass(frozen=True, slots=True)
class OfReceipt:
    """A receipt, by its number."""

    number: str


class Till(Screen):
    """Charging, paying, and the paper that proves it."""

    key = "till"
    icon = "banknote"
    topics = frozenset({Topic.MONEY, Topic.CALENDAR, Topic.CLIENTS})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.book, self.checkout, self.receipt = Book(), Checkout(self.runner), ReceiptPage(counter)
        self.handouts = Handouts(counter)
        self._pages = QStackedLayout(self)
        for page in (self.book, self.checkout, self.receipt, self.handouts):
            self._pages.addWidget(page if page is self.checkout else _scrolling(page))
        self._shown: QWidget = self.book
        self.book.let_take(may=counter.seat.allows("money_take"))
        self.book.searched.connect(self._search)
        self.book.visit_asked.connect(self._charge)
        self.book.owed_asked.connect(self._take_owed)
        self.book.receipt_asked.connect(self._open)
        self.checkout.left.connect(self._back)
        self.checkout.begun.connect(lambda: counter.stay(self.checkout))
        self.checkout.taken.connect(self._taken)
        self.checkout.deposit_asked.connect(self._deposit)
        self.checkout.family_asked.connect(self._lend)
        self.book.gift_asked.connect(lambda: counter.show_panel(GiftPanel(counter)))
        self.book.close_asked.connect(lambda: open_closing(counter))
        self.receipt.left.connect(self._back)
        self.receipt.void_asked.connect(self._void)
        self.receipt.refund_asked.connect(self._refund)
        self.receipt.payment_asked.connect(self._take_open)
        self.receipt.insurer_asked.connect(self._insurer)
        self.receipt.papers_asked.connect(self._hand_out)
        self.handouts.left.connect(self._back)
        shortcut(self, _("Print the receipt"), "Ctrl+P", self._print)

    @staticmethod
    def title() -> str:
        return _("Till")

    def set_context(self, what: object) -> None:
        """Open on a visit to charge, on a client, or on a receipt."""
        match what:
            case OfReceipt(number):
                self._open(number)
            case PapersOf():
                self._hand_out(what)
            case ForClient(client):
                self._show(self.book)
                self.runner.ask(
                    partial(takings.to_take, client=client),
                    partial(self._start_for, client),
                    latest="till/for",
                )
            case str():
                self._charge(AppointmentId(what))

    def reopen(self, form: str, of: Mapping[str, str]) -> None:
        """Open again what was being charged, taken, voided or paid back; by its operation it is done once."""
        operation = of.get("operation", "")
        if form == "void":
            self._open(of["number"])
            self._ask_void(of["number"], of["invoice"])
        elif form == "refund":
            self._open(of["number"])
            again = partial(self._refund, operation=operation)
            self.runner.ask(partial(receipts_.opened, number=of["number"]), again)
        elif form == "owed":
            again = partial(self._go_on_taking, operation=operation)
            self.runner.ask(partial(takings.to_take, client=ClientId(of["client"])), again)
        elif "appointment" in of:
            self._show(self.checkout)
            self.checkout.open_visit(AppointmentId(of["appointment"]), operation=operation)
        else:
            self._show(self.checkout)
            self.checkout.open_sale(ClientId(of["client"]), operation=operation)

    def _go_on_taking(self, found: tuple[ToTake, ...], *, operation: str) -> None:
        for one in found:
            if one.appointment is None:
                self._take_owed(one, operation=operation)
                return

    def reload(self) -> None:
        """Look again; a checkout under way keeps what was typed."""
        if self._shown is self.book:
            self.runner.ask(_standing, self._show_standing, latest="till/standing")
            self._search()
        elif self._shown is self.receipt:
            self.receipt.reload()
        elif self._shown is self.handouts:
            self.handouts.reload()

    def _show(self, page: QWidget) -> None:
        self._shown = page
        if page is self.checkout:
            self.runner.outside(lambda _progress: papers.get_ready(), lambda _done: None)
        else:
            self.counter.stay(None)
        self._pages.setCurrentIndex((self.book, self.checkout, self.receipt, self.handouts).index(page))

    def _hand_out(self, about: PapersOf) -> None:
        self._show(self.handouts)
        self.handouts.open(about)

    def _search(self) -> None:
        question = partial(receipts_.recent, words=self.book.search.text())
        self.runner.ask(question, self.book.show_receipts, latest="till/receipts")

    def _show_standing(self, found: tuple[Day, tuple[ToTake, ...]]) -> None:
        self.book.show_day(*found)

    def _start_for(self, client: ClientId, found: tuple[ToTake, ...]) -> None:
        visits = [one.appointment for one in found if one.appointment is not None]
        if visits:
            self._charge(visits[0])
        elif found:
            self._take_owed(found[0])
        else:
            self._show(self.checkout)
            self.checkout.open_sale(client)

    def _charge(self, appointment: AppointmentId) -> None:
        self._show(self.checkout)
        self.checkout.open_visit(appointment)

    def _open(self, number: str, *, printing: bool = False) -> None:
        self._show(self.receipt)
        self.receipt.open(number, printing_it=printing)

    def _back(self) -> None:
        self.counter.hide_panel()
        self._show(self.book)
        self.reload()

    def _taken(self, answer: CheckedOut, _client: ClientId) -> None:
        self._open(answer.number, printing=True)
        words = _("{number} is issued").format(number=answer.number)
        if answer.balance:
            words = _("{number} is issued, {amount} stays open").format(
                number=answer.number, amount=money(answer.balance)
            )
        void = partial(self._ask_void, answer.number, answer.invoice)
        self.counter.toast(words, Step(_("checkout"), back=void))

    def _void(self, opened: Opened) -> None:
        if opened.receipt.invoice is not None:
            self._ask_void(opened.receipt.number, opened.receipt.invoice)

    def _ask_void(self, number: str, invoice: Any) -> None:
        self.counter.show_panel(VoidPanel(self.counter, number, invoice, self.reload))

    def _refund(self, opened: Opened, *, operation: str = "") -> None:
        self.counter.show_panel(RefundPanel(self.counter, opened, self._open, operation=operation))

    def _insurer(self, opened: Opened) -> None:
        self.counter.show_panel(InsurerPaid(self.counter, opened, self._insurer_paid))

    def _insurer_paid(self, paid: PaidLate) -> None:
        self.receipt.reload()
        words = _("{number} is issued").format(number=paid.number)
        if paid.too_much:
            words = _("{number} is issued; the client has {amount} coming back").format(
                number=paid.number, amount=money(paid.too_much)
            )
        self.counter.toast(words)

    def _take_open(self, opened: Opened) -> None:
        one = opened.receipt
        self.counter.show_panel(
            TakeOwed(self.counter, one.client, one.client_name, one.open, self._print_new)
        )

    def _deposit(self, proposal: Proposal) -> None:
        self.counter.show_panel(
            TakeDeposit(self.counter, proposal.client, proposal.client_name, self._print_new)
        )

    def _lend(self, proposal: Proposal) -> None:
        self.counter.show_panel(FamilyPanel(self.counter, proposal, self.checkout.lines.lend))

    def _take_owed(self, one: ToTake, *, operation: str = "") -> None:
        name, taken = one.client_name, self._print_new
        self.counter.show_panel(
            TakeOwed(self.counter, one.client, name, one.amount, taken, operation=operation)
        )

    def _print_new(self, number: str) -> None:
        self._open(number, printing=True)

    def _print(self) -> None:
        if self._shown is self.receipt:
            self.receipt.print.click()
        elif self._shown is self.handouts:
            self.handouts.print.click()


def _scrolling(page: QWidget) -> Page:
    holder = Page(margin=0, spacing=0)
    holder.body.addWidget(page)
    return holder


def _standing(work: Any) -> tuple[Day, tuple[ToTake, ...]]:
    return takings.day(work), takings.to_take(work)
