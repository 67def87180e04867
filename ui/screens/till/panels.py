"""Beside a receipt: taking what is open, voiding it, paying money back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import insurers, reversals, till
from clinic.values import Method, Money, Refusal
from clinic.wording import _, money, payments, short_day
from clinic.wording.refusals import sentence
from ui.again import ask_again
from ui.panel import Head
from ui.screens.till.tenders import Tenders
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.fields import Choice, Line, MoneyLine
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.insurers import PaidLate
    from clinic.office.receipts import Opened, Paid
    from clinic.office.reversals import PaidBack
    from clinic.office.till import TakenIn
    from clinic.values import ClientId, InvoiceId
    from ui.screen import Counter


def _stand(panel: QWidget, *things: QWidget) -> None:
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(18, 18, 18, 18)
    lines.setSpacing(16)
    for thing in things:
        lines.addWidget(thing)
    lines.addStretch(1)


class TakeOwed(QWidget):
    """What is open on a client's receipts is taken; the payment gets a receipt of its own."""

    def __init__(
        self,
        counter: Counter,
        client: ClientId,
        name: str,
        owed: Money,
        taken: Callable[[str], object],
        *,
        operation: str = "",
    ) -> None:
        super().__init__()
        self._counter, self._client, self._owed, self._taken = counter, client, owed, taken
        self._operation = operation or uuid4().hex
        self.way = Way("till", "owed", {"client": client, "operation": self._operation})
        self.tenders = Tenders()
        self.tenders.start()
        self.tenders.set_due(owed)
        self.tenders.changed.connect(self._say)
        self._refused = text.label("", tone="refused", wrap=True)
        self.take = primary("", self._take, icon="printer")
        head = Head(name, _("{amount} is open").format(amount=money(owed)), counter.hide_panel)
        _stand(self, head, self.tenders, self._refused, self.take)
        self._say()

    def _say(self) -> None:
        offered = self.tenders.offered
        self.take.say(_("Take {amount} and print receipt").format(amount=money(offered)))
        self.take.setEnabled(Money(0) < offered <= self._owed)

    def _take(self) -> None:
        self.take.setEnabled(False)
        task = partial(
            till.take_payment,
            operation=self._operation,
            client=self._client,
            tenders=self.tenders.tenders,
        )
        self._counter.runner.do(task, self._done, self._say_no)

    def _done(self, answer: TakenIn) -> None:
        self._counter.hide_panel()
        self._taken(answer.numbers[-1])

    def _say_no(self, refusal: Refusal) -> None:
        self._refused.setText(sentence(refusal))
        self.take.setEnabled(True)


