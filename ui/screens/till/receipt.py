"""One receipt: the paper as it is or will be printed, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.office import handouts, papers, receipts
from clinic.office.handouts import Handout, Wanted
from clinic.wording import _, day, money, payments
from ui import printing
from ui.screens.till.handouts import PapersOf
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only, link, primary, quiet
from ui.widgets.cards import Card, Facts, column, row
from ui.widgets.flow import Flow
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.office.receipts import Opened
    from clinic.values import Progress
    from ui.screen import Counter


class ReceiptPage(QWidget):
    """Preview, print, save, and the ways back."""

    left = Signal()
    void_asked = Signal(object)
    refund_asked = Signal(object)
    payment_asked = Signal(object)
    insurer_asked = Signal(object)
    papers_asked = Signal(object)
    """Other papers of the client, as PapersOf."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._number = ""
        self._opened: Opened | None = None
        self._print_next = False
        self._goes_to: Path | None = None
        self._title, self._told = text.title(), text.soft("", wrap=True)
        self._facts = Facts()
        self.paper = Paper()
        self.print = primary(_("Print"), self._print, icon="printer")
        self.save = quiet(_("Save as PDF"), self._save, icon="download")
        self.mail = quiet(_("Email draft"), self._draft)
        self.superbill = quiet(_("Superbill"), lambda: self._ask_papers(Handout.SUPERBILLS))
        self.papers = quiet(_("Other papers"), lambda: self._ask_papers(Handout.STATEMENT, one=False))
        self.pay = quiet(_("Take payment"), self._ask_payment)
        self.insurer = quiet(_("Insurer paid late"), lambda: self.insurer_asked.emit(self._opened))
        self.void = quiet(_("Void"), lambda: self.void_asked.emit(self._opened))
        self.refund = quiet(_("Pay money back"), lambda: self.refund_asked.emit(self._opened))
        self._note = text.caption("", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        back = icon_only("arrow-left", _("Back to the till"), self.left.emit)
        head = row(back, spacing=8)
        head.addLayout(column(self._title, self._told, spacing=2), 1)
        card = Card()
        card.add(self._facts)
        card.body.addLayout(Flow(link(_("Open the client's chart"), self._open_chart)))
        side = QWidget()
        side.setFixedWidth(theme.px(320))
        lines = column(card, spacing=16)
        offers = (self.print, self.save, self.mail, self.superbill, self.papers, self.pay, self.insurer)
        lines.addLayout(Flow(*offers, even=True))
        lines.addWidget(self._note)
        lines.addStretch(1)
        lines.addLayout(Flow(self.void, self.refund, even=True))
        side.setLayout(lines)
        parts = row(side, spacing=16)
        parts.addWidget(self.paper, 1)
        whole = column(spacing=16)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.addLayout(head)
        whole.addLayout(parts, 1)
        self.setLayout(whole)

    def open(self, number: str, *, printing_it: bool = False) -> None:
        """Show a receipt, and print it at once where it was just issued."""
        if number != self._number:
            self._note.setText("")
        self._number, self._print_next = number, printing_it
        self.reload()

    def reload(self) -> None:
        """Look at the receipt again."""
        if self._number:
            runner = self._counter.runner
            runner.ask(partial(receipts.opened, number=self._number), self._show, latest="till/receipt")
            runner.ask(
                partial(papers.preview, number=self._number), self.paper.show_pdf, latest="till/preview"
            )

    def _show(self, found: Opened) -> None:
        self._opened = found
        one = found.receipt
        self._title.setText(one.number)
        self._told.setText(
            _("Void: {reason}").format(reason=found.void_reason) if one.void else one.client_name
        )
        facts = [(_("Client"), one.client_name), (_("Issued"), day(one.on))]
        facts.append((_("Paid back") if one.credit_note else _("Amount"), money(one.amount)))
        if one.methods:
            facts.append((_("Paid by"), ", ".join(map(payments.method, one.methods))))
        if one.invoice is not None and not one.void:
            facts.append((_("Still open"), money(one.open)))
        if found.late.too_much:
            facts.append((_("Paid too much"), money(found.late.too_much)))
        if not one.printed and not found.printed:
            facts.append((_("On paper"), _("Not printed")))
        if found.copies:
            facts.append((_("Copies made"), str(found.copies)))
        self._facts.show_facts(facts)
        self.print.say(_("Print a copy") if found.printed else _("Print"))
        self.void.setVisible(found.may_reverse and one.invoice is not None and not one.void)
        owing = any(paid.left.cents > 0 for paid in found.payments)
        self.refund.setVisible(found.may_reverse and not one.credit_note and owing)
        self.pay.setVisible(found.may_take and bool(one.open))
        self.insurer.setVisible(found.may_take and not one.open and bool(found.late.may_pay))
        for button in (self.mail, self.papers):
            button.setVisible(found.may_take)
        names_diagnosis = self._counter.seat.allows("letter_change")
        billable = names_diagnosis and not one.credit_note and not one.void
        self.superbill.setVisible(found.may_take and billable)
        if self._print_next:
            self._print_next = False
            self._print()
        else:
            self.print.setFocus()

    def _print(self) -> None:
        if not printing.has_printer():
            self._note.setText(_("There is no printer here. Save the receipt as a PDF instead."))
            self.save.setFocus()
            return
        if self._opened is not None and not self._opened.printed:
            question = partial(papers.preview, number=self._number)
            self._counter.runner.ask(question, self._to_printer, latest="till/print")
        else:
            self._fetch(self._to_printer)

    def _draft(self) -> None:
        goes_to = printing.ask_draft(self, self._number)
        opened = self._opened
        if goes_to is None or opened is None:
            return
        one = opened.receipt
        what = Handout.CREDIT_NOTES if one.credit_note else Handout.RECEIPTS
        wanted = Wanted(one.client, what, one.on, one.on, number=self._number)
        task = partial(handouts.hand_out, wanted=wanted, path=goes_to)
        self._counter.runner.do(task, lambda handed: self._saved(handed.path))

    def _ask_papers(self, what: Handout, *, one: bool = True) -> None:
        if self._opened is not None:
            receipt = self._opened.receipt
            number = self._number if one else ""
            self.papers_asked.emit(PapersOf(receipt.client, receipt.client_name, number, what))

    def _save(self) -> None:
        self._goes_to = printing.ask_file(self, self._number)
        if self._goes_to is not None:
            self._fetch(self._to_file)

    def _fetch(self, then: Callable[[bytes], object]) -> None:
        again = self._opened is not None and self._opened.printed
        self._counter.runner.do(partial(_printable, number=self._number, again=again), then)

    def _to_printer(self, pages: bytes) -> None:
        self.paper.show_pdf(pages)
        printing.ask_printer(self, pages, self._printed, self._not_printed)

    def _printed(self) -> None:
        self._note.setText(_("Sent to the printer."))
        if self._opened is not None and not self._opened.printed:
            # Only now that the printer took the pages are they the original; until then it is not printed.
            self._counter.runner.do(partial(papers.original, number=self._number), lambda _pages: None)

    def _not_printed(self) -> None:
        self._note.setText(_("The printer did not take it. The receipt is issued and not printed yet."))

    def _to_file(self, pages: bytes) -> None:
        goes_to = self._goes_to
        if goes_to is None:
            return
        self.paper.show_pdf(pages)

        def write(_progress: Progress) -> Path:
            papers.put(goes_to, pages)
            return goes_to

        self._counter.runner.outside(write, self._saved)

    def _saved(self, path: Path) -> None:
        self._note.setText(_("Saved in {folder}.").format(folder=path.parent))

    def _ask_payment(self) -> None:
        self.payment_asked.emit(self._opened)

    def _open_chart(self) -> None:
        if self._opened is not None:
            self._counter.go("clients", self._opened.receipt.client)


def _printable(work: Any, *, number: str, again: bool) -> bytes:
    """Take the original the first time, and a numbered copy from then on."""
    return papers.copy(work, number=number).pages if again else papers.original(work, number=number)