class _Reversal(QWidget):
    """What needs a reason, and the password again."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.form = Form()
        self.reason = Line()

    def _do(self) -> None:
        raise NotImplementedError

    def _say_no(self, refusal: Refusal) -> None:
        if refusal.code == "password_again":
            ask_again(self, self._counter, self._do)
        else:
            self.form.refuse(refusal.at, sentence(refusal))


class VoidPanel(_Reversal):
    """A receipt is taken back."""

    def __init__(self, counter: Counter, number: str, invoice: InvoiceId, done: Callable[[], object]) -> None:
        super().__init__(counter)
        self._invoice, self._voided = invoice, done
        self.way = Way("till", "void", {"number": number, "invoice": invoice})
        self.form.add("reason", _("Reason"), self.reason)
        told = text.soft(
            _(
                "The number stays in its place, marked as void. What was paid is the client's credit again; "
                "charge the visit anew, or pay the money back."
            ),
            wrap=True,
        )
        head = Head(_("Void {number}").format(number=number), "", counter.hide_panel)
        head.under.hide()
        self.void = quiet(_("Void the receipt"), self._do)
        self.reason.returnPressed.connect(self._do)
        _stand(self, head, told, self.form, self.void)
        self.reason.setFocus()

    def _do(self) -> None:
        task = partial(reversals.void, invoice=self._invoice, reason=self.reason.text())
        self._counter.runner.do(task, self._done, self._say_no)

    def _done(self, number: str) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("{number} is void").format(number=number))
        self._voided()


class InsurerPaid(QWidget):
    """An insurer pays for care that the client has paid already."""

    def __init__(self, counter: Counter, opened: Opened, taken: Callable[[PaidLate], object]) -> None:
        super().__init__()
        self._counter, self._taken = counter, taken
        self._invoice, self._operation = opened.receipt.invoice, uuid4().hex
        self.amount, self.reference = MoneyLine(), Line()
        self.form = Form()
        self.form.add("amount", _("Amount"), self.amount)
        self.form.add("reference", _("Claim number, or a word"), self.reference, optional=True)
        told = text.soft(
            _(
                "An insurer can still pay up to {amount} of it. "
                "What the client has then paid too much is paid back."
            ).format(amount=money(opened.late.may_pay)),
            wrap=True,
        )
        self.take = primary(_("Take the payment"), self._take)
        self.amount.returnPressed.connect(self._take)
        head = Head(_("An insurer paid late"), opened.receipt.client_name, counter.hide_panel)
        _stand(self, head, told, self.form, self.take)
        self.amount.setFocus()

    def _take(self) -> None:
        if self._invoice is None:
            return
        self.take.setEnabled(False)
        task = partial(
            insurers.take,
            operation=self._operation,
            invoice=self._invoice,
            amount=self.amount.amount or Money(0),
            reference=self.reference.text(),
        )
        self._counter.runner.do(task, self._done, self._say_no)

    def _done(self, paid: PaidLate) -> None:
        self._counter.hide_panel()
        self._taken(paid)

    def _say_no(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))
        self.take.setEnabled(True)


class RefundPanel(_Reversal):
    """Money is paid back, with a credit note; what came in beyond a receipt's lines is proposed first."""

    def __init__(
        self, counter: Counter, opened: Opened, done: Callable[[str], object], *, operation: str = ""
    ) -> None:
        super().__init__(counter)
        self._refunded = done
        self._operation = operation or uuid4().hex
        self.way = Way("till", "refund", {"number": opened.receipt.number, "operation": self._operation})
        self._too_much = opened.late.too_much
        paid = [each for each in opened.payments if each.left > Money(0)]
        if self._too_much:
            paid.sort(key=lambda each: each.method is Method.INSURER)
        self.payment = Choice([(_paid_words(each), each) for each in paid])
        self.amount = MoneyLine(self._proposed(paid[0]) if paid else None)
        self.payment.currentIndexChanged.connect(self._propose)
        self.form.add("payment", _("Of the payment"), self.payment)
        self.form.add("amount", _("Amount"), self.amount)
        self.form.add("reason", _("Reason"), self.reason)
        self.reason.returnPressed.connect(self._do)
        head = Head(
            _("Pay money back"),
            _("A credit note is issued; {number} stays as it is.").format(number=opened.receipt.number),
            counter.hide_panel,
        )
        self.refund = quiet(_("Pay back and issue the credit note"), self._do)
        _stand(self, head, self.form, self.refund)
        self.amount.setFocus()

    def _proposed(self, paid: Paid) -> Money:
        return min(paid.left, self._too_much) if self._too_much else paid.left

    def _propose(self) -> None:
        chosen: Paid | None = self.payment.currentData()
        if chosen is not None:
            self.amount.set_amount(self._proposed(chosen))

    def _do(self) -> None:
        chosen: Paid | None = self.payment.currentData()
        if chosen is None:
            return
        task = partial(
            reversals.refund,
            operation=self._operation,
            payment=chosen.id,
            amount=self.amount.amount or Money(0),
            reason=self.reason.text(),
        )
        self._counter.runner.do(task, self._done, self._say_no)

    def _done(self, back: PaidBack) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("Paid back on {number}").format(number=back.number))
        self._refunded(back.number)


def _paid_words(paid: Paid) -> str:
    return _("{method}, {day}: {amount} left").format(
        method=payments.method(paid.method), day=short_day(paid.on), amount=money(paid.left)
    )
